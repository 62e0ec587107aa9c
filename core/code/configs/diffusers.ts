/**
 * Files that diffusers writes beside a model's weights, told by their names: `scheduler_config.json`, `model_index.json` of a pipeline, `config.json` of an
 * autoencoder. Each says in `_class_name` whose settings it holds.
 */
import type { Value } from '../interpret/values';
import { LineMap } from '../parse/lines';
import { schedulerSettings } from '../recognise/diffusers';
import { schedulerNamed } from '../recognise/diffusers-schedulers';
import { hyper } from '../recognise/hyperparameters';
import type { FamilyId, Finding, Hyperparameters, Range } from '../types';
import { parseJson } from './json';
import { entry, stringAt, type ConfigNode } from './node';
import { siblingText, type Sibling } from './siblings';
import { configValue } from './values';

export const CONFIG_NAMES = ['scheduler_config.json', 'model_index.json', 'config.json'] as const;
export type ConfigName = (typeof CONFIG_NAMES)[number];

/** `path` with `/` or `\`. */
export function configNameOf(path: string): ConfigName | null {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return CONFIG_NAMES.find((n) => n === name) ?? null;
}

/** Settings are short; the largest hold an array of a thousand betas. */
export const MAX_CONFIG = 200_000;

/** The model whose settings a file of that name holds. Other JSON is not even parsed. */
export function readConfigFile(name: ConfigName, text: string, sibling?: Sibling): Finding[] {
  if (text.length > MAX_CONFIG || !text.includes('"_class_name"')) return [];
  const root = parseJson(text);
  const className = root ? stringAt(root, '_class_name') : undefined;
  if (!root || className === undefined) return [];
  const file: File = { root, className, lines: new LineMap(text), text };
  const finding = name === 'scheduler_config.json' ? scheduler(file) : name === 'model_index.json' ? pipeline(file, sibling) : autoencoder(file);
  return finding ? [finding] : [];
}

interface File {
  root: ConfigNode;
  className: string;
  lines: LineMap;
  text: string;
}

type Settings = { family: FamilyId; hyperparameters: Hyperparameters; notes: string[] };

function scheduler({ root, className, lines, text }: File): Finding | null {
  const settings = settingsOf(root, className, lines);
  return settings && found(className, { root, className, lines, text }, settings, `settings of diffusers' ${className}`);
}

/** The file says what the arguments of a call would. `file`: the name of the file, where another one is read. */
function settingsOf(root: ConfigNode, className: string, lines: LineMap, file?: string): Settings | null {
  const value = configValue(root, file === undefined ? {} : { file: { name: file, lines } });
  if (value.kind !== 'dict') return null;
  const name = entry(root, '_class_name')!;
  const settings = schedulerSettings({ args: { positional: [], keywords: value.entries, keywordSpans: new Map(), open: false }, at: { from: name.from, to: name.to } }, className, lines);
  if (!settings) return null;
  const { hyperparameters: h } = settings;
  // Said by the class's name, which stands in the file.
  if (h.sampler) h.sampler = { ...h.sampler, origin: 'config' };
  if (file !== undefined) for (const [key, told] of Object.entries(h)) Object.assign(h, { [key]: { ...told, range: { ...told.range, file }, file } });
  return settings;
}

const DENOISERS = ['scheduler', 'unet', 'transformer', 'prior', 'decoder_pipe', 'score_model'];

/** `"scheduler": ["diffusers", "DDPMScheduler"]`; its settings are in the folder of that name. */
function pipeline(file: File, sibling: Sibling | undefined): Finding | null {
  const { root, className, lines } = file;
  const schedulerName = component(root, 'scheduler');
  if (schedulerName) {
    const info = schedulerNamed(schedulerName.value);
    if (!info) return null;
    const path = 'scheduler/scheduler_config.json';
    const text = siblingText(path, sibling);
    const config = text === undefined ? null : parseJson(text);
    // The one beside it says which it is; where both differ, the pipeline is what is loaded.
    const settings = config && stringAt(config, '_class_name') === schedulerName.value ? settingsOf(config, schedulerName.value, new LineMap(text!), path) : null;
    if (config && !settings) return null;
    const family = info.kind === 'betas' ? (info.sampler ?? 'ddpm') : 'score-sde';
    const hyperparameters: Hyperparameters = settings?.hyperparameters ?? (info.kind === 'betas' && info.sampler ? { sampler: hyper(lines, info.sampler, schedulerName.src!) } : {});
    const notes = settings?.notes ?? [`The settings of ${schedulerName.value} are in ${path}.`];
    return found(className, file, { family, hyperparameters, notes }, `a pipeline with diffusers' ${schedulerName.value}`);
  }
  const vae = component(root, 'vae') ?? component(root, 'vqvae');
  if (!vae || DENOISERS.some((key) => component(root, key) !== null)) return null;
  const kind = autoencoderNamed(vae.value);
  return kind && found(className, file, { family: kind.family, hyperparameters: {}, notes: [`The settings of ${vae.value} are in its own config.json.`] }, `a pipeline with diffusers' ${vae.value}`);
}

/** The class of a part of a pipeline, where it is one of diffusers' own. */
function component(root: ConfigNode, key: string): (Value & { kind: 'string' }) | null {
  const node = entry(root, key);
  if (node?.kind !== 'list') return null;
  const [library, name] = node.items.map((item) => configValue(item));
  return library?.kind === 'string' && library.value === 'diffusers' && name?.kind === 'string' ? { ...name, src: { ...name.src!, name: key } } : null;
}

const SIZES = { latent_channels: 'latentSize', in_channels: 'channels', sample_size: 'imageSize' } as const;

/** Defaults of `__init__` in diffusers; of the further variants of AutoencoderKL only what the file says is told. */
const AUTOENCODERS: Readonly<Record<string, { family: 'vae' | 'autoencoder'; defaults: Partial<Record<keyof typeof SIZES, number>> }>> = {
  AutoencoderKL: { family: 'vae', defaults: { latent_channels: 4, in_channels: 3, sample_size: 32 } },
  VQModel: { family: 'autoencoder', defaults: { latent_channels: 3, in_channels: 3, sample_size: 32 } },
  AutoencoderTiny: { family: 'autoencoder', defaults: { latent_channels: 4, in_channels: 3 } },
};

function autoencoderNamed(className: string): (typeof AUTOENCODERS)[string] | null {
  if (Object.hasOwn(AUTOENCODERS, className)) return AUTOENCODERS[className];
  return /^(Asymmetric)?AutoencoderKL[A-Z]?\w*$/.test(className) ? { family: 'vae', defaults: {} } : null;
}

function autoencoder(file: File): Finding | null {
  const { root, className, lines } = file;
  const info = autoencoderNamed(className);
  if (!info) return null;
  const hyperparameters: Hyperparameters = {};
  const name = entry(root, '_class_name')!;
  for (const [key, to] of Object.entries(SIZES) as [keyof typeof SIZES, (typeof SIZES)[keyof typeof SIZES]][]) {
    const node = entry(root, key);
    const value = node && configValue(node);
    if (value?.kind === 'number') hyperparameters[to] = hyper(lines, value.value, { ...value.src!, name: key });
    else if (!node && info.defaults[key] !== undefined) hyperparameters[to] = hyper(lines, info.defaults[key], { span: name, origin: 'library', name: key });
  }
  return found(className, file, { family: info.family, hyperparameters, notes: [] }, `settings of diffusers' ${className}`);
}

function found(name: string, { root, lines, text }: File, { family, hyperparameters, notes }: Settings, evidence: string): Finding {
  const at = lineOf(root, lines, text);
  return {
    family, kind: 'config', name, framework: 'diffusers', range: at, extent: lines.range(root.from, root.to), confidence: 0.99,
    hyperparameters, symbols: [], evidence: [{ text: evidence, range: at }], notes,
  };
}

/** `"_class_name": "DDPMScheduler"`, key and all. */
function lineOf(root: ConfigNode, lines: LineMap, text: string): Range {
  const { from, to } = entry(root, '_class_name')!;
  const key = text.lastIndexOf('"_class_name"', from);
  return lines.range(key >= 0 ? key : from, to);
}
