/** Calls of libraries that train vectors of words by themselves: gensim, fastText, node2vec, Spark. */
import type { Expr } from '../../../parse/ast';
import type { HyperparameterKey } from '../../../types';
import { underName, type Told } from '../../training/agree';
import { argumentOf, type CallSite } from '../../training/survey';
import type { FileView, ModelCall, Settings } from '../family';

type Word = 'skip-gram' | 'cbow';
interface Option {
  names: readonly string[];
  /** Position among the arguments; gensim before 3.4 had no corpus_file. */
  position?: number;
  /** What the library takes where nothing is passed. */
  library?: number | boolean;
  /** To the vocabulary's own kind of value. */
  convert?: (x: number) => number | boolean;
}
type Options = Partial<Record<HyperparameterKey, Option>>;

/** gensim 4, with the names of gensim 3 (`size`, `iter`) beside them. */
const GENSIM: Options = {
  vectorSize: { names: ['vector_size', 'size'], position: 2, library: 100 },
  window: { names: ['window'], position: 4, library: 5 },
  minCount: { names: ['min_count'], position: 5, library: 5 },
  negative: { names: ['negative'], library: 5 },
  sample: { names: ['sample'], library: 1e-3 },
  nsExponent: { names: ['ns_exponent'], library: 0.75 },
  hierarchicalSoftmax: { names: ['hs'], library: false, convert: (x) => x === 1 },
  epochs: { names: ['epochs', 'iter'], library: 5 },
  learningRate: { names: ['alpha'], position: 3, library: 0.025 },
};
/** `fasttext.train_unsupervised`, and `skipgram` and `cbow` of its older versions. */
const FASTTEXT: Options = {
  vectorSize: { names: ['dim'], library: 100 }, window: { names: ['ws'], library: 5 }, minCount: { names: ['minCount', 'min_count'], library: 5 },
  negative: { names: ['neg'], library: 5 }, sample: { names: ['t'], library: 1e-4 }, epochs: { names: ['epoch'], library: 5 }, learningRate: { names: ['lr'], library: 0.05 },
};
const SPARK: Options = {
  vectorSize: { names: ['vectorSize'], library: 100 }, window: { names: ['windowSize'], library: 5 }, minCount: { names: ['minCount'], library: 5 },
  learningRate: { names: ['stepSize'], library: 0.025 }, epochs: { names: ['maxIter'], library: 1 },
};
/** Arguments that only gensim's constructor has, for a cell whose import stands elsewhere. */
const TYPICAL = new Set(['min_count', 'vector_size', 'size', 'sg', 'hs', 'workers', 'window', 'negative']);

export function libraryCalls(view: FileView, word: Word): ModelCall[] {
  return view.survey.calls.flatMap((site): ModelCall[] => {
    const found = modelOf(view, site);
    return found && found.word === word ? [found.call] : [];
  });
}

function modelOf(view: FileView, site: CallSite): { word: Word; call: ModelCall } | null {
  const { name, path } = site;
  if (view.survey.classes.has(name) || view.survey.functions.has(name)) return null;
  if (/^(Word2Vec|FastText)$/.test(name)) {
    if (path.startsWith('pyspark')) return { word: 'skip-gram', call: { site, text: 'calls Spark\'s Word2Vec, which is a skip-gram', settings: settingsOf(view, site, SPARK), notes: [] } };
    const known = /(^|\.)gensim\b/.test(path);
    const bare = path === name || /^(word2vec|models|fasttext)\.\w+$/.test(path);
    if (!known && !(bare && site.call.args.filter((a) => a.name && TYPICAL.has(a.name)).length >= 2)) return null;
    return gensim(view, site);
  }
  if (/^fast[tT]ext\.(train_unsupervised|skipgram|cbow)$/.test(path)) {
    const model = name === 'train_unsupervised' ? view.constants.of(argumentOf(site.call, 1, 'model'))?.value ?? 'skipgram' : name;
    return { word: model === 'cbow' ? 'cbow' : 'skip-gram', call: { site, text: `calls fastText's ${name}`, settings: settingsOf(view, site, FASTTEXT), notes: [] } };
  }
  // The library node2vec passes what `fit` is given on to gensim, with sg=1.
  if (name === 'fit' && site.call.callee.kind === 'attribute' && view.survey.imports.get('Node2Vec')?.startsWith('node2vec') && site.call.args.some((a) => a.name && TYPICAL.has(a.name))) {
    const maker = view.survey.calls.find((s) => s.name === 'Node2Vec');
    const settings = { ...settingsOf(view, site, GENSIM), vectorSize: undefined, ...(maker ? settingsOf(view, maker, { vectorSize: { names: ['dimensions'], position: 1, library: 128 } }) : {}) };
    return { word: 'skip-gram', call: { site, text: 'trains a skip-gram on the random walks of node2vec', settings, notes: [] } };
  }
  return null;
}

function gensim(view: FileView, site: CallSite): { word: Word; call: ModelCall } {
  const settings = settingsOf(view, site, GENSIM);
  const sg = passed(view, site, ['sg']);
  const notes: string[] = [];
  let word: Word = 'cbow';
  let text = `calls gensim's ${site.name} with sg=0, its default`;
  if (sg) {
    const value = sg.told?.value;
    word = value === 1 || value === true ? 'skip-gram' : 'cbow';
    text = `calls gensim's ${site.name} with sg=${value === undefined ? '…' : Number(value)}`;
    if (value === undefined) {
      const around = [site.holder, ...site.definitions.map((d) => d.name)].join(' ');
      if (/skip|(^|_|\b)sg(_|\b|$)/i.test(around) && !/cbow/i.test(around)) word = 'skip-gram';
      notes.push('sg could not be read: the model may be the other of skip-gram and CBOW.');
    }
  }
  const epochs = trainedFor(view, site);
  if (epochs) settings.epochs = epochs;
  return { word, call: { site, text, settings, notes } };
}

/** `model.train(sentences, epochs=30)` decides, where the constructor was given nothing to train on. */
function trainedFor(view: FileView, site: CallSite): Told<number> | undefined {
  const given = site.call.args.some((a) => (!a.name && a.star === 0) || a.name === 'sentences' || a.name === 'corpus_file');
  if (given || site.holder === '') return undefined;
  const train = view.survey.calls.find((s) => s.name === 'train' && s.call.callee.kind === 'attribute' && textOf(s.call.callee.object) === site.holder);
  const c = train && view.constants.number(argumentOf(train.call, -1, 'epochs'));
  return c ? { value: c.value, source: underName(c.source, 'epochs') } : undefined;
}

function textOf(e: Expr): string {
  return e.kind === 'name' ? e.name : e.kind === 'attribute' ? e.dotted ?? '' : '';
}

function settingsOf(view: FileView, site: CallSite, options: Options): Settings {
  const out: Settings = {};
  for (const [key, option] of Object.entries(options) as [HyperparameterKey, Option][]) {
    const given = passed(view, site, option.names, option.position);
    const convert = (x: number | string | boolean) => (option.convert && typeof x !== 'string' ? option.convert(Number(x)) : x);
    if (given) {
      if (given.told && (typeof given.told.value === 'number' || option.convert)) out[key] = { ...given.told, value: convert(given.told.value) };
    } else if (option.library !== undefined && !isOpen(view, site)) {
      out[key] = { value: option.library, source: { span: site.call, origin: 'library', name: option.names[0] } };
    }
  }
  return out;
}

/** An argument, though its value may not be known; undefined where it is not passed. */
function passed(view: FileView, site: CallSite, names: readonly string[], position = -1): { told?: Told<number | string | boolean> } | undefined {
  const e = argumentOf(site.call, -1, ...names) ?? positional(view, site, position);
  if (e) {
    const c = view.constants.of(e);
    return { told: c ? { value: c.value, source: underName(c.source, names[0]) } : undefined };
  }
  // `Word2Vec(sentences, **params)`
  for (const a of site.call.args) {
    if (a.star !== 2) continue;
    for (const v of view.constants.values(a.value)) {
      if (v.kind !== 'dict') continue;
      for (const n of names) {
        const value = v.entries.get(n);
        if (value && (value.kind === 'number' || value.kind === 'boolean')) return { told: { value: value.value, source: value.src ?? { span: a.value, origin: 'config', name: n } } };
        if (value) return {};
      }
    }
  }
  return undefined;
}

/** `Word2Vec(sentences, 100)`: a number in second place is the size of gensim before 3.4. */
function positional(view: FileView, site: CallSite, position: number): Expr | undefined {
  if (position < 0) return undefined;
  const second = argumentOf(site.call, 1, 'corpus_file');
  const old = second && typeof view.constants.of(second)?.value === 'number';
  return argumentOf(site.call, old ? position - 1 : position);
}

/** Something is passed that cannot be read. */
function isOpen(view: FileView, site: CallSite): boolean {
  return site.call.args.some((a) => a.star === 1 || (a.star === 2 && !view.constants.values(a.value).some((v) => v.kind === 'dict')));
}
