/** A scene onto a canvas: the backdrop (kept while it stays the same), the clouds as pixels over it, then lines and marks. */
import type { Densities, Smooth } from './view-densities';
import { pointSize, toX, toY, viewport, type Viewport } from './view-geometry';
import { densityFrame, densityPixels, paintField, paintGrid, paintLabels, paintSegments, paintTrajectory, ring } from './view-paint';
import type { CloudColours, CloudId, Scene } from './view-scene';
import { makeStamp, stampPoints, type Shape, type Stamp } from './view-stamps';

type Rgb = readonly [number, number, number];

export interface Frame {
  /** CSS pixels. */
  width: number;
  height: number;
  /** Device pixels per CSS pixel. */
  ratio: number;
  scene: Scene;
  colours: CloudColours;
  /** A point to be ringed, in data units. */
  hover: { x: number; y: number; id: CloudId } | null;
}

/** Told apart by shape as well as by colour. */
const SHAPES: Readonly<Record<CloudId, Shape>> = { A: 'square', B: 'ring', forward: 'disc' };
/** Rings and discs need more room than squares to be seen as such; CSS pixels. */
const EXTRA: Readonly<Record<CloudId, number>> = { A: 0, B: 2.5, forward: 0.75 };

export class SceneRenderer {
  private backdropKey = '';
  private backdrop: Uint8ClampedArray | null = null;
  private pixels: ImageData | null = null;
  private readonly stamps = new Map<string, Stamp>();
  private readonly rgb = new Map<string, Rgb>();

  constructor(private readonly newCanvas: () => HTMLCanvasElement, private readonly densities: Densities) {}

  /** Another renderer, for another size, that need not compute the densities again. */
  fork(): SceneRenderer {
    return new SceneRenderer(this.newCanvas, this.densities);
  }

  /** Sizes the canvas and draws all of it. */
  draw(canvas: HTMLCanvasElement, frame: Frame): void {
    const { width, height, ratio, scene, colours, hover } = frame;
    const [deviceWidth, deviceHeight] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
    if (canvas.width !== deviceWidth) canvas.width = deviceWidth;
    if (canvas.height !== deviceHeight) canvas.height = deviceHeight;
    const view = viewport(width, height);
    const context = contextOf(canvas);
    if (this.pixels?.width !== deviceWidth || this.pixels.height !== deviceHeight) this.pixels = context.createImageData(deviceWidth, deviceHeight);
    this.pixels.data.set(this.backdropOf(frame, view, deviceWidth, deviceHeight));
    this.stampClouds(this.pixels, frame, view);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.putImageData(this.pixels, 0, 0);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (scene.field) paintField(context, view, scene.field, colours);
    for (const { id, points } of scene.trajectories) paintTrajectory(context, view, points, colours.clouds[id], colours);
    if (hover) ring(context, toX(view, hover.x), toY(view, hover.y), 6, colours.clouds[hover.id], 1.5);
  }

  private stampClouds(pixels: ImageData, { ratio, scene, colours }: Frame, view: Viewport): void {
    const place = { scale: view.scale * ratio, originX: (view.width / 2) * ratio, originY: (view.height / 2) * ratio };
    const stamp = (points: Float32Array, shape: Shape, extra: number, colour: string, alpha: number) => {
      const size = pointSize(view, points.length / 2) + extra;
      stampPoints(pixels, points, this.stampOf(shape, size * ratio, ratio), place, this.rgbOf(colour), alpha);
    };
    if (scene.strokes) stamp(scene.strokes, 'disc', 1, colours.strokes, 1);
    // Rings lie under squares: where two runs agree, both stay visible.
    for (const { id, points } of [...scene.clouds].sort((a, b) => Number(b.id === 'B') - Number(a.id === 'B'))) stamp(points, SHAPES[id], EXTRA[id], colours.clouds[id], colours.solid ? 1 : 0.8);
  }

  private backdropOf({ ratio, scene: { data }, colours }: Frame, view: Viewport, width: number, height: number): Uint8ClampedArray {
    const smooth = data && this.densities.of(data.key, data.points);
    const key = JSON.stringify([width, height, ratio, data?.key ?? null, smooth !== null, colours]);
    if (this.backdrop && key === this.backdropKey) return this.backdrop;
    const canvas = this.newCanvas();
    canvas.width = width;
    canvas.height = height;
    const context = contextOf(canvas);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = colours.background;
    context.fillRect(0, 0, view.width, view.height);
    paintGrid(context, view, colours);
    if (smooth) this.paintDensity(context, view, smooth, colours);
    paintLabels(context, view, colours);
    this.backdropKey = key;
    return (this.backdrop = context.getImageData(0, 0, width, height).data);
  }

  private paintDensity(context: CanvasRenderingContext2D, view: Viewport, { field, opacity, outline }: Smooth, colours: CloudColours): void {
    const small = this.newCanvas();
    small.width = small.height = field.cells;
    const image = new ImageData(densityPixels(field, opacity, this.rgbOf(colours.data), colours.solid ? 0.4 : 0.32), field.cells, field.cells);
    contextOf(small).putImageData(image, 0, 0);
    const { x, y, side } = densityFrame(view);
    context.imageSmoothingQuality = 'high';
    context.drawImage(small, x, y, side, side);
    paintSegments(context, view, outline, colours.data, 1, colours.solid ? 1 : 0.35);
  }

  private stampOf(shape: Shape, size: number, stroke: number): Stamp {
    const key = `${shape} ${size.toFixed(2)} ${stroke}`;
    let stamp = this.stamps.get(key);
    if (!stamp) {
      // A drag of the window's edge passes through many sizes.
      if (this.stamps.size > 32) this.stamps.clear();
      this.stamps.set(key, (stamp = makeStamp(shape, size, stroke)));
    }
    return stamp;
  }

  /** Any colour that CSS knows, as three bytes: the canvas itself says what it means. */
  private rgbOf(colour: string): Rgb {
    let rgb = this.rgb.get(colour);
    if (!rgb) {
      const context = contextOf(this.newCanvas());
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
      this.rgb.set(colour, (rgb = [red, green, blue]));
    }
    return rgb;
  }
}

/** Kept in main memory: the picture is made of pixels that the page itself computes. */
function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gave no 2D canvas; the picture cannot be drawn.');
  return context;
}
