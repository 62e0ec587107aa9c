/**
 * What runs: the file's values, under what the user changed by hand, over the defaults; and where each came from. Pure.
 */
import { diffusionQuantities, type DiffusionQuantities } from '../../core/math/diffusion';
import { MAX_T } from '../../core/math/schedules';
import type { Finding, Hyperparameter } from '../../core/code/types';
import { betasOf, DEFAULTS, defaultSteps, defaultT, FIELDS, validateField, validateSettings, validateTraining, type DdpmSettings } from '../experiments/ddpm/manifest';
import type { DeviceChoice } from '../worker/protocol';
import { applies, DEVICE_CHOICES, PAGE_FIELDS, type ControlId } from './fields';
import { originOf, type ValueOrigin } from './origins';
import { reworded } from './sentences';

/** Numbers where they parse, else the text as typed: what a person wrote is never lost, only refused. */
export type Overrides = Readonly<Partial<Record<ControlId, number | string>> & { /** With schedule `custom`: the array of a run that is repeated. */ betas?: readonly number[] }>;

export interface Resolved {
  /** Values as they stand, also the refused ones. */
  values: Readonly<Record<ControlId, number | string>>;
  origins: Readonly<Record<ControlId, ValueOrigin>>;
  /** One message for each refused field. */
  problems: Readonly<Partial<Record<ControlId, string>>>;
  device: DeviceChoice;
  /** Null while there is a problem. */
  settings: DdpmSettings | null;
  /** Of `settings`; null with it. */
  quantities: DiffusionQuantities | null;
  /** Why these settings can be sampled with but not trained; null where they can. */
  trainingProblem: string | null;
}

const FROM_FILE = [
  'T', 'schedule', 'betaStart', 'betaEnd', 'rescaleBetasZeroSnr', 'predictionType', 'varianceType', 'sampler', 'timestepSpacing',
  'data', 'hiddenUnits', 'hiddenLayers', 'lossWeighting', 'gamma', 'batchSize', 'learningRate', 'emaDecay', 'trainSteps',
] as const;

export function resolve(finding: Finding | null, overrides: Overrides): Resolved {
  const values = {} as Record<ControlId, number | string>;
  const origins = {} as Record<ControlId, ValueOrigin>;
  const take = (id: ControlId, value: number | string, origin: ValueOrigin) => {
    const own = overrides[id];
    values[id] = own ?? value;
    origins[id] = own === undefined ? origin : { kind: 'you', beneath: { value, origin } };
  };
  const found: Partial<Record<ControlId, Hyperparameter>> = {};
  for (const id of FROM_FILE) found[id] = fileValue(id, finding);
  // A sampler of that family says so by what it is.
  if (finding?.family === 'ddim') found.sampler ??= { value: 'ddim', origin: 'literal', name: finding.name, line: finding.range.line, range: finding.range };
  const written = finding?.hyperparameters.betas;
  // A file's array names its own schedule and T where the finding has not said so itself.
  if (written) found.schedule ??= { ...written, value: 'custom' };
  if (written && found.schedule?.value === 'custom') found.T ??= { ...written, value: written.value.length };
  const betas = overrides.betas ?? written?.value;

  for (const { id } of PAGE_FIELDS) {
    if (id === 'steps') continue;
    const read = found[id];
    if (read) take(id, read.value as number | string, originOf(read));
    else take(id, id === 'device' ? 'auto' : id === 'T' ? defaultT(String(values.schedule)) : DEFAULTS[id], { kind: 'default' });
  }
  // Of a T that is refused no number of steps follows: one complaint is enough.
  const T = Number.isInteger(values.T) && Number(values.T) >= 1 && Number(values.T) <= MAX_T ? Number(values.T) : DEFAULTS.T;
  take('steps', defaultSteps(values.sampler === 'ddim' ? 'ddim' : 'ddpm', T), { kind: 'default' });

  const { device, ...own } = values;
  const settings = { ...own, ...(values.schedule === 'custom' && betas ? { betas: [...betas] } : {}) } as unknown as DdpmSettings;
  const problems = findProblems(settings, values);
  if (!DEVICE_CHOICES.includes(device as DeviceChoice)) problems.device = reworded(`Device: "${device}" is unknown; choose one of ${DEVICE_CHOICES.join(', ')}.`);
  const fine = Object.keys(problems).length === 0;
  return {
    values, origins, problems,
    device: problems.device ? 'auto' : (device as DeviceChoice),
    settings: fine ? settings : null,
    quantities: fine ? diffusionQuantities(betasOf(settings)) : null,
    trainingProblem: fine ? trainingProblemOf(settings) : null,
  };
}

function trainingProblemOf(settings: DdpmSettings): string | null {
  const [problem] = validateTraining(settings);
  return problem ? reworded(problem.message) : null;
}

/** What the file says, in the page's words. The network of the file may be far larger than what can train here: such a value is left to the default. */
function fileValue(id: (typeof FROM_FILE)[number], finding: Finding | null): Hyperparameter | undefined {
  if (id === 'rescaleBetasZeroSnr') {
    const written = finding?.hyperparameters.rescaleZeroTerminalSnr;
    return written && { ...written, value: written.value ? 'yes' : 'no' };
  }
  const written: Hyperparameter | undefined = finding?.hyperparameters[id];
  const field = FIELDS.find((candidate) => candidate.id === id)!;
  return written && field.group === 'training' && validateField(field, written.value) ? undefined : written;
}

function findProblems(settings: DdpmSettings, values: Resolved['values']): Partial<Record<ControlId, string>> {
  // A value that has no effect now must not stop the run: it is checked as the default would be.
  const checked: Record<string, unknown> = { ...settings };
  for (const { id } of PAGE_FIELDS) if (id !== 'device' && !applies(id, values)) checked[id] = DEFAULTS[id];
  const problems: Partial<Record<ControlId, string>> = {};
  for (const { field, message } of validateSettings(checked as unknown as DdpmSettings)) {
    const id: ControlId = field === 'betas' ? 'schedule' : field;
    // The schedule's own complaint is shown at a control that is visible.
    problems[applies(id, values) ? id : 'schedule'] ??= reworded(message);
  }
  return problems;
}

/** Reads what was typed; text that is no number stays text, and is refused by the validation. */
export function parseField(id: ControlId, text: string): number | string {
  const field = PAGE_FIELDS.find((candidate) => candidate.id === id);
  if (field?.choices) return text;
  const trimmed = text.trim();
  const value = Number(trimmed);
  return trimmed === '' || Number.isNaN(value) ? text : value;
}

/** The overrides with one changed; a value equal to what lies beneath is no override. */
export function withOverride(overrides: Overrides, id: ControlId, value: number | string | undefined, finding: Finding | null): Overrides {
  const rest: Partial<Record<ControlId, number | string>> & { betas?: readonly number[] } = { ...overrides };
  delete rest[id];
  // Another schedule is not the repeated run's.
  if (id === 'schedule') delete rest.betas;
  if (value === undefined || resolve(finding, rest).values[id] === value) return rest;
  return { ...rest, [id]: value };
}

/** What survives when the panel is given another model: choices that no file makes, and the data that the person wants to see. */
export function overridesForOtherModel(overrides: Overrides): Overrides {
  return Object.fromEntries(Object.entries(overrides).filter(([id]) => id === 'data' || (!(FROM_FILE as readonly string[]).includes(id) && id !== 'steps' && id !== 'betas')));
}

/** Overrides from a kept state; entries of unknown id or type are dropped. */
export function readOverrides(kept: Record<string, unknown>): Overrides {
  const ids = PAGE_FIELDS.map(({ id }) => id as string);
  const betas = kept.betas;
  return {
    ...Object.fromEntries(Object.entries(kept).filter(([id, value]) => ids.includes(id) && (typeof value === 'string' || typeof value === 'number'))),
    ...(Array.isArray(betas) && betas.every((beta) => typeof beta === 'number') ? { betas: betas as number[] } : {}),
  };
}

/** Whether two resolutions would give the same run. */
export function sameRun(a: Resolved, b: Resolved): boolean {
  const relevant = (resolved: Resolved) =>
    JSON.stringify([PAGE_FIELDS.filter(({ id }) => applies(id, resolved.values)).map(({ id }) => [id, resolved.values[id]]), resolved.settings?.betas]);
  return relevant(a) === relevant(b);
}
