/**
 * Strokes of a pen as an image like those of MNIST: antialiased, scaled so that the longer side takes 20 of 28 pixels, and moved so that the centre of mass lies
 * in the middle. Pure.
 */
import type { ImageShape } from '../../../../core/math/examples';

export interface Stroke {
  /** x, y, x, y …, in 0 … 1 of the sheet, y downwards. */
  path: number[];
  erases: boolean;
}

/** As shares of the image: MNIST's box, and half the width of its pens. */
const BOX = 20 / 28;
const PEN = 1.15 / 28;
/** A dot is not blown up to a disc. */
const MOST_SCALE = 4;

/**
 * @param base an image to draw over, [height, width, channels] in 0 … 1: then nothing is moved or scaled.
 * @returns [height, width, channels] in 0 … 1.
 */
export function rasterise(strokes: readonly Stroke[], shape: ImageShape, base: ArrayLike<number> | null = null): Float32Array {
  const { height, width, channels } = shape;
  const out = base ? Float32Array.from(base) : new Float32Array(height * width * channels);
  const inked = strokes.filter(({ path }) => path.length >= 2);
  if (inked.length === 0) return out;
  const place = base ? { scale: 1, x: 0, y: 0 } : centred(inked, shape, boxed(inked));
  for (const stroke of inked) ink(out, stroke, shape, place);
  return out;
}

interface Place {
  scale: number;
  x: number;
  y: number;
}

/** The box of what was drawn, scaled to MNIST's, in the middle. */
function boxed(strokes: readonly Stroke[]): Place {
  const drawn = strokes.filter(({ erases }) => !erases).flatMap(({ path }) => path);
  const side = (offset: number) => {
    const values = drawn.filter((_, i) => i % 2 === offset);
    return values.length > 0 ? ([values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))] as const) : ([0, 1] as const);
  };
  const [[left, right], [top, bottom]] = [side(0), side(1)];
  const scale = Math.min(MOST_SCALE, (BOX - 2 * PEN) / Math.max(right - left, bottom - top, 1e-6));
  return { scale, x: 0.5 - (scale * (left + right)) / 2, y: 0.5 - (scale * (top + bottom)) / 2 };
}

/** Moved by less than a pixel too: the strokes are, not the pixels. */
function centred(strokes: readonly Stroke[], shape: ImageShape, place: Place): Place {
  const grey = { ...shape, channels: 1 };
  const trial = new Float32Array(shape.height * shape.width);
  for (const stroke of strokes) ink(trial, stroke, grey, place);
  const [x, y] = centreOfMass(trial, grey);
  return Number.isNaN(x) ? place : { scale: place.scale, x: place.x + 0.5 - x, y: place.y + 0.5 - y };
}

/** Of an image of one channel, in shares of its sides; NaN where it is empty. */
export function centreOfMass(image: ArrayLike<number>, { height, width }: ImageShape): [number, number] {
  let [mass, x, y] = [0, 0, 0];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const value = image[row * width + column];
      mass += value;
      x += value * (column + 0.5);
      y += value * (row + 0.5);
    }
  }
  return [x / mass / width, y / mass / height];
}

/** How much of a pixel the pen covers is told by the distance of its middle from the path. */
function ink(out: Float32Array, { path, erases }: Stroke, { height, width, channels }: ImageShape, { scale, x, y }: Place): void {
  const radius = Math.max(0.6, PEN * Math.min(height, width) * (erases ? 1.6 : 1));
  const px = path.map((value, i) => (i % 2 === 0 ? (scale * value + x) * width : (scale * value + y) * height));
  const count = px.length / 2;
  for (let k = 0; k < Math.max(1, count - 1); k++) {
    const [ax, ay] = [px[2 * k], px[2 * k + 1]];
    const [bx, by] = count > 1 ? [px[2 * k + 2], px[2 * k + 3]] : [ax, ay];
    const rows = [Math.max(0, Math.floor(Math.min(ay, by) - radius - 1)), Math.min(height - 1, Math.ceil(Math.max(ay, by) + radius + 1))];
    const columns = [Math.max(0, Math.floor(Math.min(ax, bx) - radius - 1)), Math.min(width - 1, Math.ceil(Math.max(ax, bx) + radius + 1))];
    for (let row = rows[0]; row <= rows[1]; row++) {
      for (let column = columns[0]; column <= columns[1]; column++) {
        const covered = Math.max(0, Math.min(1, 0.5 + radius - distanceToSegment(column + 0.5, row + 0.5, ax, ay, bx, by)));
        const at = (row * width + column) * channels;
        if (covered > 0) for (let c = 0; c < channels; c++) out[at + c] = erases ? Math.min(out[at + c], 1 - covered) : Math.max(out[at + c], covered);
      }
    }
  }
}

export function distanceToSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const share = squared === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / squared));
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}
