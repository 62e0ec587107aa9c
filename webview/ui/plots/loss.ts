/** The loss over the steps of training: each step faint, a running mean over it, checkpoints marked below. */
import type uPlot from 'uplot';
import { h, setText } from '../dom';
import { formatNumber, grouped } from '../format';
import { canvasColour, withAlpha, type Theme } from '../theme';
import type { LossColumns, LossHistory } from './loss-history';
import { wantsLog } from './log-scale';
import { COMMON, drawLine, gridLines, logAxis, PlotFrame, Readout, stepAxis, valueAxis, type Drawing, type Plot } from './shared';
import { t } from '../words';

export interface LossData {
  /** Null before any training. */
  history: LossHistory | null;
  /** How many steps are planned: the axis reaches so far from the start. Null: as far as the curve. */
  steps: number | null;
  /** Steps at which a checkpoint was saved. */
  checkpoints: readonly number[];
  /** The step whose loss was not a number; null while all is well. */
  failedAt: number | null;
  /** The name on the axis, e.g. `min-SNR loss`. */
  name?: string;
}

const NOTHING: LossData = { history: null, steps: null, checkpoints: [], failedAt: null };

export function lossPlot(): Plot<LossData> {
  const readout = new Readout([{ name: t('loss'), swatch: 'faint' }, { name: t('running mean'), title: t('Exponential, with weight 0.98 on the past') }]);
  const key = h('span', { class: 'plot-key' });
  let data = NOTHING;
  let columns: LossColumns = { steps: [], raw: [], smooth: [] };
  let pointed: number | null = null;

  const drawReadout = () => {
    const last = columns.steps.length - 1;
    if (last < 0) return readout.set('', [undefined, undefined]);
    const index = Math.min(pointed ?? last, last);
    // Between two points of the mean the next one is meant.
    const smooth = columns.smooth.slice(index).find((value) => value !== null) ?? NaN;
    const where = t('step {0}', grouped(columns.steps[index]));
    readout.set(pointed === null ? where : t('{0} (pointer)', where), [columns.raw[index], smooth]);
  };

  const frame = new PlotFrame({
    empty: t('No training yet. Press Train to see the loss here.'),
    build(theme) {
      const colour = canvasColour(theme, 'epsilonTheta');
      readout.colour([withAlpha(colour, faintness(theme)), colour]);
      return columns.steps.length === 0 ? null : drawing(theme, columns, () => data);
    },
    pointed(index) {
      pointed = index;
      drawReadout();
    },
  });
  const element = h('section', { class: 'loss plot', 'aria-label': t('Training loss') }, h('div', { class: 'pane-head' }, h('h2', {}, t('Loss')), readout.element, key), frame.element);
  frame.element.setAttribute('role', 'img');

  return {
    element,
    setTheme(theme) {
      frame.setTheme(theme);
      drawReadout();
    },
    set(next) {
      data = next;
      columns = next.history?.columns() ?? { steps: [], raw: [], smooth: [] };
      setText(key, keyOf(data, columns));
      frame.element.setAttribute('aria-label', describe(data));
      frame.update();
      drawReadout();
    },
  };
}

const faintness = ({ kind }: Theme): number => (kind.startsWith('high-contrast') ? 0.6 : 0.35);

function keyOf({ checkpoints, failedAt }: LossData, { steps }: LossColumns): string {
  if (steps.length === 0) return '';
  return [checkpoints.length > 0 ? t('▲ checkpoint') : '', failedAt === null ? '' : t('not a number at step {0}', grouped(failedAt))].filter(Boolean).join(' · ');
}

function describe({ history, steps, failedAt }: LossData): string {
  const latest = history?.latest;
  if (!latest) return t('No training yet.');
  const [loss, step] = [formatNumber(latest.smooth), grouped(latest.step)];
  const reached = steps ? t('Loss {0} after {1} of {2} steps', loss, step, grouped(steps)) : t('Loss {0} after {1} steps', loss, step);
  return failedAt === null ? t('{0}.', reached) : t('{0}; not a number at step {1}.', reached, grouped(failedAt));
}

function drawing(theme: Theme, { steps, raw, smooth }: LossColumns, data: () => LossData): Drawing {
  const colour = canvasColour(theme, 'epsilonTheta');
  const log = wantsLog(raw);
  const { name = t('loss') } = data();
  return {
    key: JSON.stringify([log, name, raw.length === 1]),
    options: {
      ...COMMON,
      scales: {
        x: { time: false, range: (_, __, max) => [0, Math.max(data().steps ?? 0, data().failedAt ?? 0, max, 1)] },
        y: log ? { distr: 3 } : { range: (_, min, max) => [Math.min(0, min), max > 0 ? max * 1.05 : Math.max(0, max) || 1] },
      },
      axes: [stepAxis(theme, t('step')), valueAxis(theme, 'y', theme.muted, { side: 3, size: 46, ...(log ? logAxis(theme) : { grid: gridLines(theme) }), label: log ? t('{0} (log)', name) : name })],
      series: [
        {},
        { stroke: withAlpha(colour, faintness(theme)), width: 1, points: { show: raw.length === 1 } },
        { stroke: colour, width: 2, spanGaps: true, points: { show: false } },
      ],
      hooks: {
        draw: [(u) => {
          const { checkpoints, failedAt } = data();
          for (const step of checkpoints) drawCheckpoint(u, step, theme.foreground);
          if (failedAt !== null) drawLine(u, u.valToPos(failedAt, 'x', true), canvasColour(theme, 'beta'), [4, 3]);
        }],
      },
    },
    data: [steps, raw, smooth],
  };
}

/** A small triangle that stands on the axis. */
function drawCheckpoint(u: uPlot, step: number, colour: string): void {
  const { ctx, bbox } = u;
  const x = u.valToPos(step, 'x', true);
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  const bottom = bbox.top + bbox.height;
  const size = 4 * devicePixelRatio;
  ctx.save();
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.moveTo(x, bottom - 1.6 * size);
  ctx.lineTo(x - size, bottom);
  ctx.lineTo(x + size, bottom);
  ctx.fill();
  ctx.restore();
}
