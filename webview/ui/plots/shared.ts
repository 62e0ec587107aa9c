/** What all plots have in common: the frame that follows size and theme, axes, the readout, the marked time. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { h, setHidden, setText } from '../dom';
import { formatNumber, grouped } from '../format';
import type { Theme } from '../theme';

export interface Plot<Data> {
  element: HTMLElement;
  setTheme(theme: Theme): void;
  set(data: Data): void;
}

/** A plot over the timesteps. */
export interface TimePlot<Data> extends Plot<Data> {
  /** The paper's t, 0 … T; 0 lies left of the first step and is marked at the edge. */
  setTime(t: number): void;
}

export const PLOT_HEIGHT = 160;
/** Narrower than this there is nothing to see. */
const MIN_WIDTH = 50;
/** Whole numbers only: steps and times. */
export const WHOLE = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6];

/** What a plot looks like at one width in one theme. While `key` stays, new data need no new plot. */
export interface Drawing {
  key: string;
  options: Omit<uPlot.Options, 'width' | 'height'>;
  data: uPlot.AlignedData;
}

export interface PlotFrameOptions {
  /** Shown while `build` gives null. */
  empty: string;
  build(theme: Theme, width: number): Drawing | null;
  /** The index under the pointer; null when it has left. */
  pointed(index: number | null): void;
  pressed?(): void;
  /** In CSS pixels, where the plot is the picture itself. */
  height?: number;
}

export class PlotFrame {
  readonly element = h('div', { class: 'plot-frame' });
  private readonly message = h('p', { class: 'plot-empty' });
  private plot: uPlot | null = null;
  private key = '';
  private theme: Theme | null = null;
  private width = 0;

  constructor(private readonly options: PlotFrameOptions) {
    this.element.append(this.message);
    setText(this.message, options.empty);
    // A tab that is hidden has no width; it is drawn when it gets one.
    new ResizeObserver(() => this.resized()).observe(this.element);
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.key = '';
    this.update();
  }

  private get height(): number {
    return this.options.height ?? PLOT_HEIGHT;
  }

  /** Reads the data again. */
  update(): void {
    const drawing = this.theme && this.width >= MIN_WIDTH ? this.options.build(this.theme, this.width) : null;
    // Without a size nobody sees the plot; what it says when it is seen is decided then.
    if (this.theme && this.width >= MIN_WIDTH) setHidden(this.message, drawing !== null);
    if (!drawing || drawing.key !== this.key) this.drop();
    if (!drawing) return;
    if (this.plot) {
      if (this.plot.width !== this.width) this.plot.setSize({ width: this.width, height: this.height });
      this.plot.setData(drawing.data);
      return;
    }
    this.key = drawing.key;
    const hooks = { ...drawing.options.hooks, setCursor: [(u: uPlot) => this.moved(u)] };
    this.plot = new uPlot({ ...drawing.options, width: this.width, height: this.height, hooks }, drawing.data, this.element);
    this.plot.over.addEventListener('click', () => this.options.pressed?.());
  }

  /** Draws again what hooks draw: marks that have moved. */
  redraw(): void {
    this.plot?.redraw(false, false);
  }

  private resized(): void {
    const width = Math.floor(this.element.clientWidth);
    if (width === this.width) return;
    this.width = width;
    if (width >= MIN_WIDTH) this.update();
  }

  private moved(u: uPlot): void {
    const index = u.cursor.idx;
    this.options.pointed(index === null || index === undefined || (u.cursor.left ?? -1) < 0 ? null : index);
  }

  private drop(): void {
    if (!this.plot) return;
    this.plot.destroy();
    this.plot = null;
    this.key = '';
    this.options.pointed(null);
  }
}

/** Options that are the same in every plot. */
export const COMMON = {
  // On the right there is room for half of the last label of the axis below.
  padding: [8, 18, 0, 0],
  legend: { show: false },
  cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
} satisfies Partial<uPlot.Options>;

const font = (): string => `11px ${getComputedStyle(document.body).fontFamily}`;

/** A value axis in the colour of its curve. */
export function valueAxis(theme: Theme, scale: string, colour: string, extra: Partial<uPlot.Axis> = {}): uPlot.Axis {
  return {
    scale, stroke: colour, font: font(), labelFont: font(), labelSize: 15, labelGap: 0, grid: { show: false }, ticks: { stroke: theme.grid, size: 4 }, gap: 3, size: 46,
    // A log axis leaves out labels that have no room, as nulls.
    values: (_, splits) => splits.map((value: number | null) => (value === null ? '' : formatNumber(value))), ...extra,
  };
}

/** The axis of steps or times along the bottom, with grid lines. */
export function stepAxis(theme: Theme, label: string, extra: Partial<uPlot.Axis> = {}): uPlot.Axis {
  return valueAxis(theme, 'x', theme.muted, { grid: gridLines(theme), size: 22, label, incrs: WHOLE, values: (_, splits) => splits.map((value: number | null) => (value === null ? '' : grouped(value))), ...extra });
}

export const gridLines = (theme: Theme): uPlot.Axis.Grid => ({ show: true, stroke: theme.grid, width: 1 });

/** On a log axis a line and a tick for every 2, 3, 4 … would be a wall: powers of ten only. */
export function logAxis(theme: Theme, { lines = true } = {}): Partial<uPlot.Axis> {
  const filter: uPlot.Axis.Filter = (_, splits) => splits.map((value) => (isPower(value) ? value : null));
  return { grid: { ...gridLines(theme), show: lines, filter }, ticks: { stroke: theme.grid, size: 4, filter } };
}

const isPower = (value: number): boolean => Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-6;

/** A vertical line through the plot. */
export function drawLine(u: uPlot, x: number, colour: string, dash: number[] = []): void {
  const { ctx, bbox } = u;
  const at = Math.round(x);
  ctx.save();
  ctx.setLineDash(dash.map((length) => length * devicePixelRatio));
  ctx.strokeStyle = colour;
  ctx.lineWidth = 2 * devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(at, bbox.top);
  ctx.lineTo(at, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

export interface ReadingName {
  name: string;
  swatch?: 'solid' | 'dashed' | 'faint' | 'block';
  /** What the name means, on hovering. */
  title?: string;
}

/** The row of numbers above a plot: where, and what the curves are there. */
export class Readout {
  readonly element: HTMLElement;
  private readonly where = h('span', { class: 'reading reading-time' });
  private readonly readings: { element: HTMLElement; swatch: HTMLElement; value: HTMLElement; name: HTMLElement }[];

  constructor(names: readonly ReadingName[]) {
    this.readings = names.map(({ name, swatch = 'solid', title }) => {
      const parts = { swatch: h('span', { class: `swatch swatch-${swatch}` }), name: h('span', { class: 'reading-name', title }, name), value: h('span', { class: 'reading-value' }) };
      return { ...parts, element: h('span', { class: 'reading' }, parts.swatch, parts.name, parts.value) };
    });
    this.element = h('div', { class: 'readout' }, this.where, ...this.readings.map(({ element }) => element));
  }

  colour(colours: readonly string[]): void {
    this.readings.forEach(({ swatch }, i) => (swatch.style.color = colours[i]));
  }

  rename(index: number, name: string): void {
    setText(this.readings[index].name, name);
  }

  /** A value that is not a number shows as a dash; `undefined` hides the reading. */
  set(where: string, values: readonly (number | null | undefined)[]): void {
    setText(this.where, where);
    this.readings.forEach(({ element, value }, i) => {
      setHidden(element, values[i] === undefined);
      const number = values[i];
      setText(value, number === null || number === undefined || Number.isNaN(number) ? '–' : formatNumber(number));
    });
  }
}
