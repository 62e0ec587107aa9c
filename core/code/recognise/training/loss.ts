/** How the squared error is weighted over t, and whether the schedule is rescaled to end without signal. */
import type { ArrayValue, Value } from '../../interpret/values';
import { isAssumed, isJoined } from '../../interpret/values';
import type { Machine } from '../../interpret/machine';
import type { Group } from '../evidence';
import { isModelOutput } from '../evidence';
import type { Point } from '../roles';
import type { Constants } from './constants';
import { agreed, type Told } from './agree';
import type { CallSite, Survey } from './survey';
import { argumentOf, contains } from './survey';

export interface LossReading {
  lossWeighting?: Told<'simple' | 'min_snr' | 'vlb'>;
  /** The γ of min-SNR. */
  gamma?: Told<number>;
  rescaleZeroTerminalSnr?: Told<boolean>;
}

const RESCALES = /^(rescale|enforce)_?(betas_?)?_?zero_?terminal_?snr(_?betas)?$/i;
/** Where these stand in the code of a loss, its terms may have weights that were not understood. */
const WEIGHTED = /snr|loss_?weight|weighting|p2_|elbo|vlb|lambda_t|(^|_)kl(_|$)|gamma/i;
/** So are a network's own parameters called; in the function of the loss it is a reason for silence. */
const WEIGHT = /weight|^w$|^w_t$|scale/i;

export function readLoss(m: Machine, file: Survey, constants: Constants, group: Group | null): LossReading {
  // Betas that are seen end in 1 where they were rescaled; only those from elsewhere need the call's name.
  const out: LossReading = { rescaleZeroTerminalSnr: group && isAssumed(group.betas.value) ? rescaled(file, constants) : undefined };
  const weights = group ? weightsOf(m, group) : [];
  const kinds = new Set(weights.map((w) => w.kind));
  const [first] = weights;
  if (kinds.size === 1) {
    out.lossWeighting = { value: first.kind, source: first.source };
    if (first.gamma) out.gamma = agreed(weights.map((w) => w.gamma ?? null));
  } else if (kinds.size === 0) out.lossWeighting = simple(m, file, group);
  return out;
}

interface Weights {
  kind: 'min_snr' | 'vlb';
  gamma?: Told<number>;
  source: Told<unknown>['source'];
}

/** Arrays over t that are a known weighting: min(SNR, γ) in the three predictions (Hang et al. 2023), and the factor before ε's error in the bound (Ho et al. eq. 12). */
function weightsOf(m: Machine, group: Group): Weights[] {
  const { points } = group.schedule;
  const snr = points.map((p) => p.bar / (1 - p.bar));
  const out: Weights[] = [];
  for (const { value, at, owner } of m.trace.arrays) {
    if (value.data.length !== points.length || isJoined(value) || isAssumed(value)) continue;
    const source = { span: at, origin: 'folded' as const, name: owner.split('.').pop() ?? '' };
    const gamma = [(x: number) => x, (x: number, i: number) => x * snr[i], (x: number, i: number) => x * (snr[i] + 1)].map((f) => clipOf(value.data.map(f), snr)).find((g) => g !== null);
    if (gamma) out.push({ kind: 'min_snr', source, gamma: gammaIn(value, gamma, source) });
    else if (isBound(value.data, points)) out.push({ kind: 'vlb', source });
  }
  return out;
}

/** γ where the array is min(SNR, γ), and γ does clip some of it and not all. */
function clipOf(data: Float64Array, snr: readonly number[]): number | null {
  const gamma = data[0];
  if (!(gamma > 0) || !(snr[0] > gamma * (1 + 1e-9)) || !(snr[snr.length - 1] < gamma)) return null;
  return data.every((x, i) => near(x, Math.min(snr[i], gamma))) ? gamma : null;
}

/** β²/(2σ²α(1 − ᾱ)); the first entry depends on how β̃₁ = 0 is replaced. */
function isBound(data: Float64Array, points: readonly Point[]): boolean {
  const weight = (p: Point, variance: number) => (p.beta * p.beta) / (2 * variance * p.alpha * (1 - p.bar));
  const small = (p: Point) => (p.beta * (1 - p.prev)) / (1 - p.bar);
  return [small, (p: Point) => p.beta].some((variance) => points.every((p, i) => i === 0 || near(data[i], weight(p, variance(p)))));
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-7 * Math.abs(b);
}

/** The number as it was written. */
function gammaIn(array: ArrayValue, gamma: number, place: Told<number>['source']): Told<number> {
  const seen = new Set<Value>([array]);
  for (const v of seen) {
    if (v.kind === 'number' && v.src && !v.src.assumed && near(v.value, gamma)) return { value: v.value, source: { ...v.src, name: v.src.name || 'gamma' } };
    if (seen.size < 4000) v.prov?.args.forEach((a) => seen.add(a));
  }
  return { value: gamma, source: place };
}

/** A plain mean of squared errors of what the network predicts, and no word of weights near it. */
function simple(m: Machine, file: Survey, group: Group | null): LossReading['lossWeighting'] {
  const told: (Told<'simple'> | null)[] = [];
  for (const { value, at, owner } of m.trace.losses) {
    if (!value.some((v) => isModelOutput(v)) || (group && !value.some((v) => group.roles.has(v)))) continue;
    const around = file.calls.filter((s) => contains(s.call, at));
    const plainMean = around.some(isPlainMean);
    told.push(plainMean ? { value: 'simple', source: { span: at, origin: 'folded', name: owner.split('.').pop() ?? '' } } : null);
  }
  // A weight may be multiplied on anywhere: in the same function as the loss, any word of one is reason for silence.
  const functions = new Set(m.trace.losses.map((l) => l.owner));
  const near = (s: { definitions: readonly { name: string }[] }) => functions.has(s.definitions.map((d) => d.name).join('.'));
  const weighted = file.settings.some((s) => WEIGHTED.test(s.name) || (WEIGHT.test(s.name) && s.definitions.length > 0 && near(s))) || file.parameters.some((p) => WEIGHTED.test(p.parameter.name))
    || file.calls.some((s) => /snr|get_weight|loss_weight/i.test(s.name) && !RESCALES.test(s.name)) || [...functions].some((f) => WEIGHTED.test(f));
  return weighted ? undefined : agreed(told);
}

function isPlainMean(s: CallSite): boolean {
  const reduction = argumentOf(s.call, -1, 'reduction', 'reduce', 'size_average', 'weight');
  if (reduction && !(reduction.kind === 'string' && reduction.value === 'mean')) return false;
  return /^(mse_loss|MSELoss|mean|meanSquaredError|mean_squared_error|MeanSquaredError)$/.test(s.name);
}

/** A call of the published function (Lin et al. 2023, algorithm 1), where it is certain to happen. */
function rescaled(file: Survey, constants: Constants): Told<boolean> | undefined {
  const told: Told<boolean>[] = [];
  for (const s of file.calls) {
    if (RESCALES.test(s.name) && s.tests.every((t) => constants.of(t)?.value === true)) told.push({ value: true, source: { span: s.call, origin: 'literal', name: s.name } });
  }
  return agreed(told);
}
