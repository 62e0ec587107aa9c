/** The reference: plain loops in float64. */
import { normals } from '../../cpu/kernels';
import { RULES } from '../activations';
import type { Activation, Counter, Ops, ParameterShape } from '../contract';
import { assertShape, map, zeros, type CpuMatrix } from './matrix';
import * as products from './products';
import { CpuStore, handedOut, type Precision } from './store';
import * as terms from './terms';

export interface CpuOps extends Ops<CpuMatrix> {
  readonly device: 'cpu';
  store(table: readonly ParameterShape[], shards: number, rows: Float32Array | Float64Array): CpuStore;
  input(values: Float32Array | Float64Array | Uint8Array, rows: number, columns: number): CpuMatrix;
}

export function cpuOps({ precision = 'float32' }: { precision?: Precision } = {}): CpuOps {
  let records: number[] = [];
  return {
    device: 'cpu',
    store: (table, shards, rows) => new CpuStore(table, shards, rows, precision),
    reset() {
      // The garbage collector takes them.
    },

    input(values, rows, columns) {
      if (values.length !== rows * columns) throw new RangeError(`${values.length} numbers were given for [${rows}, ${columns}].`);
      return { rows, columns, data: values instanceof Uint8Array ? Float64Array.from(values, (byte) => byte / 255) : Float64Array.from(values) };
    },
    filled: (value, rows, columns) => ({ rows, columns, data: new Float64Array(rows * columns).fill(value) }),
    normals: (rows, columns, counter: Counter) => ({ rows, columns, data: Float64Array.from(normals({ ...counter, count: rows * columns })) }),
    read: (matrix) => Promise.resolve(handedOut(matrix.data, precision)),
    record(...matrices) {
      records.push(...matrices.map(({ data }) => data.reduce((sum, value) => sum + value, 0)));
    },
    takeRecords() {
      const taken = records;
      records = [];
      return Promise.resolve(handedOut(taken, precision));
    },

    ...products,

    activate: (x, activation: Activation) => map(x, RULES[activation].value),
    activateGradient(x, y, dy, activation) {
      assertShape('The gradient of the output', dy, x.rows, x.columns);
      const { slope } = RULES[activation];
      return map(dy, (d, i) => d * slope(x.data[i], y.data[i]));
    },

    add(a, b) {
      assertShape('The second term', b, a.rows, a.columns);
      return map(a, (value, i) => value + b.data[i]);
    },
    scale: (matrix, factor) => map(matrix, (value) => factor * value),
    repeatRows(matrix, k) {
      const { rows, columns, data } = matrix;
      const out = zeros(rows * k, columns);
      for (let r = 0; r < rows * k; r++) out.data.set(data.subarray(Math.floor(r / k) * columns, (Math.floor(r / k) + 1) * columns), r * columns);
      return out;
    },
    sumRows(matrix, k) {
      const { columns } = matrix;
      const out = zeros(matrix.rows / k, columns);
      matrix.data.forEach((value, i) => { out.data[Math.floor(i / (k * columns)) * columns + (i % columns)] += value; });
      return out;
    },

    ...terms,
  };
}
