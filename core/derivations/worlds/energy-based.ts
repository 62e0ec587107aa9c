/** A smooth energy on the line with two parameters, and a model over a few points of it. */
import type { Value, World } from '../../formulas/evaluate';
import type { SymbolId } from '../../formulas/symbols';
import { random } from './random';
import { between, each, worldOf } from './world';

export function energyWorld(seed: number): World {
  const next = random(seed);
  const points = [-1.7, -0.6, 0.3, 1.1, 2.4];
  const theta = [between(next, 0.3, 1.2), between(next, 0.5, 1.5)];
  const energyOf = (x: number, [a, b]: readonly number[]): number => (a * x ** 2) / 2 + b * Math.cos(1.3 * x);
  const normaliser = (parameters: readonly number[]): number => points.reduce((sum, x) => sum + Math.exp(-energyOf(x, parameters)), 0);
  const i = Math.floor(next() * points.length);
  const [x, step, z] = [points[i], between(next, 0.1, 0.6), between(next, -2, 2)];
  const slope = theta[0] * x - 1.3 * theta[1] * Math.sin(1.3 * x);
  const parameters = (look: (id: SymbolId) => Value): readonly number[] => look('parameters') as readonly number[];
  return worldOf({
    values: { x, modelSample: points[(i + 2) % points.length], parameters: theta, partition: normaliser(theta), langevinStep: step, z, langevinPoint: x - 0.5 * step * slope + Math.sqrt(step) * z },
    functions: (look) => ({
      energy: (at: number) => energyOf(at, parameters(look)),
      energyModel: (at: number) => Math.exp(-energyOf(at, parameters(look)) - Math.log(normaliser(parameters(look)))),
    }),
    outcomes: { modelSample: each(points) },
  });
}
