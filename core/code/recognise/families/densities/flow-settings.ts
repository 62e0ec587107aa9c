/** Sizes of a flow that its code tells. */
import type { Expr } from '../../../parse/ast';
import { subexpressions } from '../../../parse/ast';
import { agreed, underName, type Told } from '../../training/agree';
import { argumentOf, dotted, type CallSite } from '../../training/survey';
import type { FileView, Place, Settings } from '../family';
import { parametersOf } from '../named';
import { originsOf } from '../origins';
import { LIBRARY } from './flow';

const PARTS = /coupling|flow|made|bijector|transform|autoregressive|planar|radial|glow|nvp|step|spline|actnorm/i;

/** Names that say this of a flow's own parameters only. */
const STEPS = /^(k|depth|n_?layers|num_?layers|n_?blocks|num_?blocks|n_?steps|num_?steps|layers|blocks|length|num|n)$/i;
const SIZE = /^(dim|dims|d|features|size|n_?dims?|in_?features|num_?dims?|dimension|data_?dim|input_?(dim|size)|event_size)$/i;

export function flowSettings(view: FileView, place: Place): Settings {
  const own = (pattern: RegExp): Told<number> | undefined => parametersOf(place).filter((p) => pattern.test(p.name)).flatMap((p) => {
    const seen = view.constants.parameter(p);
    const value = typeof seen?.value === 'number' ? { value: seen.value, source: underName(seen.source, p.name) } : view.constants.toldCount(p.default, p.name);
    return value && Number.isInteger(value.value) && value.value > 0 && value.value < 1e6 ? [value] : [];
  })[0];
  const sizes = librarySizes(view);
  return { ...sizes, flowSteps: stepsOf(view, place) ?? sizes.flowSteps ?? (/flow|nvp|glow|maf|nice|model|net/i.test(place.name) ? own(STEPS) : undefined), inputSize: sizes.inputSize ?? own(SIZE) };
}

/** How often a layer of the flow is made: in a comprehension or a loop over a range. */
function stepsOf(view: FileView, place: Place): Told<number> | undefined {
  const out: Told<number>[] = [];
  const isPart = (s: CallSite | undefined) => s !== undefined && (LIBRARY.test(s.path) || (view.survey.classes.has(s.name) && (PARTS.test(s.name) || s.name === place.definition?.name)));
  const origins = originsOf(view);
  const range = (e: Expr): Expr | undefined => (e.kind === 'call' && /^(range|<range>)$/.test(dotted(e.callee) ?? '') ? (e.args.length === 1 ? e.args[0].value : e.args.length === 3 ? e.args[1].value : undefined) : undefined);
  const visit = (e: Expr): void => {
    if (e.kind === 'comprehension' && e.clauses.length === 1) {
      const n = range(e.clauses[0].iterable);
      if (n && contains(e.element, (x) => isPart(origins.siteOf(x)))) {
        const t = view.constants.toldCount(n, 'flows');
        if (t) out.push(t);
      }
    }
    subexpressions(e).forEach(visit);
  };
  for (const a of origins.assignments) visit(a.value);
  for (const s of view.survey.calls) {
    if (s.loops.length === 1 && isPart(s) && s.loops[0].kind === 'for') {
      const t = view.constants.toldCount(range(s.loops[0].iterable), 'flows');
      if (t) out.push(t);
    }
  }
  return agreed(out);
}

function contains(e: Expr, found: (x: Expr) => boolean): boolean {
  return found(e) || subexpressions(e).some((x) => contains(x, found));
}

/** `MaskedAffineAutoregressiveTransform(features=2, hidden_features=4)`, `zuko.flows.NSF(2, transforms=3, hidden_features=[64] * 3)`. */
function librarySizes(view: FileView): Settings {
  const sizes = { inputSize: [] as Told<number>[], hiddenUnits: [] as Told<number>[], flowSteps: [] as Told<number>[], hiddenLayers: [] as Told<number>[] };
  for (const s of view.survey.calls.filter((x) => LIBRARY.test(x.path))) {
    const add = (key: keyof typeof sizes, e: Expr | undefined, name: string) => { const t = view.constants.toldCount(e, name); if (t) sizes[key].push(t); };
    add('inputSize', argumentOf(s.call, /^zuko\.flows/.test(s.path) ? 0 : -1, 'features', 'input_dim', 'event_dim', 'dim', 'num_dims'), 'features');
    const hidden = argumentOf(s.call, -1, 'hidden_features', 'hidden_units', 'hidden_dims', 'hidden_layers');
    const hiddens = hidden?.kind === 'name' ? originsOf(view).given(hidden.name, s).at(-1)?.value : hidden;
    const list = hiddens?.kind === 'sequence' ? hiddens : hiddens?.kind === 'binary' && hiddens.op === '*' && hiddens.left.kind === 'sequence' ? hiddens.left : null;
    if (list) {
      const units = list.items.map((e) => view.constants.toldCount(e, 'hidden_features'));
      const [first] = units;
      if (first && units.every((u) => u?.value === first.value)) sizes.hiddenUnits.push(first);
    } else add('hiddenUnits', hidden, 'hidden_features');
    add('flowSteps', argumentOf(s.call, -1, 'transforms', 'flow_layers', 'num_layers'), 'transforms');
    add('hiddenLayers', argumentOf(s.call, -1, 'num_blocks_per_layer', 'num_blocks'), 'num_blocks');
  }
  return Object.fromEntries(Object.entries(sizes).flatMap(([k, v]) => { const t = agreed(v); return t ? [[k, t]] : []; }));
}
