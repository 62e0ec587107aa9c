/** Where the plane is seen: pan, zoom, ticks, and the point under the pointer. Pure; lengths in CSS pixels. */

export interface Viewport {
  width: number;
  height: number;
  /** The middle, in units of the plane. */
  x: number;
  y: number;
  /** Pixels per unit. */
  scale: number;
}

export const toScreen = (v: Viewport, x: number, y: number): [number, number] => [v.width / 2 + (x - v.x) * v.scale, v.height / 2 - (y - v.y) * v.scale];
export const toPlane = (v: Viewport, left: number, top: number): [number, number] => [v.x + (left - v.width / 2) / v.scale, v.y - (top - v.height / 2) / v.scale];

export const panned = (v: Viewport, dx: number, dy: number): Viewport => ({ ...v, x: v.x - dx / v.scale, y: v.y + dy / v.scale });

const [LEAST, MOST] = [1e-2, 1e5];

/** The place under (left, top) stays where it is. */
export function zoomed(v: Viewport, factor: number, left = v.width / 2, top = v.height / 2): Viewport {
  const scale = Math.max(LEAST, Math.min(MOST, v.scale * factor));
  const [x, y] = toPlane(v, left, top);
  return { ...v, scale, x: x - (left - v.width / 2) / scale, y: y + (top - v.height / 2) / scale };
}

/** All but the farthest hundredth of the points, with a margin; at least ±1 around them. */
export function fitted(xy: ArrayLike<number>, width: number, height: number): Viewport {
  const side = (offset: number): [number, number] => {
    const sorted = Float64Array.from({ length: Math.floor(xy.length / 2) }, (_, i) => xy[2 * i + offset]).sort();
    if (sorted.length === 0) return [-3, 3];
    const cut = Math.floor(sorted.length / 200);
    return [sorted[cut], sorted[sorted.length - 1 - cut]];
  };
  const [[left, right], [bottom, top]] = [side(0), side(1)];
  const [spanX, spanY] = [Math.max(2, 1.16 * (right - left)), Math.max(2, 1.16 * (top - bottom))];
  return { width, height, x: (left + right) / 2, y: (bottom + top) / 2, scale: Math.max(LEAST, Math.min(width / spanX, height / spanY)) };
}

/** The nearest point within `reach` pixels; −1 for none. `wanted` may leave points out. */
export function nearest(v: Viewport, xy: ArrayLike<number>, left: number, top: number, reach: number, wanted: (index: number) => boolean = () => true): number {
  const [px, py] = toPlane(v, left, top);
  let [best, least] = [-1, (reach / v.scale) ** 2];
  for (let i = 0; 2 * i + 1 < xy.length; i++) {
    const distance = (xy[2 * i] - px) ** 2 + (xy[2 * i + 1] - py) ** 2;
    if (distance <= least && wanted(i)) [best, least] = [i, distance];
  }
  return best;
}

/** Round values between two ends, about `room` of them. */
export function ticks(from: number, to: number, room: number): number[] {
  const rough = (to - from) / Math.max(1, room);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((nice) => nice * power >= rough) ?? 10) * power;
  const out: number[] = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + 1e-9 * step; k++) out.push(Number((k * step).toPrecision(10)));
  return out;
}
