/** Float64 arrays with at most one axis longer than 1: enough for schedules, and no guess about anything larger. */
import type { ArrayValue, Provenance, Value } from './values';
import { array, number } from './values';

export const MAX_LENGTH = 100_000;

/** Numbers, one-element arrays and flat sequences of numbers as an array; null for anything else. */
export function asArray(value: Value): ArrayValue | null {
  if (value.kind === 'array') return value;
  if (value.kind === 'number') return array(Float64Array.of(value.value), value.prov, []);
  if (value.kind === 'sequence') {
    const data = new Float64Array(value.items.length);
    for (let i = 0; i < data.length; i++) {
      const item = value.items[i];
      const x = item.kind === 'number' ? item.value : item.kind === 'array' && item.data.length === 1 ? item.data[0] : NaN;
      if (Number.isNaN(x)) return null;
      data[i] = x;
    }
    return array(data, { op: 'array', args: [value], at: value.prov?.at ?? { from: 0, to: 0 } });
  }
  return null;
}

/** NumPy's broadcasting where the result has one long axis; null where it would be a matrix. */
export function broadcast(a: number[], b: number[]): number[] | null {
  const rank = Math.max(a.length, b.length);
  const out: number[] = [];
  for (let i = 0; i < rank; i++) {
    const x = a[a.length - rank + i] ?? 1;
    const y = b[b.length - rank + i] ?? 1;
    if (x !== y && x !== 1 && y !== 1) return null;
    out.push(x === 1 ? y : x);
  }
  return out.filter((n) => n > 1).length <= 1 ? out : null;
}

export function zipArrays(a: ArrayValue, b: ArrayValue, f: (x: number, y: number) => number, prov: Provenance): Value | null {
  const shape = broadcast(a.shape, b.shape);
  if (!shape) return null;
  const n = shape.reduce((x, y) => x * y, 1);
  const one = a.data.length === 1;
  const other = b.data.length === 1;
  const data = new Float64Array(n);
  for (let i = 0; i < n; i++) data[i] = f(a.data[one ? 0 : i], b.data[other ? 0 : i]);
  return shape.length === 0 ? number(data[0], false, prov) : array(data, prov, shape);
}

/** The indices that `start:stop:step` selects, as Python does. */
export function sliceIndices(length: number, start: number | null, stop: number | null, step: number): number[] {
  const out: number[] = [];
  if (step === 0 || !Number.isInteger(step)) return out;
  const clamp = (x: number, low: number, high: number) => Math.min(Math.max(x < 0 ? x + length : x, low), high);
  if (step > 0) {
    const end = stop === null ? length : clamp(stop, 0, length);
    for (let i = start === null ? 0 : clamp(start, 0, length); i < end; i += step) out.push(i);
  } else {
    const end = stop === null ? -1 : clamp(stop, -1, length - 1);
    for (let i = start === null ? length - 1 : clamp(start, -1, length - 1); i > end; i += step) out.push(i);
  }
  return out;
}

export function linspace(start: number, stop: number, n: number, endpoint = true): Float64Array {
  const data = new Float64Array(n);
  const step = (stop - start) / Math.max(1, endpoint ? n - 1 : n);
  for (let i = 0; i < n; i++) data[i] = start + i * step;
  if (endpoint && n > 1) data[n - 1] = stop;
  return data;
}

export function scan(data: Float64Array, f: (acc: number, x: number) => number): Float64Array {
  const out = new Float64Array(data.length);
  let acc = data.length ? data[0] : 0;
  for (let i = 0; i < data.length; i++) out[i] = acc = i === 0 ? data[0] : f(acc, data[i]);
  return out;
}
