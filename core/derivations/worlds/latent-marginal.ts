/** A finite model with a parameter vector: for every latent variable a distribution of examples that the parameters tilt. Where a line speaks of the decoder alone the prior is fixed, else it is tilted too. */
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import type { Value, World } from '../../formulas/evaluate';
import type { SymbolId } from '../../formulas/symbols';
import { random } from './random';
import { between, each, probabilities, worldOf } from './world';

const [ZS, XS] = [[1, 2, 3, 4], [11, 12, 13]];

export const marginalWorld = (seed: number, step: DerivationStep): World => made(seed, step, false);
/** Every latent variable makes the same examples: the posterior is the prior. */
export const marginalTight = (seed: number, step: DerivationStep): World => made(seed, step, true);

function made(seed: number, step: DerivationStep, tight: boolean): World {
  const next = random(seed);
  const base = probabilities(next, ZS.length);
  const lean = ZS.map(() => (stepSymbols(step).includes('likelihood') ? 0 : between(next, -1.5, 1.5)));
  const priorUnder = ([a]: readonly number[]): number[] => {
    const raw = base.map((p, i) => p * Math.exp(lean[i] * a));
    return raw.map((value) => value / raw.reduce((sum, other) => sum + other, 0));
  };
  const tilt = ZS.map(() => XS.map(() => [between(next, -1.5, 1.5), between(next, -1.5, 1.5), between(next, -2.5, 2.5)]));
  const theta = [between(next, -1, 1), between(next, -1, 1)];
  /** Joint probabilities under given parameters, row by latent variable. */
  const table = ([a, b]: readonly number[], prior = priorUnder([a, b])): number[][] => ZS.map((_, i) => {
    const raw = tilt[tight ? 0 : i].map(([u, v, w]) => Math.exp(u * a + v * b + w));
    const scale = prior[i] / raw.reduce((sum, value) => sum + value, 0);
    return raw.map((value) => scale * value);
  });
  const at = (z: number, x: number, look: (id: SymbolId) => Value): number | undefined => table(look('parameters') as readonly number[])[ZS.indexOf(z)]?.[XS.indexOf(x)];
  const column = (x: number, look: (id: SymbolId) => Value): number => ZS.reduce((sum, z) => sum + (at(z, x, look) ?? NaN), 0);
  const marginal = (z: number, look: (id: SymbolId) => Value): number => XS.reduce((sum, x) => sum + (at(z, x, look) ?? NaN), 0);
  const of = (list: readonly number[]): number => list[Math.floor(next() * list.length)];
  return worldOf({
    values: { x: of(XS), latent: of(ZS), parameters: theta },
    functions: (look) => ({
      prior: (z: number) => marginal(z, look),
      modelJoint: (x: number, z: number) => at(z, x, look),
      likelihood: (x: number, z: number) => (at(z, x, look) ?? NaN) / marginal(z, look),
      evidence: (x: number) => column(x, look),
      posterior: (z: number, x: number) => (at(z, x, look) ?? NaN) / column(x, look),
    }),
    outcomes: { latent: each(ZS) },
  });
}
