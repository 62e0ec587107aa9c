/** The operations of layered networks on the WASM device against plain loops in float64, for sizes that fill no vector, no tile and no block. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createRandom, keyFromSeed, streamWords } from '../../../core/math/random';
import { ACTIVATIONS, convOutput, type ConvShape } from '../../../webview/kernels/nets/contract';
import { wasmOps, type WasmMatrix } from '../../../webview/kernels/nets/wasm';
import { columnSums, eachTap, FUNCTIONS, map, rowsOf, rowTerms, times, transposed, type Rows } from './reference';

type WasmOps = ReturnType<typeof wasmOps>;

const random = createRandom(5);
let drawn = 0;
/** Float32 numbers, no two calls alike. */
export const draw = (count: number, scale = 1) => random.normals(`draw ${drawn++}`, 0, count).map((x) => x * scale);

/** @param tolerance share of the largest expected number. */
export async function close(ops: WasmOps, measured: WasmMatrix | Float32Array, expected: Rows, tolerance: number, what = ''): Promise<void> {
  const values = measured instanceof Float32Array ? measured : await ops.read(measured);
  const wanted = expected.flat();
  assert.equal(values.length, wanted.length, what);
  const size = wanted.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-30);
  wanted.forEach((x, i) => { assert.ok(Math.abs(values[i] - x) <= tolerance * size, `${what} ${i}: ${values[i]}, not ${x}`); });
}

/** A random matrix on the device and its numbers. */
function matrix(ops: WasmOps, rows: number, columns: number, scale = 1): [WasmMatrix, Rows] {
  const values = draw(rows * columns, scale);
  return [ops.input(values, rows, columns), rowsOf(values, rows, columns)];
}

const SIZES: readonly [rows: number, inputs: number, outputs: number][] = [
  [1, 1, 1], [1, 784, 400], [3, 7, 2], [5, 13, 13], [64, 20, 400], [64, 784, 40], [7, 400, 784], [65, 257, 9], [390, 5, 17], [6, 8, 8], [12, 256, 16],
];
const CONVOLUTIONS: readonly ConvShape[] = [
  { height: 5, width: 7, channels: 1, filters: 3, kernel: 3, stride: 1, padding: 1 },
  { height: 7, width: 6, channels: 3, filters: 5, kernel: 3, stride: 2, padding: 0 },
  { height: 9, width: 11, channels: 2, filters: 4, kernel: 4, stride: 3, padding: 2 },
  { height: 6, width: 6, channels: 5, filters: 9, kernel: 1, stride: 1, padding: 0 },
  { height: 8, width: 8, channels: 4, filters: 8, kernel: 4, stride: 2, padding: 1 },
  { height: 3, width: 3, channels: 2, filters: 2, kernel: 5, stride: 2, padding: 2 },
  { height: 28, width: 28, channels: 1, filters: 32, kernel: 4, stride: 2, padding: 1 },
];

export function netsWasmSuite(build: string, load: () => Promise<void>): void {
  describe(`operations of layered networks, WASM ${build}`, () => {
    let ops: WasmOps;
    before(async () => {
      await load();
      ops = wasmOps();
    });

    for (const [rows, inputs, outputs] of SIZES) {
      it(`dense ${rows} × ${inputs} → ${outputs}, and its gradients, put and added`, async () => {
        ops.reset();
        const [x, xs] = matrix(ops, rows, inputs);
        const [w, ws] = matrix(ops, inputs, outputs);
        const [b, bs] = matrix(ops, 1, outputs);
        const [dy, dys] = matrix(ops, rows, outputs);
        const tolerance = 2e-6;
        await close(ops, ops.dense(x, w, b), map(times(xs, ws), (y, _, c) => y + bs[0][c]), tolerance);
        const store = ops.store([{ name: 'w', rows: inputs, columns: outputs }, { name: 'b', rows: 1, columns: outputs }], 1, new Float32Array((inputs + 1) * outputs));
        store.begin(0);
        const [dWs, dBs] = [times(transposed(xs), dys), columnSums(dys)];
        const dx = ops.denseGradient(x, w, dy, store.gradient(0), store.gradient(1), true)!;
        await close(ops, dx, times(dys, transposed(ws)), tolerance);
        await close(ops, await store.readGradient(0), [...dWs, ...dBs], tolerance);
        assert.equal(ops.denseGradient(x, w, dy, store.gradient(0), store.gradient(1), false), null);
        await close(ops, await store.readGradient(0), [...dWs, ...dBs].map((row) => row.map((v) => 2 * v)), tolerance);
        store.dispose();
      });
    }

    for (const shape of CONVOLUTIONS) {
      const { height, width, channels, filters, kernel, stride, padding } = shape;
      it(`convolution ${height}×${width}×${channels}, ${filters} filters of ${kernel}, stride ${stride}, padding ${padding}, and its derivatives`, async () => {
        for (const n of [1, 3, 50]) {
          ops.reset();
          const [outHeight, outWidth] = convOutput(shape);
          const [x, xs] = matrix(ops, n, height * width * channels);
          const [w, ws] = matrix(ops, kernel * kernel * channels, filters);
          const [dy, dys] = matrix(ops, n, outHeight * outWidth * filters);
          const [into, start] = matrix(ops, kernel * kernel * channels, filters);
          const [ys, dxs, dws] = [map(dys, () => 0), map(xs, () => 0), map(start, (v) => v)];
          eachTap(shape, (out, input, row, f) => {
            for (let i = 0; i < n; i++) {
              ys[i][out] += xs[i][input] * ws[row][f];
              dxs[i][input] += dys[i][out] * ws[row][f];
              dws[row][f] += xs[i][input] * dys[i][out];
            }
          });
          await close(ops, ops.conv(x, w, shape), ys, 2e-6, 'conv');
          await close(ops, ops.convInput(dy, w, shape), dxs, 2e-6, 'input');
          ops.convFilter(x, dy, shape, into);
          await close(ops, into, dws, 3e-6, 'filter');
        }
      });
    }

    it('biases of pixels and their gradients', async () => {
      for (const [rows, pixels, channels] of [[1, 1, 1], [3, 49, 1], [5, 7, 3], [2, 9, 13], [64, 49, 64]]) {
        ops.reset();
        const [x, xs] = matrix(ops, rows, pixels * channels);
        const [b, bs] = matrix(ops, 1, channels);
        await close(ops, ops.addBias(x, b), map(xs, (v, _, c) => v + bs[0][c % channels]), 1e-7);
        const [into, start] = matrix(ops, 1, channels);
        ops.biasGradient(x, into);
        const sums = map(start, (v, _, c) => v + xs.flat().filter((_v, i) => i % channels === c).reduce((total, v2) => total + v2, 0));
        await close(ops, into, sums, 1e-6);
      }
    });

    for (const activation of ACTIVATIONS) {
      it(`${activation} within 2e-6 of its value, and its gradient`, async () => {
        for (const [rows, columns] of [[1, 1], [3, 7], [5, 401]]) {
          ops.reset();
          const values = draw(rows * columns, 3);
          values.set([0.001, -1e-5, 30, -30, 88, -60, 12, -12, -5, 5, 0.3, -0.35].slice(0, values.length));
          const x = ops.input(values, rows, columns);
          const [dy, dys] = matrix(ops, rows, columns);
          const y = ops.activate(x, activation);
          const { value, slope } = FUNCTIONS[activation];
          const measured = await ops.read(y);
          measured.forEach((v, i) => {
            const wanted = value(values[i]);
            assert.ok(Math.abs(v - wanted) <= 2e-6 * Math.abs(wanted) + 1e-30, `${activation}(${values[i]}) is ${wanted}, not ${v}`);
          });
          await close(ops, ops.activateGradient(x, y, dy, activation), map(dys, (d, r, c) => d * slope(values[r * columns + c])), 1e-6);
        }
      });
    }

    it('what is beyond float32 is ∞ or 0, and NaN stays NaN', async () => {
      ops.reset();
      const x = ops.input(Float32Array.of(NaN, Infinity, -Infinity, 200, -200), 1, 5);
      for (const activation of ACTIVATIONS) {
        const values = await ops.read(ops.activate(x, activation));
        assert.ok(Number.isNaN(values[0]), `${activation}: ${values[0]}`);
        assert.ok(values[3] >= 1 && (values[4] <= 0 || values[4] < 1e-30), `${activation}: ${values.join()}`);
      }
      const [zero, one] = [ops.filled(0, 1, 2), ops.filled(1, 1, 2)];
      const draws = await ops.read(ops.reparameterise(zero, ops.input(Float32Array.of(400, -400), 1, 2), one));
      assert.deepEqual([...draws], [Infinity, 0]);
    });

    it('sums, multiples, repeated rows and their sums, inputs of both kinds, records', async () => {
      for (const [rows, columns, k] of [[1, 1, 5], [3, 7, 1], [5, 2, 3], [2, 13, 50]]) {
        ops.reset();
        const [a, as] = matrix(ops, rows * k, columns);
        const [b, bs] = matrix(ops, rows * k, columns);
        await close(ops, ops.add(a, b), map(as, (v, r, c) => v + bs[r][c]), 1e-7);
        await close(ops, ops.scale(a, -0.3), map(as, (v) => -0.3 * v), 1e-6);
        await close(ops, ops.sumRows(a, k), Array.from({ length: rows }, (_, r) => columnSums(as.slice(r * k, (r + 1) * k))[0]), 1e-6);
        await close(ops, ops.repeatRows(a, k), as.flatMap((row) => Array.from({ length: k }, () => row)), 0);
        await close(ops, ops.filled(2.5, rows, columns), map(as.slice(0, rows), () => 2.5), 0);
        ops.record(a, ops.filled(0.5, rows, columns));
        ops.record(b);
        const total = (m: Rows) => m.flat().reduce((sum, v) => sum + v, 0);
        await close(ops, await ops.takeRecords(), [[total(as), rows * columns * 0.5, total(bs)]], 1e-6);
        assert.equal((await ops.takeRecords()).length, 0);
      }
      const bytes = Uint8Array.from({ length: 259 }, (_, i) => i % 256);
      assert.deepEqual(await ops.read(ops.input(bytes, 7, 37)), Float32Array.from(bytes, (v) => v / 255));
    });

    it('normals are those of core/math/random from any pair', async () => {
      ops.reset();
      for (const [rows, columns, firstPair] of [[1, 1, 0], [3, 7, 5], [64, 20, 123_456], [2, 5, 2 ** 31 + 1]]) {
        const measured = await ops.read(ops.normals(rows, columns, { key: keyFromSeed(9), stream: streamWords('nets'), firstPair }));
        await close(ops, measured, [[...createRandom(9).normals('nets', 2 * firstPair, rows * columns)]], 2e-6);
      }
    });

    it('terms of the bound and their gradients', async () => {
      const LOG_2_PI = Math.log(2 * Math.PI);
      for (const [rows, columns] of [[1, 1], [3, 2], [5, 7], [64, 20], [5, 784]]) {
        ops.reset();
        const [a, as] = matrix(ops, rows, columns);
        const [b, bs] = matrix(ops, rows, columns);
        const [z, zs] = matrix(ops, rows, columns);
        const [w, ws] = matrix(ops, rows, 1);
        const by = (f: (r: number, c: number) => number) => map(as, (_, r, c) => ws[r][0] * f(r, c));
        const S = (r: number, c: number) => 1 / (1 + Math.exp(-as[r][c]));
        await close(ops, ops.bernoulli(a, z), rowTerms(as, (l, r, c) => Math.max(l, 0) - l * zs[r][c] + Math.log1p(Math.exp(-Math.abs(l)))), 1e-6, 'bernoulli');
        await close(ops, ops.bernoulliGradient(a, z, w), by((r, c) => S(r, c) - zs[r][c]), 1e-6, 'dlogits');
        for (const [sigma, constant] of [[0.7, true], [1, false]] as const) {
          const offset = constant ? Math.log(sigma) + 0.5 * LOG_2_PI : 0;
          await close(ops, ops.gaussian(a, z, sigma, constant), rowTerms(as, (m, r, c) => (zs[r][c] - m) ** 2 / (2 * sigma ** 2) + offset), 1e-6, 'gaussian');
          await close(ops, ops.gaussianGradient(a, z, sigma, w), by((r, c) => (as[r][c] - zs[r][c]) / sigma ** 2), 1e-6, 'dmean');
        }
        await close(ops, ops.klStandard(a, b), rowTerms(as, (m, r, c) => 0.5 * (m * m + Math.exp(bs[r][c]) - 1 - bs[r][c])), 1e-6, 'kl');
        const kl = ops.klStandardGradient(a, b, w);
        await close(ops, kl.mean, by((r, c) => as[r][c]), 1e-6);
        await close(ops, kl.logVariance, by((r, c) => 0.5 * Math.expm1(bs[r][c])), 1e-6);
        const eps = z;
        await close(ops, ops.reparameterise(a, b, eps), map(as, (m, r, c) => m + Math.exp(bs[r][c] / 2) * zs[r][c]), 1e-6);
        const draws = ops.reparameteriseGradient(b, eps, a);
        await close(ops, draws.mean, as, 0);
        await close(ops, draws.logVariance, map(as, (d, r, c) => 0.5 * d * zs[r][c] * Math.exp(bs[r][c] / 2)), 1e-6);
        const given = { mean: a, logVariance: b };
        const T = (r: number, c: number) => (zs[r][c] - as[r][c]) * Math.exp(-bs[r][c]);
        await close(ops, ops.logNormal(z, given), rowTerms(zs, (v, r, c) => -0.5 * (LOG_2_PI + bs[r][c] + (v - as[r][c]) * T(r, c))), 1e-6, 'log N');
        await close(ops, ops.logNormal(z, null), rowTerms(zs, (v) => -0.5 * (LOG_2_PI + v * v)), 1e-6);
        const g = ops.logNormalGradient(z, given, w);
        await close(ops, g.z, by((r, c) => -T(r, c)), 1e-6);
        await close(ops, g.given!.mean, by(T), 1e-6);
        await close(ops, g.given!.logVariance, by((r, c) => 0.5 * (T(r, c) * (zs[r][c] - as[r][c]) - 1)), 1e-6);
        const standard = ops.logNormalGradient(z, null, w);
        assert.equal(standard.given, null);
        await close(ops, standard.z, by((r, c) => -zs[r][c]), 1e-6);
      }
    });

    it('the divergence of a collapsed dimension keeps its digits', async () => {
      ops.reset();
      for (const l of [1e-3, -1e-3, 0.02]) {
        const [value] = await ops.read(ops.klStandard(ops.filled(0, 1, 1), ops.filled(l, 1, 1)));
        const exact = 0.5 * (Math.fround(l) ** 2 / 2 + Math.fround(l) ** 3 / 6 + Math.fround(l) ** 4 / 24);
        assert.ok(Math.abs(value - exact) < 2e-6 * exact, `${value}, not ${exact}`);
      }
    });

    it('log of the mean of exp, without overflow', async () => {
      ops.reset();
      for (const [groups, k] of [[1, 1], [3, 5], [64, 50]]) {
        const values = draw(groups * k, 5);
        values.forEach((v, i) => { values[i] = v + (i % 2 === 0 ? 900 : -900) * Number(groups === 3); });
        const entries = ops.input(values, groups * k, 1);
        const [w, ws] = matrix(ops, groups, 1);
        const grouped = rowsOf(values, groups, k);
        const logSum = grouped.map((row) => { const most = Math.max(...row); return most + Math.log(row.reduce((s, v) => s + Math.exp(v - most), 0)); });
        await close(ops, ops.logMeanExp(entries, k), logSum.map((v) => [v - Math.log(k)]), 1e-6);
        await close(ops, ops.logMeanExpGradient(entries, k, w), map(grouped, (v, r) => ws[r][0] * Math.exp(v - logSum[r])), 1e-6);
      }
    });
  });
}
