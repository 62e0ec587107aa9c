/** Two distributions as random tables, and a coin that chooses from which one a value is drawn. */
import type { DerivationStep } from '../types';
import type { World } from '../../formulas/evaluate';
import { random } from './random';
import { each, probabilities, sum, worldOf } from './world';

const [XS, SIDES] = [[11, 12, 13, 14], [0, 1]];
type Kind = 'random' | 'equal' | 'disjoint';

export const sharedWorld = (seed: number): World => made(seed, 'random');
/** What is at least something is equal to it where both distributions agree; what is at most something, where no value can come from both. */
export const sharedTight = (seed: number, { relation }: DerivationStep): World => made(seed, relation === 'at-least' ? 'equal' : 'disjoint');

function made(seed: number, kind: Kind): World {
  const next = random(seed);
  // Sharper than the tables are: mutants of inequalities must not hide where all is nearly uniform.
  const raw = [0, 1].map(() => probabilities(next, XS.length).map((p, i) => p ** 3 * (kind === 'disjoint' && i % 2 ? 0 : 1)));
  const [first, other] = raw.map((row) => row.map((p) => p / sum(row)));
  const second = kind === 'equal' ? first : kind === 'disjoint' ? [other[1], other[0], other[3], other[2]] : other;
  const tables = [first, second];
  const i = kind === 'disjoint' ? 0 : Math.floor(XS.length * next());
  // A table of values and sides; everything else is a sum or a quotient of its entries.
  const cell = (x: number, z: number): number => (tables[z]?.[XS.indexOf(x)] ?? NaN) / 2;
  const ofX = (x: number): number => sum(SIDES.map((z) => cell(x, z)));
  const side = (z: number, x: number): number => cell(x, z) / ofX(x);
  // What is left of one bit of doubt once the value is known, value by value.
  const doubt = (x: number): number => -sum(SIDES.map((z) => (side(z, x) === 0 ? 0 : side(z, x) * Math.log(side(z, x)))));
  const information = sum(XS.map((x) => ofX(x) * (Math.log(2) - doubt(x))));
  return worldOf({
    values: { outcome: XS[i], coinSide: SIDES[Math.floor(2 * next())], sharedDivergence: information },
    functions: () => ({
      firstDistribution: (x: number) => first[XS.indexOf(x)],
      secondDistribution: (x: number) => second[XS.indexOf(x)],
      midDistribution: (x: number) => (XS.includes(x) ? ofX(x) : undefined),
      coinJoint: cell,
      coinPosterior: side,
    }),
    outcomes: { outcome: each(XS), coinSide: each(SIDES) },
  });
}
