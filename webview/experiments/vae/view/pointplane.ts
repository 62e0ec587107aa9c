/** Examples that are points: the plane of the data, in which inputs, reconstructions and decodings are drawn. */
import { h } from '../../../ui/dom';
import { withAlpha, type Theme } from '../../../ui/theme';
import { fontOf } from './sheet';
import { fitted, ticks, toPlane, toScreen, type Viewport } from './viewport';

export type Tone = 'data' | 'model' | 'accent';

export type Layer =
  | { kind: 'dots'; xy: ArrayLike<number>; tone: Tone; size?: number; faint?: boolean }
  /** From each point of `xy` to that of `to`. */
  | { kind: 'links'; xy: ArrayLike<number>; to: ArrayLike<number>; tone: Tone }
  /** Polylines of `length` points each. */
  | { kind: 'lines'; xy: ArrayLike<number>; length: number; tone: Tone; strong?: boolean };

export class PointPlane {
  readonly element: HTMLElement;
  private readonly canvas = h('canvas');
  private theme: Theme | null = null;
  private layers: readonly Layer[] = [];
  private extent: ArrayLike<number> = [];
  private view: Viewport | null = null;

  /** @param pressed a place of the plane was pressed, or dragged over. */
  constructor(label: string, pressed: ((x: number, y: number) => void) | null = null) {
    this.element = h('div', { class: 'vae-plane', role: 'img', 'aria-label': label }, this.canvas);
    new ResizeObserver(() => this.draw()).observe(this.element);
    if (!pressed) return;
    const at = (event: PointerEvent) => {
      if (event.buttons === 0 || !this.view) return;
      const [x, y] = toPlane(this.view, event.offsetX, event.offsetY);
      pressed(x, y);
    };
    this.canvas.style.touchAction = 'none';
    this.canvas.addEventListener('pointerdown', (event) => {
      this.canvas.setPointerCapture(event.pointerId);
      at(event);
    });
    this.canvas.addEventListener('pointermove', at);
    this.element.classList.add('picks');
  }

  /** @param extent points that the plane has to hold: the data, so that it does not move with the model. */
  set(extent: ArrayLike<number>, layers: readonly Layer[]): void {
    this.extent = extent;
    this.layers = layers;
    this.draw();
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.draw();
  }

  private draw(): void {
    const { canvas, theme, element } = this;
    const [width, height, ratio] = [element.clientWidth, element.clientHeight, devicePixelRatio];
    if (!theme || width < 20 || height < 20) return;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const view = (this.view = fitted(this.extent, width, height));
    const g = canvas.getContext('2d')!;
    drawGrid(g, view, theme);
    g.scale(ratio, ratio);
    for (const layer of this.layers) drawLayer(g, view, theme, layer);
    g.setTransform(1, 0, 0, 1, 0, 0);
  }
}

const colourOf = (theme: Theme, tone: Tone): string => (tone === 'data' ? theme.palette[0] : tone === 'model' ? theme.palette[4] : theme.foreground);

function drawLayer(g: CanvasRenderingContext2D, view: Viewport, theme: Theme, layer: Layer): void {
  const colour = colourOf(theme, layer.tone);
  if (layer.kind === 'dots') {
    const size = layer.size ?? 2;
    g.fillStyle = layer.faint ? withAlpha(colour, theme.kind.startsWith('high-contrast') ? 0.7 : 0.4) : colour;
    g.beginPath();
    for (let i = 0; 2 * i + 1 < layer.xy.length; i++) {
      const [x, y] = toScreen(view, layer.xy[2 * i], layer.xy[2 * i + 1]);
      g.moveTo(x + size, y);
      // Told apart by shape as well: what the model says is square.
      if (layer.tone === 'model') g.rect(x - size, y - size, 2 * size, 2 * size);
      else g.arc(x, y, size, 0, 2 * Math.PI);
    }
    g.fill();
    return;
  }
  g.strokeStyle = layer.kind === 'links' ? withAlpha(colour, 0.7) : colour;
  g.lineWidth = layer.kind === 'lines' && layer.strong ? 2.5 : 1;
  g.beginPath();
  const count = Math.floor(layer.xy.length / 2);
  for (let i = 0; i < count; i++) {
    const [x, y] = toScreen(view, layer.xy[2 * i], layer.xy[2 * i + 1]);
    if (layer.kind === 'links') {
      g.moveTo(x, y);
      g.lineTo(...toScreen(view, layer.to[2 * i], layer.to[2 * i + 1]));
    } else if (i % layer.length === 0) g.moveTo(x, y);
    else g.lineTo(x, y);
  }
  g.stroke();
}

/** Lines and numbers behind a plane, in device pixels. */
export function drawGrid(g: CanvasRenderingContext2D, view: Viewport, theme: Theme): void {
  const ratio = devicePixelRatio;
  const [left, top] = toPlane(view, 0, 0);
  const [right, bottom] = toPlane(view, view.width, view.height);
  g.save();
  g.strokeStyle = theme.grid;
  g.fillStyle = theme.muted;
  g.font = fontOf(10);
  const line = (x0: number, y0: number, x1: number, y1: number, strong: boolean) => {
    g.lineWidth = (strong ? 2 : 1) * Math.round(ratio);
    g.beginPath();
    g.moveTo(Math.round(x0 * ratio), Math.round(y0 * ratio));
    g.lineTo(Math.round(x1 * ratio), Math.round(y1 * ratio));
    g.stroke();
  };
  const said = (value: number) => String(value).replace('-', '−');
  for (const x of ticks(left, right, view.width / 90)) {
    const [at] = toScreen(view, x, 0);
    line(at, 0, at, view.height, x === 0);
    g.textAlign = 'left';
    g.textBaseline = 'bottom';
    g.fillText(said(x), (at + 3) * ratio, (view.height - 2) * ratio);
  }
  for (const y of ticks(bottom, top, view.height / 70)) {
    const [, at] = toScreen(view, 0, y);
    line(0, at, view.width, at, y === 0);
    g.textAlign = 'left';
    g.textBaseline = 'bottom';
    if (at > 14 && at < view.height - 14) g.fillText(said(y), 3 * ratio, (at - 1) * ratio);
  }
  g.restore();
}
