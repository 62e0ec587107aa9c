/** Noise levels that a file computes. */
import type { Machine } from '../../../interpret/machine';
import type { ArrayValue, NumberValue, Value } from '../../../interpret/values';
import { isAssumed, provenanceNodes } from '../../../interpret/values';
import { asArray } from '../../../interpret/arrays';
import type { Told } from '../../training/agree';
import type { FileView, Settings } from '../family';

/** The number of entries of an array of levels in geometric progression, from large to small or the other way round. */
export function levelsOf(m: Machine): (Told<number> & { array: ArrayValue }) | null {
  const seen: { value: Value; at: { from: number; to: number } }[] = [...m.trace.arrays];
  for (const o of m.trace.occurrences.values()) for (const v of o.values) if (v.kind === 'array' || v.kind === 'sequence') seen.push({ value: v, at: o });
  for (const { value, at } of seen) {
    const array = value.kind === 'array' ? value : asArray(value);
    if (!array || !isGeometric(array.data)) continue;
    if (isAssumed(array)) continue;
    const n = array.data.length;
    const written = provenanceNodes(array).find((v): v is NumberValue => v.kind === 'number' && v.value === n && v.src !== undefined);
    return { value: n, source: written?.src ?? { span: { from: at.from, to: at.to }, origin: 'folded', name: 'sigmas' }, array };
  }
  return null;
}

function isGeometric(d: Float64Array): boolean {
  if (d.length < 5 || !d.every((x) => x > 0 && Number.isFinite(x))) return false;
  const ratio = d[1] / d[0];
  const spread = Math.max(d[0], d[d.length - 1]) / Math.min(d[0], d[d.length - 1]);
  // Powers of two are sizes of layers.
  if (spread < 8 || Math.abs(ratio - 2) < 1e-6 || Math.abs(ratio - 0.5) < 1e-6 || Math.abs(ratio - 10) < 1e-6) return false;
  return d.every((x, i) => i === 0 || Math.abs(x / d[i - 1] / ratio - 1) < 1e-6);
}

/** The number as it stands among what a value was computed from. */
export function writtenNumber(of: Value, x: number): Told<number> | undefined {
  const found = provenanceNodes(of).find((v): v is NumberValue => v.kind === 'number' && v.src !== undefined && !v.src.assumed && Math.abs(v.value - x) <= 1e-9 * Math.abs(x));
  return found && { value: found.value, source: found.src! };
}

export function levelSettings(view: FileView): Settings {
  const levels = levelsOf(view.m);
  if (!levels) return {};
  const { data } = levels.array;
  const [low, high] = [Math.min(data[0], data[data.length - 1]), Math.max(data[0], data[data.length - 1])];
  const told = (x: number): Told<number> => {
    return writtenNumber(levels.array, x) ?? { value: Number(x.toPrecision(12)), source: { span: levels.source.span, origin: 'folded', name: 'sigmas' } };
  };
  return { noiseLevels: { value: levels.value, source: levels.source }, sigmaMin: told(low), sigmaMax: told(high) };
}
