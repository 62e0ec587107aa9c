/** Terms of the bound as divergences by quadrature in the worlds of the DDPM sampler; and a smooth signal-to-noise ratio over continuous time. */
import type { Outcome, Value, World } from '../../formulas/evaluate';
import type { SymbolId } from '../../formulas/symbols';
import { stepSymbols } from '../render';
import type { Case, DerivationStep } from '../types';
import { remembered } from '../../remembered';
import { makeWorld } from './diffusion';
import { random } from './random';
import { between, normalDensity, normalNodes, worldOf } from './world';

type Point = readonly number[];

function discrete(seed: number): World {
  const base = makeWorld(seed, { sampler: 'ddpm', varianceType: 'fixed_small' });
  const next = random(seed + 4021);
  const value = (id: SymbolId, n?: number): number => base.symbol(id, n === undefined ? undefined : 't', n) as number;
  const [T, t, variance] = [value('T'), value('t'), value('betaTilde')];
  const [mu, xt] = (['mu', 'xt'] as const).map((id) => base.symbol(id, undefined, undefined) as Point);
  const own = base.call('muTheta', [xt, t], () => 0) as Point;
  // E_q[log q − log p] of the two Gaussians, axis by axis over the nodes of q.
  const divergence = mu.reduce((sum, mean, axis) => sum + normalNodes(6).reduce((inside, { at, weight }) => {
    const x = mean + Math.sqrt(variance) * at;
    return inside + weight * (Math.log(normalDensity(x, mean, variance)) - Math.log(normalDensity(x, own[axis], variance)));
  }, 0), 0);
  const errors = Array.from({ length: T }, () => between(next, 0.3, 2));
  const ratio = (n: number): number => value('snr', n);
  // Sorted by ratios instead of by steps: each but the first and the last stands in two terms.
  const sorted = ratio(1) * errors[1] - ratio(T) * errors[T - 1] + errors.slice(1, -1).reduce((sum, error, i) => sum + ratio(i + 2) * (errors[i + 2] - error), 0);
  const values: Partial<Record<SymbolId, Value>> = { lossStep: divergence, constantError: between(next, 0.3, 2), diffusionLoss: sorted / 2 };
  return {
    ...base,
    symbol(id, index, n) {
      if (id === 'dataError') return n === undefined ? undefined : errors[n - 1];
      if (id === 'logSnr') {
        const kept = value('alphaBar', n ?? (index === 't-1' ? t - 1 : t));
        return Math.log(kept) - Math.log1p(-kept);
      }
      return index === undefined && id in values ? values[id] : base.symbol(id, index, n);
    },
  };
}

/** Nodes and weights of Gauss–Legendre quadrature with five nodes in each of many panels. */
function panels(from: number, to: number, count = 8): Outcome[] {
  const inner = [Math.sqrt(5 - 2 * Math.sqrt(10 / 7)) / 3, Math.sqrt(5 + 2 * Math.sqrt(10 / 7)) / 3];
  const weights = [(322 + 13 * Math.sqrt(70)) / 900, (322 - 13 * Math.sqrt(70)) / 900];
  const rule = [{ at: 0, weight: 128 / 225 }, ...inner.flatMap((at, i) => [{ at, weight: weights[i] }, { at: -at, weight: weights[i] }])];
  const half = (to - from) / count / 2;
  return Array.from({ length: count }, (_, i) => from + half * (2 * i + 1)).flatMap((middle) => rule.map(({ at, weight }) => ({ value: middle + half * at, weight: half * weight })));
}

function continuous(seed: number, steps: number): World {
  const next = random(seed);
  const [a, b, c, p, q] = [between(next, 0.5, 1.2), between(next, 1, 2), between(next, 0.2, 0.8), between(next, 0.5, 1.5), between(next, 0.1, 0.4)];
  const logRatio = (time: number): number => a - b * time - c * time ** 2;
  const error = (ratio: number): number => p / (1 + q * ratio) + 0.1;
  const ends = [1, 0].map((time) => Math.exp(logRatio(time)));
  return worldOf({
    values: { timeSteps: steps, continuousTime: between(next, 0.2, 0.8), constantError: between(next, 0.3, 2), snrValue: between(next, ends[0], ends[1]) },
    functions: () => ({
      snrAt: (time: number) => Math.exp(logRatio(time)),
      logSnrAt: logRatio,
      errorAt: error,
      // The same error in units of the noise, written out once more.
      noiseErrorAt: (ratio: number) => p / (1 / ratio + q) + ratio / 10,
    }),
    outcomes: { continuousTime: panels(0, 1), snrValue: panels(ends[0], ends[1]) },
  });
}

const OF_TIME: ReadonlySet<SymbolId> = new Set(['continuousTime', 'snrAt', 'errorAt']);

/** Lines that speak of time as a number are about the smooth ratio, all others about the chain. */
export function vdmCases(step: DerivationStep): Case[] {
  if (!stepSymbols(step).some((id) => OF_TIME.has(id))) return [{ name: 'chain', world: remembered(discrete) }];
  const finer = Array.from({ length: 4 }, (_, n) => remembered((seed: number) => continuous(seed, 6 * 4 ** n)));
  return [{ name: 'continuous', world: remembered((seed: number) => continuous(seed, 8)), limit: (seed, n) => finer[n](seed) }];
}
