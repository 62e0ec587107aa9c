/** Energies with one parameter over a few points of the line; the distribution of a short chain is a table. */
import type { Value, World } from '../../formulas/evaluate';
import type { SymbolId } from '../../formulas/symbols';
import { stepSymbols } from '../render';
import type { DerivationStep } from '../types';
import { random } from './random';
import { between, each, probabilities, sum, worldOf } from './world';

export function ebmGradientWorld(seed: number, step: DerivationStep): World {
  const next = random(seed);
  const points = [-1.7, -0.6, 0.3, 1.1];
  const theta = between(next, 0.4, 1.4);
  const [a, b, c] = [between(next, 0.3, 1), between(next, 0.5, 1.5), between(next, -1, 1)];
  const statistic = (x: number): number => Math.sin(1.7 * x) + b * x;
  const family = stepSymbols(step).includes('statistic');
  const energyOf = (x: number, at: number): number => (family ? -at * statistic(x) : (a * at * x ** 2) / 2 + b * Math.cos(1.3 * at * x) + c * at ** 2 * x);
  const normaliser = (at: number): number => sum(points.map((x) => Math.exp(-energyOf(x, at))));
  const [data, chain] = [probabilities(next, points.length), probabilities(next, points.length)];
  const of = (table: readonly number[]) => (x: number): number | undefined => table[points.indexOf(x)];
  const i = Math.floor(next() * points.length);
  const at = (look: (id: SymbolId) => Value): number => look('parameters') as number;
  return worldOf({
    values: { x: points[i], modelSample: points[(i + 2) % points.length], parameters: theta, partition: normaliser(theta) },
    functions: (look) => ({
      energy: (x: number) => energyOf(x, at(look)),
      energyModel: (x: number) => 1 / sum(points.map((other) => Math.exp(energyOf(x, at(look)) - energyOf(other, at(look))))),
      statistic, dataDistribution: of(data), shortRun: of(chain),
    }),
    outcomes: { x: each(points), modelSample: each(points) },
  });
}
