/** The random worlds of the derivations, with the values of losses from core/math put in: nothing here is taken from the expressions. */
import type { SymbolId, Value, World } from '../../../core/formulas';
import { diffusionQuantities, type DiffusionQuantities, type PredictionType } from '../../../core/math/diffusion';
import { lossWeights, type LossKind } from '../../../core/math/losses';
import { rescaleZeroTerminalSnr } from '../../../core/math/schedules';
import { klTerm, priorTerm } from '../../../core/math/vlb';
import { makeWorld } from '../../../core/derivations/worlds/diffusion';
import { random } from '../../../core/derivations/worlds/random';

const PREDICTIONS: readonly PredictionType[] = ['epsilon', 'sample', 'v_prediction'];

/** @param id of a formula that begins with `loss.`: which loss `lossWeight` weighs. The sampling variance is fixed_large, so that it differs from β̃. */
export function lossWorld(seed: number, id: string): World {
  const base = makeWorld(seed, { sampler: 'ddpm', varianceType: 'fixed_large' });
  const number = (symbol: SymbolId, s?: number): number => base.symbol(symbol, s === undefined ? undefined : 's', s) as number;
  const vector = (symbol: SymbolId): readonly number[] => base.symbol(symbol, undefined, undefined) as readonly number[];
  const q = diffusionQuantities(Float64Array.from({ length: number('T') }, (_, i) => number('beta', i + 1)));
  const t = number('t') - 1;
  // From half of SNR_t to one and a half: either is the smaller in some worlds.
  const gamma = q.snr[t] * (0.5 + random(seed + 1000)());
  const [x0, epsilon] = [vector('x0'), vector('epsilon')];
  const predicted = base.call('epsilonTheta', [vector('xt'), t + 1], (symbol) => base.symbol(symbol, undefined, undefined)!) as readonly number[];
  const values: Partial<Record<SymbolId, Value | undefined>> = {
    gamma,
    dimensions: x0.length,
    snr: Math.exp(q.logSnr[t]),
    lossSimple: epsilon.reduce((sum, value, i) => sum + (value - predicted[i]) ** 2, 0),
    lossWeight: weightOf(id, q, t, gamma),
    lossStep: klTerm(q, t, x0, vector('x0Theta'), { varianceType: 'fixed_large' })[0],
    lossPrior: priorTerm(q, x0)[0],
    alphaBarRescaled: diffusionQuantities(rescaleZeroTerminalSnr(q.betas)).alphasCumprod[t],
  };
  return { ...base, symbol: (symbol, index, s) => (index ? undefined : values[symbol]) ?? base.symbol(symbol, index, s) };
}

function weightOf(id: string, quantities: DiffusionQuantities, t: number, gamma: number): number | undefined {
  const [, kind, type] = id.split('.');
  if (!PREDICTIONS.includes(type as PredictionType)) return undefined;
  return lossWeights(kind as LossKind, type as PredictionType, quantities, { gamma, varianceType: 'fixed_large' })[t];
}
