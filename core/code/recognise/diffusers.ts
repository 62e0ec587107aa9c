/** `DDPMScheduler(…)` and `DDIMScheduler(…)` of Hugging Face diffusers: what is not passed is the library's default. */
import type { LineMap } from '../parse/lines';
import type { SymbolId } from '../../formulas/symbols';
import type { DdpmHyperparameters, Finding, SymbolBinding } from '../types';
import { asArray } from '../interpret/arrays';
import type { Machine } from '../interpret/machine';
import type { Span } from '../parse/ast';
import type { Source, Value } from '../interpret/values';
import { hyper } from './hyperparameters';
import type { TrainingReader } from './training';
import { DIFFUSERS_SCHEDULES, PREDICTION_WORDS, SPACING_WORDS, VARIANCE_WORDS } from './options';

/** Both signatures begin and end alike; the order of the rest is that since diffusers 0.18. */
const FIRST = ['num_train_timesteps', 'beta_start', 'beta_end', 'beta_schedule', 'trained_betas'];
const LAST = ['dynamic_thresholding_ratio', 'clip_sample_range', 'sample_max_value', 'timestep_spacing'];

const SCHEDULERS: Readonly<Record<string, { positional: readonly string[]; sampler: 'ddpm' | 'ddim' }>> = {
  DDPMScheduler: { positional: [...FIRST, 'variance_type', 'clip_sample', 'prediction_type', 'thresholding', ...LAST, 'steps_offset', 'rescale_betas_zero_snr'], sampler: 'ddpm' },
  DDIMScheduler: { positional: [...FIRST, 'clip_sample', 'set_alpha_to_one', 'steps_offset', 'prediction_type', 'thresholding', ...LAST, 'rescale_betas_zero_snr'], sampler: 'ddim' },
};

/** Defaults of __init__ (diffusers 0.3 to 0.40 alike; the spacing was always 'leading' before it had a name). */
const DEFAULTS = { num_train_timesteps: 1000, beta_start: 1e-4, beta_end: 0.02, beta_schedule: 'linear', prediction_type: 'epsilon', variance_type: 'fixed_small', timestep_spacing: 'leading' } as const;

type Call = Machine['trace']['imported'][number];

export function diffusersFindings(m: Machine, lines: LineMap, training: TrainingReader): Finding[] {
  const byPlace = new Map<number, Finding>();
  for (const call of m.trace.imported) {
    const name = call.path.slice(call.path.lastIndexOf('.') + 1);
    if (!call.path.startsWith('diffusers.') || !Object.hasOwn(SCHEDULERS, name)) continue;
    const finding = read(call, name, m, lines, training);
    const old = byPlace.get(call.at.from);
    // The same call seen from several callers: keep the one that is known best.
    if (!old || finding.notes.length < old.notes.length) byPlace.set(call.at.from, finding);
  }
  return [...byPlace.values()];
}

function read(call: Call, name: string, m: Machine, lines: LineMap, training: TrainingReader): Finding {
  const { positional, sampler } = SCHEDULERS[name];
  const notes: string[] = [];
  const at = lines.range(call.at.from, call.at.to);
  const header: Source = { span: call.at, origin: 'library', name: '' };
  const given = (key: string): Value | undefined => call.args.keywords.get(key) ?? (positional.includes(key) ? call.args.positional[positional.indexOf(key)] : undefined);
  const source = (key: string, v: Value): Source => {
    const span = call.args.keywordSpans.get(key) ?? call.at;
    return v.src && !v.src.assumed ? { ...v.src, name: v.src.name || key } : { span, origin: 'folded', name: key };
  };
  /** The argument, the library's default, or undefined with a note. */
  const value = <V extends number | string>(key: keyof typeof DEFAULTS, kind: 'number' | 'string'): { value: V; source: Source } | undefined => {
    const v = given(key);
    if (!v) {
      if (!call.args.open) return { value: DEFAULTS[key] as V, source: { ...header, name: key } };
      notes.push(`${key} may be among arguments that cannot be read.`);
      return undefined;
    }
    if (v.kind === kind && !v.joined && !v.src?.assumed) return { value: v.value as V, source: source(key, v) };
    notes.push(`${key} is not a constant of this file.`);
    return undefined;
  };

  /** A switch that was passed, as a constant. One that is passed but cannot be read gets a note. */
  const flag = (key: string): boolean | undefined => {
    const v = given(key);
    if (!v) return undefined;
    if (v.kind === 'boolean' && !v.joined && !v.generic && !v.src?.assumed) return v.value;
    notes.push(`${key} is not a constant of this file.`);
    return undefined;
  };

  const h: DdpmHyperparameters = {};
  const T = value<number>('num_train_timesteps', 'number');
  if (T) h.T = hyper(lines, T.value, T.source);
  const trained = given('trained_betas');
  const rescaled = flag('rescale_betas_zero_snr');
  if (rescaled) {
    h.rescaleZeroTerminalSnr = hyper(lines, true, source('rescale_betas_zero_snr', given('rescale_betas_zero_snr')!));
    notes.push('rescale_betas_zero_snr=True makes the last β equal to 1: zero signal at t = T.');
  }
  if (rescaled === undefined && given('rescale_betas_zero_snr')) {
    // Whether the betas are those of beta_schedule is open; only their number is known.
    if (trained && trained.kind !== 'none') delete h.T;
  } else if (trained && trained.kind !== 'none') {
    const betas = asArray(trained);
    if (betas && betas.data.length > 1) {
      const place: Source = { span: call.args.keywordSpans.get('trained_betas') ?? call.at, origin: 'folded', name: 'trained_betas' };
      h.schedule = hyper(lines, 'custom', place);
      h.betas = hyper(lines, Array.from(betas.data), place);
      h.T = hyper(lines, betas.data.length, place);
    } else notes.push('trained_betas cannot be evaluated.');
  } else {
    const schedule = value<string>('beta_schedule', 'string');
    if (schedule && Object.hasOwn(DIFFUSERS_SCHEDULES, schedule.value)) {
      h.schedule = hyper(lines, DIFFUSERS_SCHEDULES[schedule.value], schedule.source);
      if (h.schedule.value !== 'cosine') {
        const start = value<number>('beta_start', 'number');
        const end = value<number>('beta_end', 'number');
        if (start) h.betaStart = hyper(lines, start.value, start.source);
        if (end) h.betaEnd = hyper(lines, end.value, end.source);
      }
    } else if (schedule) notes.push(`diffusers has no beta_schedule '${schedule.value}'.`);
  }
  const prediction = value<string>('prediction_type', 'string');
  if (prediction && Object.hasOwn(PREDICTION_WORDS, prediction.value)) h.predictionType = hyper(lines, PREDICTION_WORDS[prediction.value], prediction.source);
  h.sampler = hyper(lines, sampler, { span: call.at, origin: 'literal', name });
  if (sampler === 'ddpm') {
    const variance = value<string>('variance_type', 'string');
    if (variance && Object.hasOwn(VARIANCE_WORDS, variance.value)) h.varianceType = hyper(lines, VARIANCE_WORDS[variance.value], variance.source);
    else if (variance) notes.push(`variance_type '${variance.value}' has no fixed variance.`);
  }
  const spacing = value<string>('timestep_spacing', 'string');
  if (spacing && Object.hasOwn(SPACING_WORDS, spacing.value)) h.timestepSpacing = hyper(lines, SPACING_WORDS[spacing.value], spacing.source);
  else if (spacing) notes.push(`diffusers has no timestep_spacing '${spacing.value}'.`);
  if (flag('thresholding') === true) notes.push('thresholding=True: x̂₀ is not thresholded here.');
  if (flag('clip_sample') === true) notes.push('clip_sample=True: x̂₀ is not clipped here.');
  if (flag('set_alpha_to_one') === false) notes.push('set_alpha_to_one=False: the last step here ends at ᾱ = 1, not at the first entry of alphas_cumprod.');
  const offset = given('steps_offset');
  if (offset?.kind === 'number' && !offset.joined && !offset.src?.assumed) {
    if (offset.value !== 0) notes.push(`steps_offset=${offset.value}: the timesteps here are not shifted.`);
  } else if (offset) notes.push('steps_offset is not a constant of this file.');
  return {
    family: sampler, kind: 'call', name, framework: 'diffusers', range: at, extent: at, confidence: 0.99,
    hyperparameters: { ...training.read(null, new Set()), ...h }, symbols: symbols(m, h.T?.range ?? null, lines), evidence: [{ text: `creates diffusers' ${name}`, range: at }], notes,
  };
}

/** Variables that meet the scheduler's methods: `add_noise(x₀, ε, t)` → x_t, `step(ε_θ, t, x_t)` → x_{t−1}. */
function symbols(m: Machine, T: Span | null, lines: LineMap): SymbolBinding[] {
  const roles = new Map<Value, SymbolId>();
  for (const { value, name, args, result } of m.trace.methods) {
    if (!isScheduler(value)) continue;
    const arg = (i: number, key: string) => args.keywords.get(key) ?? args.positional[i];
    const give = (v: Value | undefined, symbol: SymbolId) => { if (v && (v.kind === 'atom' || v.kind === 'linear') && !roles.has(v)) roles.set(v, symbol); };
    if (name === 'add_noise' || name === 'get_velocity') {
      give(arg(0, name === 'add_noise' ? 'original_samples' : 'sample'), 'x0');
      give(arg(1, 'noise'), 'epsilon');
      give(arg(2, 'timesteps'), 't');
      if (name === 'add_noise') give(result, 'xt');
    } else {
      give(arg(0, 'model_output'), 'epsilonTheta');
      give(arg(1, 'timestep'), 't');
      give(arg(2, 'sample'), 'xt');
      give(result, 'xPrev');
    }
  }
  const found = new Map<string, SymbolBinding>();
  for (const o of m.trace.occurrences.values()) {
    const all = o.values.map((v): SymbolId | undefined => roles.get(v)
      ?? (v.kind === 'atom' && v.prov?.op.startsWith('attribute prev_sample') ? roles.get(v.prov.args[0]) : undefined)
      ?? (T && v.kind === 'number' && v.src?.span.from === T.from && v.src.span.to === T.to ? 'T' : undefined));
    const symbol = all.find((x) => x !== undefined);
    if (!symbol || all.some((x) => x !== undefined && x !== symbol)) continue;
    const key = JSON.stringify([symbol, o.name, o.owner]);
    const range = lines.range(o.from, o.to);
    const entry = found.get(key);
    if (entry) entry.ranges.push(range);
    else found.set(key, { symbol, name: o.name, ranges: [range] });
  }
  for (const b of found.values()) b.ranges.sort((a, b2) => a.from - b2.from);
  return [...found.values()].sort((a, b) => a.ranges[0].from - b.ranges[0].from);
}

function isScheduler(v: Value): boolean {
  const callee = v.kind === 'atom' && v.prov?.op === 'call' ? v.prov.args[0] : undefined;
  return callee?.kind === 'module' && /^diffusers\..*DD[PI]MScheduler$/.test(callee.path);
}
