/** A density of the line and one of the plane, neither a Gaussian, with polynomial models of their scores. */
import type { World } from '../../formulas/evaluate';
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import { random } from './random';
import { bentDensity, meanOver, quadraticField, squared, type Point } from './scores';
import { between, normalDensity, normalNodes, nth, sum, worldOf } from './world';

const onLine = (step: DerivationStep): boolean => stepSymbols(step).includes('outcome');
export const implicitWorld = (seed: number, step: DerivationStep): World => (onLine(step) ? line(seed, 0) : plane(seed));
/** The cut moves out. */
export const implicitLimit = (seed: number, n: number): World => line(seed, n + 1);

function line(seed: number, out: number): World {
  const next = random(seed);
  const [centre, spread, middle, floor] = [between(next, -0.4, 0.4), between(next, 0.75, 0.95), between(next, -1, 1), between(next, 0.8, 1.6)];
  const factor = (x: number): number => floor + (x - middle) ** 2;
  const nodes = normalNodes(8).map(({ at, weight }) => ({ value: centre + spread * at, weight }));
  const normaliser = sum(nodes.map(({ value, weight }) => weight * factor(value)));
  const [a, b, c] = [between(next, -0.8, 0.8), between(next, -1.2, -0.6), between(next, -0.3, 0.3)];
  return worldOf({
    values: { outcome: centre + between(next, -1, 1), cutoff: between(next, 1.8, 2.2) + 0.7 * out },
    functions: () => ({
      firstDistribution: (x: number) => (normalDensity(x, centre, spread ** 2) * factor(x)) / normaliser,
      lineNetwork: (x: number) => a + b * x + c * x * x,
    }),
    outcomes: { outcome: nodes.map(({ value, weight }) => ({ value, weight: weight / normalDensity(value, centre, spread ** 2) })) },
  });
}

function plane(seed: number): World {
  const next = random(seed);
  const [data, field] = [bentDensity(next), quadraticField(next)];
  const distance = (x: Point): number => squared(field.at(x).map((value, axis) => value - data.score(x)[axis]));
  return worldOf({
    values: {
      x: data.draw(), dimensions: 2, explicitLoss: meanOver(data, distance) / 2,
      implicitLoss: meanOver(data, (x) => squared(field.at(x)) / 2 + field.slopes(x)[0][0] + field.slopes(x)[1][1]),
    },
    members: { axisDirection: nth([[1, 0], [0, 1]]) },
    functions: () => ({ dataDistribution: data.density, dataScore: data.score, scoreNetwork: field.at }),
    outcomes: { x: data.outcomes },
    letters: { j: 1 + (seed % 2) },
  });
}
