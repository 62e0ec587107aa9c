/** Schedulers of Hugging Face diffusers, called with constants: what is not passed is the library's default. */
import type { LineMap } from '../parse/lines';
import type { SymbolId } from '../../formulas/symbols';
import type { DdpmHyperparameters, Finding, Hyperparameters, SymbolBinding } from '../types';
import { asArray } from '../interpret/arrays';
import type { CallArguments, Machine } from '../interpret/machine';
import type { Span } from '../parse/ast';
import type { Source, Value } from '../interpret/values';
import { schedulerNamed, type BetaScheduler, type SettingName, type SigmaName, type SigmaScheduler } from './diffusers-schedulers';
import { hyper } from './hyperparameters';
import type { TrainingReader } from './training';
import { DIFFUSERS_SCHEDULES, PREDICTION_WORDS, SPACING_WORDS, VARIANCE_WORDS } from './options';

/** A call, or a file of settings, which says the same in other words. */
export interface SchedulerCall {
  args: CallArguments;
  at: Span;
}

export interface SchedulerSettings {
  family: 'ddpm' | 'ddim' | 'score-sde';
  hyperparameters: Hyperparameters;
  notes: string[];
}

type Call = Machine['trace']['imported'][number];

export function diffusersFindings(m: Machine, lines: LineMap, training: TrainingReader): Finding[] {
  const byPlace = new Map<number, Finding>();
  for (const call of m.trace.imported) {
    const name = call.path.slice(call.path.lastIndexOf('.') + 1);
    if (!call.path.startsWith('diffusers.') || !schedulerNamed(name)) continue;
    const finding = read(call, name, m, lines, training);
    if (!finding) continue;
    const old = byPlace.get(call.at.from);
    // The same call seen from several callers: keep the one that is known best.
    if (!old || finding.notes.length < old.notes.length) byPlace.set(call.at.from, finding);
  }
  return [...byPlace.values()];
}

function read(call: Call, name: string, m: Machine, lines: LineMap, training: TrainingReader): Finding | null {
  const settings = schedulerSettings(call, name, lines);
  if (!settings) return null;
  const { family, hyperparameters, notes } = settings;
  const at = lines.range(call.at.from, call.at.to);
  return {
    family, kind: 'call', name, framework: 'diffusers', range: at, extent: at, confidence: 0.99,
    hyperparameters: { ...training.read(null, new Set()), ...hyperparameters }, symbols: symbols(m, hyperparameters.T?.range ?? null, lines), evidence: [{ text: `creates diffusers' ${name}`, range: at }], notes,
  };
}

/** What the arguments of a scheduler say; null for one that matches a flow. */
export function schedulerSettings(call: SchedulerCall, name: string, lines: LineMap): SchedulerSettings | null {
  const info = schedulerNamed(name);
  if (!info) return null;
  const reader = new Arguments(call, info);
  const prediction = reader.given('prediction_type');
  if (prediction?.kind === 'string' && prediction.value === 'flow_prediction') return null;
  const hyperparameters = info.kind === 'betas' ? betaSettings(reader, info, name, lines) : sigmaSettings(reader, info, name, lines);
  return { family: info.kind !== 'betas' ? 'score-sde' : name.startsWith('DDIM') ? 'ddim' : 'ddpm', hyperparameters, notes: reader.notes };
}

class Arguments {
  readonly notes: string[] = [];

  constructor(readonly call: SchedulerCall, private readonly info: BetaScheduler | SigmaScheduler) {}

  given(key: string): Value | undefined {
    const { args } = this.call;
    const { positional } = this.info;
    return args.keywords.get(key) ?? (positional.includes(key) ? args.positional[positional.indexOf(key)] : undefined);
  }

  source(key: string, v: Value): Source {
    const span = this.call.args.keywordSpans.get(key) ?? this.call.at;
    return v.src && !v.src.assumed ? { ...v.src, name: v.src.name || key } : { span, origin: 'folded', name: key };
  }

  /** The argument, the library's default, or undefined, with a note where it was passed. */
  value<V extends number | string>(key: SettingName | SigmaName, kind: 'number' | 'string'): { value: V; source: Source } | undefined {
    const v = this.given(key);
    if (!v) {
      const known = (this.info.defaults as Partial<Record<string, number | string>>)[key];
      if (known === undefined) return undefined;
      if (!this.call.args.open) return { value: known as V, source: { span: this.call.at, origin: 'library', name: key } };
      this.notes.push(`${key} may be among arguments that cannot be read.`);
      return undefined;
    }
    if (v.kind === kind && !v.joined && !v.src?.assumed) return { value: v.value as V, source: this.source(key, v) };
    this.notes.push(`${key} is not a constant of this file.`);
    return undefined;
  }

  /** A switch that was passed, as a constant. One that is passed but cannot be read gets a note. */
  flag(key: string): boolean | undefined {
    const v = this.given(key);
    if (!v) return undefined;
    if (v.kind === 'boolean' && !v.joined && !v.generic && !v.src?.assumed) return v.value;
    this.notes.push(`${key} is not a constant of this file.`);
    return undefined;
  }
}

const SIGMA_KEYS = { sigma_min: 'sigmaMin', sigma_max: 'sigmaMax', snr: 'snr', beta_min: 'betaMin', beta_max: 'betaMax' } as const;

function sigmaSettings(reader: Arguments, { defaults }: SigmaScheduler, name: string, lines: LineMap): Hyperparameters {
  const out: Hyperparameters = {};
  for (const key of Object.keys(defaults) as SigmaName[]) {
    const told = reader.value<number>(key, 'number');
    if (told) out[SIGMA_KEYS[key]] = hyper(lines, told.value, told.source);
  }
  // The levels of annealed sampling; with the other schedulers the number of steps is chosen when they sample.
  const levels = name === 'ScoreSdeVeScheduler' ? (reader.given('num_train_timesteps') ?? null) : null;
  if (levels?.kind === 'number' && !levels.joined && !levels.src?.assumed) out.noiseLevels = hyper(lines, levels.value, reader.source('num_train_timesteps', levels));
  return out;
}

function betaSettings(reader: Arguments, { sampler, defaults }: BetaScheduler, name: string, lines: LineMap): DdpmHyperparameters {
  const { call, notes } = reader;
  const given = (key: string) => reader.given(key);
  const flag = (key: string) => reader.flag(key);
  const source = (key: string, v: Value) => reader.source(key, v);
  const value = <V extends number | string>(key: SettingName, kind: 'number' | 'string') => reader.value<V>(key, kind);

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
  if (sampler) h.sampler = hyper(lines, sampler, { span: call.at, origin: 'literal', name });
  if (sampler === 'ddpm') {
    const variance = value<string>('variance_type', 'string');
    if (variance && Object.hasOwn(VARIANCE_WORDS, variance.value)) h.varianceType = hyper(lines, VARIANCE_WORDS[variance.value], variance.source);
    else if (variance) notes.push(`variance_type '${variance.value}' has no fixed variance.`);
  }
  const spacing = defaults.timestep_spacing === undefined ? undefined : value<string>('timestep_spacing', 'string');
  if (spacing && Object.hasOwn(SPACING_WORDS, spacing.value)) h.timestepSpacing = hyper(lines, SPACING_WORDS[spacing.value], spacing.source);
  else if (spacing) notes.push(`diffusers has no timestep_spacing '${spacing.value}'.`);
  if (flag('thresholding') === true) notes.push('thresholding=True: x̂₀ is not thresholded here.');
  if (flag('clip_sample') === true) notes.push('clip_sample=True: x̂₀ is not clipped here.');
  if (flag('set_alpha_to_one') === false) notes.push('set_alpha_to_one=False: the last step here ends at ᾱ = 1, not at the first entry of alphas_cumprod.');
  const offset = given('steps_offset');
  if (offset?.kind === 'number' && !offset.joined && !offset.src?.assumed) {
    if (offset.value !== 0) notes.push(`steps_offset=${offset.value}: the timesteps here are not shifted.`);
  } else if (offset) notes.push('steps_offset is not a constant of this file.');
  return h;
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
  return callee?.kind === 'module' && callee.path.startsWith('diffusers.') && schedulerNamed(callee.path.slice(callee.path.lastIndexOf('.') + 1)) !== undefined;
}
