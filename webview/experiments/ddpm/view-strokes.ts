/** Drawing data with the pointer: a spray can whose dots are a function of its seed alone, and what an eraser leaves. Pure. */
import { createRandom, type Random } from '../../../core/math/random';

/** What a person may draw; training needs no more. */
export const MAX_DRAWN = 20_000;
/** Standard deviation of the spray in data units. */
export const SPRAY_RADIUS = 0.06;
export const ERASER_RADIUS = 0.25;
/** Points of one pointer event at rest, and how many more a stroke leaves along one data unit. */
const POINTS_AT_REST = 4;
const POINTS_PER_UNIT = 60;
/** A single event (a pointer that left the window and came back) may not spend the whole can. */
const MAX_PER_EVENT = 200;
const STREAM = 'drawn points';

export class Spray {
  private readonly random: Random;
  private drawn = 0;

  constructor(seed: number) {
    this.random = createRandom(seed);
  }

  /** Points, x and y interleaved, scattered along the way from (x0, y0) to (x1, y1), all in data units. */
  along(x0: number, y0: number, x1: number, y1: number): Float32Array {
    const count = Math.min(MAX_PER_EVENT, POINTS_AT_REST + Math.round(POINTS_PER_UNIT * Math.hypot(x1 - x0, y1 - y0)));
    const jitter = this.random.normals(STREAM, 2 * this.drawn, 2 * count);
    this.drawn += count;
    return jitter.map((z, i) => {
      const share = (Math.floor(i / 2) + 1) / count;
      const centre = i % 2 === 0 ? x0 + share * (x1 - x0) : y0 + share * (y1 - y0);
      return centre + SPRAY_RADIUS * z;
    });
  }
}

/** All of `points` and as many of `more` as there is room for. */
export function addPoints(points: Float32Array, more: Float32Array): Float32Array {
  const room = Math.max(0, 2 * MAX_DRAWN - points.length);
  const joined = new Float32Array(points.length + Math.min(room, more.length));
  joined.set(points);
  joined.set(more.subarray(0, joined.length - points.length), points.length);
  return joined;
}

/** The points further than `radius` from (x, y). */
export function erasePoints(points: Float32Array, x: number, y: number, radius = ERASER_RADIUS): Float32Array {
  const kept: number[] = [];
  for (let i = 0; i < points.length; i += 2) {
    if ((points[i] - x) ** 2 + (points[i + 1] - y) ** 2 > radius * radius) kept.push(points[i], points[i + 1]);
  }
  return kept.length === points.length ? points : Float32Array.from(kept);
}
