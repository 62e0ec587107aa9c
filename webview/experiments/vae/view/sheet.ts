/** A sheet of images on one canvas: whole device pixels, no smoothing; pointed at and chosen by mouse and keys. */
import type { ImageShape } from '../../../../core/math/examples';
import { h } from '../../../ui/dom';
import type { Theme } from '../../../ui/theme';
import { layoutSheet, toRgba, type SheetLayout } from './pixels';

export interface SheetPart {
  /** [n, size]; bytes stand for 0 … 255, floats for 0 … 1. */
  values: ArrayLike<number>;
  image: ImageShape;
}

export interface SheetContent {
  count: number;
  /** Images of one cell, from above. */
  parts: readonly SheetPart[];
  /** Null: as many as fit best. */
  columns: number | null;
  /** Words at the left of each row; needs `columns`. */
  rowNames?: readonly string[];
  columnNames?: readonly string[];
  /** As many cells suffice where there is no room for all at a size at which they can be seen. */
  least?: number;
  /** It may be higher than its room: then one scrolls. */
  tall?: boolean;
  /** Between cells, in CSS pixels. */
  gap?: number;
  /** Largest width of a cell in CSS pixels. */
  largest?: number;
}

export interface SheetOptions {
  label: string;
  /** Null when the pointer has left. */
  pointed?(cell: number | null): void;
  picked?(cell: number): void;
}

const GUTTER = 82;
const HEAD = 18;
/** Room for the mark around a cell. */
const EDGE = 2;

export class Sheet {
  readonly element: HTMLElement;
  private readonly canvas = h('canvas', { class: 'vae-pixels' });
  private content: SheetContent | null = null;
  private atlas: { canvas: HTMLCanvasElement; across: number }[] = [];
  private theme: Theme | null = null;
  private layout: (SheetLayout & { left: number; top: number; gap: number; cell: { width: number; height: number } }) | null = null;
  private focused = -1;
  private hovered = -1;
  private marks: readonly (readonly [cell: number, word: string])[] = [];
  private size = { width: 0, height: 0 };

  constructor(private readonly options: SheetOptions) {
    this.element = h('div', { class: 'vae-sheet', tabindex: 0, role: options.picked ? 'application' : 'img', 'aria-label': options.label }, this.canvas);
    if (options.picked) this.element.classList.add('picks');
    new ResizeObserver(([entry]) => {
      const { width, height } = entry.contentRect;
      if (width === this.size.width && height === this.size.height) return;
      this.size = { width, height };
      this.draw();
    }).observe(this.element);
    this.canvas.addEventListener('pointermove', (event) => this.point(this.cellAt(event.offsetX, event.offsetY)));
    this.canvas.addEventListener('pointerleave', () => this.point(-1));
    this.canvas.addEventListener('click', (event) => this.pick(this.cellAt(event.offsetX, event.offsetY)));
    this.element.addEventListener('keydown', (event) => this.key(event));
    this.element.addEventListener('focus', () => this.focus(Math.max(0, this.focused)));
    this.element.addEventListener('blur', () => this.focus(-1));
  }

  set(content: SheetContent | null): void {
    this.content = content;
    this.atlas = content ? content.parts.map((part) => atlasOf(part, content.count)) : [];
    if (content && this.focused >= content.count) this.focused = -1;
    this.draw();
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.draw();
  }

  setLabel(label: string): void {
    this.element.setAttribute('aria-label', label);
  }

  /** Cells that are chosen, with a short word each. */
  mark(marks: readonly (readonly [number, string])[]): void {
    this.marks = marks;
    this.draw();
  }

  private point(cell: number): void {
    if (cell === this.hovered) return;
    this.hovered = cell;
    this.draw();
    this.tell();
  }

  private focus(cell: number): void {
    if (cell === this.focused) return;
    this.focused = cell;
    this.draw();
    if (cell >= 0) this.reveal(cell);
    this.tell();
  }

  /** Where the sheet scrolls the cell at the keys stays in sight. */
  private reveal(cell: number): void {
    if (!this.layout) return;
    const [top, height] = [this.corner(cell)[1] / devicePixelRatio, this.layout.cell.height / devicePixelRatio];
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top - HEAD;
    else if (top + height > scrollTop + clientHeight) this.element.scrollTop = top + height - clientHeight + EDGE;
  }

  private tell(): void {
    const cell = this.hovered >= 0 ? this.hovered : this.focused;
    this.options.pointed?.(cell >= 0 && cell < (this.content?.count ?? 0) ? cell : null);
  }

  private pick(cell: number): void {
    if (cell >= 0) this.options.picked?.(cell);
  }

  private key(event: KeyboardEvent): void {
    const { content, layout } = this;
    if (!content || !layout || event.ctrlKey || event.metaKey || event.altKey) return;
    const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -layout.columns, ArrowDown: layout.columns, Home: -content.count, End: layout.shown };
    if (event.key in moves) {
      const next = this.focused + moves[event.key];
      const jumps = event.key === 'Home' || event.key === 'End';
      if (jumps) this.focus(event.key === 'Home' ? 0 : layout.shown - 1);
      else if (next >= 0 && next < layout.shown) this.focus(next);
      event.preventDefault();
      event.stopPropagation();
    } else if ((event.key === 'Enter' || event.key === ' ') && this.options.picked) {
      this.pick(this.focused);
      event.preventDefault();
      event.stopPropagation();
    }
  }

  private cellAt(x: number, y: number): number {
    const { layout, content } = this;
    if (!layout || !content) return -1;
    const ratio = devicePixelRatio;
    const column = Math.floor((x * ratio - layout.left) / (layout.cell.width + layout.gap));
    const row = Math.floor((y * ratio - layout.top) / (layout.cell.height + layout.gap));
    const cell = row * layout.columns + column;
    return column >= 0 && column < layout.columns && row >= 0 && cell < layout.shown ? cell : -1;
  }

  private draw(): void {
    const { content, theme, canvas, size } = this;
    if (!content || !theme || size.width < 20 || size.height < 20) return;
    const ratio = devicePixelRatio;
    const [left, top] = [content.rowNames ? Math.round(GUTTER * ratio) : 0, content.columnNames ? Math.round(HEAD * ratio) : 0];
    const edge = Math.round(EDGE * ratio);
    const gap = Math.round((content.gap ?? 2) * ratio);
    const native = { width: content.parts[0].image.width, height: content.parts.reduce((sum, { image }) => sum + image.height, 0) };
    const room = { width: size.width * ratio - left - 2 * EDGE * ratio, height: content.tall ? Infinity : size.height * ratio - top - 2 * EDGE * ratio };
    const shape = layoutSheet({ ...room, gap, cell: native, count: content.count, columns: content.columns, most: ((content.largest ?? 112) * ratio) / native.width, least: Math.min(content.count, content.least ?? content.count) });
    const cell = { width: Math.round(shape.factor * native.width), height: Math.round(shape.factor * native.height) };
    this.layout = { ...shape, left: left + edge, top: top + edge, gap, cell };
    const [width, height] = [left + 2 * edge + shape.columns * (cell.width + gap) - gap, top + 2 * edge + shape.rows * (cell.height + gap) - gap];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    canvas.style.width = `${width / ratio}px`;
    canvas.style.height = `${height / ratio}px`;
    const g = canvas.getContext('2d')!;
    g.clearRect(0, 0, width, height);
    g.imageSmoothingEnabled = shape.factor < 1;
    this.drawNames(g, theme, ratio);
    for (let i = 0; i < shape.shown; i++) this.drawCell(g, i);
    for (const [i, word] of this.marks) if (i < shape.shown) this.outline(g, i, theme.accent, 2, word, theme);
    if (this.hovered >= 0 && this.hovered < shape.shown) this.outline(g, this.hovered, theme.foreground, 1);
    if (this.focused >= 0 && this.focused < shape.shown) this.outline(g, this.focused, theme.accent, 2);
  }

  private corner(i: number): [number, number] {
    const { columns, cell, gap, left, top } = this.layout!;
    return [left + (i % columns) * (cell.width + gap), top + Math.floor(i / columns) * (cell.height + gap)];
  }

  private drawCell(g: CanvasRenderingContext2D, i: number): void {
    const { factor, cell } = this.layout!;
    const corner = this.corner(i);
    const x = corner[0];
    let y = corner[1];
    this.content!.parts.forEach(({ image }, k) => {
      const { canvas, across } = this.atlas[k];
      const height = Math.round(factor * image.height);
      g.drawImage(canvas, (i % across) * image.width, Math.floor(i / across) * image.height, image.width, image.height, x, y, cell.width, height);
      y += height;
    });
  }

  private outline(g: CanvasRenderingContext2D, i: number, colour: string, width: number, word = '', theme: Theme | null = null): void {
    const { cell } = this.layout!;
    const [x, y] = this.corner(i);
    const line = Math.max(1, Math.round(width * devicePixelRatio));
    g.strokeStyle = colour;
    g.lineWidth = line;
    g.strokeRect(x - line / 2, y - line / 2, cell.width + line, cell.height + line);
    if (!word || !theme) return;
    const side = Math.round(14 * devicePixelRatio);
    g.fillStyle = theme.background;
    g.fillRect(x, y, side, side);
    g.fillStyle = theme.foreground;
    g.font = fontOf(11);
    g.textAlign = 'center';
    g.textBaseline = 'middle';
    g.fillText(word, x + side / 2, y + side / 2);
  }

  private drawNames(g: CanvasRenderingContext2D, theme: Theme, ratio: number): void {
    const { rowNames, columnNames } = this.content!;
    const { cell, columns } = this.layout!;
    g.fillStyle = theme.foreground;
    g.font = fontOf(11);
    g.textBaseline = 'middle';
    g.textAlign = 'left';
    rowNames?.forEach((name, row) => g.fillText(name, 2 * ratio, this.corner(row * columns)[1] + cell.height / 2, (GUTTER - 6) * ratio));
    g.textAlign = 'center';
    g.fillStyle = theme.muted;
    columnNames?.forEach((name, column) => g.fillText(name, this.corner(column)[0] + cell.width / 2, (HEAD * ratio) / 2));
  }
}

export const fontOf = (size: number): string => `${size * devicePixelRatio}px ${getComputedStyle(document.body).fontFamily}`;

/** All images once at their own size. */
function atlasOf({ values, image }: SheetPart, count: number): { canvas: HTMLCanvasElement; across: number } {
  const across = Math.max(1, Math.ceil(Math.sqrt(count)));
  const canvas = h('canvas', { width: across * image.width, height: Math.max(1, Math.ceil(count / across)) * image.height });
  const g = canvas.getContext('2d')!;
  const one = new ImageData(image.width, image.height);
  for (let i = 0; i < count; i++) {
    toRgba(values, i, image, one.data);
    g.putImageData(one, (i % across) * image.width, Math.floor(i / across) * image.height);
  }
  return { canvas, across };
}
