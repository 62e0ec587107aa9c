/** Counts after one context, and a prior over the probabilities there. Integrals over the simplex by Gauss quadrature whose nodes are found from the moments of the prior. */
import type { Outcome, World } from '../../formulas/evaluate';
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import { remembered } from '../../remembered';
import { random } from './random';
import { between, nth, rootOf, sum, worldOf } from './world';

const [WORDS, NODES] = [3, 6];
interface Node { at: number; rest: number; weight: number }

/** ∫ u^(a−1) (1−u)^(b−1) f(u) du over 0 … 1 by the double exponential rule, which does not mind what is steep at the ends. */
function fine(a: number, b: number): Node[] {
  return Array.from({ length: 161 }, (_, m) => (m - 80) / 16).map((t) => {
    const s = Math.PI * Math.sinh(t);
    const [at, rest] = [1 / (1 + Math.exp(-s)), 1 / (1 + Math.exp(s))];
    return { at, rest, weight: (Math.PI * Math.cosh(t) * at ** a * rest ** b) / 16 };
  });
}

/** The same integral of polynomials with a few nodes: zeros of the polynomial that is orthogonal under this weight. */
function nodesOf(a: number, b: number): Node[] {
  const grid = fine(a, b);
  const squared = (p: (u: number) => number): number => sum(grid.map(({ at, weight }) => weight * p(at) ** 2));
  const family: ((u: number) => number)[] = [];
  const coefficients: { shift: number; drop: number; norm: number }[] = [];
  const valueAt = (n: number, u: number): number => {
    let [before, last] = [0, 1];
    for (let k = 0; k < n; k++) [before, last] = [last, (u - coefficients[k].shift) * last - coefficients[k].drop * before];
    return last;
  };
  for (let n = 0; n < NODES; n++) {
    const p = (u: number): number => valueAt(n, u);
    const norm = squared(p);
    const shift = sum(grid.map(({ at, weight }) => weight * at * p(at) ** 2)) / norm;
    coefficients.push({ shift, drop: n === 0 ? 0 : norm / coefficients[n - 1].norm, norm });
    family.push(p);
  }
  // Between two neighbouring zeros of one polynomial of the family lies one zero of the next.
  let zeros: number[] = [];
  for (let n = 1; n <= NODES; n++) {
    const edges = [0, ...zeros, 1];
    zeros = edges.slice(1).map((high, i) => {
      const falling = valueAt(n, edges[i]) > 0 ? 1 : -1;
      return rootOf((u) => falling * valueAt(n, u), edges[i], high);
    });
  }
  return zeros.map((at) => ({ at, rest: 1 - at, weight: 1 / sum(family.map((p, n) => p(at) ** 2 / coefficients[n].norm)) }));
}

/** Γ by the integral that defines it, ∫ s^(z−1) exp(−s) ds, in steps that shrink towards both ends. */
const gamma = remembered((z: number): number | undefined => (z > 0 && z < 60
  ? sum(Array.from({ length: 1201 }, (_, m) => (m - 600) / 100).map((t) => {
      const s = Math.exp(t - Math.exp(-t));
      return s ** z * Math.exp(-s) * (1 + Math.exp(-t)) / 100;
    }))
  : undefined));

export const addKWorld = (seed: number, step: DerivationStep): World => made(seed, step, {});
export const addKPair = (seed: number, step: DerivationStep): [World, World] => [made(seed, step, { shift: 1 }), made(seed, step, { shift: 2 })];
/** A word that was not seen after this context. */
export const unseenWorld = (seed: number, step: DerivationStep): World => made(seed, step, { unseen: true });
/** Towards no smoothing, or towards nothing but smoothing. */
export const addKLimit = (seed: number, n: number, step: DerivationStep): World => made(seed, step, { k: stepSymbols(step).includes('frequency') ? 0.01 / 10 ** n : 3000 * 10 ** n });

function made(seed: number, step: DerivationStep, { k, unseen = false, shift = 0 }: { k?: number; unseen?: boolean; shift?: number }): World {
  const next = random(seed);
  const pseudo = k ?? between(next, 0.4, 2.5);
  const j = 1 + Math.floor(next() * WORDS);
  // No word has exactly its share of all: it would neither gain nor lose.
  const turn = Math.floor(next() * WORDS);
  const drawn = [[1, 2, 4], [1, 4, 3], [5, 2, 1]][Math.floor(next() * 3)].map((_, w, all) => all[(w + turn) % WORDS]);
  const counts = drawn.map((c, w) => (unseen && w + 1 === j ? 0 : c));
  const followers = counts.flatMap((c, w) => Array.from({ length: c }, () => w));
  const raised = counts.map((c) => c + pseudo);
  const context = [4, 7];
  const withPrior = stepSymbols(step).includes('rowVector');
  // θ₁ = u, θ₂ = (1 − u)v, θ₃ = (1 − u)(1 − v): one break of a stick after the other.
  const [first, second] = withPrior ? [nodesOf(pseudo, (WORDS - 1) * pseudo), nodesOf(pseudo, pseudo)] : [[], []];
  const flat = (theta: readonly number[]): number => theta.reduce((product, p) => product * p ** (pseudo - 1), 1);
  const cells = first.flatMap((u) => second.map((v) => ({ theta: [u.at, u.rest * v.at, u.rest * v.rest], weight: u.weight * v.weight })));
  const mass = sum(cells.map(({ weight }) => weight));
  const prior = (theta: readonly number[]): number => flat(theta) / mass;
  const likelihood = (theta: readonly number[]): number => followers.reduce((product, w) => product * theta[w], 1);
  const evidence = sum(cells.map(({ theta, weight }) => (weight / mass) * likelihood(theta)));
  const outcomes = cells.map(({ theta, weight }): Outcome => ({
    value: theta, weight: weight / flat(theta), parts: theta.map((value, w) => ({ id: 'rowEntry' as const, n: w + 1, value })),
  }));
  const elsewhere = random(seed + 1000 * shift);
  const cuts = Array.from({ length: WORDS }, () => between(elsewhere, 0.2, 1));
  const theta = cuts.map((c) => c / sum(cuts));
  const inside = (w: number): boolean => w >= 1 && w <= WORDS;
  return worldOf({
    values: { anyContext: context, pseudoCount: pseudo, vocabulary: WORDS, rowCounts: counts, trust: followers.length / sum(raised), rowVector: theta },
    members: { rowEntry: nth(theta) },
    functions: () => ({
      rowPrior: prior, rowLikelihood: likelihood, rowPosterior: (at: readonly number[], c: readonly number[]) => (c === counts ? (prior(at) * likelihood(at)) / evidence : undefined), gammaFunction: gamma,
      ngramCount: (h: readonly number[], w: number) => (h === context ? counts[w - 1] : undefined),
      contextTotal: (h: readonly number[]) => (h === context ? followers.length : undefined),
      smoothed: (w: number, h: readonly number[]) => (inside(w) && h === context ? raised[w - 1] / sum(raised) : undefined),
      frequency: (w: number, h: readonly number[]) => (inside(w) && h === context ? counts[w - 1] / followers.length : undefined),
    }),
    outcomes: { rowVector: outcomes },
    letters: { j, i: 1 + (j % WORDS) },
  });
}
