/** Keras' models that are stacks of layers: which layers the model of one `fit` is made of, however many models the page holds. */
import type { Expr } from '../../../parse/ast';
import type { Told } from '../../training/agree';
import { argumentOf, dotted, type CallSite } from '../../training/survey';
import type { FileView } from '../family';
import { originsOf } from '../origins';
import { isConvolution, isLinear, sizesOf, textOf, type Layer } from './layers';

const MAX_DEPTH = 4;

export interface Stack {
  sites: readonly CallSite[];
  /** Its linear layers. */
  layers: readonly Layer[];
  /** Size of the input as it is written; null where no layer says it. */
  entry: string | null;
}

/** Layers of the model that `fit` is called on, in their order; null where it is no stack. */
export function stackOf(view: FileView, fit: CallSite): Stack | null {
  const owner = fit.call.callee.kind === 'attribute' ? dotted(fit.call.callee.object) : null;
  const sites = owner === null ? [] : layersIn(view, owner, fit, 0);
  if (sites.length === 0) return null;
  const said = sites.map((s) => argumentOf(s.call, -1, 'input_dim', 'input_shape', 'shape', 'inputShape')).find((e) => e !== undefined);
  const entry = said?.kind === 'sequence' ? (said.items.length === 1 ? said.items[0] : undefined) : said;
  return { sites, layers: sites.filter(isLinear).map((s) => sizesOf(view, s)), entry: entry ? textOf(view, entry) : null };
}

/** What the last making of that name before a place is made of: `Sequential([a, b])` and what is added to it. */
function layersIn(view: FileView, name: string, before: CallSite, depth: number): CallSite[] {
  const scope = before.definitions.at(-1);
  const behind = (s: CallSite) => s.call.from < before.call.from && s.definitions.at(-1) === scope;
  const made = depth > MAX_DEPTH ? undefined : view.survey.calls.filter((s) => s.name === 'Sequential' && s.holder === name && behind(s)).at(-1);
  if (!made) return [];
  const added = view.survey.calls.filter((s) => s.name === 'add' && s.call.callee.kind === 'attribute' && dotted(s.call.callee.object) === name && behind(s) && s.call.from > made.call.from);
  const items = [...made.call.args, ...added.flatMap((s) => s.call.args)].flatMap((a): Expr[] => (a.value.kind === 'sequence' ? a.value.items : [a.value]));
  const origins = originsOf(view);
  return items.flatMap((e) => {
    const site = origins.siteOf(e);
    const part = dotted(e);
    return site ? [site] : part !== null ? layersIn(view, part, before, depth + 1) : [];
  });
}

/** Does it end in the size that it begins with, through at least one layer more? */
export function returns(stack: Stack): boolean {
  const last = stack.layers.at(-1);
  return last !== undefined && stack.layers.length > 1 && stack.entry !== null && last.to === stack.entry;
}

/** The narrowest linear layer of a stack that widens again, and the width that the others before the last share. */
export function codeOf(stack: Stack): { code: Told<number>; hidden: readonly Told<number>[] } | null {
  const inner = stack.layers.slice(0, -1).map((l) => l.output);
  const last = stack.layers.at(-1)?.output;
  const known = inner.filter((t): t is Told<number> => t !== null);
  if (known.length === 0 || known.length < inner.length || stack.sites.some(isConvolution)) return null;
  const code = known.reduce((a, b) => (b.value < a.value ? b : a));
  return last && last.value <= code.value ? null : { code, hidden: known.filter((t) => t.value !== code.value) };
}
