/** The schedule over t: ᾱ, β and log-SNR, each on its own scale, with the scrubbed t marked and a readout. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { DiffusionQuantities } from '../../core/math/diffusion';
import { h, setText } from './dom';
import { formatNumber } from './format';
import { canvasColour, type Theme } from './theme';

const HEIGHT = 160;
/** Narrower than this, the third axis would leave no room for the curves; the readout still tells its value. */
const ROOM_FOR_THIRD_AXIS = 420;

const SERIES = [
  { key: 'alphaBar', name: 'ᾱ', symbol: 'alphaBar' },
  { key: 'beta', name: 'β', symbol: 'beta' },
  { key: 'logSnr', name: 'log SNR', symbol: null },
] as const;

export interface SchedulePlot {
  element: HTMLElement;
  setTheme(theme: Theme): void;
  /** Null while the settings are invalid: the last curve is kept, and greyed. */
  setQuantities(quantities: DiffusionQuantities | null): void;
  /** The paper's t, 0 … T; 0 lies left of the first step and is marked at the edge. */
  setTime(t: number): void;
}

export function schedulePlot(onSeek: (t: number) => void): SchedulePlot {
  const frame = h('div', { class: 'plot-frame' });
  const readings = SERIES.map(({ name }) => ({ swatch: h('span', { class: `swatch swatch-${name === 'log SNR' ? 'dashed' : 'solid'}` }), value: h('span', { class: 'reading-value' }), name }));
  const time = h('span', { class: 'reading reading-time' });
  const readout = h('div', { class: 'readout' }, time, ...readings.map(({ swatch, value, name }) => h('span', { class: 'reading' }, swatch, h('span', { class: 'reading-name' }, name), value)));
  const element = h('section', { class: 'schedule', 'aria-label': 'Noise schedule' }, h('div', { class: 'pane-head' }, h('h2', {}, 'Schedule'), readout), frame);

  let theme: Theme | null = null;
  let quantities: DiffusionQuantities | null = null;
  let marked = 0;
  let pointed: number | null = null;
  let plot: uPlot | null = null;
  let width = 0;

  const drawReadout = () => {
    const t = pointed ?? marked;
    setText(time, quantities ? `t = ${t}${pointed === null ? '' : ' (pointer)'}` : '');
    const at = (values: Float64Array, start: number) => (t === 0 ? start : values[t - 1]);
    const values = quantities ? [at(quantities.alphasCumprod, 1), at(quantities.betas, NaN), at(quantities.logSnr, Infinity)] : [];
    readings.forEach(({ value }, i) => setText(value, values[i] === undefined || Number.isNaN(values[i]) ? '–' : formatNumber(values[i])));
  };

  const rebuild = () => {
    plot?.destroy();
    plot = null;
    if (!theme || !quantities || width < 50) return;
    const colours = SERIES.map(({ symbol }) => (symbol ? canvasColour(theme!, symbol) : theme!.foreground));
    readings.forEach(({ swatch }, i) => (swatch.style.color = colours[i]));
    plot = new uPlot(options(theme, colours, width, quantities.T), dataOf(quantities), frame);
    plot.over.addEventListener('click', () => {
      if (pointed !== null) onSeek(pointed);
    });
  };

  const options = (current: Theme, colours: string[], w: number, T: number): uPlot.Options => {
    const font = `11px ${getComputedStyle(document.body).fontFamily}`;
    const axis = (scale: string, colour: string, extra: Partial<uPlot.Axis> = {}): uPlot.Axis => ({
      scale, stroke: colour, font, grid: { show: false }, ticks: { stroke: current.grid, size: 4 }, gap: 3, size: 46,
      values: (_, splits) => splits.map((value) => formatNumber(value)), ...extra,
    });
    return {
      width: w, height: HEIGHT, padding: [8, 6, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
      scales: {
        x: { time: false, range: [0, T] },
        alphaBar: { range: [0, 1] },
        beta: { range: (_, __, max) => [0, max > 0 ? max * 1.05 : 1] },
        logSnr: {},
      },
      axes: [
        axis('x', current.muted, { grid: { show: true, stroke: current.grid, width: 1 }, size: 24, incrs: [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000] }),
        axis('alphaBar', colours[0], { side: 3, size: 34, grid: { show: true, stroke: current.grid, width: 1 } }),
        axis('beta', colours[1], { side: 1 }),
        axis('logSnr', colours[2], { side: 1, size: 36, show: w >= ROOM_FOR_THIRD_AXIS }),
      ],
      series: [
        {},
        { scale: 'alphaBar', stroke: colours[0], width: 2, points: { show: T < 30, size: 4 } },
        { scale: 'beta', stroke: colours[1], width: 2, points: { show: T < 30, size: 4 } },
        { scale: 'logSnr', stroke: colours[2], width: 1, dash: [4, 3], points: { show: false } },
      ],
      hooks: {
        draw: [(u) => drawMarker(u, current.accent)],
        setCursor: [(u) => {
          const index = u.cursor.idx;
          pointed = index === null || index === undefined || (u.cursor.left ?? -1) < 0 ? null : index + 1;
          drawReadout();
        }],
      },
    };
  };

  const drawMarker = (u: uPlot, colour: string) => {
    const x = Math.round(u.valToPos(marked, 'x', true));
    const { ctx, bbox } = u;
    ctx.save();
    ctx.setLineDash([]);
    ctx.strokeStyle = colour;
    ctx.lineWidth = 2 * devicePixelRatio;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  };

  new ResizeObserver(() => {
    const now = Math.floor(frame.clientWidth);
    if (now === width) return;
    const crossed = (now >= ROOM_FOR_THIRD_AXIS) !== (width >= ROOM_FOR_THIRD_AXIS);
    width = now;
    if (plot && !crossed && width >= 50) plot.setSize({ width, height: HEIGHT });
    else rebuild();
  }).observe(frame);

  return {
    element,
    setTheme(next) {
      theme = next;
      rebuild();
      drawReadout();
    },
    setQuantities(next) {
      element.classList.toggle('outdated', next === null);
      if (!next || next === quantities) return;
      quantities = next;
      marked = Math.min(marked, next.T);
      rebuild();
      drawReadout();
    },
    setTime(t) {
      if (t === marked) return;
      marked = t;
      plot?.redraw(false, false);
      drawReadout();
    },
  };
}

function dataOf({ T, alphasCumprod, betas, logSnr }: DiffusionQuantities): uPlot.AlignedData {
  return [Float64Array.from({ length: T }, (_, i) => i + 1), alphasCumprod, betas, logSnr];
}
