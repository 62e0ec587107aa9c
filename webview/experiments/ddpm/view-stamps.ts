/**
 * Clouds of many points straight into pixels. Ten thousand canvas calls a frame, rings above all, take a software renderer longer than a
 * frame lasts; ten thousand small masks blended into an array take about a millisecond. Pure.
 */

export type Shape = 'square' | 'ring' | 'disc';

/** Positions are kept to a quarter of a pixel, so that slow points glide instead of jumping from pixel to pixel. */
const PHASES = 4;
/** Samples per pixel and axis when a shape's coverage is measured. */
const SAMPLES = 4;

export interface Stamp {
  /** Side of a mask in pixels; the point lies in the middle pixel of it. */
  side: number;
  /** Coverage 0 … 255, one mask per phase (PHASES × PHASES, y major), row by row from the top. */
  masks: readonly Uint8Array[];
}

export interface Pixels {
  width: number;
  height: number;
  /** RGBA, opaque, row by row from the top, as in ImageData. */
  data: Uint8ClampedArray;
}

/**
 * @param size side of a square, diameter of a disc, outer diameter of a ring, in pixels.
 * @param stroke width of a ring's line in pixels.
 */
export function makeStamp(shape: Shape, size: number, stroke = 1): Stamp {
  const reach = Math.ceil(size / 2 + 0.5);
  const side = 2 * reach + 1;
  const masks: Uint8Array[] = [];
  for (let phase = 0; phase < PHASES * PHASES; phase++) {
    const centreX = reach + ((phase % PHASES) + 0.5) / PHASES;
    const centreY = reach + (Math.floor(phase / PHASES) + 0.5) / PHASES;
    masks.push(Uint8Array.from({ length: side * side }, (_, i) => {
      let hits = 0;
      for (let s = 0; s < SAMPLES * SAMPLES; s++) {
        const dx = (i % side) + ((s % SAMPLES) + 0.5) / SAMPLES - centreX;
        const dy = Math.floor(i / side) + (Math.floor(s / SAMPLES) + 0.5) / SAMPLES - centreY;
        if (covers(shape, dx, dy, size / 2, stroke)) hits++;
      }
      return Math.round((255 * hits) / (SAMPLES * SAMPLES));
    }));
  }
  return { side, masks };
}

function covers(shape: Shape, dx: number, dy: number, radius: number, stroke: number): boolean {
  if (shape === 'square') return Math.abs(dx) <= radius && Math.abs(dy) <= radius;
  const distance = Math.hypot(dx, dy);
  return distance <= radius && (shape === 'disc' || distance >= radius - stroke);
}

export interface Placement {
  /** Pixels per data unit; y grows upwards. */
  scale: number;
  /** Where the data's origin lies, in pixels. */
  originX: number;
  originY: number;
}

/** Blends a mark at every point; what lies outside the picture, or is not finite, is left out. `alpha` 0 … 1. */
export function stampPoints(pixels: Pixels, points: Float32Array, stamp: Stamp, { scale, originX, originY }: Placement, [red, green, blue]: readonly [number, number, number], alpha: number): void {
  const { width, height, data } = pixels;
  const { side, masks } = stamp;
  const reach = (side - 1) / 2;
  const opacity = Math.round(256 * alpha);
  for (let i = 0; i < points.length; i += 2) {
    const x = originX + scale * points[i];
    const y = originY - scale * points[i + 1];
    if (!(x > -side && x < width + side && y > -side && y < height + side)) continue;
    const [column, row] = [Math.floor(x), Math.floor(y)];
    const mask = masks[Math.floor((y - row) * PHASES) * PHASES + Math.floor((x - column) * PHASES)];
    const [left, top] = [column - reach, row - reach];
    const [fromX, toX] = [Math.max(0, -left), Math.min(side, width - left)];
    const [fromY, toY] = [Math.max(0, -top), Math.min(side, height - top)];
    for (let v = fromY; v < toY; v++) {
      let at = 4 * ((top + v) * width + left + fromX);
      for (let u = fromX; u < toX; u++, at += 4) {
        const a = mask[v * side + u] * opacity;
        if (a === 0) continue;
        // a runs to 255·256: the divisions become shifts.
        const share = (a + 128) >> 8;
        data[at] += ((red - data[at]) * share) / 255;
        data[at + 1] += ((green - data[at + 1]) * share) / 255;
        data[at + 2] += ((blue - data[at + 2]) * share) / 255;
      }
    }
  }
}
