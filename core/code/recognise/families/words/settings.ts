/** Settings that models of word vectors share. */
import { underName, type Told } from '../../training/agree';
import { agreed } from '../../training/agree';
import type { FileView, Place, Settings } from '../family';
import { count, fraction, nonNegative, positive, truthValue, type NamedRule } from '../named';
import { argumentOf } from '../../training/survey';
import { layersOf, vocabularies, type Layer } from './layers';
import { byHand } from './by-hand';
import { rowProductOf } from './rows';
import { largestOf, windowOf } from './window';

export const WORD_RULES: readonly NamedRule[] = [
  { key: 'vectorSize', names: ['vectorsize', 'embeddingdim', 'embeddingsize', 'embedsize', 'embeddim', 'embdim', 'embsize', 'embeddingdims', 'dembed', 'ndim', 'embdimension', 'embeddimension', 'wordembeddingsize', 'wordvecsize', 'veclength', 'embed', 'embedding', 'vectordim', 'worddim', 'ndims', 'nembed', 'nembedding', 'dimembedding', 'vecsize', 'wordvectorsize', 'embeddingdimension', 'dimension', 'dimensions', 'emb', 'embeddinglength', 'representationsize', 'embdims', 'embeddings', 'hiddensize', 'hiddendim', 'dim', 'd', 'n'], fits: (x) => count(10_000)(x) && x !== 1 },
  { key: 'window', names: ['window', 'windowsize', 'skipwindow', 'contextwindow', 'contextsize', 'winsize', 'maxwindowsize', 'maxwindow', 'halfwindow', 'halfwindowsize', 'windowsz', 'cwindow', 'context', 'win', 'ws', 'wsize', 'bagwindow', 'w', 'c'], fits: count(100) },
  { key: 'negative', names: ['negative', 'numsampled', 'nneg', 'numneg', 'negsamples', 'negativesamples', 'numnegativesamples', 'nnegs', 'numnegsamples', 'negnum', 'negcount', 'nsampled', 'numns', 'negsample', 'negsamplesize', 'numnegatives', 'nnegative', 'nnegativesamples', 'negsize', 'negativesize', 'negativesample', 'numnegative', 'sampled', 'negsampling', 'negativesamplesize', 'nnegsamples', 'negatives', 'numnegsample', 'samplesize', 'negativenum', 'negnums', 'negnumber', 'numsamples', 'k'], fits: (x) => count(100_000)(x) },
  { key: 'minCount', names: ['mincount', 'minfreq', 'minwordcount', 'minfrequency', 'minoccur', 'wordmincount', 'minwordfreq', 'freqthreshold', 'mincnt', 'minoccurrence', 'minoccurence', 'minwordfrequency', 'minoccurrences', 'minfrequent', 'minimumfreq', 'minimumfrequency', 'minimumcount', 'countthreshold', 'frequencythreshold', 'cutoff'], fits: count() },
  { key: 'sample', names: ['sample', 'subsample', 'subsamplethreshold', 'sst', 'subsamplet', 'subsamplingthreshold', 'downsample', 'sampling', 'threshold', 'sst', 'sampletreshold', 'samplethreshold', 'subsamplerate', 'sampthreshold', 't'], fits: (x) => fraction(x) && (x as number) <= 0.1 },
  { key: 'vocabularySize', names: ['vocabsize', 'vocabularysize', 'vsize', 'nvocab', 'nwords', 'numwords', 'maxvocabsize', 'maxvocab', 'vocabsz', 'nvocabulary', 'maxwords', 'maxfeatures', 'sizevocab', 'vocabulary'], fits: (x) => count()(x) && (x as number) > 19 },
  { key: 'nsExponent', names: ['nsexponent', 'power', 'negpower', 'unigrampower', 'smoothingexponent'], fits: fraction },
  { key: 'hierarchicalSoftmax', names: ['hierarchicalsoftmax', 'usehs', 'hs'], fits: truthValue, convert: (x) => (typeof x === 'number' ? x === 1 : x) },
  { key: 'learningRate', names: ['alpha', 'eta', 'startingalpha', 'startalpha', 'initiallr', 'startinglr', 'startlr', 'initlr', 'startinglearningrate', 'learningratestart'], fits: positive(10) },
];

/** Layers of the model, or all where it has none of its own. */
export function ownLayers(view: FileView, place: Place): Layer[] {
  const all = layersOf(view);
  const own = all.filter((l) => place.definition !== null && l.site.definitions.includes(place.definition));
  return own.length > 0 ? own : all;
}

/** `pairs`: of a model that is trained on the pairs that Keras' `skipgrams` makes. */
export function wordSettings(view: FileView, place: Place, pairs = false): Settings {
  const out: Settings = {};
  const layers = ownLayers(view, place);
  const tables = layers.filter((l) => l.kind === 'embedding');
  out.vectorSize = agreed(tables.map((l) => view.constants.toldCount(l.output, 'embedding_dim'))) ?? matrixSize(view, layers) ?? view.constants.toldCount(rowProductOf(view)?.size ?? undefined, 'vector size') ?? undefined;
  out.vocabularySize = knownVocabulary(agreed(tables.map((l) => view.constants.toldCount(l.input, 'vocab_size'))));
  const window = windowOf(view);
  const made = pairs ? view.survey.calls.find((s) => s.name === 'skipgrams') : undefined;
  const given = made && view.constants.toldCount(argumentOf(made.call, 2, 'window_size'), 'window_size');
  if (given) out.window = given;
  else if (window?.size) {
    const size = view.constants.toldCount(window.size, 'window') ?? view.constants.toldCount(largestOf(view, window.size), 'window');
    if (size && size.value <= 100) out.window = size;
  }
  const hand = byHand(view);
  out.negative = negatives(view) ?? hand.negative;
  out.epochs = hand.epochs;
  out.learningRate = hand.learningRate;
  out.nsExponent = exponentOf(view);
  return out;
}

/** Of a matrix with a side for the vocabulary, the other side. */
function matrixSize(view: FileView, layers: readonly Layer[]): Told<number> | undefined {
  const words = vocabularies(view).filter((v) => v.input.kind === 'matrix' && layers.includes(v.input));
  return agreed(words.slice(0, 1).map((v) => view.constants.toldCount(v.input.output, 'vector size')));
}

/** What the library's sampled losses are given. */
function negatives(view: FileView): Told<number> | undefined {
  for (const s of view.survey.settings) {
    if ((s.name === 'num_sampled' && /nce_loss|sampled_softmax/.test(s.callee)) || (s.name === 'num_sampled' && /candidate_sampler/.test(s.callee))) {
      const t = view.constants.toldCount(s.value, 'num_sampled');
      if (t) return t;
    }
  }
  // `multinomial(counts, k * positive.shape[0])`: k for each positive word.
  return agreed(view.survey.calls.filter((s) => s.name === 'multinomial').flatMap((s) => s.call.args.slice(1, 2).flatMap(({ value: e }) => {
    if (e.kind !== 'binary' || e.op !== '*') return [];
    const sides = [e.left, e.right].map((x) => view.constants.toldCount(x, 'negative samples'));
    return sides[0] && !sides[1] ? [sides[0]] : sides[1] && !sides[0] ? [sides[1]] : [];
  })));
}

/** `counts ** 0.75`: the noise distribution of the paper, by its typical exponent. */
export function exponentOf(view: FileView): Told<number> | undefined {
  const powers = view.m.body.length === 0 ? [] : powersIn(view);
  return agreed(powers);
}

function powersIn(view: FileView): Told<number>[] {
  const out: Told<number>[] = [];
  for (const site of view.survey.calls) {
    if (!/^(pow|power)$/.test(site.name)) continue;
    const t = view.constants.number(site.call.args.at(-1)?.value);
    if (t && nonNegative(1)(t.value) && (t.value === 0.75 || t.value === 0.5)) out.push({ value: t.value, source: underName(t.source, 'power') });
  }
  for (const { value } of view.computed) {
    if (value.prov?.op !== '**') continue;
    const [, e] = value.prov.args;
    if (e?.kind === 'number' && (e.value === 0.75 || e.value === 3 / 4)) out.push({ value: 0.75, source: e.src ?? { span: value.prov.at, origin: 'folded', name: 'power' } });
  }
  return out;
}

/** A number that is written down: what `len` finds in lists that a program fills is not theirs. */
export function knownVocabulary(t: Told<number> | undefined): Told<number> | undefined {
  return t && t.value > 2 && t.source.origin !== 'folded' ? t : undefined;
}
