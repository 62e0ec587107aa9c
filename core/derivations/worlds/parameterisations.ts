/** Data and noise of the plane mixed by an angle, as Salimans & Ho draw it: the noisy point is one rotation of the pair, the velocity its derivative by the angle. */
import type { World } from '../../formulas/evaluate';
import { point, random } from './random';
import { between, normalDensity, worldOf } from './world';

type Point = readonly number[];

export function parameterisationsWorld(seed: number): World {
  const next = random(seed);
  const angle = between(next, 0.45, 1.1);
  const [x0, epsilon] = [point(next), point(next)];
  const turned = (by: number): number[] => x0.map((value, axis) => Math.cos(by) * value + Math.sin(by) * epsilon[axis]);
  const spread = Math.sin(angle);
  return worldOf({
    values: {
      x0, epsilon, xt: turned(angle), alphaBar: Math.cos(angle) ** 2,
      // A quarter turn further is the derivative.
      v: turned(angle + Math.PI / 2),
      noisyScore: epsilon.map((value) => -value / spread),
    },
    functions: () => ({
      forwardKernel: (at: Point, from: Point) => at.reduce((density, value, axis) => density * normalDensity(value, Math.cos(angle) * from[axis], spread ** 2), 1),
    }),
  });
}
