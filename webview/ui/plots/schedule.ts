/** The schedule over t: ᾱ, β and log-SNR, and the loss weight where there is one, each on its own scale; the scrubbed t is marked. */
import type uPlot from 'uplot';
import type { DiffusionQuantities } from '../../../core/math/diffusion';
import { h } from '../dom';
import { canvasColour, type Theme } from '../theme';
import { wantsLog } from './log-scale';
import { COMMON, drawLine, gridLines, logAxis, PlotFrame, Readout, stepAxis, valueAxis, type Drawing, type TimePlot } from './shared';
import { t } from '../words';

/** Narrower than this, the third or fourth axis would leave no room for the curves; the readout still tells their values. */
const ROOM_FOR_THIRD_AXIS = 420;
const ROOM_FOR_FOURTH_AXIS = 560;

export interface ScheduleData {
  /** Null while the settings are invalid: the last curve is kept, and greyed. */
  quantities: DiffusionQuantities | null;
  /** Of the squared error at each t, length T; `name` says which, e.g. `min-SNR weight`. */
  weights?: { name: string; values: ArrayLike<number> } | null;
}

export function schedulePlot(onSeek: (t: number) => void): TimePlot<ScheduleData> {
  const readout = new Readout([
    { name: 'ᾱ', title: t('What is left of the variance of the signal') },
    { name: 'β', title: t('The variance of the noise that the step adds') },
    { name: 'log SNR', swatch: 'dashed', title: t('Natural logarithm of the signal-to-noise ratio ᾱ/(1 − ᾱ)') },
    { name: t('weight'), swatch: 'dashed', title: t('How much the squared error at this t counts in the loss') },
  ]);
  let quantities: DiffusionQuantities | null = null;
  let weights: ScheduleData['weights'] = null;
  let marked = 0;
  let pointed: number | null = null;

  const drawReadout = () => {
    const time = pointed ?? marked;
    const weight = weights ? (time === 0 ? NaN : weights.values[time - 1]) : undefined;
    if (!quantities) return readout.set('', [NaN, NaN, NaN, weight]);
    const at = (values: Float64Array, start: number) => (time === 0 ? start : values[time - 1]);
    readout.set(pointed === null ? `t = ${time}` : t('{0} (pointer)', `t = ${time}`), [at(quantities.alphasCumprod, 1), at(quantities.betas, NaN), at(quantities.logSnr, Infinity), weight]);
  };

  const frame = new PlotFrame({
    empty: t('No schedule yet: the settings are incomplete.'),
    build(theme, width) {
      if (!quantities) return null;
      readout.colour(coloursOf(theme));
      return drawing(theme, width, quantities, weights ?? null, () => marked);
    },
    pointed(index) {
      pointed = index === null ? null : index + 1;
      drawReadout();
    },
    pressed: () => {
      if (pointed !== null) onSeek(pointed);
    },
  });
  const element = h('section', { class: 'schedule plot', 'aria-label': t('Noise schedule') }, h('div', { class: 'pane-head' }, h('h2', {}, t('Schedule')), readout.element), frame.element);

  return {
    element,
    setTheme(theme) {
      frame.setTheme(theme);
      drawReadout();
    },
    set(next) {
      element.classList.toggle('outdated', next.quantities === null);
      weights = next.weights ?? null;
      if (weights) readout.rename(3, weights.name);
      if (next.quantities) {
        quantities = next.quantities;
        marked = Math.min(marked, quantities.T);
      }
      frame.update();
      drawReadout();
    },
    setTime(time) {
      if (time === marked) return;
      marked = time;
      frame.redraw();
      drawReadout();
    },
  };
}

const coloursOf = (theme: Theme): string[] => [canvasColour(theme, 'alphaBar'), canvasColour(theme, 'beta'), theme.foreground, canvasColour(theme, 'epsilon')];

function drawing(theme: Theme, width: number, { T, alphasCumprod, betas, logSnr }: DiffusionQuantities, weights: ScheduleData['weights'], marked: () => number): Drawing {
  const colours = coloursOf(theme);
  const [third, fourth] = [width >= ROOM_FOR_THIRD_AXIS, width >= ROOM_FOR_FOURTH_AXIS && weights !== null];
  const weight = weights ? finite(weights.values) : null;
  const logWeight = weight !== null && wantsLog(weight);
  const points = { show: T < 30, size: 4 };
  const series: uPlot.Series[] = [
    {},
    { scale: 'alphaBar', stroke: colours[0], width: 2, points },
    { scale: 'beta', stroke: colours[1], width: 2, points },
    { scale: 'logSnr', stroke: colours[2], width: 1, dash: [4, 3], points: { show: false } },
  ];
  const axes = [
    stepAxis(theme, 't'),
    valueAxis(theme, 'alphaBar', colours[0], { side: 3, size: 34, grid: gridLines(theme), label: 'ᾱ' }),
    valueAxis(theme, 'beta', colours[1], { side: 1, label: 'β' }),
    valueAxis(theme, 'logSnr', colours[2], { side: 1, size: 36, show: third, label: 'log SNR' }),
  ];
  const scales: uPlot.Scales = {
    x: { time: false, range: [0, T] },
    alphaBar: { range: [0, 1] },
    beta: { range: (_, __, max) => [0, max > 0 ? max * 1.05 : 1] },
    logSnr: {},
  };
  const data: (Float64Array | (number | null)[])[] = [Float64Array.from({ length: T }, (_, i) => i + 1), alphasCumprod, betas, finite(logSnr)];
  if (weight && weights) {
    series.push({ scale: 'weight', stroke: colours[3], width: 1.5, dash: [1, 3], cap: 'round', points: { show: false } });
    axes.push(valueAxis(theme, 'weight', colours[3], { side: 1, size: 44, show: fourth, label: weights.name, ...(logWeight ? logAxis(theme, { lines: false }) : {}) }));
    scales.weight = logWeight ? { distr: 3 } : { range: (_, __, max) => [0, max > 0 ? max * 1.05 : 1] };
    data.push(weight);
  }
  return {
    key: JSON.stringify([T, third, fourth, weights?.name ?? null, logWeight]),
    options: { ...COMMON, scales, axes, series, hooks: { draw: [(u) => drawLine(u, u.valToPos(marked(), 'x', true), theme.accent)] } },
    data: data as uPlot.AlignedData,
  };
}

/** At zero terminal SNR the logarithm is −∞: a gap in the curve, or its scale would have no end. */
const finite = (values: ArrayLike<number>): (number | null)[] => Array.from(values, (value) => (Number.isFinite(value) ? value : null));
