/** The picture: clouds on their way between noise and data over the density of the real data, with paths, fields and the pointer. */
import { h, setHidden, setText } from '../../ui/dom';
import { formatNumber } from '../../ui/format';
import { canvasColour, type Theme } from '../../ui/theme';
import { arrowLegend, arrowScale } from './view-field';
import { fieldIndex, fromX, fromY, nearestPoint, viewport } from './view-geometry';
import { paintKey, type KeyEntry } from './view-paint';
import { PointerHandler, type DrawEvent, type PointerMode } from './view-pointer';
import { Densities } from './view-densities';
import { SceneRenderer, type Frame } from './view-render';
import { EMPTY_SCENE, type CloudColours, type CloudId, type Scene } from './view-scene';
import { t } from '../../ui/words';

export type { Cloud, CloudColours, CloudId, Field, Scene } from './view-scene';
export type { DrawEvent, PointerMode } from './view-pointer';
export type { KeyEntry } from './view-paint';
export { fieldGrid } from './view-geometry';
export { addPoints, erasePoints } from './view-strokes';

/** How near to a point a click must be to choose it, in CSS pixels: with a mouse, with a finger. */
const REACH = { fine: 10, coarse: 22 } as const;
const PNG_SCALE = 2;

interface Picked {
  id: CloudId;
  index: number;
  x: number;
  y: number;
}

/** The colours of a scene: what is real in the editor's foreground, x_t and ε_θ in the colours of their symbols, run B apart from both. */
export function cloudColours(theme: Theme): CloudColours {
  return {
    background: theme.background,
    data: theme.foreground,
    clouds: { A: canvasColour(theme, 'xt'), B: canvasColour(theme, 'x0Theta'), forward: canvasColour(theme, 'z') },
    fields: { predicted: canvasColour(theme, 'epsilonTheta'), exact: theme.foreground, difference: canvasColour(theme, 'T') },
    strokes: canvasColour(theme, 'x0'),
    grid: theme.grid,
    label: theme.muted,
    font: getComputedStyle(document.body).fontFamily,
    solid: theme.kind.startsWith('high-contrast'),
  };
}

export class CloudView {
  private readonly canvas = h('canvas', { role: 'img' });
  private readonly readout = h('p', { class: 'picture-readout', hidden: true, 'aria-hidden': 'true' });
  private readonly renderer = new SceneRenderer(() => document.createElement('canvas'), new Densities(() => this.schedule()));
  private readonly pointer: PointerHandler;
  private readonly observer: ResizeObserver;
  private scheduled = 0;
  private scene: Scene = EMPTY_SCENE;
  private colours: CloudColours | null = null;
  private mode: PointerMode = 'pick';
  private at: { x: number; y: number } | null = null;
  private picked: (index: number, cloud: CloudId) => void = () => {};
  private pickable = false;
  private drew: (event: DrawEvent) => void = () => {};

  /** The canvas fills `frame` and follows its size. */
  constructor(private readonly frame: HTMLElement) {
    this.frame.append(this.canvas, this.readout);
    this.pointer = new PointerHandler(this.canvas, {
      toData: (clientX, clientY) => this.toData(clientX, clientY),
      moved: (at) => this.moved(at),
      pressed: ({ x, y }, coarse) => {
        const point = this.nearest(x, y, coarse ? REACH.coarse : REACH.fine);
        if (point) this.picked(point.index, point.id);
      },
      drew: (event) => this.drew(event),
    });
    this.observer = new ResizeObserver(() => this.schedule());
    this.observer.observe(frame);
  }

  setColours(colours: CloudColours): void {
    this.colours = colours;
    this.schedule();
  }

  /** Drawn at the next animation frame; of several calls before it the latest wins. */
  show(scene: Scene): void {
    this.scene = scene;
    this.schedule();
  }

  /** What a screen reader says of the picture. */
  describe(text: string): void {
    if (this.canvas.getAttribute('aria-label') !== text) this.canvas.setAttribute('aria-label', text);
  }

  /** Called with the point of a cloud, and its cloud, that was clicked. */
  onPick(listener: (index: number, cloud: CloudId) => void): void {
    this.picked = listener;
    this.pickable = true;
  }

  /** Called for every piece of a stroke while the mode is `draw` or `erase`; `addPoints` and `erasePoints` say what it means for the points. */
  onDraw(listener: (event: DrawEvent) => void): void {
    this.drew = listener;
  }

  /** What the pointer does. A seed begins the spray anew, so that the same strokes give the same points. */
  setMode(mode: PointerMode, seed?: number): void {
    this.mode = mode;
    this.pointer.setMode(mode, seed);
    this.schedule();
  }

  /** "longest arrow = 2" for the field that is shown; null without one. */
  get arrowLegend(): string | null {
    return this.scene.field ? arrowLegend(arrowScale(this.scene.field), t) : null;
  }

  /**
   * The picture as it is seen, at twice its size, with a key in its corner.
   *
   * @throws Error when the picture has no size or the browser cannot encode it.
   */
  async toPng(key: readonly KeyEntry[] = []): Promise<Uint8Array> {
    const frame = this.frameOf(PNG_SCALE);
    if (!frame) throw new Error(t('The picture is not visible, so there is nothing to save. Open the panel and try again.'));
    const canvas = document.createElement('canvas');
    this.renderer.fork().draw(canvas, { ...frame, hover: null });
    paintKey(canvas.getContext('2d')!, viewport(frame.width, frame.height), key, frame.colours, frame.scene.field);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    if (!blob) throw new Error(t('The browser could not encode the picture as PNG; a smaller panel may help.'));
    return new Uint8Array(await blob.arrayBuffer());
  }

  dispose(): void {
    this.observer.disconnect();
    cancelAnimationFrame(this.scheduled);
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = requestAnimationFrame(() => {
      this.scheduled = 0;
      const frame = this.frameOf(devicePixelRatio || 1);
      if (!frame) return;
      this.renderer.draw(this.canvas, frame);
      this.drawReadout(frame.hover);
    });
  }

  private frameOf(ratio: number): (Frame & { hover: Picked | null }) | null {
    const { clientWidth: width, clientHeight: height } = this.frame;
    if (!this.colours || width === 0 || height === 0) return null;
    const hover = this.at && this.pickable && this.mode === 'pick' ? this.nearest(this.at.x, this.at.y, REACH.fine) : null;
    return { width, height, ratio, scene: this.scene, colours: this.colours, hover };
  }

  private toData(clientX: number, clientY: number): { x: number; y: number } {
    const { left, top } = this.canvas.getBoundingClientRect();
    const view = viewport(this.frame.clientWidth, this.frame.clientHeight);
    return { x: fromX(view, clientX - left), y: fromY(view, clientY - top) };
  }

  private moved(at: { x: number; y: number } | null): void {
    this.at = at;
    this.schedule();
  }

  /** Among all clouds; of two that lie equally near, the one drawn on top. */
  private nearest(x: number, y: number, pixels: number): Picked | null {
    let radius = pixels / viewport(this.frame.clientWidth, this.frame.clientHeight).scale;
    let best: Picked | null = null;
    for (const { id, points } of this.scene.clouds) {
      const found = nearestPoint(points, x, y, radius);
      if (!found) continue;
      radius = found.distance;
      best = { id, index: found.index, x: points[2 * found.index], y: points[2 * found.index + 1] };
    }
    return best;
  }

  private drawReadout(hover: Picked | null): void {
    this.canvas.style.cursor = this.mode !== 'pick' ? 'crosshair' : hover ? 'pointer' : 'default';
    setHidden(this.readout, this.at === null);
    if (this.at) setText(this.readout, readoutOf(this.scene, this.at, hover));
  }
}

const two = (value: number): string => value.toFixed(2).replace('-', '−');

/** Of which run, where there are two. */
function pointInWords({ index, id, x, y }: Picked, several: boolean): string {
  return several ? t('point {0} of {1}: ({2}, {3})', index, id, two(x), two(y)) : t('point {0}: ({1}, {2})', index, two(x), two(y));
}

/** Where the pointer is, which point lies there, and the arrow of the field there. */
function readoutOf({ field, clouds }: Scene, { x, y }: { x: number; y: number }, hover: Picked | null): string {
  const parts = [hover ? pointInWords(hover, clouds.length > 1) : `(${two(x)}, ${two(y)})`];
  const cell = field ? fieldIndex(field.columns, field.rows, x, y) : -1;
  if (field && cell >= 0) parts.push(t('arrow {0}', formatNumber(Number(Math.hypot(field.arrows[2 * cell], field.arrows[2 * cell + 1]).toPrecision(3)))));
  return parts.join(' · ');
}
