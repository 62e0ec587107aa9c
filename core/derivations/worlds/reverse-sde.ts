/** A mixture in the plane, or one Gaussian, under a linear equation; and the same on a line, where integrals over all values are sums of equal steps. */
import type { Outcome, World } from '../../formulas/evaluate';
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import { remembered } from '../../remembered';
import { diffused, liveliest, mixtureParts, pathOf, velocityOf } from './diffused';
import { anySde, solution, valueOf } from './linear-sde';
import { point, random } from './random';
import { between, worldOf } from './world';

/** For smooth functions that fall to zero at both ends equal steps are as exact as any quadrature. */
const equalSteps = (reach: number, step: number): Outcome[] => Array.from({ length: 2 * Math.ceil(reach / step) + 1 }, (_, i) => ({ value: (i - Math.ceil(reach / step)) * step, weight: step }));

function onLine(seed: number): World {
  const next = random(seed);
  const sde = anySde(next);
  const parts = mixtureParts(next, 2, 1).map((part) => ({ ...part, mean: [between(next, -1.2, 1.2)], covariance: [[between(next, 0.4, 0.8)]] }));
  const { density } = diffused(parts, sde);
  const [c1, c2, c3] = [between(next, 0.5, 1.5), between(next, 0.4, 1.2), between(next, 0.3, 0.9)];
  const time = between(next, 0.3, 0.8);
  const candidates = Array.from({ length: 5 }, () => between(next, -1, 1.2));
  const densityAt = (at: number, when: number): number => density([at], when);
  // Made once: they are asked for at every call.
  const functions = {
    itoDrift: (at: number, when: number) => valueOf(sde.drift, when) * at,
    diffusionRate: (when: number) => Math.sqrt(valueOf(sde.squared, when)),
    itoFunction: (at: number) => c1 * at + c2 * Math.cos(at - c3) + c3 * at ** 2,
    lineDensity: densityAt,
  };
  return worldOf({
    values: { diffusionState: liveliest(candidates, densityAt, time), continuousTime: time },
    functions: () => functions,
    outcomes: { diffusionState: equalSteps(8.5, 0.5) },
  });
}

function inPlane(seed: number, gaussian: boolean, length?: number): World {
  const next = random(seed);
  const sde = anySde(next);
  const spread = between(next, 0.4, 1.2);
  const parts = gaussian ? [{ share: 1, mean: point(next), covariance: [[spread, 0], [0, spread]] }] : mixtureParts(next, 2);
  const law = diffused(parts, sde);
  const [time, dt] = [between(next, 0.3, 0.8), length ?? between(next, 0.02, 0.1)];
  const x = liveliest(Array.from({ length: 5 }, () => point(next).map((value) => 0.7 * value)), law.density, time);
  const z = point(next);
  const [drift, squared] = [valueOf(sde.drift, time), valueOf(sde.squared, time)];
  const score = law.score(x, time);
  const [from, start, velocity] = [between(next, 0.05, 0.25), point(next), velocityOf(law, sde)];
  const variance = solution(sde.drift.map((c) => 2 * c), sde.squared, spread);
  // Made once: they are asked for at every call.
  const functions = {
    driftRate: (when: number) => valueOf(sde.drift, when),
    driftField: (at: readonly number[], when: number) => at.map((value) => valueOf(sde.drift, when) * value),
    diffusionRate: (when: number) => Math.sqrt(valueOf(sde.squared, when)),
    timeDensity: law.density,
    reversedDensity: (at: readonly number[], when: number) => law.density(at, 1 - when),
    reverseDrift: (at: readonly number[], when: number) => law.score(at, when).map((slope, axis) => valueOf(sde.drift, when) * at[axis] - valueOf(sde.squared, when) * slope),
    flowVelocity: velocity,
    flowPath: pathOf(velocity, start, from),
    flowMean: (when: number) => parts[0].mean.map((value) => value * valueOf(sde.signal, when)),
    processVariance: (when: number) => valueOf(variance, when),
  };
  return worldOf({
    values: {
      flowPoint: x, continuousTime: time, backwardTime: 1 - time, timeIncrement: dt, z, earlierTime: from, noiseFraction: between(next, 0.3, 0.9),
      pointBefore: x.map((value, axis) => value * (1 - dt * drift) + dt * squared * score[axis] + Math.sqrt(dt * squared) * z[axis]),
      backwardMean: law.earlier(x, time, time - dt),
    },
    functions: () => functions,
  });
}

// Many lines are about the same world.
const line = remembered(onLine);
const [mixture, gaussian] = [false, true].map((one) => remembered((seed: number) => inPlane(seed, one)));

export function reverseSdeWorld(seed: number, step: DerivationStep): World {
  const ids = stepSymbols(step);
  return ids.includes('lineDensity') ? line(seed) : flowWorld(seed, step);
}
/** Lines that speak of mean or variance are about a Gaussian. */
export const flowWorld = (seed: number, step: DerivationStep): World =>
  (stepSymbols(step).some((id) => id === 'processVariance' || id === 'flowMean') ? gaussian : mixture)(seed);
const shorter = Array.from({ length: 4 }, (_, n) => remembered((seed: number) => inPlane(seed, false, 0.004 / 10 ** n)));
/** Steps of time towards zero. */
export const reverseSdeLimit = (seed: number, n: number): World => shorter[n](seed);
