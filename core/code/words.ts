/** What was read, in words for a lens, a tooltip, a hover, the panel or a terminal. */
import type { Finding, Framework, Hyperparameter, Range } from './types';
import { FAMILIES, HYPERPARAMETERS, type HyperparameterKey } from './vocabulary';

/** A run of text; `code` is a name as the file has it. */
export interface Phrase {
  text: string;
  code?: true;
}

/** One hyper-parameter as a row of a table. */
export interface Setting {
  key: HyperparameterKey;
  title: string;
  value: string;
  /** Empty for pure numbers, names and switches. */
  unit: string;
  origin: Phrase[];
  range: Range;
}

const KEYS = Object.keys(HYPERPARAMETERS) as HyperparameterKey[];
/** Keys from here on are of any network and its training; those before say what is peculiar to a family. */
const FIRST_GENERAL = KEYS.indexOf('inputSize');

const FRAMEWORKS: Record<Framework, string> = {
  'pytorch': 'PyTorch', 'lightning': 'PyTorch Lightning', 'diffusers': 'diffusers', 'jax': 'JAX', 'flax': 'Flax', 'haiku': 'Haiku', 'tensorflow': 'TensorFlow',
  'keras': 'Keras', 'numpy': 'NumPy', 'python': 'Python', 'gensim': 'gensim', 'sklearn': 'scikit-learn', 'tfjs': 'TensorFlow.js', 'jax-js': 'jax-js', 'javascript': 'JavaScript',
};
const SLASHED: readonly Framework[] = ['tfjs', 'jax-js', 'javascript'];

/** "a variational autoencoder", "an n-gram language model". */
export const withArticle = (noun: string): string => `${/^(?:[aeio]|n-)/i.test(noun) ? 'an' : 'a'} ${noun}`;

/** Where and how it is written: "class VAE", "call of GaussianMixture". */
export function kindInWords({ kind, name }: Pick<Finding, 'kind' | 'name'>): Phrase[] {
  const code: Phrase = { text: name, code: true };
  switch (kind) {
    case 'class': case 'function': return [{ text: `${kind} ` }, code];
    case 'call': return [{ text: 'call of ' }, code];
    case 'script': return [{ text: 'script' }];
    case 'config': return [{ text: 'settings of ' }, code];
  }
}

export const frameworkInWords = (framework: Framework): string => FRAMEWORKS[framework];

/** How sure the recognition is, with the number it stands for. */
export function confidenceInWords(confidence: number): string {
  const words = confidence >= 0.95 ? 'as good as certain' : confidence >= 0.85 ? 'very likely' : confidence >= 0.7 ? 'likely' : 'possible';
  return `${words} (${confidence.toFixed(2)})`;
}

/** As a person writes it in code: 1e-3, 0.02, 784. */
export function numberInWords(value: number): string {
  const size = Math.abs(value);
  return size > 0 && size < 0.01 ? value.toExponential().replace('e+', 'e') : String(value);
}

/** As their papers and libraries write them; what is not here stands as it was read. */
const OPTIMISERS: Readonly<Record<string, string>> = {
  adam: 'Adam', adamw: 'AdamW', adamax: 'Adamax', nadam: 'NAdam', radam: 'RAdam', sgd: 'SGD', rmsprop: 'RMSprop', adagrad: 'Adagrad', adadelta: 'Adadelta', lion: 'Lion', lbfgs: 'L-BFGS',
};

export function valueInWords(value: unknown, key?: HyperparameterKey): string {
  if (key === 'optimizer') return OPTIMISERS[String(value)] ?? String(value);
  if (typeof value === 'number') return numberInWords(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return `${value.length} numbers`;
  return String(value);
}

/** "line 12"; in a notebook "cell 3, line 2"; in a file of settings "conf/train.yaml, line 4". */
export const placeInWords = ({ line, cell, file }: Pick<Range, 'line' | 'cell' | 'file'>): string =>
  `${file === undefined ? '' : `${file}, `}${cell === undefined ? '' : `cell ${cell}, `}line ${line}`;

/** Where a value comes from: "default of `latent_dim`, line 12". */
export function originInWords({ origin, name, range }: Pick<Hyperparameter, 'origin' | 'name' | 'range'>): Phrase[] {
  const { file } = range;
  const place = placeInWords({ ...range, file: undefined });
  if (file !== undefined) return [{ text: 'from ' }, { text: file, code: true }, { text: `, ${place}` }];
  const named = name !== '';
  const code: Phrase[] = named ? [{ text: name, code: true }] : [];
  const at: Phrase = { text: place };
  const after: Phrase = { text: `, ${place}` };
  switch (origin) {
    case 'literal': return named ? [...code, after] : [at];
    case 'default': return named ? [{ text: 'default of ' }, ...code, after] : [{ text: 'default' }, after];
    case 'config': return [{ text: named ? 'from config ' : 'from config' }, ...code, after];
    case 'folded': return [{ text: 'computed from constants' }, after];
    case 'library': return [{ text: 'the library\u2019s default' }, after];
  }
}

/** Every hyper-parameter that was read, those peculiar to the family first. */
export function settingsOf({ hyperparameters }: Pick<Finding, 'hyperparameters'>): Setting[] {
  return KEYS.flatMap((key) => {
    const found = hyperparameters[key] as Hyperparameter | undefined;
    if (!found) return [];
    const { title, unit } = HYPERPARAMETERS[key];
    const { value, range } = found;
    return [{ key, title, value: valueInWords(value, key), unit: typeof value === 'number' ? unitFor(value, unit) : '', origin: originInWords(found), range }];
  });
}

/** The comment that overrules what was recognised; null where the format has no comments. */
export function overruleInWords({ kind, framework }: Pick<Finding, 'kind' | 'framework'>): Phrase[] | null {
  if (kind === 'config') return null;
  const mark = SLASHED.includes(framework) ? '//' : '#';
  return [
    { text: 'Not right? The comment ' }, { text: `${mark} marginalia: off`, code: true }, { text: ' in the line above says that it is none; ' },
    { text: `${mark} marginalia: vae`, code: true }, { text: ' says that it is one of that family (' }, { text: Object.keys(FAMILIES).join(', ') }, { text: ').' },
  ];
}

/** Yours: settings of the file. Ours: what the playground lends so that there is something to run. */
export function settingsInWords(finding: Finding): { yours: string; ours: string } {
  const { T, schedule, predictionType } = finding.hyperparameters;
  const say = (label: string, parameter: Hyperparameter | undefined) =>
    parameter && parameter.origin !== 'library' ? [`${label}${String(parameter.value)}`] : [];
  const yours = [...say('T = ', T), ...say('', schedule && { ...schedule, value: `${schedule.value} schedule` }), ...say('', predictionType)];
  return { yours: yours.join(', ') || 'the model', ours: 'a small 2-D network and its data' };
}

/** In a lens, so many settings stand beside the family at most; general ones only where there would be fewer than two. */
const LENS_SETTINGS = 3;
const LENS_GENERAL = 2;

/** The family and what tells most of it, of what the file itself says: "VAE · latent size 20 · Adam 1e-3". */
export function summaryInWords({ family, hyperparameters }: Finding): string {
  const own = KEYS.filter((key) => hyperparameters[key] && hyperparameters[key].origin !== 'library' && !Array.isArray(hyperparameters[key].value));
  const peculiar = own.filter((key) => KEYS.indexOf(key) < FIRST_GENERAL).flatMap((key) => settingPhrase(key, hyperparameters[key]!.value));
  const rate = own.includes('learningRate') ? valueInWords(hyperparameters.learningRate!.value) : null;
  const optimiser = own.includes('optimizer') ? valueInWords(hyperparameters.optimizer!.value, 'optimizer') : null;
  const optimised = rate === null && optimiser === null ? [] : [[optimiser ?? 'learning rate', rate].filter((part) => part !== null).join(' ')];
  const most = [...peculiar.slice(0, LENS_SETTINGS - optimised.length), ...optimised];
  const general = own.filter((key) => KEYS.indexOf(key) >= FIRST_GENERAL && key !== 'learningRate' && key !== 'optimizer').flatMap((key) => settingPhrase(key, hyperparameters[key]!.value));
  return [FAMILIES[family].short, ...most, ...general.slice(0, Math.max(0, LENS_GENERAL - most.length))].join(' · ');
}

/** "latent size 20", "1000 diffusion steps", "weight β of the KL term = 4", "bernoulli likelihood"; nothing for a switch that is off. */
function settingPhrase(key: HyperparameterKey, value: unknown): string[] {
  const { title, unit } = HYPERPARAMETERS[key];
  if (typeof value === 'boolean') return value ? [title] : [];
  const said = valueInWords(value, key);
  if (typeof value === 'number' && unit !== '' && title.endsWith(unit)) return [value === 1 ? `1 ${unitFor(1, title)}` : `${said} ${title}`];
  if (typeof value === 'string' && !title.startsWith('the ')) return [`${said} ${title.replace(/^kind of /, '').replace(/ of .*/, '')}`];
  return [/[α-ω]|\b\w$/u.test(title) ? `${title} = ${said}` : `${title} ${said}`];
}

const unitFor = (value: number, unit: string): string => (value === 1 ? unit.replace(/sses$/, 'ss').replace(/([^s])s$/, '$1') : unit);

/** Text of phrases; names of code in `quote`, if any. */
export const phraseText = (phrases: readonly Phrase[], quote = ''): string => phrases.map(({ text, code }) => (code ? `${quote}${text}${quote}` : text)).join('');

/** All of a finding as plain lines, for a tooltip. */
export function findingInWords(finding: Finding): string[] {
  const { family, framework, confidence, evidence, notes } = finding;
  const overrule = overruleInWords(finding);
  return [
    `${FAMILIES[family].title}, ${phraseText(kindInWords(finding))}, ${frameworkInWords(framework)}: ${confidenceInWords(confidence)}`,
    ...evidence.map(({ text, range }) => `${placeInWords(range)}: ${text}`),
    ...settingsOf(finding).map(({ title, value, unit, origin }) => `${title}: ${value}${unit && ` ${unit}`} (${phraseText(origin)})`),
    ...notes,
    ...(overrule ? [phraseText(overrule)] : []),
  ];
}
