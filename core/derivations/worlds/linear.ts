/** Plain linear algebra of worlds, written apart from that of the formulas. */
import type { Random } from './random';
import { between, inner } from './world';

export type Vector = readonly number[];
export type Rows = readonly Vector[];

export const randomVector = (next: Random, n: number, reach = 1.5): number[] => Array.from({ length: n }, () => between(next, -reach, reach));
/** a + by · v */
export const along = (a: Vector, by: number, v: Vector): number[] => a.map((entry, i) => entry + by * v[i]);
export const apply = (a: Rows, v: Vector): number[] => a.map((row) => inner(row, v));
export const column = (a: Rows, j: number): number[] => a.map((row) => row[j]);
export const columns = (a: Rows): number[][] => a[0].map((_, j) => column(a, j));
export const lengthOf = (v: Vector): number => Math.sqrt(inner(v, v));
/** Σ weight · left ⊗ right */
export const outerSum = (terms: readonly { weight: number; left: Vector; right: Vector }[]): number[][] =>
  terms[0].left.map((_, i) => terms[0].right.map((__, j) => terms.reduce((total, { weight, left, right }) => total + weight * left[i] * right[j], 0)));
/** The rows of a matrix between two vectors: vᵀ A w. */
export const form = (v: Vector, a: Rows, w: Vector = v): number => inner(v, apply(a, w));

/** As many directions at right angles to each other and to those given, by Gram and Schmidt, in the space of n numbers; twice, so that they are so to the last bit. */
export function orthonormal(next: Random, count: number, n: number, given: Rows = []): number[][] {
  const found: number[][] = given.map((v) => [...v]);
  while (found.length < given.length + count) {
    let v = randomVector(next, n);
    for (let pass = 0; pass < 2; pass++) v = found.reduce<number[]>((rest, other) => along(rest, -inner(rest, other), other), v);
    const length = lengthOf(v);
    if (length > 0.2) found.push(v.map((entry) => entry / length));
  }
  return found.slice(given.length);
}
