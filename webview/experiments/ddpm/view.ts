/** The picture: the cloud on its way from noise to data, with the real data faintly beneath it. */
import { drawDataset, type DatasetId } from '../../../core/math/datasets';
import { pointSize, ticks, toX, toY, viewport, type Viewport } from './view-geometry';

export interface CloudColours {
  background: string;
  /** Real data. */
  data: string;
  /** The cloud x_t. */
  cloud: string;
  grid: string;
  label: string;
  font: string;
  /** High contrast: nothing translucent. */
  solid: boolean;
}

export interface CloudScene {
  data: DatasetId;
  /** x and y interleaved; null draws the data alone. */
  points: Float32Array | null;
}

/** How many real points lie beneath; their seed is fixed so that the backdrop never flickers. */
const BACKDROP_POINTS = 4000;
const BACKDROP_SEED = 0;
/** Radius of a backdrop disc in CSS pixels per √(pixels per data unit). */
const BACKDROP_SIZE = 0.45;
const BACKDROP_OPACITY = 0.4;
const MIN_LABEL_GAP = 36;
/** Height of the row of labels along the bottom. */
const CORNER = 20;

export class CloudView {
  private readonly canvas = document.createElement('canvas');
  /** Axes and data, drawn once per size, theme and data set. */
  private readonly backdrop = document.createElement('canvas');
  private readonly layer = document.createElement('canvas');
  private backdropKey = '';
  private readonly observer: ResizeObserver;
  private scheduled = 0;
  private scene: CloudScene | null = null;
  private colours: CloudColours | null = null;
  private readonly samples = new Map<DatasetId, Float32Array>();

  /** The canvas fills `frame` and follows its size. */
  constructor(private readonly frame: HTMLElement) {
    this.canvas.setAttribute('role', 'img');
    this.frame.append(this.canvas);
    this.observer = new ResizeObserver(() => this.schedule());
    this.observer.observe(frame);
  }

  setColours(colours: CloudColours): void {
    this.colours = colours;
    this.backdropKey = '';
    this.schedule();
  }

  /** Drawn at the next animation frame; of several calls before it the latest wins. */
  show(scene: CloudScene): void {
    this.scene = scene;
    this.schedule();
  }

  /** What a screen reader says of the picture. */
  describe(text: string): void {
    if (this.canvas.getAttribute('aria-label') !== text) this.canvas.setAttribute('aria-label', text);
  }

  dispose(): void {
    this.observer.disconnect();
    cancelAnimationFrame(this.scheduled);
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = requestAnimationFrame(() => {
      this.scheduled = 0;
      this.draw();
    });
  }

  private draw(): void {
    const { scene, colours } = this;
    const { clientWidth: width, clientHeight: height } = this.frame;
    if (!scene || !colours || width === 0 || height === 0) return;
    const ratio = devicePixelRatio || 1;
    fit(this.canvas, width, height, ratio);
    const view = viewport(width, height);
    this.drawBackdrop(view, ratio, scene.data, colours);
    const context = this.canvas.getContext('2d')!;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.backdrop, 0, 0);
    if (!scene.points) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    dots(context, view, scene.points, pointSize(view, scene.points.length / 2), colours.cloud, colours.solid ? 1 : 0.8);
  }

  private drawBackdrop(view: Viewport, ratio: number, data: DatasetId, colours: CloudColours): void {
    const key = `${view.width}×${view.height}@${ratio} ${data}`;
    if (key === this.backdropKey) return;
    this.backdropKey = key;
    fit(this.backdrop, view.width, view.height, ratio);
    const context = this.backdrop.getContext('2d')!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = colours.background;
    context.fillRect(0, 0, view.width, view.height);
    axes(context, view, colours);
    // The discs add up on a layer of their own, whose opacity keeps the data fainter than the cloud however dense they are.
    fit(this.layer, view.width, view.height, ratio);
    const layer = this.layer.getContext('2d')!;
    layer.setTransform(ratio, 0, 0, ratio, 0, 0);
    layer.clearRect(0, 0, view.width, view.height);
    haze(layer, view, this.sampleOf(data), BACKDROP_SIZE * Math.sqrt(view.scale), colours.data, colours.solid ? 0.12 : 0.07);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = BACKDROP_OPACITY;
    context.drawImage(this.layer, 0, 0);
    context.globalAlpha = 1;
  }

  private sampleOf(data: DatasetId): Float32Array {
    let points = this.samples.get(data);
    if (!points) {
      points = drawDataset(data, BACKDROP_POINTS, BACKDROP_SEED);
      this.samples.set(data, points);
    }
    return points;
  }
}

function fit(canvas: HTMLCanvasElement, width: number, height: number, ratio: number): void {
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
}

function dots(context: CanvasRenderingContext2D, view: Viewport, points: Float32Array, size: number, colour: string, alpha: number): void {
  context.globalAlpha = alpha;
  context.fillStyle = colour;
  for (let i = 0; i < points.length; i += 2) {
    context.fillRect(toX(view, points[i]) - size / 2, toY(view, points[i + 1]) - size / 2, size, size);
  }
  context.globalAlpha = 1;
}

/** Large and faint discs: where they overlap they add up to a density. */
function haze(context: CanvasRenderingContext2D, view: Viewport, points: Float32Array, radius: number, colour: string, alpha: number): void {
  context.globalAlpha = alpha;
  context.fillStyle = colour;
  for (let i = 0; i < points.length; i += 2) {
    context.beginPath();
    context.arc(toX(view, points[i]), toY(view, points[i + 1]), radius, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}

/** Lines at whole numbers, the two axes a little stronger; labels along the bottom and the left edge. */
function axes(context: CanvasRenderingContext2D, view: Viewport, colours: CloudColours): void {
  context.lineWidth = 1;
  context.font = `11px ${colours.font}`;
  const label = (text: string, x: number, y: number) => {
    context.fillStyle = colours.label;
    context.fillText(text, x, y);
  };
  const every = view.scale < MIN_LABEL_GAP ? 2 : 1;
  for (const value of ticks(view, view.width)) {
    const x = Math.round(toX(view, value)) + 0.5;
    line(context, x, 0, x, view.height, colours.grid, value === 0 ? 2 : 1);
    context.textAlign = 'center';
    context.textBaseline = 'bottom';
    if (value % every === 0) label(signed(value), x, view.height - 3);
  }
  for (const value of ticks(view, view.height)) {
    const y = Math.round(toY(view, value)) + 0.5;
    line(context, 0, y, view.width, y, colours.grid, value === 0 ? 2 : 1);
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    // The corner belongs to the label of the other axis.
    if (value % every === 0 && y < view.height - CORNER) label(signed(value), 5, y);
  }
}

function line(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number, colour: string, width: number): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

const signed = (value: number): string => String(value).replace('-', '−');
