/** A diffusion with curved coefficients, looked at for one step; means over the step are quadratures of its normal number. */
import type { Outcome, World } from '../../formulas/evaluate';
import { remembered } from '../../remembered';
import { normal, random } from './random';
import { between, normalDensity, normalNodes, worldOf } from './world';

/** Nodes of a normal number with mean zero, with weights that a density makes to probabilities. */
export function normalOutcomes(variance: number, nodes: number, parts?: (value: number) => Outcome['parts']): Outcome[] {
  return normalNodes(nodes).map(({ at, weight }) => {
    const value = Math.sqrt(variance) * at;
    return { value, weight: weight / normalDensity(value, 0, variance), ...(parts && { parts: parts(value) }) };
  });
}

export function itoWorld(seed: number, length?: number): World {
  const next = random(seed);
  const [a0, a1, a2, a3, b0, b1, b2] = [between(next, 0.3, 1), between(next, 0.2, 0.8), between(next, 0.2, 0.6), between(next, 0.3, 0.9), between(next, 0.7, 1.2), between(next, 0.1, 0.4), between(next, 0.2, 0.5)];
  const [c1, c2, c3, c4] = [between(next, 0.5, 1.5), between(next, 0.8, 1.6), between(next, 0.2, 0.5), between(next, 0.6, 1.2)];
  const [x, time, step] = [between(next, 0.5, 1.5), between(next, 0.2, 0.9), between(next, 0.05, 0.3)];
  const dt = length ?? step;
  const drift = (at: number, when: number): number => a0 + a1 * at + a2 * Math.sin(at) + a3 * when;
  const diffusion = (at: number, when: number): number => b0 + b1 * Math.cos(at) + b2 * when;
  const f = (at: number): number => c1 * at + c2 * at ** 2 + c3 * Math.sin(c4 * at);
  const slope = c1 + 2 * c2 * x + c3 * c4 * Math.cos(c4 * x);
  const bend = 2 * c2 - c3 * c4 ** 2 * Math.sin(c4 * x);
  const [a, b] = [drift(x, time), diffusion(x, time)];
  const stepOf = (dw: number): number => dt * a + dw * b;
  const dw = Math.sqrt(dt) * Math.max(0.4, Math.abs(normal(next)));
  const [mu, sigma, start, w] = [between(next, 0.2, 0.8), between(next, 0.3, 0.7), between(next, 0.6, 1.4), Math.sqrt(time) * normal(next)];
  // A power of e for each of the three parts, multiplied one after the other.
  const value = (at: number): number => start * Math.E ** (mu * time) * Math.E ** (sigma * at) / Math.sqrt(Math.E ** (sigma ** 2 * time));
  // Made once: they are asked for at every call.
  const functions = {
    itoDrift: drift,
    itoDiffusion: diffusion,
    itoFunction: f,
    itoTimeFunction: (at: number, when: number) => f(at) * Math.exp(-a2 * when) + c4 * at * when ** 2,
    incrementDensity: (at: number) => normalDensity(at, 0, dt),
    brownianDensity: (at: number) => normalDensity(at, 0, time),
  };
  return worldOf({
    values: {
      diffusionState: x, continuousTime: time, timeIncrement: dt, brownianIncrement: dw, stateIncrement: stepOf(dw),
      transformedDrift: slope * a + (bend * b ** 2) / 2, transformedDiffusion: slope * b,
      growthRate: mu, volatility: sigma, startValue: start, brownianValue: w, geometricValue: value(w),
    },
    functions: () => functions,
    outcomes: {
      brownianIncrement: normalOutcomes(dt, 12, (at) => [{ id: 'stateIncrement', value: stepOf(at) }]),
      brownianValue: normalOutcomes(time, 24, (at) => [{ id: 'geometricValue', value: value(at) }]),
    },
  });
}

const shorter = Array.from({ length: 4 }, (_, n) => remembered((seed: number) => itoWorld(seed, 2e-4 / 10 ** n)));
/** Steps of time towards zero, with the same normal number in each. */
export const itoLimit = (seed: number, n: number): World => shorter[n](seed);
