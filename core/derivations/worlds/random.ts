/** Random numbers of worlds: any world can be made again from its seed. */

export type Random = () => number;

/** Mulberry32: uniform in [0, 1). */
export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let r = Math.imul(state ^ (state >>> 15), state | 1);
    r ^= r + Math.imul(r ^ (r >>> 7), r | 61);
    return ((r ^ (r >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const DIMENSIONS = 2;
export const normal = (next: Random): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
export const point = (next: Random): number[] => Array.from({ length: DIMENSIONS }, () => normal(next));
