/** Two distributions of a pair of quantities as random tables, a positive function, and the area under a curve for the logarithm. */
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import type { World } from '../../formulas/evaluate';
import { random } from './random';
import { between, each, probabilities, sum, worldOf } from './world';

const [XS, YS] = [[11, 12, 13, 14], [21, 22, 23]];
const K = XS.length;

/** ∫ (1 − 1/v) dv from 1 to u by Simpson's rule, after v = eˢ has made it smooth: how far the logarithm has fallen behind its tangent. */
function areaFrom1(u: number): number {
  const n = 400;
  const end = Math.log(u);
  const height = (i: number): number => Math.expm1((end * i) / n);
  let sum = height(0) + height(n);
  for (let i = 1; i < n; i++) sum += (i % 2 ? 4 : 2) * height(i);
  return (sum * end) / (3 * n);
}

export const divergenceWorld = (seed: number, step: DerivationStep): World => made(seed, step, false);
/** Where inequalities are equations: a function that is constant, distributions that agree, or the uniform one. */
export const divergenceTight = (seed: number, step: DerivationStep): World => made(seed, step, true);

function made(seed: number, step: DerivationStep, tight: boolean): World {
  const next = random(seed);
  const symbols = stepSymbols(step);
  const tables = [0, 1].map(() => probabilities(next, XS.length * YS.length));
  // Sharper than the tables are: mutants of inequalities must not hide where all is nearly uniform.
  const sharp = tables.map((table) => table.map((p) => p ** 3));
  const joint = sharp.map((table) => table.map((p) => p / table.reduce((a, b) => a + b, 0)));
  const entry = (table: readonly number[], x: number, y: number): number => table[XS.indexOf(x) * YS.length + YS.indexOf(y)];
  const ofX = (table: readonly number[]) => (x: number): number => sum(YS.map((y) => entry(table, x, y)));
  const ofY = (table: readonly number[]) => (y: number): number => sum(XS.map((x) => entry(table, x, y)));
  const [p, q] = [ofX(joint[0]), ofX(joint[1])];
  const first = !tight ? p : symbols.includes('outcomeCount') ? () => 1 / K : q;
  const heights = XS.map(() => between(next, 0.3, 3));
  const constant = between(next, 1.5, 3);
  const f = (x: number): number => (tight ? constant : heights[XS.indexOf(x)]);
  const of = (list: readonly number[]): number => list[Math.floor(next() * list.length)];
  const [x, y, label] = [of(XS), of(YS), of(XS)];
  const known = (at: number, list: readonly number[] = XS): boolean => list.includes(at);
  return worldOf({
    values: {
      outcome: x, secondOutcome: y, outcomePair: [x, y], label, outcomeCount: K,
      positiveNumber: tight ? 1 : between(next, 0.3, 3),
      functionMean: tight ? constant : sum(XS.map((at) => p(at) * f(at))),
      crossEntropyBits: -sum(XS.map((at) => p(at) * Math.log2(q(at)))),
    },
    functions: () => ({
      firstDistribution: (at: number) => (known(at) ? first(at) : undefined),
      secondDistribution: (at: number) => (known(at) ? q(at) : undefined),
      uniform: (at: number) => (known(at) ? 1 / XS.length : undefined),
      labelDistribution: (at: number) => (known(at) ? Number(at === label) : undefined),
      codeLength: (at: number) => (known(at) ? -Math.log2(q(at)) : undefined),
      positiveFunction: (at: number) => (known(at) ? f(at) : undefined),
      tangentGap: (u: number) => (u > 0 ? areaFrom1(u) : undefined),
      firstOther: (at: number) => (known(at, YS) ? ofY(joint[0])(at) : undefined),
      secondOther: (at: number) => (known(at, YS) ? ofY(joint[1])(at) : undefined),
      firstJoint: (a: number, b: number) => entry(joint[0], a, b),
      secondJoint: (a: number, b: number) => entry(joint[1], a, b),
      firstConditional: (b: number, a: number) => entry(joint[0], a, b) / p(a),
      secondConditional: (b: number, a: number) => entry(joint[1], a, b) / q(a),
    }),
    outcomes: {
      outcome: each(XS), secondOutcome: each(YS),
      outcomePair: XS.flatMap((a) => YS.map((b) => ({ value: [a, b], weight: 1, parts: [{ id: 'outcome' as const, value: a }, { id: 'secondOutcome' as const, value: b }] }))),
    },
  });
}
