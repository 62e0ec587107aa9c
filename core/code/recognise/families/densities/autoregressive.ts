/** Autoregressive models: PixelCNN and PixelRNN, MADE, WaveNet, causal transformers and recurrent networks that predict what comes next. */
import type { Span } from '../../../parse/ast';
import { operationOf } from '../../graph';
import { dotted } from '../../training/survey';
import type { Clue, Definition, Family, FileView } from '../family';
import { expressionsOf, visitStatements, walk } from '../words/expressions';
import { attentionClues } from './by-hand';
import { feedbackOf, pixelLoopOf } from './feedback';
import { languageClues, lossOf, standsAlone } from './language';
import { RECURRENT } from './recurrent';
import { degreeMasks, kernelMasks, maskedWeights } from './masks';
import { CAUSAL_MODELS, causalModels } from './transformers';
import { AUTOREGRESSIVE_RULES, autoregressiveSettings } from './autoregressive-settings';

const NOWHERE: Span = { from: 0, to: 0 };
const CONVOLUTION = /conv|Conv/;

export const AUTOREGRESSIVE: Family = {
  id: 'autoregressive',
  needs: {
    python: [['Conv2d', 'Conv2D', 'conv2d', 'Conv1d', 'Conv1D', 'conv1d', 'Conv', 'convolution', 'Embedding', 'Embed', 'LSTM', 'GRU', 'RNN', 'LSTMCell', 'GRUCell', 'BasicLSTMCell', 'SimpleRNN', 'tril', 'triu', 'tri', 'Linear', 'dot', 'get_variable', 'Dense', 'rnn_cell', 'embedding_lookup', 'RNNCell', 'Parameter', 'conv_general_dilated', 'einsum', 'down_shifted_conv2d', 'MaskedConv2d', 'MaskedCNN', 'MaskedConv2D', 'MaskConv2d', 'ZeroPad2d', 'multinomial', 'add_weight', ...CAUSAL_MODELS],
      ['Embedding', 'Embed', 'softmax', 'cross_entropy', 'CrossEntropyLoss', 'categorical_crossentropy', 'sparse_categorical_crossentropy', 'SparseCategoricalCrossentropy', 'log_softmax', 'NLLLoss', 'multinomial', 'categorical', 'choice', 'sigmoid', 'binary_cross_entropy', 'mask', 'embedding_lookup', 'sparse_softmax_cross_entropy_with_logits', 'softmax_cross_entropy_with_logits', 'exp', 'register_buffer', 'tanh', 'mask_center', 'down_shifted_conv2d', 'MaskedConv2d', 'MaskedCNN', 'MaskedConv2D', 'MaskConv2d', 'ZeroPad2d', ...CAUSAL_MODELS]],
    javascript: [['lstm', 'gru', 'lstmCell', 'embedding', 'conv1d', 'conv2d', 'matMul', 'dot', 'tanh', 'exp', 'push'], ['softmax', 'multinomial', 'categoricalCrossentropy', 'sparseCategoricalCrossentropy', 'exp']],
  },
  seeds: ['Embedding', 'Embed', 'embedding', 'embedding_lookup', 'LSTM', 'GRU', 'RNN', 'LSTMCell', 'GRUCell', 'BasicLSTMCell', 'tril', 'triu', 'tri', 'multinomial', 'categorical', 'mask', 'weight', 'dilation', 'dilation_rate', 'dilations', 'tanh', 'choice', 'masked', 'MaskedConv2d', 'MaskedCNN', 'MaskedConv2D', 'MaskConv2d', 'SimpleRNN', 'lstm', 'mask_center', 'down_shifted_conv2d', 'ZeroPad2d', 'masks', 'Linear', 'cross_entropy', 'softmax', 'log_softmax', 'CrossEntropyLoss', ...CAUSAL_MODELS],
  clues,
  calls: causalModels,
  named: AUTOREGRESSIVE_RULES,
  settings: autoregressiveSettings,
  foreign: /discrim|critic|teacher|reward|policy|encoder(?!.*decoder)|classif|position/i,
};

function clues(view: FileView): Clue[] {
  const out = [...languageClues(view), ...attentionClues(view), ...masks(view), ...dilated(view), ...shifted(view), ...pixels(view)];
  if (out.length === 0) return out;
  out.push(...around(view, standsAlone(view, out.filter((c) => c.id === 'symbols').map((c) => c.at))));
  out.push(...wholes(view, out));
  return out;
}

function masks(view: FileView): Clue[] {
  const out: Clue[] = [];
  const kernels = view.survey.calls.some((s) => CONVOLUTION.test(s.name)) || [...view.survey.classes.values()].some((c) => c.bases.some((b) => CONVOLUTION.test(dotted(b) ?? ''))) ? kernelMasks(view) : [];
  const weights = maskedWeights(view);
  for (const at of kernels) out.push({ id: 'kernel mask', weight: kernels.length > 1 ? 0.7 : 0.6, text: 'masks kernels behind their centre', at, role: 'anchor' });
  for (const at of kernels.length > 0 ? [] : typed(view)) out.push({ id: 'kernel mask', weight: 0.7, text: 'stacks convolutions with masks of type A and B', at, role: 'anchor' });
  const degrees = degreeMasks(view);
  if (weights && degrees.length > 0) for (const at of degrees) out.push({ id: 'degrees', weight: degrees.length > 1 ? 0.8 : 0.7, text: 'masks weights by the degrees of units', at, role: 'anchor' });
  if (out.length === 0) return out;
  if (weights) out.push({ id: 'masked weights', weight: 0.3, text: 'multiplies weights by a mask', at: weights, role: 'support' });
  return [...out, ...trained(view, 0.2)];
}

/** `MaskedConv2d('A', …)` and `MaskedConv2d('B', …)`, or `mask_type='B'`: both types, whatever the layer is called. */
function typed(view: FileView): Span[] {
  const found = new Map<string, Span[]>();
  for (const s of view.survey.calls) {
    for (const a of s.call.args) {
      if (a.value.kind === 'string' && /^[AaBb]$/.test(a.value.value) && (CONVOLUTION.test(s.name) || /mask/i.test(a.name ?? '') || /mask|lstm/i.test(s.name))) {
        const key = a.value.value.toUpperCase();
        found.set(key, [...(found.get(key) ?? []), s.call]);
      }
    }
  }
  const centres = view.survey.settings.filter((s) => s.name === 'mask_center');
  if (new Set(centres.map((s) => view.constants.of(s.value)?.value)).size === 2) return centres.map((s) => s.value);
  return found.size === 2 ? [...found.values()].flat() : [];
}

/** WaveNet: convolutions that look back, at growing distances, with gates of tanh and σ. */
function dilated(view: FileView): Clue[] {
  const dilation = view.survey.settings.find((s) => /^(dilation|dilation_rate|dilations|dilationRate|rate)$/.test(s.name) && !(s.value.kind === 'number' && s.value.value === 1) && (CONVOLUTION.test(s.callee) || s.name !== 'rate'))
    ?? view.survey.parameters.find((s) => s.parameter.name === 'dilation');
  if (!dilation) return [];
  const lookBack = backwards(view);
  if (!lookBack) return [];
  const out: Clue[] = [];
  for (const { value, at } of view.computed) {
    const o = operationOf(value);
    const op = o && (o.op === '' && o.callee ? operationOf(o.callee)?.op ?? '' : o.op);
    if (o && op && /^(\*|mul|multiply|Multiply|merge)$/.test(op)) {
      const inner = o.args.flatMap((a) => (a.kind === 'sequence' ? a.items : [a])).map((a) => operationOf(a)?.op ?? '');
      const kinds = op === 'Multiply' || op === 'merge' ? inner.concat(strings(view)) : inner;
      if (kinds.includes('tanh') && kinds.includes('sigmoid')) out.push({ id: 'gate', weight: 0.35, text: 'gates what it sees by tanh · σ', at, role: 'anchor' });
    }
  }
  if (out.length === 0) return [];
  out.push({ id: 'dilation', weight: 0.25, text: 'looks back in growing steps', at: lookBack, role: 'anchor' });
  out.push(...trained(view, 0.25));
  const levels = view.survey.settings.find((s) => /(mu|u)_?law|quantiz|n_?classes|levels|out_?classes|quantis|output_bins/i.test(s.name))?.value ?? view.survey.calls.find((s) => /mu_?law|mulaw|discretized_mix_logistic/i.test(s.name))?.call ?? view.survey.parameters.find((s) => /mu_?law|quantiz|classes|levels/i.test(s.parameter.name))?.parameter;
  if (levels) out.push({ id: 'levels', weight: 0.25, text: 'gives a probability to each level', at: { from: levels.from, to: levels.to }, role: 'support' });
  return out;
}

function strings(view: FileView): string[] {
  return view.survey.settings.flatMap((s) => (s.name === 'activation' && s.value.kind === 'string' ? [s.value.value] : []));
}

/** `padding='causal'`, `(kernel - 1) * dilation`, a class called causal, or what only the last part of the past is kept of. */
function backwards(view: FileView): Span | null {
  const causal = view.survey.settings.find((s) => s.name === 'padding' && s.value.kind === 'string' && s.value.value === 'causal');
  if (causal) return causal.value;
  let found: Span | null = null;
  visitStatements(view.m.body, (s) => {
    for (const top of expressionsOf(s)) walk(top, (e) => {
      if (e.kind !== 'binary' || e.op !== '*') return;
      const less = (x: typeof e.left) => x.kind === 'binary' && x.op === '-' && x.right.kind === 'number' && x.right.value === 1;
      const steps = (x: typeof e.left) => /dilat|rate|^d$/i.test(dotted(x) ?? '');
      if ((less(e.left) && steps(e.right)) || (less(e.right) && steps(e.left))) found ??= e;
    });
  });
  if (found) return found;
  return view.survey.calls.find((s) => /causal/i.test(s.name))?.call ?? [...view.survey.classes.values()].find((c) => /causal/i.test(c.name))?.nameSpan ?? null;
}

/** PixelCNN++: images are padded above and left only, so that nothing below or right is seen. */
function shifted(view: FileView): Clue[] {
  const out: Clue[] = [];
  for (const s of view.survey.calls) {
    if (/^(down_?(right_?)?shift(ed)?_?(conv2d|deconv2d)|down(right)?shift(ed)?conv2d|DownRightShiftedConv2d|DownShiftedConv2d|down_right_shifted_conv2d|down_shifted_conv2d)$/i.test(s.name)) out.push({ id: 'shift', weight: 0.7, text: 'shifts convolutions down and right', at: s.call, role: 'anchor' });
    if (s.name === 'ZeroPad2d') {
      const pads = s.call.args[0]?.value;
      if (pads?.kind === 'sequence' && pads.items.length === 4 && pads.items[3].kind === 'number' && pads.items[3].value === 0 && !(pads.items[2].kind === 'number' && pads.items[2].value === 0)) out.push({ id: 'shift', weight: 0.5, text: 'pads images above only', at: s.call, role: 'anchor' });
    }
  }
  if (out.length === 0) return out;
  const mixture = view.survey.calls.find((s) => /discretized_mix|mix_logistic|logistic_mix/i.test(s.name))?.call ?? [...view.survey.parameters].find((s) => /logistic_?mix/i.test(s.parameter.name))?.parameter;
  if (mixture) out.push({ id: 'levels', weight: 0.3, text: 'gives a mixture of logistics', at: { from: mixture.from, to: mixture.to }, role: 'support' });
  return out;
}

function trained(view: FileView, weight: number): Clue[] {
  const out: Clue[] = [];
  const loss = lossOf(view) ?? view.survey.calls.find((s) => /binary_cross_?entropy|BCE/i.test(s.name))?.call;
  if (loss) out.push({ id: 'loss', weight, text: 'is trained by the probability of each value', at: loss, role: 'support' });
  const loop = feedbackOf(view);
  if (loop) out.push({ id: 'feedback', weight: 0.3, text: 'draws values one by one, and takes them in again', at: loop, role: 'support' });
  return out;
}

/** Networks whose masks stand elsewhere: pictures are drawn pixel by pixel. */
function pixels(view: FileView): Clue[] {
  const loop = pixelLoopOf(view);
  return loop ? [{ id: 'pixels', weight: 0.6, text: 'draws pictures pixel by pixel, each from what is there already', at: loop, role: 'anchor' }, ...trained(view, 0.2).filter((c) => c.id === 'loss')] : [];
}

/** What things are called, for and against. */
function around(view: FileView, alone: boolean): Clue[] {
  const out: Clue[] = [];
  const { classes, functions, parameters } = view.survey;
  const names = [...classes.keys(), ...functions.keys()];
  const taken = new Set(parameters.map((s) => s.parameter.name));
  const own = names.find((n) => /gpt(?![a-z]*j?oint)|language_?model|(^|_)lm(_|$)|LM$|char_?rnn|pixel_?(c|r)nn|wave_?net|(^|_)made(_|$)|MADE|autoregress|text_?gen|generate_?text|next_?(char|word|token)|nade/i.test(n) && !/bert/i.test(n)) ?? view.survey.settings.find((s) => /^(char_?rnn|language_model|gpt|pixel_?cnn|wavenet)$/i.test(s.name))?.name ?? view.survey.calls.find((s) => /pixel_?(c|r)nn|pixel_?conv|masked_?conv/i.test(s.name))?.name;
  if (own) out.push({ id: 'name', weight: 0.3, text: `is called ${own}`, at: classes.get(own)?.nameSpan ?? functions.get(own)?.nameSpan ?? NOWHERE, role: 'support' });
  const against = (id: string, weight: number, text: string) => { out.push({ id, weight, text, at: NOWHERE, role: 'support' }); };
  const translates = (taken.has('src') && (taken.has('tgt') || taken.has('trg'))) || (names.some((n) => /encoder/i.test(n) && !/position|byte/i.test(n)) && names.some((n) => /decoder/i.test(n))) || view.survey.calls.some((s) => /^(torch\.nn|nn)\.Transformer$/.test(s.path))
    || [...taken].some((n) => /^(enc_?outputs?|encoder_?(outputs?|hidden|states?|out|hidden_states)|memory|tgt_mask|trg_mask|enc_hidden)$/.test(n)) || names.some((n) => /seq2seq|cross_?attention|translat/i.test(n)) || [...classes.values()].some(encodes) || view.survey.calls.some((s) => /^repeat_?vector$/i.test(s.name));
  if (!translates && out.length === 0 && names.some((n) => /decoder|attn|listen|speller/i.test(n)) && view.survey.calls.some((s) => RECURRENT.test(s.name))) against('decoder', -0.6, 'is the decoder of something else');
  if (view.survey.parameters.some((s) => /^(item_?num|n_?items|num_?items|user_?num|n_?users|users?)$/.test(s.parameter.name)) || view.survey.settings.some((s) => /^(item_?num|n_?items|num_?items)$/.test(s.name))) against('items', -0.6, 'recommends items');
  if (translates && !alone) against('encoder', -0.8, 'has an encoder for something else');
  if (names.some((n) => /[bB]ert|BERT|(^|_)mlm(_|$)|MLM|[mM]asked_?(lm|LM|lang|Lang)|Vision|(^|_)vit(_|$)|ViT|CLIP|[wW]hisper|(^|_)t5(_|$)|T5|[iI]mage_?[cC]aption|DETR|(^|_)asr(_|$)|ASR/.test(n))) against('other', -0.6, 'is a transformer of another kind');
  if ([...taken].some((n) => /^(env|rewards?|actions?|returns_to_go|rtg|action_(shape|dim|space|size)|act_dim|obs_dim|observation_space)$/.test(n)) || view.survey.imports.has('gym') || view.survey.imports.has('gymnasium')) against('policy', -0.6, 'is a policy of reinforcement learning');
  const both = view.survey.settings.find((s) => s.name === 'bidirectional' && view.constants.of(s.value)?.value === true) ?? view.survey.calls.find((s) => /^Bidirectional$/i.test(s.name));
  if (both && !alone) against('both', -0.5, 'reads in both directions');
  if ([...taken].some((n) => /^(captions?|image_?features?|img_?features?)$/.test(n))) against('captions', -0.5, 'describes pictures');
  if ([...taken].some((n) => /^(adj|supports|adj_mx|tags|tag_to_ix|questions?|answers?|facts)$/.test(n)) || names.some((n) => /forecast|tagger|traffic/i.test(n))) against('series', -0.5, 'predicts something else than what it takes in');
  return out;
}

/** `encode` and `decode` of one class that has a vocabulary for each. */
function encodes(c: Definition): boolean {
  const methods = c.body.flatMap((s) => (s.kind === 'function' ? [s] : []));
  const words = methods.find((f) => f.name === '__init__')?.params.filter((p) => /voc|lang|tokens|dict/i.test(p.name)) ?? [];
  return words.length > 1 && methods.some((f) => f.name === 'encode') && methods.some((f) => /^decode/.test(f.name));
}

/** Classes that are built of the parts found: the model is the whole. */
function wholes(view: FileView, found: readonly Clue[]): Clue[] {
  const parts = new Set<Definition>();
  for (const c of found) {
    const top = c.role === 'anchor' ? view.topOf(c.at) : null;
    if (top?.kind === 'class') parts.add(top);
  }
  const out: Clue[] = [];
  for (const part of parts) {
    for (const s of view.survey.calls) {
      const [owner] = s.definitions;
      if (s.name !== part.name || !owner || owner.kind !== 'class' || parts.has(owner) || /train|solver|lightning|runner|agent|test/i.test(owner.name)) continue;
      parts.add(owner);
      out.push({ id: 'whole', weight: 0.05, text: `is built of ${part.name}`, at: s.call, role: 'anchor' });
    }
  }
  return out;
}
