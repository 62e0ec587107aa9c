/** The variational bound, term by term (Ho et al. 2020, eq. 5): bars over k of L_k, the scrubbed t marked, the total at the side. */
import type uPlot from 'uplot';
import { listed } from '../../../core/l10n/translate';
import { h, setHidden, setText } from '../dom';
import { formatNumber, grouped } from '../format';
import { canvasColour, symbolColour, withAlpha, type Theme } from '../theme';
import { barLabels, barOfTime, boundBars, boundTotal, inUnit, termName, timeOfTerm, type BoundBar, type BoundBars, type BoundUnit, type TermKind } from './bound-bars';
import { wantsLog } from './log-scale';
import { COMMON, gridLines, logAxis, PlotFrame, Readout, valueAxis, type Drawing, type TimePlot } from './shared';
import { choice, toggle } from './toggles';
import { sentences, t } from '../words';

export interface BoundData {
  /** L_0 … L_T in nats per example, length T + 1; NaN where not computed yet. Null before any training. */
  terms: ArrayLike<number> | null;
  /** Of one example, for bits/dim. */
  dimensions: number;
  /** How many examples the terms are means over; null when they are exact. */
  examples: number | null;
}

/** Width of the narrowest bar with its gap, in pixels. */
const PIXELS_PER_BAR = 5;
const AXES_WIDTH = 64;
/** On the log scale, what is this much smaller than the largest bar is cut: it is rounding. */
const LOG_DEPTH = 1e-8;

/** In the colours of what each kind compares: data, posteriors, noise. */
const KIND_SYMBOL: Readonly<Record<TermKind, string>> = { decoder: 'x0', divergence: 'xt', prior: 'z' };

export function boundPlot(onSeek: (t: number) => void): TimePlot<BoundData> {
  let data: BoundData = { terms: null, dimensions: 2, examples: null };
  let unit: BoundUnit = 'nats';
  /** Null: as the values ask for. */
  let logWanted: boolean | null = null;
  let shown: BoundBars = { bars: [], perBar: 1 };
  /** In the unit that is shown; null for what cannot be drawn. */
  let heights: (number | null)[] = [];
  let marked = 0;
  let pointed: number | null = null;

  const readout = new Readout([{ name: '', swatch: 'block' }]);
  const note = h('p', { class: 'plot-note' });
  const total = totals();
  const units = choice(t('Unit of the bound'), ['nats', 'bits/dim'], (value) => {
    unit = value as BoundUnit;
    redo();
  });
  const log = toggle(t('log'), t('Log scale'), (on) => {
    logWanted = on;
    redo();
  });

  const T = () => (data.terms ? data.terms.length - 1 : 0);
  const valueOf = (bar: BoundBar) => inUnit(bar.nats, unit, data.dimensions);
  const isLog = () => logWanted ?? wantsLog(shown.bars.map(({ nats }) => (Number.isNaN(nats) || nats <= 0 ? null : nats)));

  const drawReadout = () => {
    const bar = shown.bars[pointed ?? barOfTime(shown.bars, marked)];
    if (!bar) return readout.set('', [undefined]);
    const [from, to] = [timeOfTerm(bar.first, T()), timeOfTerm(bar.last, T())];
    readout.colour([symbolColour(KIND_SYMBOL[bar.kind])]);
    readout.rename(0, bar.first === bar.last ? termName(bar) : t('{0}, sum', termName(bar)));
    const where = `t = ${from === to ? from : `${from} … ${to}`}`;
    readout.set(pointed === null ? where : t('{0} (pointer)', where), [valueOf(bar)]);
  };

  const frame = new PlotFrame({
    empty: t('No bound yet. It is estimated when this tab is open and nothing runs.'),
    build(theme, width) {
      if (!data.terms || data.terms.length === 0) return null;
      shown = boundBars(data.terms, (width - AXES_WIDTH) / PIXELS_PER_BAR);
      const onLog = isLog();
      log.set(onLog);
      heights = shown.bars.map(valueOf).map((value) => (Number.isNaN(value) || (onLog && value <= 0) ? null : value));
      setText(note, noteOf(shown, onLog ? shown.bars.filter(({ nats }) => nats <= 0) : [], data.examples));
      return drawing(theme, unit, onLog, { heights: () => heights, bars: () => shown.bars, marked: () => barOfTime(shown.bars, marked) });
    },
    pointed(index) {
      pointed = index;
      drawReadout();
    },
    pressed: () => {
      const bar = pointed === null ? undefined : shown.bars[pointed];
      // Of a group the middle is meant.
      if (bar) onSeek(timeOfTerm(Math.floor((bar.first + bar.last) / 2), T()));
    },
  });
  frame.element.setAttribute('role', 'img');
  const side = h('div', { class: 'bound-side' }, total.element);
  const element = h('section', { class: 'bound plot', 'aria-label': t('Variational bound') },
    h('div', { class: 'pane-head' }, h('h2', {}, t('Bound')), readout.element, h('span', { class: 'spacer' }), units.element, log.element),
    h('div', { class: 'bound-body' }, h('div', { class: 'bound-bars' }, frame.element, note), side));

  const redo = () => {
    frame.update();
    const empty = !data.terms || data.terms.length === 0;
    for (const part of [side, note, units.element, log.element]) setHidden(part, empty);
    if (!empty) total.set(data, unit);
    frame.element.setAttribute('aria-label', describe(data, unit));
    drawReadout();
  };
  redo();

  return {
    element,
    setTheme(theme) {
      frame.setTheme(theme);
      redo();
    },
    set(next) {
      data = next;
      marked = Math.min(marked, Math.max(0, T()));
      redo();
    },
    setTime(time) {
      if (time === marked) return;
      marked = time;
      frame.redraw();
      drawReadout();
    },
  };
}

function noteOf({ perBar }: BoundBars, negative: readonly BoundBar[], examples: number | null): string {
  const parts: string[] = [];
  if (perBar > 1) parts.push(t('Each bar between L₀ and the last sums {0} terms.', perBar));
  const named = listed(negative.slice(0, 3).map(termName), t);
  if (negative.length > 3) parts.push(t('Not on a log scale, since not above 0: {0} and others.', named));
  else if (negative.length > 0) parts.push(t('Not on a log scale, since not above 0: {0}.', named));
  if (examples !== null) parts.push(t('Means over {0} examples.', grouped(examples)));
  return sentences(parts);
}

function describe({ terms, dimensions }: BoundData, unit: BoundUnit): string {
  if (!terms || terms.length === 0) return t('No bound yet.');
  const { total, known, terms: count } = boundTotal(terms);
  const value = `${formatNumber(inUnit(total, unit, dimensions))} ${t(unit)}`;
  return known < count ? t('{0} of {1} terms of the bound; together {2}.', known, count, value) : t('The bound is {0}, the sum of {1} terms.', value, count);
}

/** What the hooks of a plot that stays read afresh at each drawing. */
interface Live {
  heights(): readonly (number | null)[];
  bars(): readonly BoundBar[];
  /** Index of the bar at the scrubbed t; −1 for none. */
  marked(): number;
}

function drawing(theme: Theme, unit: BoundUnit, log: boolean, live: Live): Drawing {
  const count = live.bars().length;
  return {
    key: JSON.stringify([unit, log, count]),
    options: {
      ...COMMON,
      cursor: { ...COMMON.cursor, points: { show: false } },
      scales: {
        x: { time: false, range: [-0.6, count - 0.4] },
        y: log ? { distr: 3, range: () => logRange(live.heights()) } : { range: (_, min, max) => [Math.min(0, 1.08 * (min ?? 0)), Math.max(0, 1.08 * (max ?? 1)) || (min < 0 ? 0 : 1)] },
      },
      axes: [
        valueAxis(theme, 'x', theme.muted, {
          size: 22, label: t('k of Lₖ'), grid: { show: false },
          splits: (u) => barLabels(live.bars(), u.width / 60).map(({ index }) => index),
          values: (u) => barLabels(live.bars(), u.width / 60).map(({ k }) => String(k)),
        }),
        valueAxis(theme, 'y', theme.muted, { side: 3, size: 46, ...(log ? logAxis(theme) : { grid: gridLines(theme) }), label: log ? t('{0} (log)', t(unit)) : t(unit) }),
      ],
      series: [{}, { paths: () => null, points: { show: false } }],
      hooks: { draw: [(u) => drawBars(u, theme, live)] },
    },
    data: [live.bars().map((_, i) => i), [...live.heights()]],
  };
}

/** Whole powers of ten around the positive heights. */
function logRange(heights: readonly (number | null)[]): [number, number] {
  const positive = heights.filter((value): value is number => value !== null && value > 0);
  const largest = positive.length > 0 ? Math.max(...positive) : 1;
  const least = positive.length > 0 ? Math.max(LOG_DEPTH * largest, Math.min(...positive)) : largest / 10;
  return [10 ** Math.floor(Math.log10(least) - 1e-9), 10 ** Math.ceil(Math.log10(largest) + 1e-9)];
}

function drawBars(u: uPlot, theme: Theme, live: Live): void {
  const { ctx, bbox } = u;
  const [bars, marked] = [live.bars(), live.marked()];
  const slot = Math.abs(u.valToPos(1, 'x', true) - u.valToPos(0, 'x', true));
  const width = Math.max(1, Math.min(0.8 * slot, slot - 1));
  const floor = bbox.top + bbox.height;
  const zero = u.scales.y.distr === 3 ? floor : u.valToPos(0, 'y', true);
  ctx.save();
  if (marked >= 0) {
    const x = u.valToPos(marked, 'x', true);
    const wide = Math.max(slot, 6 * devicePixelRatio);
    ctx.fillStyle = withAlpha(theme.accent, 0.25);
    ctx.fillRect(x - wide / 2, bbox.top, wide, bbox.height);
    ctx.fillStyle = theme.accent;
    ctx.fillRect(x - wide / 2, bbox.top, wide, 2 * devicePixelRatio);
  }
  live.heights().forEach((value, i) => {
    if (value === null) return;
    const top = Math.min(floor, u.valToPos(value, 'y', true));
    ctx.fillStyle = canvasColour(theme, KIND_SYMBOL[bars[i].kind]);
    // However small, a term that is known leaves a mark.
    const height = Math.max(devicePixelRatio, Math.abs(zero - top));
    ctx.fillRect(u.valToPos(i, 'x', true) - width / 2, value < 0 ? zero : zero - height, width, height);
  });
  if (zero < floor - 1) {
    ctx.fillStyle = theme.muted;
    ctx.fillRect(bbox.left, zero, bbox.width, devicePixelRatio);
  }
  ctx.restore();
}

/** The sum and its three parts, as a small table. */
function totals(): { element: HTMLElement; set(data: BoundData, unit: BoundUnit): void } {
  const row = (name: string, kind: TermKind | null, hint: string) => {
    const value = h('td', { class: 'bound-value' });
    const label = h('span', {}, name);
    const swatch = kind && h('span', { class: 'swatch swatch-block' });
    if (swatch && kind) swatch.style.color = symbolColour(KIND_SYMBOL[kind]);
    return { value, label, element: h('tr', { title: hint, class: kind ? null : 'bound-total' }, h('th', { scope: 'row' }, swatch, label), value) };
  };
  const rows = {
    total: row(t('Total'), null, t('The bound on −log p(x₀): the smaller, the better')),
    decoder: row('L₀', 'decoder', t('The decoder: −log p(x₀ | x₁)')),
    divergences: row('Σ L₁…', 'divergence', t('Divergences of q(xₜ₋₁ | xₜ, x₀) from what the network gives')),
    prior: row('L_T', 'prior', t('The divergence of q(x_T | x₀) from N(0, I); nothing in it is learnt')),
  };
  const unitText = h('caption', {});
  return {
    element: h('table', { class: 'bound-table' }, unitText, h('tbody', {}, rows.total.element, rows.decoder.element, rows.divergences.element, rows.prior.element)),
    set({ terms, dimensions }, unit) {
      if (!terms) return;
      const sums = boundTotal(terms);
      const T = terms.length - 1;
      for (const name of ['total', 'decoder', 'divergences', 'prior'] as const) setText(rows[name].value, Number.isNaN(sums[name]) ? '–' : formatNumber(inUnit(sums[name], unit, dimensions)));
      setText(rows.prior.label, termName({ first: T, last: T }));
      setText(unitText, sums.known < sums.terms ? t('{0}, {1} of {2} terms', t(unit), grouped(sums.known), grouped(sums.terms)) : t(unit));
    },
  };
}
