/** Of a page with several models of Keras or TensorFlow.js: the `compile` and the `fit` that belong to one of them, the first ones behind it. */
import type { Expr } from '../../parse/ast';
import type { HyperparameterKey } from '../../types';
import type { Told } from '../training/agree';
import { argumentOf, dotted, type CallSite } from '../training/survey';
import type { FileView, Place, Settings } from './family';
import { originsOf } from './origins';
import { OPTIMISERS, optimiserWord } from './training';

const FITS = /^(fit|fit_generator|fitDataset|train_on_batch|trainOnBatch)$/;

/** Numbers that are passed to `fit` itself tell more than any name elsewhere. */
export function fittedBy(view: FileView, place: Place): Partial<Record<HyperparameterKey, Told<number>>> {
  const out: Partial<Record<HyperparameterKey, Told<number>>> = {};
  const told = (s: CallSite, word: string, words: readonly string[]): Told<number> | null => {
    const c = view.constants.number(argumentOf(s.call, -1, ...words) ?? optionOf(s, words));
    return c && Number.isInteger(c.value) && c.value > 0 ? { value: c.value, source: c.source.name ? c.source : { ...c.source, name: word } } : null;
  };
  const fits = view.survey.calls.filter((s) => FITS.test(s.name) && s.call.callee.kind === 'attribute');
  const own = behind(fits, place);
  // A loop that is written out has its own settings.
  if (!own || /batch/i.test(own.name)) return out;
  for (const [key, ...words] of [['batchSize', 'batch_size', 'batchSize'], ['epochs', 'epochs', 'nb_epoch']] as const) {
    // One turn at a time in a loop: the loop counts.
    const found = key === 'epochs' && own.loops.length > 0 ? null : told(own, words[0], words);
    if (found) out[key] = found;
  }
  return out;
}

/** TensorFlow.js: `fit(x, y, { epochs: 10 })`. */
function optionOf(s: CallSite, words: readonly string[]): Expr | undefined {
  const last = s.call.args.at(-1)?.value;
  return last?.kind === 'dict' ? last.entries.find(({ key }) => key?.kind === 'string' && words.includes(key.value))?.value : undefined;
}

/** The first that stands at the model or behind it; else the only one. */
function behind(sites: readonly CallSite[], place: Place): CallSite | undefined {
  return sites.find((s) => s.call.to >= place.span.from) ?? (sites.length === 1 ? sites[0] : undefined);
}

/** What the model's own `compile` is given, where the page has several; null where it has one or none, or where that is not known. */
export function compiledWith(view: FileView, place: Place): Settings | null {
  const compiles = view.survey.calls.filter((s) => s.name === 'compile' && ownerOf(s) !== '');
  if (new Set(compiles.map(ownerOf)).size < 2) return null;
  const fit = behind(view.survey.calls.filter((s) => FITS.test(s.name) && ownerOf(s) !== ''), place);
  const site = compiles.filter((s) => fit && ownerOf(s) === ownerOf(fit) && s.call.from < fit.call.from).at(-1);
  const e = site && argumentOf(site.call, 0, 'optimizer');
  if (!site || !e) return null;
  const c = view.constants.of(e);
  if (typeof c?.value === 'string') return OPTIMISERS.test(c.value) ? { optimizer: { value: optimiserWord(c.value), source: { ...c.source, name: c.source.name || 'optimizer' } } } : null;
  const made = e.kind === 'name' ? originsOf(view).given(e.name, site).at(-1)?.value : e;
  const call = made?.kind === 'call' ? view.survey.calls.find((s) => s.call === made) : undefined;
  if (!call || !OPTIMISERS.test(call.name)) return null;
  const rate = view.constants.number(argumentOf(call.call, 0, 'learning_rate', 'lr', 'learningRate'));
  return {
    optimizer: { value: optimiserWord(call.name), source: { span: call.call.callee, origin: 'literal', name: call.name } },
    learningRate: rate && rate.value > 0 && rate.value < 10 ? { value: rate.value, source: rate.source.name ? rate.source : { ...rate.source, name: 'learning_rate' } } : undefined,
  };
}

/** `model` of `model.fit(…)`. */
function ownerOf(s: CallSite): string {
  return s.call.callee.kind === 'attribute' ? (dotted(s.call.callee.object) ?? '') : '';
}
