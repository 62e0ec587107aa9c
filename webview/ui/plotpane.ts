/** The plots under the picture: schedule, loss, bound; and the line that says how near the sample is to real data. */
import { DEFAULT_GAMMA, lossWeights } from '../../core/math/losses';
import type { Compute } from './compute';
import { boundPlot } from './plots/bound';
import { lossPlot } from './plots/loss';
import { metricsLine, type MetricsRow } from './plots/metrics';
import { schedulePlot, type ScheduleData } from './plots/schedule';
import { plotTabs } from './plots/tabs';
import { followBound } from './probes';
import type { Resolved } from './settings';
import { shownTime, type AppState } from './state';
import type { Store } from './store';
import type { Theme } from './theme';
import type { Measures } from '../worker/protocol';
import { t } from './words';

export interface PlotPane {
  element: HTMLElement;
  metrics: HTMLElement;
  setTheme(theme: Theme): void;
}

export function plotPane(store: Store<AppState>, compute: Compute, seek: (t: number) => void, log: (text: string) => void): PlotPane {
  const [schedule, loss, bound] = [schedulePlot(seek), lossPlot(), boundPlot(seek)];
  const metrics = metricsLine();
  let askBound = () => {};
  const tabs = plotTabs([
    { id: 'schedule', label: t('Schedule'), element: schedule.element },
    { id: 'loss', label: t('Loss'), element: loss.element },
    { id: 'bound', label: t('Bound'), element: bound.element },
  ], {
    changed: () => {
      askBound();
      drawLoss();
    },
  });
  askBound = followBound(store, compute, () => tabs.selected === 'bound', log);

  store.on(['resolved'], ({ resolved }) => schedule.set(scheduleData(resolved)));
  let lossDrawn = 0;
  const drawLoss = () => {
    const { history, settings, checkpoints, failedAt } = store.get().training;
    lossDrawn = performance.now();
    loss.set({ history: settings ? history : null, steps: settings?.trainSteps ?? null, checkpoints, failedAt, name: settings ? t(LOSS_NAMES[settings.lossWeighting]) : undefined });
  };
  // A curve of two thousand points: not drawn where nobody sees it, nor ten times a second.
  store.on(['training'], ({ training }) => {
    if (tabs.selected === 'loss' && (training.phase !== 'running' || performance.now() - lossDrawn > LOSS_EVERY_MS)) drawLoss();
  });
  store.on(['bound'], ({ bound: known }) => bound.set({ terms: known && [...known.terms.terms, known.terms.prior], dimensions: 2, examples: known ? BOUND_EXAMPLES : null }));
  store.on(['tick', 'player', 'resolved'], (state) => {
    schedule.setTime(shownTime(state));
    bound.setTime(shownTime(state));
  });
  store.on(['measures', 'kept', 'ran', 'phase', 'previewing', 'drawn'], ({ measures, kept, ran, phase, previewing, drawn }) => {
    const rows: MetricsRow[] = kept ? [row('A', kept.measures)] : [];
    if (ran?.direction === 'reverse' && phase === 'finished' && !previewing && drawn === null) rows.push(row(kept ? 'B' : 'A', measures));
    metrics.set(rows);
  });
  return {
    element: tabs.element,
    metrics: metrics.element,
    setTheme(theme) {
      for (const plot of [schedule, loss, bound]) plot.setTheme(theme);
    },
  };
}

const LOSS_EVERY_MS = 400;
export const LOSS_NAMES = { simple: 'simple loss', min_snr: 'min-SNR loss', vlb: 'bound loss' } as const;

/** As many points as the worker takes for the bound. */
export const BOUND_EXAMPLES = 512;

function row(id: 'A' | 'B', measures: Measures | null): MetricsRow {
  return {
    id,
    slicedWasserstein: measures && { value: measures.slicedWasserstein, real: measures.slicedWassersteinReal },
    mmd: measures && { value: measures.mmd, real: measures.mmdReal },
  };
}

/** The weights are shown where they say something: with the simple loss all are 1. */
function scheduleData({ quantities, settings }: Resolved): ScheduleData {
  if (!quantities || !settings || settings.lossWeighting === 'simple') return { quantities };
  try {
    const values = lossWeights(settings.lossWeighting, settings.predictionType, quantities, { gamma: settings.gamma ?? DEFAULT_GAMMA, varianceType: settings.varianceType });
    return { quantities, weights: { name: settings.lossWeighting === 'min_snr' ? t('min-SNR weight') : t('bound weight'), values } };
  } catch {
    // Settings that can be sampled with but not trained: the form says why.
    return { quantities };
  }
}
