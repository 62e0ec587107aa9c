/** What a symbol is worth at the step that the scrubber shows. Pure. */
import { samplerPlan, type StepPlan } from '../../core/math/samplers';
import { symbolValue } from '../../core/formulas/symbols';
import { formatNumber } from './format';
import { pageOf, shownTime, type AppState } from './state';
import { symbolInfo } from './symbol-info';
import type { Resolved } from './settings';
import { t } from './words';

const plans = new WeakMap<Resolved, readonly StepPlan[]>();

/** The steps of the run that the settings describe; none while they are invalid. */
export function planOf(resolved: Resolved): readonly StepPlan[] {
  let plan = plans.get(resolved);
  if (!plan) {
    const { settings, quantities } = resolved;
    plan = settings && quantities ? samplerPlan({ betas: quantities.betas, ...settings }) : [];
    plans.set(resolved, plan);
  }
  return plan;
}

/** The paper's t of the values shown: the scrubbed step; for the finished sample, where no step is left, the step that made it. */
export function valueTime(state: AppState): number {
  return shownTime(state) || (planOf(state.resolved).at(-1)?.t ?? 0) + 1;
}

/** In numbers; null where a symbol has no value that could be shown (the network's output, fresh noise, all of a family that does not run). */
export function liveValue(symbol: string, state: AppState): string | null {
  const { resolved, player } = state;
  const { quantities, settings } = resolved;
  const info = symbolInfo(symbol);
  if (info && pageOf(state) === 'vae') {
    const value = state.live[info.id];
    return value === undefined ? null : formatNumber(value);
  }
  if (!info || !quantities || !settings || pageOf(state) === 'reading') return null;
  const t = valueTime(state);
  if (info.id === 't') return String(t);
  if (info.id === 'xt') return firstPoint(player.step.from?.points);
  if (info.id === 'xPrev') return firstPoint(player.step.to?.points);
  const plan = planOf(resolved).find((step) => step.t === t - 1);
  const { eta, betaStart, betaEnd } = settings;
  const value = symbolValue(info.id, { quantities, t: t - 1, plan, eta, betaStart, betaEnd });
  return value === null ? null : formatNumber(value);
}

/** What of a cloud the value is; null for numbers. */
export const valueNote = (symbol: string): string | null => (symbol === 'xt' || symbol === 'xPrev' ? t('first point of the cloud') : null);

function firstPoint(points: Float32Array | undefined): string | null {
  return points ? `(${points[0].toFixed(2)}, ${points[1].toFixed(2)})`.replaceAll('-', '−') : null;
}
