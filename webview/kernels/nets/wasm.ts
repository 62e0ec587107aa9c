/**
 * The operations of networks made of layers on the WASM device: SIMD kernels on a memory of their own, in which parameters, moments, gradients and activations
 * stay. No numbers are copied but those of inputs and of what is read.
 */
import { ACTIVATIONS, type Ops } from './contract';
import { netKernels } from '../wasm/module';
import { convolutions } from './wasm/convolve';
import { Heap } from './wasm/heap';
import type { WasmMatrix } from './wasm/matrix';
import { bytesOf, expectSame, expectShape, groupsOf, Place, sizeOf } from './wasm/place';
import { attempt, WasmStore } from './wasm/store';
import { boundTerms } from './wasm/terms';

export type { WasmMatrix } from './wasm/matrix';

/** One set of operations is one instance of the kernels; its memory is gone with the last reference to it. `loadKernels` must have ended. */
export function wasmOps(): Ops<WasmMatrix> {
  const heap = new Heap(netKernels());
  const place = new Place(heap);
  const { wasm } = heap;
  let records: number[] = [];

  const map = (like: WasmMatrix, compute: (bytes: number, out: number) => void): WasmMatrix => {
    const out = place.make(like.rows, like.columns);
    compute(bytesOf(like), out.at);
    return out;
  };
  const sumInto = (x: number, rows: number, columns: number, into: WasmMatrix) => {
    wasm.sumColumns(x, rows, columns, place.adds(into), into.at);
  };

  return {
    device: 'wasm',
    store: (table, shards, rows) => new WasmStore(heap, table, shards, rows),
    reset: () => { heap.reset(); },

    input(values, rows, columns) {
      if (values.length !== rows * columns) throw new RangeError(`${values.length} numbers are no matrix of ${rows} × ${columns}.`);
      const out = place.make(rows, columns);
      if (values instanceof Float32Array) {
        heap.floats(out.at, values.length).set(values);
        return out;
      }
      heap.within(() => {
        const from = heap.take(Math.ceil(values.length / 4));
        heap.bytes(from, values.length).set(values);
        wasm.fromBytes(from, values.length, out.at);
      });
      return out;
    },
    filled(value, rows, columns) {
      const out = place.make(rows, columns);
      wasm.fill(value, bytesOf(out), out.at);
      return out;
    },
    normals(rows, columns, { key, stream, firstPair }) {
      const out = place.make(rows, columns);
      wasm.normalsInto(key[0], key[1], stream[0], stream[1], firstPair, rows * columns, out.at);
      return out;
    },
    read: (matrix) => attempt(() => heap.floats(place.of(matrix), sizeOf(matrix)).slice()),
    record(...matrices) {
      for (const matrix of matrices) records.push(wasm.sumAll(place.of(matrix), sizeOf(matrix)));
    },
    takeRecords: () => attempt(() => {
      const taken = Float32Array.from(records);
      records = [];
      return taken;
    }),

    dense(x, weight, bias) {
      expectShape('The weight', weight, x.columns, weight.columns);
      expectShape('The bias', bias, 1, weight.columns);
      const out = place.make(x.rows, weight.columns);
      wasm.product(place.of(x), false, place.of(weight), false, x.rows, weight.columns, x.columns, place.of(bias), false, out.at);
      return out;
    },
    denseGradient(x, weight, dy, intoWeight, intoBias, wantInput) {
      expectShape('The weight', weight, x.columns, dy.columns);
      expectShape('The derivative', dy, x.rows, weight.columns);
      expectShape('The gradient of the weight', intoWeight, weight.rows, weight.columns);
      expectShape('The gradient of the bias', intoBias, 1, weight.columns);
      const [from, back] = [place.of(x), place.of(dy)];
      wasm.product(from, true, back, false, x.columns, dy.columns, x.rows, 0, place.adds(intoWeight), intoWeight.at);
      sumInto(back, dy.rows, dy.columns, intoBias);
      if (!wantInput) return null;
      const out = place.make(x.rows, x.columns);
      wasm.product(back, false, place.of(weight), true, x.rows, x.columns, dy.columns, 0, false, out.at);
      return out;
    },

    ...convolutions(place),
    addBias(x, bias) {
      expectShape('The bias', bias, 1, bias.columns);
      const pixels = groupsOf(x.columns, bias.columns) * x.rows;
      return map(x, (_, out) => { wasm.addRow(place.of(x), place.of(bias), pixels, bias.columns, out); });
    },
    biasGradient(dy, intoBias) {
      expectShape('The gradient of the bias', intoBias, 1, intoBias.columns);
      sumInto(place.of(dy), groupsOf(dy.columns, intoBias.columns) * dy.rows, intoBias.columns, intoBias);
    },

    activate(x, activation) {
      const kind = ACTIVATIONS.indexOf(activation);
      return kind === 0 ? x : map(x, (bytes, out) => { wasm.activate(kind, place.of(x), bytes, out); });
    },
    activateGradient(x, y, dy, activation) {
      expectSame('An operand of an activation', x, y, dy);
      const kind = ACTIVATIONS.indexOf(activation);
      return kind === 0 ? dy : map(x, (bytes, out) => { wasm.activateGradient(kind, place.of(x), place.of(y), place.of(dy), bytes, out); });
    },

    add(a, b) {
      expectSame('A summand', a, b);
      return map(a, (bytes, out) => { wasm.add(place.of(a), place.of(b), bytes, out); });
    },
    scale: (matrix, factor) => map(matrix, (bytes, out) => { wasm.scale(place.of(matrix), factor, bytes, out); }),
    repeatRows(matrix, k) {
      const out = place.make(matrix.rows * k, matrix.columns);
      wasm.repeatRows(place.of(matrix), matrix.rows, matrix.columns, k, out.at);
      return out;
    },
    sumRows(matrix, k) {
      const groups = groupsOf(matrix.rows, k);
      const out = place.make(groups, matrix.columns);
      wasm.sumRows(place.of(matrix), groups, matrix.columns, k, out.at);
      return out;
    },
    ...boundTerms(place),
  };
}
