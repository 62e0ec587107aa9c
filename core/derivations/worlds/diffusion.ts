/**
 * Random worlds in which formulas are checked. Nothing here is taken from the expressions: points come from the sampler's plan,
 * posteriors from conditioning the joint Gaussian of the chain, so a wrong formula cannot agree with itself.
 */
import { worldAt, type Value, type World } from '../../formulas/evaluate';
import type { SymbolId } from '../../formulas/symbols';
import { diffusionQuantities, toPrediction } from '../../math/diffusion';
import { applyStep, samplerPlan, type SamplerConfig } from '../../math/samplers';
import { DIMENSIONS, normal, point, random } from './random';
import { combine } from './world';

export interface WorldKind {
  sampler: SamplerConfig['sampler'];
  varianceType?: SamplerConfig['varianceType'];
  eta?: number;
}

/** Mean weight and variance of x_n given x_0, stepped through the chain. */
function marginal(betas: Float64Array, n: number): { weight: number; variance: number } {
  let [weight, variance] = [1, 0];
  for (let s = 0; s < n; s++) [weight, variance] = [weight * Math.sqrt(1 - betas[s]), variance * (1 - betas[s]) + betas[s]];
  return { weight, variance };
}

function logNormal(x: readonly number[], mean: readonly number[], variance: number): number {
  const distance = x.reduce((sum, value, i) => sum + (value - mean[i]) ** 2, 0);
  return -distance / (2 * variance) - (x.length / 2) * Math.log(2 * Math.PI * variance);
}

/** The same world for the same seed; `override` replaces values, e.g. x_{t−1} by a free point. */
export function makeWorld(seed: number, kind: WorldKind, override: Partial<Record<SymbolId, Value>> = {}): World {
  const next = random(seed);
  const T = 5 + Math.floor(next() * 4);
  const betas = Float64Array.from({ length: T }, () => 0.05 + 0.5 * next());
  // Not the first step: there ᾱ_{t−1} = 1 and half of the formulas become trivial.
  const t = 1 + Math.floor(next() * (T - 1));
  const quantities = diffusionQuantities(betas);
  const [x0, epsilon, z] = [point(next), point(next), point(next)];
  const weights = Array.from({ length: 6 }, () => normal(next));
  const epsilonTheta = (x: Value, time: Value): number[] => {
    const [p, q] = x as number[];
    return [Math.tanh(weights[0] * p + weights[1] * q + 0.3 * (time as number)) + weights[4], Math.tanh(weights[2] * p + weights[3] * q - 0.2 * (time as number)) + weights[5]];
  };
  const eta = kind.eta ?? 0.2 + 0.7 * next();

  const here = marginal(betas, t + 1);
  const before = marginal(betas, t);
  const xt = combine(here.weight, x0, Math.sqrt(here.variance), epsilon);
  // Conditioning the joint Gaussian of (x_{t−1}, x_t) given x_0.
  const covariance = Math.sqrt(1 - betas[t]) * before.variance;
  const gain = covariance / here.variance;
  const mu = combine(before.weight, x0, gain, combine(1, xt, -here.weight, x0));
  const betaTilde = before.variance - covariance * gain;

  const step = samplerPlan({ betas, predictionType: 'epsilon', ...kind, eta }).find((s) => s.t === t)!;
  const prediction = Float64Array.from(epsilonTheta(xt, t + 1));
  const sampled = applyStep(step, Float64Array.from(xt), prediction, Float64Array.from(z));
  const xPrev = (override.xPrev as number[] | undefined) ?? [...sampled.prev];
  const vTarget = toPrediction('v_prediction', quantities.alphasCumprod[t]);

  return worldAt({
    quantities,
    t,
    values: { x0, epsilon, z, xt, mu, betaTilde, eta, sigma: step.out.z, x0Theta: [...sampled.x0], v: combine(vTarget.x0, x0, vTarget.eps, epsilon), xPrev, ...override },
    functions: {
      epsilonTheta,
      muTheta: (x, time) => {
        const at = (time as number) - 1;
        const own = applyStep(samplerPlan({ betas, sampler: 'ddpm', predictionType: 'epsilon' }).find((s) => s.t === at)!, Float64Array.from(x as number[]), Float64Array.from(epsilonTheta(x, time)), new Float64Array(DIMENSIONS));
        return [...own.prev];
      },
    },
    densities: (of, given) => {
      switch (`${of}|${given.join()}`) {
        case 'xt|xPrev':
          return Math.exp(logNormal(xt, xPrev.map((x) => Math.sqrt(1 - betas[t]) * x), betas[t]));
        case 'xt|x0':
          return Math.exp(logNormal(xt, x0.map((x) => here.weight * x), here.variance));
        case 'xPrev|x0':
          return Math.exp(logNormal(xPrev, x0.map((x) => before.weight * x), before.variance));
        case 'xPrev|xt,x0':
          return Math.exp(logNormal(xPrev, mu, betaTilde));
        default:
          return undefined;
      }
    },
  });
}
