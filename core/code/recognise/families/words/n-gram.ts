/** n-gram language models: counts of words by those before them, and networks on a fixed number of words before (Bengio et al. 2003). */
import type { Expr, Span } from '../../../parse/ast';
import { underName } from '../../training/agree';
import { agreed } from '../../training/agree';
import { argumentOf, type CallSite } from '../../training/survey';
import type { Clue, Family, FileView, ModelCall, Place, Settings } from '../family';
import { count } from '../named';
import { feedbackOf } from '../densities/feedback';
import { causalAttention } from '../densities/masks';
import { RECURRENT } from '../densities/recurrent';
import { countsOf } from './counts';
import { walk } from './expressions';
import { layersOf, sameSize, vocabularies, type Layer } from './layers';
import { lookupsOf } from './lookups';
import { knownVocabulary, ownLayers, WORD_RULES } from './settings';
import { windowOf } from './window';

const NLTK = ['MLE', 'Laplace', 'Lidstone', 'KneserNeyInterpolated', 'WittenBellInterpolated', 'StupidBackoff', 'AbsoluteDiscountingInterpolated'];
const KEN = /^kenlm\.(Model|LanguageModel)$/;
const LOSS = /^(cross_entropy|CrossEntropyLoss|NLLLoss|nll_loss|log_softmax|softmax|Softmax|LogSoftmax|sparse_softmax_cross_entropy_with_logits|softmax_cross_entropy_with_logits|softmax_cross_entropy_with_logits_v2|sparse_categorical_crossentropy|categorical_crossentropy)$/;
/** Counts of neighbours for other ends: scores of translations, taggers, associations of words. */
const OTHERS = /^(bleu|brevity|brevity_penalty|rouge|hypothesis|hypotheses|viterbi|emission|emissions|emission_probs|pmi|ppmi|cooccurrence|co_occurrence|cooccur|tfidf|tf_idf|merges|bpe|byte_pair|damerau|levenshtein|edits1|chi2|collocations?)$/i;

export const N_GRAM: Family = {
  id: 'n-gram',
  needs: {
    python: [['Counter', 'defaultdict', 'FreqDist', 'ConditionalFreqDist', 'setdefault', 'ngrams', 'multinomial', 'choice', 'choices', 'kenlm', ...NLTK, 'Embedding', 'get', 'embedding_lookup', 'Embed', 'zeros'],
      ['log', 'log2', 'exp', 'choice', 'choices', 'multinomial', 'random', 'perplexity', 'kenlm', ...NLTK, 'softmax', 'log_softmax', 'CrossEntropyLoss', 'cross_entropy', 'sparse_categorical_crossentropy', 'categorical_crossentropy', 'softmax_cross_entropy_with_logits', 'sparse_softmax_cross_entropy_with_logits']],
    javascript: [['random', 'log'], ['split', 'slice', 'Map', 'push', 'embedding']],
  },
  seeds: ['Counter', 'defaultdict', 'FreqDist', 'ConditionalFreqDist', 'setdefault', 'ngrams', 'bigrams', 'kenlm', ...NLTK, 'choices', 'choice', 'multinomial', 'Embedding', 'embedding_lookup', 'perplexity', 'Embed', 'nGrams', 'ngram', 'nGram', 'markov', 'Markov', 'chain', 'tokens', 'corpus'],
  clues,
  calls,
  named: [
    { key: 'order', names: ['order', 'statesize', 'ngram', 'ngramsize', 'ngramorder', 'n', 'maxorder', 'gram', 'ngrams'], fits: (x) => count(20)(x) },
    { key: 'contextLength', names: ['contextsize', 'contextlength', 'contextlen', 'blocksize', 'nstep', 'nsteps', 'windowsize', 'window', 'seqlen', 'nprev', 'ngramcontext', 'context', 'historysize'], fits: count(1000) },
    { key: 'embeddingSize', names: ['embeddingdim', 'embeddingsize', 'embedsize', 'embeddim', 'embdim', 'embsize', 'nembd', 'nembed', 'm', 'featuresize', 'dmodel'], fits: count(10_000) },
    { key: 'hiddenUnits', names: ['hiddensize', 'hiddendim', 'nhidden', 'hiddenunits', 'hdim', 'hidden', 'nhid', 'numhidden', 'h'], fits: count(65_536) },
    ...WORD_RULES.filter((r) => r.key === 'vocabularySize' || r.key === 'minCount'),
  ],
  settings,
  foreign: /cbow|skip_?gram|lstm|rnn|transformer|gpt/i,
};

function clues(view: FileView): Clue[] {
  const out = [...countsOf(view).clues, ...network(view), ...table(view)];
  if (out.length === 0) return out;
  const names = new Set([...view.survey.functions.keys(), ...view.survey.classes.keys(), ...view.survey.settings.map((s) => s.name), ...view.survey.parameters.map((s) => s.parameter.name)]);
  if ([...names].some((n) => /n_?gram|bi_?gram|tri_?gram|markov|language_?model/i.test(n))) out.push({ id: 'name', weight: 0.3, text: 'is called an n-gram', at: { from: 0, to: 0 }, role: 'support' });
  if ([...names].some((n) => OTHERS.test(n) || /bleu|viterbi|(^|_)pos_?tag|hmm/i.test(n))) out.push({ id: 'others', weight: -0.8, text: 'counts neighbours for something else', at: { from: 0, to: 0 }, role: 'support' });
  return out;
}

/** An embedding whose vectors are put side by side, a layer or two, and a score for each word of the same vocabulary. */
function network(view: FileView): Clue[] {
  const found = sideBySide(view);
  if (!found) return [];
  const out: Clue[] = [{ id: 'network', weight: 0.7, text: 'scores all words by the vectors of a fixed number of words before, side by side', at: found.at, role: 'anchor' }];
  const loss = view.survey.calls.find((s) => LOSS.test(s.name))?.call;
  const keras = view.survey.settings.find((s) => s.value.kind === 'string' && LOSS.test(s.value.value))?.value;
  const at = loss ?? keras;
  if (at) out.push({ id: 'loss', weight: 0.3, text: 'is trained on the next word', at, role: 'support' });
  if (windowOf(view)?.pairs === 'all') out.push({ id: 'window', weight: -0.4, text: 'takes the words after as well', at: found.at, role: 'support' });
  return out;
}

/** `Embedding(n, n)`: a row of scores for each word. */
function table(view: FileView): Clue[] {
  const found = layersOf(view).find((l) => l.kind === 'embedding' && sameSize(view, l.input, l.output));
  const loss = found && view.survey.calls.find((s) => LOSS.test(s.name));
  // Vectors as long as the vocabulary that go on into a network are no table.
  const goesOn = found && view.survey.calls.some((s) => (RECURRENT.test(s.name) || /^(Linear|Dense)$/.test(s.name)) && s.definitions[0] !== undefined && s.definitions[0] === found.site.definitions[0]);
  if (!loss || goesOn) return [];
  const loop = feedbackOf(view);
  const out: Clue[] = [{ id: 'table', weight: 0.6, text: 'looks up the scores of the next word by the last one', at: found.site.call, role: 'anchor' }, { id: 'loss', weight: 0.2, text: 'is trained on the next word', at: loss.call, role: 'support' }];
  if (loop) out.push({ id: 'use', weight: 0.3, text: 'draws the next word by them', at: loop, role: 'support' });
  return out;
}

function sideBySide(view: FileView): { at: Span; context: Expr | null; embedding: Layer } | null {
  // The last matrix ends in a score for each word; two tables with as many rows (inputs and targets, say) are no network.
  const words = vocabularies(view).filter((v) => v.input.kind === 'embedding' || (v.input.kind === 'matrix' && sameSize(view, v.size, v.output.output)));
  if (words.length === 0 || view.survey.calls.some((s) => /^(LSTM|GRU|RNN|SimpleRNN|LSTMCell|BasicLSTMCell|Conv1d|Conv1D|Conv2d|MultiheadAttention|MultiHeadAttention|TransformerEncoderLayer)$/.test(s.name))) return null;
  // A transformer written in layers of its own has sizes of that kind inside.
  if (view.m.language === 'javascript' && causalAttention(view)) return null;
  const layers = layersOf(view);
  for (const { input } of words) {
    if (input.kind === 'matrix' && (input.input?.kind === 'binary' || !looksUp(view))) continue;
    for (const l of layers) {
      if (l === input || l.kind === 'embedding' || !l.input) continue;
      const e = l.input;
      // What another layer has made that wide: the inside of a block.
      if (layers.some((o) => o !== l && sameSize(view, o.output, e))) continue;
      if (e.kind === 'binary' && e.op === '*') {
        if (sameSize(view, e.left, input.output)) return { at: l.site.call, context: e.right, embedding: input };
        if (sameSize(view, e.right, input.output)) return { at: l.site.call, context: e.left, embedding: input };
      }
      // `torch.randn((30, 200))` behind vectors of 10.
      const [n, d] = [view.constants.number(e)?.value, view.constants.number(input.output)?.value];
      if (l.kind === 'matrix' && n && d && d > 1 && n > d && n % d === 0 && n / d <= 16 && !sameSize(view, e, input.input) && looksUp(view)) return { at: l.site.call, context: null, embedding: input };
    }
    const flat = view.survey.calls.find((s) => s.name === 'Flatten' || s.name === 'flatten');
    if (flat && input.kind === 'embedding' && !view.survey.calls.some((s) => s.name === 'Dot' || s.name === 'dot' || s.name === 'skipgrams')) return { at: input.site.call, context: argumentOf(input.site.call, -1, 'input_length', 'inputLength') ?? null, embedding: input };
  }
  return null;
}

/** Some row of a matrix is looked up. */
function looksUp(view: FileView): boolean {
  const lookups = lookupsOf(view);
  return view.computed.some(({ value }) => lookups.made(value).lookups.length > 0);
}

function settings(view: FileView, place: Place): Settings {
  const out: Settings = {};
  const network = sideBySide(view);
  const told = (e: Expr | undefined | null, name: string) => view.constants.toldCount(e ?? undefined, name);
  if (network) {
    const context = told(network.context, 'context size');
    if (context) {
      out.contextLength = context;
      out.order = { value: context.value + 1, source: { ...context.source, origin: 'folded' } };
    }
    out.embeddingSize = told(network.embedding.output, 'embedding size') ?? undefined;
    out.vocabularySize = knownVocabulary(told(network.embedding.input, 'vocabulary size') ?? undefined);
    const hidden = ownLayers(view, place).filter((l) => l !== network.embedding && l.output && !sameSize(view, l.output, network.embedding.input) && l.kind === (network.embedding.kind === 'matrix' ? 'matrix' : 'linear'));
    out.hiddenUnits = agreed(hidden.map((l) => told(l.output, 'hidden units')));
    return out;
  }
  const rows = layersOf(view).find((l) => l.kind === 'embedding' && sameSize(view, l.input, l.output));
  if (rows && countsOf(view).clues.length === 0) return { order: { value: 2, source: { span: rows.site.call, origin: 'folded', name: 'n' } } };
  const { order } = countsOf(view);
  if (order) out.order = { value: order.value, source: { span: order.at, origin: 'folded', name: 'n' } };
  return out;
}

function calls(view: FileView): ModelCall[] {
  return view.survey.calls.flatMap((site): ModelCall[] => {
    if (KEN.test(site.path)) return [{ site, text: 'opens an n-gram model with KenLM', settings: {}, notes: [] }];
    if (NLTK.includes(site.name) && /^nltk\.(lm|model)\b/.test(site.path)) return [{ site, text: `calls NLTK's ${site.name}`, settings: nltk(view, site), notes: [] }];
    return [];
  });
}

/** `Lidstone(gamma, order)` and `StupidBackoff(alpha, order)` have another number first. */
function nltk(view: FileView, site: CallSite): Settings {
  const first = /^(Lidstone|StupidBackoff)$/.test(site.name) ? 1 : 0;
  const e = argumentOf(site.call, first, 'order') ?? undefined;
  const c = view.constants.number(e);
  let open = false;
  if (e) walk(e, (x) => { if (x.kind === 'star') open = true; });
  return c && !open ? { order: { value: c.value, source: underName(c.source, 'order') } } : {};
}
