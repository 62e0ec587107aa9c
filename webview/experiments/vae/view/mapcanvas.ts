/** The latent plane: cloud, posterior ellipses and the probe; pan, zoom, pointer and keys. It knows places and examples, not the model. */
import { h } from '../../../ui/dom';
import type { Theme } from '../../../ui/theme';
import type { Ellipse } from './plane';
import { drawGrid } from './pointplane';
import { Scatter, type Cloud } from './scatter';
import { fitted, nearest, panned, toPlane, toScreen, zoomed, type Viewport } from './viewport';

export interface MapHost {
  /** The example under the pointer or at the keys; null for none. */
  pointed(example: number | null): void;
  /** A place to decode, and the example that is being dragged there, or null for the open plane. */
  probed(x: number, y: number, example: number | null): void;
  ellipse(example: number): Ellipse | null;
}

/** Pixels: how near the pointer must come to a point, and how far it may move and still be a click. */
const REACH = 9;
const CLICK = 4;
const EMPTY: Cloud = { xy: new Float32Array(0), labels: null, only: null };

export class MapCanvas {
  readonly element: HTMLElement;
  private readonly canvas = h('canvas');
  private readonly scatter = new Scatter();
  private cloud = EMPTY;
  private view: Viewport | null = null;
  private theme: Theme | null = null;
  private size = { width: 0, height: 0 };
  private hovered = -1;
  private picked = -1;
  private probe: { x: number; y: number } | null = null;
  private drag: { pointer: number; what: 'pan' | 'point' | 'probe'; left: number; top: number; moved: boolean } | null = null;
  private frame = 0;
  private settling: ReturnType<typeof setTimeout> | undefined;

  constructor(label: string, private readonly host: MapHost, ...over: HTMLElement[]) {
    this.element = h('div', { class: 'vae-map-canvas', tabindex: 0, role: 'application', 'aria-label': label }, this.canvas, ...over);
    new ResizeObserver(([entry]) => this.resized(entry.contentRect.width, entry.contentRect.height)).observe(this.element);
    this.element.addEventListener('pointerdown', (event) => this.down(event));
    this.element.addEventListener('pointermove', (event) => this.move(event));
    for (const name of ['pointerup', 'pointercancel'] as const) this.element.addEventListener(name, (event) => this.up(event));
    this.element.addEventListener('pointerleave', () => this.hover(-1));
    this.element.addEventListener('wheel', (event) => {
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0015)), ...this.place(event));
    }, { passive: false });
    this.element.addEventListener('keydown', (event) => this.key(event));
  }

  /** @param fresh another space than before: the view is fitted to it. */
  set(cloud: Cloud, fresh: boolean): void {
    this.cloud = cloud;
    this.scatter.forget();
    this.hovered = -1;
    if (fresh) {
      this.view = null;
      this.probe = null;
      this.picked = -1;
    }
    this.draw();
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.scatter.forget();
    this.draw();
  }

  /** The example whose ellipse stays, and where the probe stands. */
  mark(example: number | null, probe: { x: number; y: number } | null): void {
    this.picked = example ?? -1;
    this.probe = probe;
    this.draw();
  }

  zoom(factor: number, left?: number, top?: number): void {
    if (!this.view) return;
    this.view = zoomed(this.view, factor, left, top);
    this.draw(true);
  }

  fit(): void {
    this.view = null;
    this.draw();
  }

  private resized(width: number, height: number): void {
    if (width === this.size.width && height === this.size.height) return;
    this.size = { width, height };
    if (this.view) this.view = { ...this.view, width, height, scale: (this.view.scale * Math.min(width, height)) / Math.max(1, Math.min(this.view.width, this.view.height)) };
    this.draw();
  }

  private place = (event: MouseEvent): [number, number] => {
    const box = this.element.getBoundingClientRect();
    return [event.clientX - box.left - 1, event.clientY - box.top - 1];
  };

  private nearestTo(left: number, top: number, reach = REACH): number {
    const { labels, only } = this.cloud;
    return this.view ? nearest(this.view, this.cloud.xy, left, top, reach, only && labels ? (i) => only.has(labels[i]) : undefined) : -1;
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0 || !this.view || this.drag) return;
    const [left, top] = this.place(event);
    const atProbe = this.probe && Math.hypot(...toScreen(this.view, this.probe.x, this.probe.y).map((value, i) => value - [left, top][i])) < REACH + 3;
    const point = atProbe ? -1 : this.nearestTo(left, top);
    if (point >= 0) {
      this.picked = point;
      this.putProbe(this.cloud.xy[2 * point], this.cloud.xy[2 * point + 1]);
    }
    this.drag = { pointer: event.pointerId, what: atProbe ? 'probe' : point >= 0 ? 'point' : 'pan', left, top, moved: false };
    this.element.setPointerCapture(event.pointerId);
  }

  private move(event: PointerEvent): void {
    const [left, top] = this.place(event);
    const { drag, view } = this;
    if (!view) return;
    if (drag?.pointer !== event.pointerId) return this.hover(this.nearestTo(left, top));
    if (!drag.moved && Math.hypot(left - drag.left, top - drag.top) < CLICK) return;
    drag.moved = true;
    this.element.classList.add('dragging');
    if (drag.what === 'pan') {
      this.view = panned(view, left - drag.left, top - drag.top);
      Object.assign(drag, { left, top });
      this.draw();
    } else this.putProbe(...toPlane(view, left, top));
  }

  private up(event: PointerEvent): void {
    const { drag, view } = this;
    if (drag?.pointer !== event.pointerId) return;
    this.drag = null;
    this.element.classList.remove('dragging');
    if (drag.moved || drag.what !== 'pan' || event.type !== 'pointerup' || !view) return;
    this.picked = -1;
    this.putProbe(...toPlane(view, drag.left, drag.top));
  }

  private key(event: KeyboardEvent): void {
    if (!this.view || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrows: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    const arrow = arrows[event.key];
    if (arrow && event.shiftKey) {
      this.view = panned(this.view, -40 * arrow[0], 40 * arrow[1]);
      this.draw();
    } else if (arrow) {
      const from = this.probe ?? { x: this.view.x, y: this.view.y };
      this.putProbe(from.x + (6 * arrow[0]) / this.view.scale, from.y + (6 * arrow[1]) / this.view.scale);
      this.hover(this.nearestTo(...toScreen(this.view, this.probe!.x, this.probe!.y), 2 * REACH));
    } else if (event.key === '+' || event.key === '=') this.zoom(1.25);
    else if (event.key === '-') this.zoom(0.8);
    else if (event.key === '0') this.fit();
    else if (event.key === 'Enter' && this.hovered >= 0) {
      this.picked = this.hovered;
      this.putProbe(this.cloud.xy[2 * this.hovered], this.cloud.xy[2 * this.hovered + 1]);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private putProbe(x: number, y: number): void {
    this.probe = { x, y };
    this.host.probed(x, y, this.picked >= 0 ? this.picked : null);
    this.draw();
  }

  private hover(example: number): void {
    if (example === this.hovered) return;
    this.hovered = example;
    this.element.classList.toggle('over', example >= 0);
    this.host.pointed(example >= 0 ? example : null);
    this.draw();
  }

  /** At the next frame. While one zooms the drawn cloud is stretched, and drawn sharply a moment later. */
  private draw(stretched = false): void {
    clearTimeout(this.settling);
    if (stretched) this.settling = setTimeout(() => this.draw(), 90);
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.paint(!stretched);
    });
  }

  private paint(exact: boolean): void {
    const { canvas, theme, size: { width, height }, cloud } = this;
    if (!theme || width < 20 || height < 20) return;
    this.view ??= fitted(cloud.xy, width, height);
    const [w, h2] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
    if (canvas.width !== w) canvas.width = w;
    if (canvas.height !== h2) canvas.height = h2;
    const g = canvas.getContext('2d')!;
    g.clearRect(0, 0, w, h2);
    drawGrid(g, this.view, theme);
    this.scatter.paint(g, this.view, theme, cloud, exact);
    for (const example of new Set([this.picked, this.hovered])) if (example >= 0) this.drawPosterior(g, theme, example);
    if (this.probe) drawProbe(g, ...toScreen(this.view, this.probe.x, this.probe.y), theme);
  }

  private drawPosterior(g: CanvasRenderingContext2D, theme: Theme, example: number): void {
    const ellipse = this.host.ellipse(example);
    const [x, y] = toScreen(this.view!, this.cloud.xy[2 * example], this.cloud.xy[2 * example + 1]);
    g.save();
    g.scale(devicePixelRatio, devicePixelRatio);
    g.strokeStyle = theme.foreground;
    g.lineWidth = 1.5;
    g.beginPath();
    g.arc(x, y, 4.5, 0, 2 * Math.PI);
    g.stroke();
    for (const times of ellipse ? [1, 2] : []) {
      g.setLineDash(times === 2 ? [4, 3] : []);
      g.beginPath();
      g.ellipse(x, y, times * ellipse!.radii[0] * this.view!.scale, times * ellipse!.radii[1] * this.view!.scale, -ellipse!.angle, 0, 2 * Math.PI);
      g.stroke();
    }
    g.restore();
  }
}

/** A cross in a ring, light on dark on light, so that it is seen over every colour. */
export function drawProbe(g: CanvasRenderingContext2D, x: number, y: number, theme: Theme): void {
  g.save();
  g.scale(devicePixelRatio, devicePixelRatio);
  for (const [colour, width] of [[theme.background, 5], [theme.foreground, 2]] as const) {
    g.strokeStyle = colour;
    g.lineWidth = width;
    g.beginPath();
    g.arc(x, y, 7, 0, 2 * Math.PI);
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      g.moveTo(x + 3 * dx, y + 3 * dy);
      g.lineTo(x + 12 * dx, y + 12 * dy);
    }
    g.stroke();
  }
  g.restore();
}
