/** The score of a density that is no Gaussian, and a quadratic energy with two parameters, whose normaliser is known in closed form. */
import type { World } from '../../formulas/evaluate';
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import { random } from './random';
import { bentDensity, meanOver, quadraticField, squared, type Point } from './scores';
import { between, normalDensity, normalNodes, worldOf } from './world';

export const explicitWorld = (seed: number, step: DerivationStep): World => (stepSymbols(step).some((id) => id === 'energyModel' || id === 'energy') ? energies(seed) : matched(seed, false));
/** A model whose score is the true one. */
export const explicitTight = (seed: number): World => matched(seed, true);

function matched(seed: number, perfect: boolean): World {
  const next = random(seed);
  const data = bentDensity(next);
  const model = perfect ? data.score : quadraticField(next).at;
  // Both squared lengths less twice the inner product: the distance is not taken of the difference.
  const distance = meanOver(data, (x) => squared(model(x)) + squared(data.score(x)) - 2 * model(x).reduce((sum, value, axis) => sum + value * data.score(x)[axis], 0));
  return worldOf({
    values: { x: data.draw(), otherPoint: data.draw(), explicitLoss: perfect ? 0 : distance / 2 },
    functions: () => ({ dataDistribution: data.density, dataScore: data.score, scoreNetwork: model }),
    outcomes: { x: data.outcomes },
  });
}

function energies(seed: number): World {
  const next = random(seed);
  const theta = [between(next, 0.3, 1), between(next, -1, -0.3)];
  // E = (a x² + b y²)/2 − q x − p y with a = 1 + p², b = 1 + q²: the parameters stand in the curvature and in the slope.
  const shape = ([p, q]: Point) => ({ a: 1 + p * p, b: 1 + q * q });
  const energy = ([x, y]: Point, [p, q]: Point): number => (shape([p, q]).a * x * x + shape([p, q]).b * y * y) / 2 - q * x - p * y;
  const logNormaliser = ([p, q]: Point): number => Math.log(2 * Math.PI) - Math.log(shape([p, q]).a * shape([p, q]).b) / 2 + q ** 2 / (2 * shape([p, q]).a) + p ** 2 / (2 * shape([p, q]).b);
  const [[p, q], { a, b }] = [theta, shape(theta)];
  const nodes = normalNodes(8).flatMap((one) => normalNodes(8).map((other) => {
    const value = [q / a + one.at / Math.sqrt(a), p / b + other.at / Math.sqrt(b)];
    return { value, weight: (one.weight * other.weight) / (normalDensity(value[0], q / a, 1 / a) * normalDensity(value[1], p / b, 1 / b)) };
  }));
  return worldOf({
    values: { x: [between(next, -1.5, 1.5), between(next, -1.5, 1.5)], parameters: theta, partition: Math.exp(logNormaliser(theta)) },
    functions: (look) => ({
      energy: (x: Point) => energy(x, look('parameters') as Point),
      energyModel: (x: Point) => Math.exp(-energy(x, look('parameters') as Point) - logNormaliser(look('parameters') as Point)),
      scoreNetwork: ([x, y]: Point) => [q - a * x, p - b * y],
      parameterScore: ([x, y]: Point) => [y - p * x * x + p / a + (q * q * p) / a ** 2 - p / b, x - q * y * y + q / b + (p * p * q) / b ** 2 - q / a],
    }),
    outcomes: { x: nodes },
  });
}
