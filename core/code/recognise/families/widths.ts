/** Hidden layers whose widths stand in one list: `hidden_dims = [256, 256]`, `hidden: Sequence[int] = (256, 256, 256)`. */
import { asArray } from '../../interpret/arrays';
import type { Expr } from '../../parse/ast';
import type { Told } from '../training/agree';
import { plain } from '../training/survey';
import type { FileView, Place, Settings } from './family';
import { parametersOf } from './named';

const NAMES = new Set(['hidden', 'hiddendims', 'hiddensizes', 'hiddenlayers', 'hiddenunits', 'hiddendim', 'hiddensize', 'hiddenfeatures', 'hiddenwidths', 'widths', 'hiddenlayersizes', 'layersizes', 'hiddenchannels', 'nhidden', 'hidlayers', 'hs']);
const MAX = { units: 65_536, layers: 64 };

/** Units where all layers share one width, and how many layers there are. */
export function readWidths(view: FileView, place: Place, foreign?: RegExp): Settings {
  const lists: { data: readonly number[]; at: Expr; name: string }[] = [];
  const add = (name: string, e: Expr | undefined) => {
    const data = e && NAMES.has(plain(name)) ? numbersOf(view, e) : null;
    if (e && data) lists.push({ data, at: e, name });
  };
  for (const p of parametersOf(place)) add(p.name, p.default);
  for (const s of view.survey.settings) if (!s.definitions.some((d) => foreign?.test(d.name))) add(s.name, s.value);
  for (const { parameter: p, definitions } of view.survey.parameters) if (!definitions.some((d) => foreign?.test(d.name))) add(p.name, p.default);
  const [first] = lists;
  if (!first || lists.some((l) => l.data.join() !== first.data.join())) return {};
  const told = (value: number): Told<number> => ({ value, source: { span: { from: first.at.from, to: first.at.to }, origin: 'literal', name: first.name } });
  const [width] = first.data;
  return { hiddenLayers: told(first.data.length), ...(first.data.every((x) => x === width) && { hiddenUnits: told(width) }) };
}

function numbersOf(view: FileView, e: Expr): number[] | null {
  const literal = e.kind === 'sequence' ? e.items.map((item) => view.constants.number(item)?.value ?? NaN) : null;
  const [seen] = literal ? [] : view.constants.values(e);
  const array = seen && (seen.kind === 'sequence' || seen.kind === 'array') ? asArray(seen) : null;
  const data = literal ?? (array ? [...array.data] : null);
  return data && data.length >= 1 && data.length <= MAX.layers && data.every((x) => Number.isInteger(x) && x >= 2 && x <= MAX.units) ? data : null;
}
