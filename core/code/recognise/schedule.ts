/** Names a schedule by its values, and finds its end points. */
import { makeBetas, MAX_T, type ScheduleName } from '../../math/schedules';
import type { ArrayValue, Value } from '../interpret/values';
import { provenanceNodes } from '../interpret/values';

export interface NamedSchedule {
  name: ScheduleName;
  betaStart?: number;
  betaEnd?: number;
}

/** The schedule that gives exactly these betas (1e-9 relative); `custom` when none does. `betas` has T entries. */
export function nameSchedule(betas: Float64Array, from: Value): NamedSchedule {
  const T = betas.length;
  const [first, last] = [betas[0], betas[T - 1]];
  const sigmoidLow = 1 / (1 + Math.exp(6));
  // β₁ = s + σ(−6)(e − s), β_T = s + σ(6)(e − s): two equations for the end points.
  const spread = (last - first) / (1 - 2 * sigmoidLow);
  const start = first - sigmoidLow * spread;
  const attempts: NamedSchedule[] = [
    { name: 'linear', betaStart: first, betaEnd: last },
    { name: 'scaled_linear', betaStart: first, betaEnd: last },
    { name: 'cosine' },
    { name: 'sigmoid_alpha_bar' },
    { name: 'sigmoid', betaStart: start, betaEnd: start + spread },
  ];
  for (const attempt of attempts) {
    if (!equals(betas, attempt)) continue;
    // Every linear array is a scaled one with other end points: which it is, the way it was computed tells.
    if (attempt.name === 'linear' && isScaledByT(from, T)) return { name: 'linear_scaled', betaStart: (first * T) / 1000, betaEnd: (last * T) / 1000 };
    return attempt;
  }
  return { name: 'custom' };
}

function equals(betas: Float64Array, attempt: NamedSchedule): boolean {
  if (betas.length > MAX_T) return false;
  try {
    const made = makeBetas({ ...attempt, T: betas.length });
    const differs = (b: number, i: number) => Math.abs(b - betas[i]) > 1e-9 * Math.max(b, betas[i]) + 1e-13;
    if (!made.some(differs)) return true;
    return attempt.name === 'cosine' && !made.some((b, i) => differs(b, i) && !clipped(betas, made, i));
  } catch {
    // Out of the schedule's range (β ≥ 1): not this one.
    return false;
  }
}

/** Programs clip the cosine schedule at bounds of their own (0.0001 … 0.9999): the first and the last of its betas, never most. */
function clipped(betas: Float64Array, made: Float64Array, i: number): boolean {
  const T = betas.length;
  const low = betas[i] === betas[0] && made[i] < betas[i] && i < T / 4;
  const high = betas[i] === betas[T - 1] && i >= T - 1 - T / 50 && (made[i] > betas[i] || made[i] === 0.999) && betas[i] > 0.5;
  return low || high;
}

/** Is 1000/T among the factors of the end points? */
function isScaledByT(betas: Value, T: number): boolean {
  return provenanceNodes(betas).some((v) => {
    if (v.prov?.op !== '/') return false;
    const [a, b] = v.prov.args;
    return a?.kind === 'number' && a.value === 1000 && b?.kind === 'number' && b.value === T;
  });
}

/**
 * The betas before they were rescaled to zero terminal SNR (Lin et al. 2023, algorithm 1), where `betas` come of such; else null. √ᾱ is shifted
 * so that its last entry is 0, and scaled so that its first one stays.
 */
export function beforeRescaling(betas: ArrayValue): ArrayValue | null {
  const T = betas.data.length;
  if (betas.data[T - 1] !== 1) return null;
  for (const v of provenanceNodes(betas)) {
    if (v.kind !== 'array' || v.data.length !== T || !v.data.every((x) => x > 0 && x < 1)) continue;
    let bar = 1;
    const roots = v.data.map((b) => Math.sqrt((bar *= 1 - b)));
    const [first, last] = [roots[0], roots[T - 1]];
    const bars = roots.map((r) => ((r - last) * first / (first - last)) ** 2);
    if (betas.data.every((b, i) => Math.abs(1 - bars[i] / (i === 0 ? 1 : bars[i - 1]) - b) <= 1e-9)) return v;
  }
  return null;
}
