/** What was read, in words for a lens, a tooltip, a hover, the panel or a terminal: in the language of `t`, English where none is given. */
import { inEnglish, listed, type Translate } from '../l10n/translate';
import { retold } from './sentences';
import type { Finding, Framework, Hyperparameter, Range } from './types';
import { experimentOf, FAMILIES, HYPERPARAMETERS, type HyperparameterKey } from './vocabulary';

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

/** "a variational autoencoder", "an n-gram language model". The noun is English; so is its article, which other languages may not have. */
export const withArticle = (noun: string, t: Translate = inEnglish): string => (/^(?:[aeio]|n-)/i.test(noun) ? t('an {0}', t(noun)) : t('a {0}', t(noun)));

const coded = (text: string): Phrase => ({ text, code: true });

/** A sentence with names of code in it, wherever its translation puts them. */
function phrased(sentence: string, ...values: (string | Phrase)[]): Phrase[] {
  const out: Phrase[] = [];
  sentence.split(/\{(\d+)\}/).forEach((part, i) => {
    const value = i % 2 === 0 ? part : values[Number(part)];
    const last = out.at(-1);
    if (typeof value !== 'string') out.push(value);
    else if (last && !last.code) last.text += value;
    else if (value !== '') out.push({ text: value });
  });
  return out;
}

/** Where and how it is written: "class VAE", "call of GaussianMixture". */
export function kindInWords({ kind, name }: Pick<Finding, 'kind' | 'name'>, t: Translate = inEnglish): Phrase[] {
  switch (kind) {
    case 'class': return phrased(t('class {0}'), coded(name));
    case 'function': return phrased(t('function {0}'), coded(name));
    case 'call': return phrased(t('call of {0}'), coded(name));
    case 'script': return [{ text: t('script') }];
    case 'config': return phrased(t('settings of {0}'), coded(name));
  }
}

export const frameworkInWords = (framework: Framework): string => FRAMEWORKS[framework];

/** How sure the recognition is, with the number it stands for. */
export function confidenceInWords(confidence: number, t: Translate = inEnglish): string {
  const words = confidence >= 0.95 ? t('as good as certain') : confidence >= 0.85 ? t('very likely') : confidence >= 0.7 ? t('likely') : t('possible');
  return t('{0} ({1})', words, confidence.toFixed(2));
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

/** Lists of widths are short, and each number counts; of betas nobody wants to read a thousand. */
const LISTED = 12;

export function valueInWords(value: unknown, key?: HyperparameterKey, t: Translate = inEnglish): string {
  if (key === 'optimizer') return OPTIMISERS[String(value)] ?? String(value);
  if (typeof value === 'number') return numberInWords(value);
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (Array.isArray(value)) {
    if (value.length === 0) return t('none');
    return value.length <= LISTED ? value.map((x) => numberInWords(Number(x))).join(', ') : t('{0} numbers', value.length);
  }
  return String(value);
}

/** "line 12"; in a notebook "cell 3, line 2"; in a file of settings "conf/train.yaml, line 4". */
export function placeInWords({ line, cell, file }: Pick<Range, 'line' | 'cell' | 'file'>, t: Translate = inEnglish): string {
  const place = cell === undefined ? t('line {0}', line) : t('cell {0}, line {1}', cell, line);
  return file === undefined ? place : t('{0}, {1}', file, place);
}

/** Where a value comes from: "default of `latent_dim`, line 12". */
export function originInWords({ origin, name, range }: Pick<Hyperparameter, 'origin' | 'name' | 'range'>, t: Translate = inEnglish): Phrase[] {
  const place = placeInWords({ ...range, file: undefined }, t);
  if (range.file !== undefined) return phrased(t('from {0}, {1}'), coded(range.file), place);
  const named = name !== '';
  switch (origin) {
    case 'literal': return named ? phrased(t('{0}, {1}'), coded(name), place) : [{ text: place }];
    case 'default': return named ? phrased(t('default of {0}, {1}'), coded(name), place) : phrased(t('default, {0}'), place);
    case 'config': return named ? phrased(t('from config {0}, {1}'), coded(name), place) : phrased(t('from config, {0}'), place);
    case 'folded': return phrased(t('computed from constants, {0}'), place);
    case 'library': return phrased(t('the library’s default, {0}'), place);
  }
}

/** Every hyper-parameter that was read, those peculiar to the family first. */
export function settingsOf({ hyperparameters }: Pick<Finding, 'hyperparameters'>, t: Translate = inEnglish): Setting[] {
  return KEYS.flatMap((key) => {
    const found = hyperparameters[key] as Hyperparameter | undefined;
    if (!found) return [];
    const { title, unit } = HYPERPARAMETERS[key];
    const { range } = found;
    // A list of widths has the unit of its numbers.
    const value = Array.isArray(found.value) ? found.value.length : found.value;
    const counted = typeof value === 'number' && unit !== '' && (value > 0 || !Array.isArray(found.value));
    return [{ key, title: t(title), value: valueInWords(found.value, key, t), unit: counted ? t(unitFor(value, unit)) : '', origin: originInWords(found, t), range }];
  });
}

/** The comment that overrules what was recognised; null where the format has no comments. */
export function overruleInWords({ kind, framework }: Pick<Finding, 'kind' | 'framework'>, t: Translate = inEnglish): Phrase[] | null {
  if (kind === 'config') return null;
  const mark = SLASHED.includes(framework) ? '//' : '#';
  const sentence = t('Not right? The comment {0} in the line above says that it is none; {1} says that it is one of that family ({2}).');
  return phrased(sentence, coded(`${mark} marginalia: off`), coded(`${mark} marginalia: vae`), Object.keys(FAMILIES).join(', '));
}

/** Yours: settings of the file. Ours: what the playground lends so that there is something to run. */
export function settingsInWords(finding: Finding, t: Translate = inEnglish): { yours: string; ours: string } {
  if (experimentOf(finding.family) === 'vae') return settingsOfVae(finding, t);
  const { T, schedule, predictionType } = finding.hyperparameters;
  const given = (parameter: Hyperparameter | undefined, words: (value: string) => string) => (parameter && parameter.origin !== 'library' ? [words(String(parameter.value))] : []);
  const yours = [...given(T, (value) => `T = ${value}`), ...given(schedule, (value) => t('{0} schedule', value)), ...given(predictionType, (value) => value)];
  return { yours: listed(yours, t) || t('the model'), ours: t('a small 2-D network and its data') };
}

/** "z = 7, 300-64 to 64-300, β = 4, bernoulli likelihood". The images are ours, but for those that the file names. */
function settingsOfVae({ hyperparameters: h }: Finding, t: Translate): { yours: string; ours: string } {
  const said = <V>(parameter: Hyperparameter<V> | undefined, words: (value: V) => string) => (parameter && parameter.origin !== 'library' ? [words(parameter.value)] : []);
  const [encoder, decoder] = [h.encoderWidths?.value, h.decoderWidths?.value];
  const widths = encoder && decoder && encoder.length > 0 && decoder.length > 0 ? [t('widths {0} to {1}', encoder.join('-'), decoder.join('-'))] : [];
  const likelihood = said(h.likelihood, (value) => t('{0} {1}', value, t('likelihood')));
  const yours = [...said(h.latentSize, (value) => `z = ${value}`), ...widths, ...said(h.beta, (value) => `β = ${numberInWords(value)}`), ...likelihood];
  return { yours: listed(yours, t) || t('the model'), ours: h.data ? t('training in this panel') : t('images and training in this panel') };
}

/** In a lens, so many settings stand beside the family at most; general ones only where there would be fewer than two. */
const LENS_SETTINGS = 3;
const LENS_GENERAL = 2;

/** The family and what tells most of it, of what the file itself says: "VAE · latent size 20 · Adam 1e-3". */
export function summaryInWords({ family, hyperparameters }: Finding, t: Translate = inEnglish): string {
  const own = KEYS.filter((key) => hyperparameters[key] && hyperparameters[key].origin !== 'library' && !Array.isArray(hyperparameters[key].value));
  const peculiar = own.filter((key) => KEYS.indexOf(key) < FIRST_GENERAL).flatMap((key) => settingPhrase(key, hyperparameters[key]!.value, t));
  const rate = own.includes('learningRate') ? valueInWords(hyperparameters.learningRate!.value) : null;
  const optimiser = own.includes('optimizer') ? valueInWords(hyperparameters.optimizer!.value, 'optimizer') : null;
  const optimised = rate === null && optimiser === null ? [] : [[optimiser ?? t(HYPERPARAMETERS.learningRate.title), rate].filter((part) => part !== null).join(' ')];
  const most = [...peculiar.slice(0, LENS_SETTINGS - optimised.length), ...optimised];
  const general = own.filter((key) => KEYS.indexOf(key) >= FIRST_GENERAL && key !== 'learningRate' && key !== 'optimizer').flatMap((key) => settingPhrase(key, hyperparameters[key]!.value, t));
  return [t(FAMILIES[family].short), ...most, ...general.slice(0, Math.max(0, LENS_GENERAL - most.length))].join(' · ');
}

/** "latent size 20", "1000 diffusion steps", "weight β of the KL term = 4", "bernoulli likelihood"; nothing for a switch that is off. */
function settingPhrase(key: HyperparameterKey, value: unknown, t: Translate): string[] {
  const { title, unit } = HYPERPARAMETERS[key];
  if (typeof value === 'boolean') return value ? [t(title)] : [];
  const said = valueInWords(value, key, t);
  // A value before what it is of: other languages may turn the two round.
  if (typeof value === 'number' && countsItself(title, unit)) return [t('{0} {1}', said, t(unitFor(value, title)))];
  if (typeof value === 'string' && !title.startsWith('the ')) return [t('{0} {1}', said, t(nounOf(title)))];
  return [/[α-ω]|\b\w$/u.test(title) ? `${t(title)} = ${said}` : `${t(title)} ${said}`];
}

/** "diffusion steps", which are steps. */
const countsItself = (title: string, unit: string): boolean => unit !== '' && title.endsWith(unit);

/** "likelihood" of "likelihood of the decoder". */
const nounOf = (title: string): string => title.replace(/^kind of /, '').replace(/ of .*/, '');

const unitFor = (value: number, unit: string): string => (value === 1 ? unit.replace(/sses$/, 'ss').replace(/([^s])s$/, '$1') : unit);

/** All that these functions ask `t` for and that stands in the tables of the vocabulary, whole or in part. */
export function wordsOfTables(): string[] {
  const settings = Object.values(HYPERPARAMETERS).flatMap(({ title, unit }) =>
    [title, ...(unit === '' ? [] : [unit, unitFor(1, unit)]), ...(countsItself(title, unit) ? [unitFor(1, title)] : []), ...(unit === '' && !title.startsWith('the ') ? [nounOf(title)] : [])]);
  return [...new Set([...Object.values(FAMILIES).flatMap(({ title, short }) => [title, short]), ...settings])];
}

/** Text of phrases; names of code in `quote`, if any. */
export const phraseText = (phrases: readonly Phrase[], quote = ''): string => phrases.map(({ text, code }) => (code ? `${quote}${text}${quote}` : text)).join('');

/** All of a finding as plain lines, for a tooltip. */
export function findingInWords(finding: Finding, t: Translate = inEnglish): string[] {
  const { family, framework, confidence, evidence, notes } = finding;
  const overrule = overruleInWords(finding, t);
  return [
    t('{0}, {1}, {2}: {3}', t(FAMILIES[family].title), phraseText(kindInWords(finding, t)), frameworkInWords(framework), confidenceInWords(confidence, t)),
    ...evidence.map(({ text, range }) => t('{0}: {1}', placeInWords(range, t), retold(text, t))),
    ...settingsOf(finding, t).map(({ title, value, unit, origin }) => t('{0}: {1} ({2})', title, unit === '' ? value : `${value} ${unit}`, phraseText(origin))),
    ...notes.map((note) => retold(note, t)),
    ...(overrule ? [phraseText(overrule)] : []),
  ];
}
