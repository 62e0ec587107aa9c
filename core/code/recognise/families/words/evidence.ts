/** What speaks for a model of word vectors, and for which of the two: one word to each of its neighbours, or all neighbours to the word. */
import type { Expr, Span } from '../../../parse/ast';
import type { Value } from '../../../interpret/values';
import { operationOf } from '../../graph';
import { matchAny, type Template } from '../../match';
import type { Clue, FileView } from '../family';
import { lookupsOf, PRODUCTS } from './lookups';
import { layersOf, sameSize, vocabularies, type Layer } from './layers';
import { rowProductOf } from './rows';
import { exponentOf } from './settings';
import { windowOf } from './window';

type Direction = 'skip-gram' | 'cbow';
interface Found { clue: Clue; direction: Direction | null }

const NOTHING: Span = { from: 0, to: 0 };
const SIGMOIDS = [['log', 'logsigmoid', 'log_sigmoid', 'logSigmoid', 'LogSigmoid', 'softplus', 'log1p']];
const CROSS_ENTROPY = /^(binary_cross_entropy|binary_cross_entropy_with_logits|sigmoid_cross_entropy_with_logits|sigmoid_cross_entropy|sigmoid_binary_cross_entropy|BCEWithLogitsLoss|BCELoss|sigmoidCrossEntropy|binaryCrossentropy|binary_crossentropy|BinaryCrossentropy)$/;
const SOFTMAX = /^(cross_entropy|nll_loss|log_softmax|softmax|logSoftmax|CrossEntropyLoss|NLLLoss|softmax_cross_entropy_with_logits|softmax_cross_entropy_with_logits_v2|sparse_softmax_cross_entropy_with_logits|softmax_cross_entropy|softmaxCrossEntropy|softmax_cross_entropy_with_integer_labels|LogSoftmax|Softmax|SparseCategoricalCrossentropy|CategoricalCrossentropy|logsumexp|sparseSoftmaxCrossEntropy)$/;
/** Other things than words whose vectors are multiplied. */
const OTHERS = /(^|_)users?(_|$)|(^|_)items(_|$)|item_?(id|emb|num|count|factor)|ratings?$|^relations?(_|$)|head_?entity|(^|_)entit(y|ies)(_|$)|(^|_)triples?(_|$)|drug|protein/i;
const SAMPLED = /^(nce_loss|sampled_softmax_loss)$/;

/** Clues of both families; those of no direction speak for either. */
export function evidenceOf(view: FileView): readonly Found[] {
  const known = cache.get(view);
  if (known) return known;
  const out = [...scores(view), ...around(view)];
  cache.set(view, out);
  return out;
}

const cache = new WeakMap<FileView, readonly Found[]>();

function logSigmoids(accepts: (v: Value) => boolean): Template[] {
  const slots = [{ name: 'u·v', domain: 'real' as const, accepts }];
  return [
    { id: '+', slots, value: (x) => -Math.log1p(Math.exp(-x)), upTo: 'factor', needs: SIGMOIDS },
    { id: '-', slots, value: (x) => -Math.log1p(Math.exp(x)), upTo: 'factor', needs: SIGMOIDS },
  ];
}

function scores(view: FileView): Found[] {
  const lookups = lookupsOf(view);
  const out: Found[] = [];
  const accepts = (v: Value) => lookups.isScore(v);
  const slots = [{ name: 'u·v', domain: 'real' as const, accepts }];
  const logs = logSigmoids(accepts);
  // Vectors that come from elsewhere, one of them in both scores.
  const open = logSigmoids((v) => lookups.factorsOf(v).length === 2 && lookups.made(v).lookups.length === 0);
  const products = new Map<Value, Span>();
  const sigmoids: Template[] = [{ id: 'σ', slots, value: (x) => 1 / (1 + Math.exp(-x)), needs: [['sigmoid', 'expit', 'exp']] }, { id: '1-σ', slots, value: (x) => 1 / (1 + Math.exp(-x)), upTo: 'affine', needs: [['sigmoid', 'expit', 'exp']] }];
  const words = vocabularies(view);
  const normalises = view.words.has('exp') || view.words.has('softmax');
  const seen = new Map<string, Set<Value>>();
  const add = (id: string, weight: number, text: string, at: Span, direction: Direction | null) => { out.push({ clue: { id, weight, text, at, role: 'anchor' }, direction }); };
  const towards = (v: Value): Direction => (lookups.made(v).reduced ? 'cbow' : 'skip-gram');
  for (const { value, at } of view.computed) {
    const o = operationOf(value);
    if (!o) continue;
    const log = matchAny(value, logs);
    if (log) {
      const [score] = log.leaves;
      const direction = towards(score);
      const others = seen.get(direction) ?? new Set();
      seen.set(direction, others.add(score));
      add('score', 0.6, 'scores words by log σ(u · v)', at, direction);
      if (others.size >= 2) add('negatives', 0.5, 'scores negative samples as well', at, direction);
      continue;
    }
    const free = matchAny(value, open);
    if (free) {
      products.set(free.leaves[0], at);
      continue;
    }
    const args = [...o.args, ...(o.keywords?.values() ?? [])];
    if (SAMPLED.test(o.op)) {
      const found = args.find((a) => { const m = lookups.made(a); return m.lookups.length > 0 && m.layers.size === 0; });
      if (found) add('sampled', 1, `trains looked-up vectors with ${o.op}`, at, towards(found));
      continue;
    }
    const called = o.callee ? lossOf(view, o.callee) || (operationOf(o.callee)?.op ?? '') : '';
    if (CROSS_ENTROPY.test(o.op) || CROSS_ENTROPY.test(called)) {
      const score = args.find(accepts);
      if (score) add('score', 0.6, 'compares products of two looked-up vectors with 0 and 1', at, towards(score));
    }
    if (SOFTMAX.test(o.op) || SOFTMAX.test(called)) {
      for (const a of args) {
        const m = lookups.made(a);
        const plain = [...m.layers].every((l) => /^(Linear|Dense|dense|Flatten|ReLU|NoBiasLinear)$/.test(l));
        if (m.lookups.length === 1 && plain && words.length > 0 && (m.layers.size > 0 || m.multiplied)) add('softmax', 0.6, 'scores all words of the vocabulary with a looked-up vector', at, towards(a));
        else if (m.lookups.length === 2 && plain && m.layers.size === 0 && m.multiplied) add('softmax', 0.5, 'scores words by products of looked-up vectors', at, towards(a));
      }
    }
    const layer = lookups.layerCalled(value);
    if (/^(Linear|Dense|dense)$/.test(layer) && words.some((w) => w.output.kind === 'linear')) {
      const m = lookups.made(value);
      const first = [...m.layers].every((l) => l === layer);
      if (m.lookups.length >= 1 && first) add('softmax', 0.7, 'scores all words of the vocabulary with looked-up vectors', at, towards(value));
    }
    // `dot(W2.T, dot(W1.T, x))`: nothing between two products.
    if (/^(dot|matmul|@)$/.test(o.op) && normalises && o.args.slice(0, 2).some((a) => /^(dot|matmul|@)$/.test(operationOf(plainly(a))?.op ?? ''))) add('softmax', 0.4, 'maps a word to its vector, and the vector to all words', at, null);
    if (o.op === 'exp' && o.args[0] && accepts(o.args[0])) add('softmax', 0.4, 'scores words by exp(u · v) and its sum', at, towards(o.args[0]));
    if (matchAny(value, sigmoids)) add('score', 0.5, 'scores words by σ(u · v)', at, towards(value));
  }
  // A network that gives the products; what compares them stands elsewhere.
  if (out.length === 0 && view.survey.calls.some((s) => CROSS_ENTROPY.test(s.name))) {
    const product = view.computed.find(({ value }) => PRODUCTS.has(operationOf(value)?.op ?? '') && accepts(value));
    if (product) add('score', 0.3, 'multiplies looked-up vectors', product.at, towards(product.value));
  }
  const pooled = pooledIn(view);
  if (pooled) add('softmax', 0.6, 'scores all words of the vocabulary with the mean of looked-up vectors', pooled, 'cbow');
  const rows = rowProductOf(view);
  if (rows) add('score', 0.5, 'scores words by σ(u · v)', rows.at, 'skip-gram');
  const factors = [...products.keys()].map((v) => lookups.factorsOf(v));
  if (factors.length >= 2 && factors.some((a, i) => factors.some((b, k) => k < i && a.some((x) => b.includes(x))))) {
    const [at] = products.values();
    add('score', 0.4, 'scores vectors by log σ(u · v)', at, 'skip-gram');
    add('negatives', 0.3, 'scores negative samples as well', at, 'skip-gram');
  }
  return out;
}

/** A loss that the file writes as a class of its own: the library's that it computes. */
function lossOf(view: FileView, callee: Value): string {
  if (callee.kind !== 'instance') return '';
  const { definition } = callee.class;
  return view.survey.calls.find((s) => s.definitions.includes(definition) && CROSS_ENTROPY.test(s.name))?.name ?? '';
}

function around(view: FileView): Found[] {
  const out: Found[] = [];
  const add = (id: string, weight: number, text: string, at: Span, direction: Direction | null, role: Clue['role'] = 'support') => { out.push({ clue: { id, weight, text, at, role }, direction }); };
  const window = windowOf(view);
  if (window) {
    add('window', 0.4, 'walks through the words in a window around each', window.at, null);
    if (window.pairs) add('pairs', 0.2, window.pairs !== 'all' ? 'pairs each word with each of its neighbours' : 'pairs all neighbours of a word with the word', window.at, window.pairs !== 'all' ? 'skip-gram' : 'cbow');
  }
  const tables = layersOf(view).filter((l) => l.kind !== 'linear');
  const twin = tables.find((a, i) => tables.some((b, k) => k !== i && (b.holder !== a.holder || (a.kind === 'embedding' && b.kind === 'embedding' && a.holder !== '')) && a.site.definitions[0] === b.site.definitions[0] && sizes(view, a.input, a.output, b.input, b.output)));
  if (twin) add('tables', 0.3, 'has two tables of vectors of one vocabulary', twin.site.call, null);
  const chain = chainOf(view);
  if (chain) add('softmax', 0.5, 'maps a word to its vector, and the vector to all words', chain, null, 'anchor');
  // A layer of negative sampling from another file of the project, beside the vectors that it scores.
  const sampling = view.survey.calls.find((s) => /^(NegativeSampling\w*|NegSampling\w*|NEGLoss|SkipGramNegativeSampling\w*|HierarchicalSoftmax\w*)$/.test(s.name) && s.holder !== '' && !view.survey.classes.has(s.name));
  if (sampling && view.survey.calls.some((s) => /^Embedd?ing$/.test(s.name) && s.definitions[0] === sampling.definitions[0])) add('sampled', 0.6, `scores looked-up vectors with ${sampling.name}`, sampling.call, null, 'anchor');
  const noise = exponentOf(view);
  if (noise) add('noise', 0.2, 'draws negative samples by frequency to the power ¾', noise.source.span, null);
  const keras = view.survey.calls.find((s) => s.name === 'skipgrams' && !view.survey.functions.has('skipgrams'));
  if (keras) add('skipgrams', 0.8, 'makes pairs with skipgrams', keras.call, 'skip-gram', 'anchor');
  const words = [...view.words].join(' ');
  if (/skip_?gram|skipgm|sgns|SkipGram|node2vec|deepwalk/i.test(words)) add('name', 0.3, 'is called a skip-gram', named(view, /skip_?gram|sgns|node2vec|deepwalk/i), 'skip-gram');
  if (/cbow|continuous_?bag|bag_?of_?words/i.test(words)) add('name', 0.3, 'is called CBOW', named(view, /cbow|bag_?of_?words/i), 'cbow');
  if (/word_?2_?vec|w2v|word_?vec|word_?emb/i.test(words)) add('words', 0.2, 'is called word2vec', named(view, /word_?2_?vec|w2v|word_?vec|word_?emb/i), null);
  const names = [...view.survey.settings.map((x) => x.name), ...view.survey.parameters.map((x) => x.parameter.name), ...view.survey.classes.keys()];
  // A matrix from a state to itself, beside those of the words: a recurrent network.
  if (chain && layersOf(view).some((l) => l.kind === 'matrix' && l.input?.kind !== 'number' && sameSize(view, l.input, l.output))) add('recurrent', -0.8, 'keeps a state from word to word', chain, null);
  if (names.some((n) => OTHERS.test(n))) add('others', -0.6, 'is about users and items, or entities and relations', NOTHING, null);
  return out;
}

/** Keras' stack of an embedding, a mean over the words, and a score for each word of the same vocabulary. */
function pooledIn(view: FileView): Span | null {
  const pool = view.survey.calls.find((s) => /^(GlobalAveragePooling1D|globalAveragePooling1d|AveragePooling1D)$/.test(s.name)
    || (s.name === 'Lambda' && s.call.args.some((a) => a.value.kind === 'lambda' && a.value.body.kind === 'call' && a.value.body.callee.kind === 'attribute' && /^(mean|sum|reduce_mean|reduce_sum)$/.test(a.value.body.callee.name))));
  const found = pool && vocabularies(view).find((v) => v.input.kind === 'embedding' && v.output.kind === 'linear' && v.input.site.definitions[0] === pool.definitions[0]);
  return found && !view.survey.calls.some((s) => /^(LSTM|GRU|Conv1D|MultiHeadAttention)$/.test(s.name)) ? found.input.site.call : null;
}

/** Behind its name. */
function plainly(v: Value): Value {
  return v.prov?.op === 'settled' && v.prov.args[0] ? v.prov.args[0] : v;
}

/** Two layers without anything between, V → D → V, on words one-hot; or two matrices of that shape, and a softmax. */
function chainOf(view: FileView): Span | null {
  if (!['eye', 'one_hot', 'oneHot', 'to_categorical', 'onehot', 'exp', 'softmax'].some((w) => view.words.has(w))) return null;
  // Matrices of positions and forces have such shapes as well.
  const ofWords = view.words.has('softmax');
  for (const { input, output } of vocabularies(view)) {
    if (input.kind === 'matrix' && output.kind === 'matrix' && (ofWords || [...view.words].some((w) => /vocab|(^|_)words?|Word|corpus|context|one_?hot/i.test(w))) && crossed(view, input, output)) return input.site.call;
  }
  if (!['eye', 'one_hot', 'oneHot', 'to_categorical', 'onehot'].some((w) => view.words.has(w))) return null;
  const linear = layersOf(view).filter((l) => l.kind === 'linear');
  for (const a of linear) {
    const own = linear.filter((l) => l.site.definitions[0] === a.site.definitions[0]);
    const [first, second] = own;
    if (own.length === 2 && a === first && first.input && crossed(view, first, second)) return a.site.call;
  }
  return null;
}

function crossed(view: FileView, a: Layer, b: Layer): boolean {
  return sameSize(view, a.input, b.output) && sameSize(view, a.output, b.input) && !sameSize(view, a.input, a.output);
}

function sizes(view: FileView, a: Expr | undefined, b: Expr | undefined, c: Expr | undefined, d: Expr | undefined): boolean {
  return (sameSize(view, a, c) && sameSize(view, b, d)) || (sameSize(view, a, d) && sameSize(view, b, c));
}

function named(view: FileView, pattern: RegExp): Span {
  const d = [...view.survey.classes.values(), ...view.survey.functions.values()].find((x) => pattern.test(x.name));
  if (d) return d.nameSpan;
  const at = view.survey.settings.find((s) => pattern.test(s.name))?.value ?? view.survey.calls.find((s) => pattern.test(s.name))?.call.callee;
  return at ? { from: at.from, to: at.to } : NOTHING;
}

/** Those of one family. Where a network says which it is, names and pairs only support. */
export function cluesFor(view: FileView, direction: Direction): Clue[] {
  const all = evidenceOf(view);
  const own = all.filter((f) => f.direction === null || f.direction === direction).map((f) => f.clue);
  // Where the network could be either, what points to the other family counts against this one.
  const told = all.some((f) => f.direction === direction && f.clue.role === 'anchor');
  const against = told ? [] : all.filter((f) => f.direction !== null && f.direction !== direction && !own.some((c) => c.id === f.clue.id)).map((f): Clue => ({ ...f.clue, id: `not ${f.clue.id}`, weight: -0.4, role: 'support' }));
  return [...own, ...against];
}
