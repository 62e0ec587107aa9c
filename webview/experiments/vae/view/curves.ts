/** The bound while it is trained: reconstruction and divergence stacked, the file's loss where it is something else, other runs as lines. */
import { h, setText } from '../../../ui/dom';
import { wantsLog } from '../../../ui/plots/log-scale';
import { COMMON, gridLines, logAxis, PlotFrame, Readout, stepAxis, valueAxis, type Drawing } from '../../../ui/plots/shared';
import { toggle } from '../../../ui/plots/toggles';
import { canvasColour, withAlpha, type Theme } from '../../../ui/theme';
import { formatNumber, grouped } from '../../../ui/format';
import { t } from '../../../ui/words';
import { aligned, lossDiffers, quantileOf, stacked, thinned } from './series';
import { Shell } from './shell';
import type { VaeCurves, VaeScene, VaeView } from './types';

const HEIGHT = 280;
/** More points than pixels say nothing. */
const MOST_POINTS = 1500;
const DASHES = [[6, 4], [2, 3], [8, 3, 2, 3], [12, 4]];

export function curvesView(): VaeView {
  let curves: VaeCurves | null = null;
  let theme: Theme | null = null;
  let visible = false;
  let logWanted: boolean | null = null;
  let differs = false;
  let pointed: number | null = null;
  let columns: { steps: number[]; columns: (number | null)[][] } = { steps: [], columns: [] };

  const readout = new Readout([{ name: t('reconstruction'), swatch: 'block' }, { name: t('KL'), swatch: 'block' }, { name: t('−ELBO') }, { name: t('loss of the file'), swatch: 'dashed' }]);
  const others = h('div', { class: 'readout' });
  const log = toggle(t('log'), t('Log scale'), (on) => {
    logWanted = on;
    frame.update();
  });
  const frame = new PlotFrame({
    empty: t('Train to see the bound fall, term by term.'),
    height: HEIGHT,
    build(now) {
      if (!curves || curves.steps.length === 0) return null;
      const onLog = logWanted ?? wantsLog(stacked(curves)[1]);
      log.set(onLog);
      colour(now);
      return drawing(now, columns, curves, differs, onLog);
    },
    pointed(index) {
      pointed = index;
      tell();
    },
  });
  frame.element.setAttribute('role', 'img');
  const shell = new Shell('curves', t('Curves of the bound'), readout.element, h('span', { class: 'spacer' }), log.element);
  shell.stage.append(h('div', { class: 'plot' }, frame.element, others));

  const colour = (now: Theme) => {
    readout.colour([canvasColour(now, 'x0'), now.palette[4], now.foreground, now.palette[1]]);
    others.replaceChildren(...(curves?.others ?? []).map((run, i) => {
      const swatch = h('span', { class: 'swatch swatch-dashed' });
      swatch.style.color = otherColour(now, i);
      const last = run.reconstruction.length - 1;
      const value = last < 0 ? '–' : formatNumber(run.reconstruction[last] + run.klDivergence[last]);
      return h('span', { class: 'reading' }, swatch, h('span', { class: 'reading-name' }, run.name), h('span', { class: 'reading-value' }, value));
    }));
  };

  const tell = () => {
    const last = columns.steps.length - 1;
    if (!curves || last < 0) return readout.set('', [undefined, undefined, undefined, undefined]);
    const index = Math.min(pointed ?? last, last);
    const at = (column: number, from = index) => columns.columns[column][from];
    // Steps of other runs lie between ours: the next one of ours is meant, or the last.
    let own = index;
    while (own < last && at(0, own) === null) own++;
    while (own > 0 && at(0, own) === null) own--;
    const [reconstruction, total] = [at(0, own) ?? NaN, at(1, own) ?? NaN];
    const step = columns.steps[own];
    const epoch = curves.stepsPerEpoch > 0 ? t('step {0}, epoch {1}', grouped(step), (step / curves.stepsPerEpoch).toFixed(1)) : t('step {0}', grouped(step));
    readout.set(pointed === null ? epoch : t('{0} (pointer)', epoch), [reconstruction, total - reconstruction, total, differs ? at(2, own) : undefined]);
  };

  const refresh = () => {
    if (!curves || !visible || !theme) return;
    const some = !curves.steps.length;
    shell.setEmpty(some ? t('Train to see the bound fall, term by term.') : null);
    differs = lossDiffers(curves);
    const keep = thinned(curves.steps.length, MOST_POINTS);
    const of = (values: readonly number[]) => keep.map((i) => values[i]);
    const [lower, upper] = stacked(curves);
    columns = aligned([
      { steps: of(curves.steps), columns: [of(lower), of(upper), of(curves.loss)] },
      ...curves.others.map((run) => ({ steps: run.steps, columns: [stacked(run)[1]] })),
    ]);
    frame.update();
    tell();
    const last = curves.steps.length - 1;
    if (last >= 0) {
      const text = t('−ELBO {0} nats per example at step {1}: reconstruction {2}, KL {3}.', formatNumber(upper[last]), grouped(curves.steps[last]), formatNumber(lower[last]), formatNumber(upper[last] - lower[last]));
      frame.element.setAttribute('aria-label', text);
      setText(shell.line, differs ? t('The loss of the file differs from −ELBO by its β or its reductions; it has the axis on the right.') : t('Means per example, in nats.'));
    }
  };

  return {
    element: shell.element,
    set(scene: VaeScene) {
      if (scene.curves === curves) return;
      curves = scene.curves;
      refresh();
    },
    setTheme(next) {
      theme = next;
      frame.setTheme(next);
      refresh();
    },
    show(now) {
      visible = now;
      refresh();
    },
  };
}

const otherColour = (theme: Theme, i: number): string => theme.palette[[3, 2, 6, 5, 7][i % 5]];

function drawing(theme: Theme, { steps, columns }: { steps: number[]; columns: (number | null)[][] }, curves: VaeCurves, differs: boolean, log: boolean): Drawing {
  const { stepsPerEpoch } = curves;
  const [low, high] = [canvasColour(theme, 'x0'), theme.palette[4]];
  const strength = theme.kind.startsWith('high-contrast') ? 0.45 : 0.28;
  const only = curves.steps.length === 1;
  const ceiling = ceilingOf(columns);
  // What lies below zero cannot be stacked.
  const stacks = columns[0].every((value) => value === null || value >= 0);
  const line = (stroke: string, extra: object = {}) => ({ stroke, width: 1.6, spanGaps: true, points: { show: only }, ...extra });
  return {
    key: JSON.stringify([log, differs, only, stacks, curves.others.map(({ name }) => name), stepsPerEpoch > 0]),
    options: {
      ...COMMON,
      scales: {
        x: { time: false, range: (_, __, max) => [0, Math.max(1, max)] },
        y: log ? { distr: 3 } : { range: (_, min, max) => [Math.min(0, min), Math.min((max || 1) * 1.05, ceiling)] },
        loss: { range: (_, min, max) => [Math.min(0, min ?? 0), (max || 1) * 1.05] },
      },
      axes: [
        stepAxis(theme, t('step')),
        valueAxis(theme, 'y', theme.muted, { side: 3, ...(log ? logAxis(theme) : { grid: gridLines(theme) }), label: log ? t('nats per example (log)') : t('nats per example') }),
        ...(stepsPerEpoch > 0 ? [valueAxis(theme, 'x', theme.muted, {
          side: 0, size: 22, label: t('epoch'), splits: (_u, _i, min, max) => epochTicks(min, max, stepsPerEpoch), values: (_u, splits) => splits.map((step) => String(Math.round(step / stepsPerEpoch))),
        })] : []),
        ...(differs ? [valueAxis(theme, 'loss', theme.palette[1], { side: 1, label: t('loss of the file') })] : []),
      ],
      series: [
        {},
        line(low, stacks && !log ? { fill: withAlpha(low, strength), fillTo: () => 0 } : {}),
        line(theme.foreground, { width: 2 }),
        line(theme.palette[1], { scale: 'loss', dash: [5, 4], show: differs }),
        ...curves.others.map((_, i) => line(otherColour(theme, i), { dash: DASHES[i % DASHES.length] })),
      ],
      bands: stacks ? [{ series: [2, 1], fill: withAlpha(high, strength) }] : [],
    },
    data: [steps, ...columns],
  };
}

/** The first steps, many times as high, would press the rest to the floor: they are cut off. */
function ceilingOf(columns: (number | null)[][]): number {
  const drawn = [columns[1], ...columns.slice(3)].flat().filter((value): value is number => value !== null);
  const usual = 1.25 * quantileOf(drawn, 0.97);
  return usual > 0 && Math.max(...drawn) > 1.6 * usual ? usual : Infinity;
}

/** Whole epochs, at most ten of them. */
function epochTicks(min: number, max: number, stepsPerEpoch: number): number[] {
  const every = Math.max(1, Math.ceil((max - min) / stepsPerEpoch / 10));
  const out: number[] = [];
  for (let epoch = Math.ceil(min / stepsPerEpoch); epoch * stepsPerEpoch <= max; epoch++) if (epoch % every === 0) out.push(epoch * stepsPerEpoch);
  return out;
}
