/** What the worker, the engine and the mathematics say, against the sentences by which the page tells it in its language. */
import ts from 'typescript';
import { SENTENCES } from '../../../webview/ui/sentences';
import { filesIn, looseTexts } from './sources';

const SPEAKING = [
  'webview/experiments/ddpm/manifest.ts', 'webview/experiments/vae/manifest.ts', 'core/math/schedules.ts', 'core/math/samplers.ts', 'core/math/losses.ts', 'core/math/points.ts', 'core/math/pointsText.ts', 'core/math/pointsError.ts', 'core/math/npy.ts',
  'webview/engine/device.ts', 'webview/engine/adapter.ts', 'webview/engine/watched.ts', 'webview/engine/errors.ts', ...filesIn('webview/worker', 'webview/experiments/ddpm/runtime'), 'webview/experiments/vae/runtime/weights.ts', 'webview/experiments/vae/runtime/training.ts', 'webview/experiments/vae/runtime/pair.ts', 'core/math/sealed.ts',
];

/** What no person of the page is told, with the reason. */
const NOT_TOLD: readonly (readonly [texts: RegExp, why: string])[] = [
  [/^(T is|steps is|eta is|gamma is|Unknown |\{0\} is \{1\}: it must lie|A schedule of \{0\} steps)/, 'the field refuses the value first'],
  [/^(x, prediction and z|Points are pairs|Point \{0\} of the drawing|There is no device|tfjs |The engine was not|The network for|t is \{0\}|The checkpoint holds|Data: |The data "\{0\}" were|There is no example|The two halves)/, 'a mistake of the program'],
  [/^(The tensor|The network has|The file says that the network)/, 'weights are those that ship, or were trained here'],
  [/^(CPU \(JavaScript\)|WASM \{0\}|unnamed adapter|own \{0\}|drawn points|opened weights|vae \{0\}|\{'descr')/, 'a name or a format'],
  [/^it was closed$/, 'whoever closes the device does not ask why it was lost'],
];

/** Sentences that are put together of parts where they are written: what is written, and what comes of it. */
const PUT_TOGETHER: readonly (readonly [parts: readonly string[], sentences: readonly string[]])[] = [
  [['{0} {1} drawn: at least two are needed. Draw on.', 'point was', 'points were'], ['1 point was drawn: at least two are needed. Draw on.', 'No points were drawn: at least two are needed. Draw on.']],
  [['All points lie on one {0} line. Draw some beside it.'], ['All points lie on one vertical line. Draw some beside it.', 'All points lie on one horizontal line. Draw some beside it.']],
  [['{0} has {1}: at least two are needed, one a line.', 'no points', 'one point only'], ['{0} has no points: at least two are needed, one a line.', '{0} has one point only: at least two are needed, one a line.']],
  [['{0} {1} without any value left out'], ['{0} row without any value left out', '{0} rows without any value left out']],
  [['Line {0} has {1} {2}, line {3} has {4}. Every row needs the same columns: correct or remove the line.'],
    ['Line {0} has {1} column, line {2} has {3}. Every row needs the same columns: correct or remove the line.', 'Line {0} has {1} columns, line {2} has {3}. Every row needs the same columns: correct or remove the line.']],
  [['column {0} ({1})', 'column {0}'], ['column {0} ({1})', 'column {0}', 'Column {0} ({1})', 'Column {0}']],
  [['{0}{1} has a comma inside, and commas separate the columns. Write decimal points, or separate by semicolons.'], ['Line {0}, {1}: {2} has a comma inside, and commas separate the columns. Write decimal points, or separate by semicolons.']],
  [['The array has shape ({0}{1}). Points need shape (n, 2): one row a point, columns x and y.'], ['The array has shape ({0}). Points need shape (n, 2): one row a point, columns x and y.']],
  [['{0} is not used: {1}'], ['{0} is not used: {1}.', '{0} is not used: {1}; {2} is not used: {3}.']],
  [['No other device works here.'], ['{0} No other device works here. {1}', '{0} No other device works here.']],
  [['The loss is {0} at step {1}: training has diverged. Lower the learning rate (it is {2}) and go on from the last good checkpoint, or reset.', 'The last good checkpoint is of step {0}.', 'There is no checkpoint yet: training would start afresh.'], [
    'The loss is {0} at step {1}: training has diverged. Lower the learning rate (it is {2}) and go on from the last good checkpoint, or reset. The last good checkpoint is of step {3}.',
    'The loss is {0} at step {1}: training has diverged. Lower the learning rate (it is {2}) and go on from the last good checkpoint, or reset. There is no checkpoint yet: training would start afresh.']],
];

/** Of the page and of core/math/diffusion.ts, and the pattern of "field: what is wrong with it". */
const OF_OTHERS = [
  '{0}: {1}', 'At ᾱ = 0 (zero terminal SNR) x_t is noise alone, and a prediction of ε says nothing of x_0. Choose predictionType v_prediction or sample',
  'The compute worker ended unexpectedly; the log tells more.', 'This browser gave no 2D canvas; the picture cannot be drawn.', 'Could not load {0}: {1} {2}',
];

const isDescription = (node: ts.Node): boolean => ts.isPropertyAssignment(node) && ['title', 'hint', 'meaning', 'description', 'source'].includes(node.name.getText());
const written = new Set(looseTexts(SPEAKING, isDescription).map(({ text }) => text));
const parts = new Set(PUT_TOGETHER.flatMap(([of]) => of));
const whole = new Set([...OF_OTHERS, ...PUT_TOGETHER.flatMap(([, sentences]) => sentences)]);

/** Written somewhere, and told in English only. */
export const untold: readonly string[] = [...written].filter((text) => !SENTENCES.includes(text) && !parts.has(text) && !NOT_TOLD.some(([texts]) => texts.test(text)));
/** Sentences, parts and reasons for which nothing is written any more. */
export const stale: readonly string[] = [
  ...SENTENCES.filter((text) => !written.has(text) && !whole.has(text)), ...[...whole].filter((text) => !SENTENCES.includes(text)),
  ...[...parts].filter((text) => !written.has(text)), ...NOT_TOLD.filter(([texts]) => ![...written].some((text) => texts.test(text))).map(([, why]) => why),
];
