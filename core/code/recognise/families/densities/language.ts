/** Language models that give a score to each next symbol: causal transformers and recurrent networks. */
import type { Expr, Span } from '../../../parse/ast';
import { argumentOf, type CallSite } from '../../training/survey';
import type { Clue, FileView } from '../family';
import { sameSize, tiedWeights, vocabularies, layersOf, type Vocabulary } from '../words/layers';
import { feedbackOf } from './feedback';
import { causalAttention } from './masks';
import { RECURRENT } from './recurrent';

const ATTENTION = /^(MultiheadAttention|MultiHeadAttention|scaled_dot_product_attention|TransformerEncoderLayer|TransformerDecoderLayer|TransformerEncoder|TransformerDecoder|dot_product_attention|MultiHeadDotProductAttention|SelfAttention|softmax|Softmax|make_causal_mask|TransformerEncoderBlock|flash_attn_func|memory_efficient_attention)$/;
export const LOSS = /^(cross_entropy|CrossEntropyLoss|NLLLoss|nll_loss|log_softmax|sparse_categorical_crossentropy|categorical_crossentropy|softmax_cross_entropy_with_logits|softmax_cross_entropy_with_logits_v2|sparse_softmax_cross_entropy_with_logits|sequence_loss|sequence_loss_by_example|SparseCategoricalCrossentropy|CategoricalCrossentropy|softmax_cross_entropy_with_integer_labels|softmax_cross_entropy|categoricalCrossentropy|sparseCategoricalCrossentropy|softmaxCrossEntropy)$/;

export function lossOf(view: FileView): Span | null {
  const call = view.survey.calls.find((s) => LOSS.test(s.name));
  if (call) return call.call;
  const word = view.survey.settings.find((s) => s.value.kind === 'string' && LOSS.test(s.value.value));
  return word?.value ?? view.survey.calls.find((s) => /^(softmax|Softmax|LogSoftmax|logSoftmax)$/.test(s.name))?.call ?? view.survey.settings.find((s) => s.value.kind === 'string' && s.value.value === 'softmax')?.value ?? softmaxLayer(view);
}

/** Keras' `Activation('softmax')`. */
function softmaxLayer(view: FileView): Span | null {
  return view.survey.calls.find((s) => s.name === 'Activation' && s.call.args[0]?.value.kind === 'string' && s.call.args[0].value.value === 'softmax')?.call ?? null;
}

/** Words or characters in, a score for each of them out. */
function symbols(view: FileView): { at: Span; tied: boolean; all?: Span[] } | null {
  const tied = tiedWeights(view);
  const embeddings = vocabularies(view).filter((v: Vocabulary) => v.input.kind === 'embedding' && v.output.kind === 'linear');
  const recurrent = oneHot(view);
  if (embeddings.length > 0) {
    const all = [...embeddings.map((v): Span => v.output.site.call), ...(recurrent ? [recurrent] : [])].sort((a, b) => a.from - b.from);
    return { at: all[0], tied: tied !== null, all };
  }
  if (tied) return { at: tied, tied: true };
  if (recurrent) return { at: recurrent, tied: false };
  const matrices = vocabularies(view).filter((v) => v.input.kind === 'matrix' && v.input.holder !== v.output.holder && sameSize(view, v.size, v.output.output) && !sameSize(view, v.size, v.input.output) && leads(view, v.input.output, v.output.input));
  // Matrices have such shapes in much that is about no symbols.
  const ofSymbols = view.words.has('softmax') || view.words.has('tanh') || [...view.words].some((w) => /vocab|(^|_)chars?(_|$)|token|one_?hot/i.test(w));
  return matrices.length > 0 && ofSymbols && hidden(view) ? { at: matrices[0].output.site.call, tied: false } : null;
}

/** Is there a way through matrices from one size to another? What goes in and what comes out else only have a size in common. */
function leads(view: FileView, from: Expr | undefined, to: Expr | undefined): boolean {
  // A library's cell has its matrices inside.
  if (view.survey.calls.some((s) => RECURRENT.test(s.name) && !view.survey.classes.has(s.name))) return true;
  const seen: (Expr | undefined)[] = [from];
  for (const size of seen) {
    if (sameSize(view, size, to)) return true;
    for (const l of layersOf(view)) if (l.kind === 'matrix' && sameSize(view, l.input, size) && !seen.some((s) => sameSize(view, s, l.output))) seen.push(l.output);
  }
  return false;
}

/** `LSTM(n, h)` and `Linear(h, n)`: symbols go in one-hot. */
function oneHot(view: FileView): Span | null {
  const outputs = layersOf(view).filter((l) => l.kind === 'linear' && l.output);
  for (const s of view.survey.calls) {
    if (!RECURRENT.test(s.name) || view.survey.classes.has(s.name)) continue;
    const size = inputOf(s);
    const found = size && outputs.find((l) => l.site.definitions[0] === s.definitions[0] && sameSize(view, size, l.output));
    if (found) return found.site.call;
  }
  return null;
}

function inputOf(s: CallSite): Expr | undefined {
  const shape = argumentOf(s.call, -1, 'input_shape', 'inputShape', 'batch_input_shape', 'batchInputShape');
  // Of a stack in a loop the first layer only: `inputShape: i === 0 ? [n, size] : undefined`.
  const list = shape?.kind === 'conditional' ? [shape.then, shape.otherwise].find((x) => x.kind === 'sequence') : shape;
  if (list?.kind === 'sequence') return list.items.at(-1);
  // PyTorch gives both sizes; the one size of Keras' `LSTM(128)` is that of the state.
  return /^(LSTM|GRU|RNN|LSTMCell|GRUCell|RNNCell)$/.test(s.name) && argumentOf(s.call, 1, 'hidden_size') ? argumentOf(s.call, 0, 'input_size') : undefined;
}

/** A matrix from the hidden state to itself. */
function hidden(view: FileView): boolean {
  return layersOf(view).some((l) => l.kind === 'matrix' && l.input?.kind !== 'number' && sameSize(view, l.input, l.output)) || view.survey.calls.some((s) => RECURRENT.test(s.name));
}

/** Parameters or constants that speak of words or characters. */
function aboutWords(view: FileView): boolean {
  return [...view.survey.parameters.map((s) => s.parameter.name), ...view.survey.settings.map((s) => s.name)].some((n) => /vocab|(^|_)words?(_|$)|(^|_)chars?(_|$)/i.test(n));
}

/** A stack of its own among the models of a page: symbols in, a recurrent layer, scores of the same symbols out, and it reads one way. */
export function standsAlone(view: FileView, anchors: readonly Span[]): boolean {
  return view.survey.calls.some((s) => {
    if (s.name !== 'Sequential') return false;
    const within = (x: Span) => s.call.from <= x.from && x.to <= s.call.to;
    const inside = view.survey.calls.filter((x) => x !== s && within(x.call));
    return anchors.some(within) && inside.some((x) => RECURRENT.test(x.name)) && !inside.some((x) => /^(Bidirectional|RepeatVector)$/.test(x.name));
  });
}

export function languageClues(view: FileView): Clue[] {
  const found = symbols(view);
  if (!found) return [];
  const out: Clue[] = [{ id: 'symbols', weight: found.tied ? 0.6 : 0.5, text: found.tied ? 'scores all symbols with the weights that their vectors are kept in' : 'takes symbols of one vocabulary, and gives a score to each of it', at: found.at, role: 'anchor' }];
  // A file may hold several of them.
  for (const at of found.all?.slice(1) ?? []) out.push({ ...out[0], at });
  const single = out.length;
  const attends = view.survey.calls.some((s) => ATTENTION.test(s.name)) || [...view.survey.classes.keys()].some((n) => /attention|transformer/i.test(n));
  const mask = attends ? causalAttention(view) : null;
  if (mask) out.push({ id: 'causal', weight: 0.4, text: 'attends to what is before only', at: mask, role: 'anchor' });
  const recurrent = view.survey.calls.find((s) => RECURRENT.test(s.name) && !view.survey.classes.has(s.name));
  if (recurrent && (!mask || view.topOf(mask) !== view.topOf(recurrent.call))) out.push({ id: 'recurrent', weight: 0.3, text: 'keeps a state of what is before', at: recurrent.call, role: 'anchor' });
  else if (!mask && hidden(view)) out.push({ id: 'recurrent', weight: aboutWords(view) ? 0.3 : 0.2, text: 'keeps a state of what is before', at: found.at, role: 'support' });
  if (out.length === single) return [];
  const loss = lossOf(view);
  if (loss) out.push({ id: 'loss', weight: 0.2, text: 'is trained on the next symbol', at: loss, role: 'support' });
  const loop = feedbackOf(view);
  if (loop) out.push({ id: 'feedback', weight: 0.5, text: 'draws symbols, and takes them in again', at: loop, role: 'support' });
  return out;
}
