/** Sizes of autoregressive models, by their layers and by what they are called. */
import { agreed } from '../../training/agree';
import type { Expr } from '../../../parse/ast';
import { argumentOf } from '../../training/survey';
import type { FileView, Place, Settings } from '../family';
import { count, type NamedRule } from '../named';
import { knownVocabulary, ownLayers } from '../words/settings';
import { vocabularies } from '../words/layers';
import { RECURRENT } from './recurrent';

export const AUTOREGRESSIVE_RULES: readonly NamedRule[] = [
  { key: 'contextLength', names: ['blocksize', 'contextlength', 'seqlen', 'seqlength', 'maxlen', 'maxseqlen', 'contextsize', 'maxlength', 'sequencelength', 'nctx', 'bptt', 'maxseqlength', 'contextlen', 'sequencesize', 'chunklen', 'ctxlen', 'contextwindow', 'maxpositionembeddings', 'npositions', 'numsteps', 'maxcontextlength', 'maxsequencelength', 'ctxlength', 'blocklen', 'samplelen', 'lseq', 'seqsize', 'timesteps', 'trainlen', 'nstepsunroll', 'unrolling', 'numunrollings', 'chunksize', 'windowsize', 'sequencelen', 'maxsentlen', 'blocksz'], fits: (x) => count(1_000_000)(x) && x !== 1 },
  { key: 'vocabularySize', names: ['vocabsize', 'vocabularysize', 'nvocab', 'ntoken', 'ntokens', 'numtokens', 'vocabsz', 'nchars', 'numchars', 'ncharacters', 'nvocabulary', 'vocabularylen', 'nwords', 'vocablen', 'nsymbols', 'maxfeatures', 'vocab', 'voc', 'vocsize', 'numclasses', 'nclasses'], fits: (x) => count()(x) && (x as number) > 2 },
  { key: 'embeddingSize', names: ['nembd', 'dmodel', 'embeddim', 'embeddingdim', 'embeddingsize', 'embedsize', 'embsize', 'embdim', 'nembed', 'ninp', 'modeldim', 'emsize', 'dimmodel', 'embeddings', 'hiddendimmodel', 'nemb', 'dembd', 'dimembed', 'edim', 'tokendim', 'embeddingdims', 'numembed', 'dembed', 'modelsize', 'nembeddings', 'dembedding', 'embeddinglength'], fits: count(100_000) },
  { key: 'heads', names: ['nhead', 'nheads', 'numheads', 'heads', 'numattentionheads', 'attnheads', 'nattnheads', 'numhead', 'headcount', 'attentionheads', 'nattnhead', 'nattentionheads'], fits: count(1024) },
  { key: 'hiddenLayers', names: ['nlayer', 'nlayers', 'numlayers', 'nblocks', 'numblocks', 'depth', 'numtransformerblocks', 'numdecoderlayers', 'ntransformerblocks', 'layers', 'nresblocks', 'numresblocks', 'numhiddenlayers', 'nresnet', 'nrresnet', 'numlayer', 'nrresnets', 'ndecoderlayers', 'nresidualblocks', 'numresidualblocks', 'hiddenlayers', 'stacksize', 'nhiddenlayers'], fits: count(200) },
  { key: 'hiddenUnits', names: ['hiddensize', 'rnnsize', 'nhid', 'hiddendim', 'lstmsize', 'rnnunits', 'numunits', 'nhidden', 'hiddenunits', 'numhidden', 'hdim', 'lstmunits', 'numhiddenunits', 'rnndim', 'hidden', 'hiddendims', 'nunits', 'stateunits', 'numhiddens', 'nneurons', 'lstmhiddensize', 'rnnhiddensize', 'hiddenchannels', 'residualchannels', 'nrfilters', 'nfilters', 'hiddenfmaps', 'hiddenfilters', 'nhiddens', 'feats', 'features', 'gruunits', 'numfilters', 'nchannelsresidual', 'lstmlayersize', 'rnnhidden', 'nhiddenunits', 'lstmhidden', 'cfilters', 'recurrentunits'], fits: (x) => count(65_536)(x) && x !== 1 },
  { key: 'kernelSize', names: ['kernelsize', 'filterwidth', 'ksize', 'filtersize', 'convsize', 'kernel', 'kernelwidth'], fits: (x) => count(100)(x) && x !== 1, inside: true },
  { key: 'levels', names: ['levels', 'numlevels', 'colorlevels', 'quantizationchannels', 'qlevels', 'nlevels', 'nbins', 'quantlevels', 'colourlevels', 'colordepth', 'nquantize', 'quantizelevels', 'quantizechannels', 'outclasses', 'colorbins'], fits: (x) => count(65_536)(x) && x !== 1 },
  { key: 'channels', names: ['inchannels', 'channels', 'numchannels', 'imagechannels', 'nchannels', 'imgchannels', 'inputchannels', 'colorchannels'], fits: (x) => x === 1 || x === 3 },
];

export function autoregressiveSettings(view: FileView, place: Place): Settings {
  const out: Settings = {};
  const told = (e: Expr | undefined, name: string) => view.constants.toldCount(e, name);
  const own = ownLayers(view, place);
  const symbols = vocabularies(view).filter((v) => v.input.kind === 'embedding' && own.includes(v.input));
  const inputs = [...new Set(symbols.map((v) => v.input))];
  out.embeddingSize = agreed(inputs.map((l) => told(l.output, 'embedding size')));
  out.vocabularySize = knownVocabulary(agreed(inputs.map((l) => told(l.input, 'vocabulary size'))));
  const recurrent = view.survey.calls.filter((s) => RECURRENT.test(s.name) && !view.survey.classes.has(s.name) && (place.definition === null || s.definitions.includes(place.definition)));
  // Keras' and TensorFlow's are given their units first, PyTorch's their input.
  const torch = view.framework === 'pytorch' || view.framework === 'lightning';
  out.hiddenUnits = agreed(recurrent.filter((s) => !/^(MultiRNNCell|RNN|rnn_decoder|DeepRNN)$/.test(s.name) || torch).map((s) => told(argumentOf(s.call, torch ? 1 : 0, 'hidden_size', 'units', 'num_units', 'cell_size'), 'hidden units')));
  if (torch) out.hiddenLayers = agreed(recurrent.filter((s) => !s.name.endsWith('Cell')).map((s) => told(argumentOf(s.call, 2, 'num_layers'), 'num_layers')));
  return out;
}
