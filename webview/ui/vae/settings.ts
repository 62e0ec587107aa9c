/** What runs: the file's values, under what the person changed by hand, over the defaults; and where each came from. Pure. */
import type { Finding, Hyperparameter } from '../../../core/code/types';
import {
  ARCHITECTURE_DEFAULTS, POINT_DEFAULTS, POINT_SETS, validateVae, VAE_DEFAULTS, VAE_FIELDS, validateVaeField, type Architecture, type VaeSettings,
} from '../../experiments/vae/manifest';
import type { DeviceChoice } from '../../worker/protocol';
import { DEVICE_CHOICES } from '../fields';
import { originOf, type ValueOrigin } from '../origins';
import { reworded } from '../sentences';
import { vaeApplies, VAE_PAGE_FIELDS, type VaeControlId } from './fields';

/** Numbers where they parse, else the text as typed. */
export type VaeOverrides = Readonly<Partial<Record<VaeControlId, number | string>>>;

export interface ResolvedVae {
  /** Values as they stand, also the refused ones; widths as text. */
  values: Readonly<Record<VaeControlId, number | string>>;
  origins: Readonly<Record<VaeControlId, ValueOrigin>>;
  problems: Readonly<Partial<Record<VaeControlId, string>>>;
  device: DeviceChoice;
  /** Null while there is a problem. */
  settings: VaeSettings | null;
}

/** Settings that a file can say; its data are not ours to load. */
const FROM_FILE = VAE_FIELDS.map(({ id }) => id).filter((id) => !['data', 'examples', 'seed', 'decoderDeviation'].includes(id));

export function resolveVae(finding: Finding | null, overrides: VaeOverrides): ResolvedVae {
  const values = {} as Record<VaeControlId, number | string>;
  const origins = {} as Record<VaeControlId, ValueOrigin>;
  const take = (id: VaeControlId, value: number | string, origin: ValueOrigin) => {
    values[id] = overrides[id] ?? value;
    origins[id] = overrides[id] === undefined ? origin : { kind: 'you', beneath: { value, origin } };
  };
  const found = fromFile(finding);
  take('data', dataOf(finding), { kind: 'default' });
  const architecture = found.architecture ?? null;
  take('architecture', architecture ? String(architecture.value) : VAE_DEFAULTS.architecture, architecture ? originOf(architecture) : { kind: 'default' });
  const points = (POINT_SETS as readonly unknown[]).includes(values.data);
  const otherwise: VaeSettings = { ...VAE_DEFAULTS, ...ARCHITECTURE_DEFAULTS[values.architecture as Architecture], ...(points ? POINT_DEFAULTS : {}) };
  for (const { id } of VAE_PAGE_FIELDS) {
    if (id === 'data' || id === 'architecture') continue;
    if (id === 'device') {
      take(id, 'auto', { kind: 'default' });
      continue;
    }
    const read = found[id];
    if (read) take(id, asText(read.value), originOf(read));
    else take(id, asText(otherwise[id]), { kind: 'default' });
  }
  const { device, ...own } = values;
  const settings = parsed(own);
  const problems: Partial<Record<VaeControlId, string>> = {};
  // A value that has no effect now must not stop the run.
  const checked = { ...settings };
  for (const { id } of VAE_FIELDS) if (!vaeApplies(id, values)) Object.assign(checked, { [id]: otherwise[id] });
  for (const { field, message } of validateVae(checked, null)) problems[field] ??= reworded(message);
  if (!DEVICE_CHOICES.includes(device as DeviceChoice)) problems.device = reworded(`Device: "${device}" is unknown; choose one of ${DEVICE_CHOICES.join(', ')}.`);
  const fine = Object.keys(problems).length === 0;
  return { values, origins, problems, device: problems.device ? 'auto' : (device as DeviceChoice), settings: fine ? checked : null };
}

/** What the file says, by setting. What is far larger than what can train here is left to the default. */
function fromFile(finding: Finding | null): Partial<Record<keyof VaeSettings, Hyperparameter>> {
  const found: Partial<Record<keyof VaeSettings, Hyperparameter>> = {};
  if (!finding) return found;
  const said = finding.hyperparameters as Readonly<Record<string, Hyperparameter | undefined>>;
  for (const id of FROM_FILE) {
    const value = said[id];
    const field = VAE_FIELDS.find((candidate) => candidate.id === id)!;
    if (value && !validateVaeField(field, value.value)) found[id] = value;
  }
  // One width that all hidden layers share.
  const width = said.hiddenUnits;
  const many = Number(said.hiddenLayers?.value ?? 1);
  if (width && typeof width.value === 'number') {
    const widths = Array.from({ length: Number.isInteger(many) && many >= 1 && many <= 6 ? many : 1 }, () => width.value as number);
    found.encoderWidths ??= { ...width, value: widths };
    found.decoderWidths ??= { ...width, value: widths };
  }
  // An autoencoder is the model without noise and without a divergence.
  if (finding.family === 'autoencoder') {
    const where = { line: finding.range.line, range: finding.range, origin: 'literal', name: finding.name } as const;
    found.beta = { ...where, value: 0 };
    found.noise = { ...where, value: 'no' };
  }
  return found;
}

/** A model of inputs of two numbers is shown points of the plane. */
function dataOf(finding: Finding | null): string {
  return finding?.hyperparameters.inputSize?.value === 2 ? 'moons' : VAE_DEFAULTS.data;
}

const asText = (value: unknown): number | string => (Array.isArray(value) ? value.join(', ') : typeof value === 'number' ? value : String(value));

/** Widths are written "300, 64"; text that is none stays text, and is refused by the validation. */
function parsed(values: Readonly<Record<string, number | string>>): VaeSettings {
  const settings: Record<string, unknown> = { ...values };
  for (const field of VAE_FIELDS) if (field.kind === 'widths') settings[field.id] = widthsOf(values[field.id]);
  return settings as unknown as VaeSettings;
}

function widthsOf(text: number | string): readonly number[] | string {
  const parts = String(text).split(/[\s,;]+/).filter((part) => part !== '');
  const numbers = parts.map(Number);
  return numbers.every((number) => Number.isFinite(number)) ? numbers : String(text);
}

export function parseVaeField(id: VaeControlId, text: string): number | string {
  const field = VAE_FIELDS.find((candidate) => candidate.id === id);
  if (!field || field.kind === 'choice' || field.kind === 'widths') return text;
  const trimmed = text.trim();
  const value = Number(trimmed);
  return trimmed === '' || Number.isNaN(value) ? text : value;
}

/** The overrides with one changed; a value equal to what lies beneath is no override. */
export function withVaeOverride(overrides: VaeOverrides, id: VaeControlId, value: number | string | undefined, finding: Finding | null): VaeOverrides {
  const rest: Partial<Record<VaeControlId, number | string>> = { ...overrides };
  delete rest[id];
  if (value === undefined || resolveVae(finding, rest).values[id] === value) return rest;
  return { ...rest, [id]: value };
}

/** What survives when the panel is given another model: what no file says. */
export function vaeOverridesForOtherModel(overrides: VaeOverrides): VaeOverrides {
  return Object.fromEntries(Object.entries(overrides).filter(([id]) => !(FROM_FILE as readonly string[]).includes(id)));
}

export function readVaeOverrides(kept: Readonly<Record<string, unknown>>): VaeOverrides {
  const ids = VAE_PAGE_FIELDS.map(({ id }) => id as string);
  return Object.fromEntries(Object.entries(kept).filter(([id, value]) => ids.includes(id) && (typeof value === 'string' || typeof value === 'number')));
}
