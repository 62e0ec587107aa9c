/** Noising chains of few and of many steps over the same time. */
import type { World } from '../../formulas/evaluate';
import type { DerivationStep } from '../types';
import { stepSymbols } from '../render';
import { remembered } from '../../remembered';
import { valueOf, type Series } from './linear-sde';
import { point, random } from './random';
import { between, combine, nth, worldOf } from './world';

function chainWorld(seed: number, steps: number, exploding: boolean): World {
  const next = random(seed);
  const beta: Series = [between(next, 0.5, 1.2), between(next, 0.2, 0.6), between(next, 0.1, 0.3)];
  const level: Series = [between(next, 0.2, 0.6), between(next, 0.5, 1), between(next, 0.2, 0.6)];
  // A multiple of 1/16, so that the time is reached by a whole number of steps.
  const sixteenths = 7 + Math.floor(7 * next());
  const [time, at] = [sixteenths / 16, (sixteenths * steps) / 16];
  const rate = (n: number): number => valueOf(beta, n / steps) / steps;
  const rise = (n: number): number => valueOf(level, n / steps) - valueOf(level, (n - 1) / steps);
  const [points, shocks] = [[point(next)], [] as number[][]];
  for (let n = 1; n <= at; n++) {
    shocks.push(point(next));
    points.push(exploding ? combine(1, points[n - 1], Math.sqrt(rise(n)), shocks[n - 1]) : combine(Math.sqrt(1 - rate(n)), points[n - 1], Math.sqrt(rate(n)), shocks[n - 1]));
  }
  let left = 0;
  const kept = Array.from({ length: at }, (_, n) => Math.exp((left += Math.log1p(-rate(n + 1)))));
  // Made once: they are asked for at every call.
  const functions = {
    betaAt: (when: number) => valueOf(beta, when),
    explodingLevel: (when: number) => Math.sqrt(valueOf(level, when)),
  };
  return worldOf({
    values: { timeSteps: steps, continuousTime: time, timeIncrement: 1 / steps },
    members: {
      beta: (n) => (n < 1 ? undefined : rate(n)),
      alphaBar: nth(kept),
      stepPoint: (n) => points[n],
      stepShock: nth(shocks),
      brownianStep: nth(shocks.map((z) => z.map((value) => value / Math.sqrt(steps)))),
      stepLevel: (n) => (n < 1 ? undefined : Math.sqrt(valueOf(level, n / steps))),
    },
    functions: () => functions,
    letters: { i: at },
  });
}

const explodes = (step: DerivationStep): boolean => stepSymbols(step).some((id) => id === 'stepLevel' || id === 'explodingLevel');

export const sdeLimitsWorld = (seed: number, step: DerivationStep): World => chainWorld(seed, 16, explodes(step));
const finer = [false, true].map((exploding) => Array.from({ length: 4 }, (_, n) => remembered((seed: number) => chainWorld(seed, 16 * 4 ** n, exploding))));
/** More and more steps over the same time. */
export const sdeLimitsLimit = (seed: number, n: number, step: DerivationStep): World => finer[Number(explodes(step))][n](seed);
