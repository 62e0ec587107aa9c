/** Every operation of a device against the reference, models against PyTorch, and training. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRandom } from '../../../core/math/random';
import { ACTIVATIONS, convOutput, cpuOps, type ConvShape, type CpuMatrix, type Matrix, type Ops } from '../../../webview/kernels/nets';
import { compute, tinyReferences, torchReferences } from './references';
import { trainingSuite, type TrainingOptions } from './training';

const random = createRandom(77);
const draw = (name: string, rows: number, columns: number, scale = 1): Float32Array => random.normals(name, 0, rows * columns).map((value) => scale * value);

/** Largest difference, as a share of the largest expected value (at least 1). */
function error(measured: ArrayLike<number>, expected: ArrayLike<number>): number {
  assert.equal(measured.length, expected.length);
  let [worst, size] = [0, 1];
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(measured[i] - expected[i]);
    assert.ok(Number.isFinite(difference), `${measured[i]} at ${i}, not ${expected[i]}`);
    worst = Math.max(worst, difference);
    size = Math.max(size, Math.abs(expected[i]));
  }
  return worst / size;
}

type Given = Record<string, [values: Float32Array, rows: number, columns: number]>;
/** Results of a piece of work, by name. */
type Work = <M extends Matrix>(ops: Ops<M>, m: Record<string, M>, into: (index: number) => M) => Record<string, M | null>;

/** Does it on the device and on the reference; compares all that comes out, and all gradients. */
async function same(ops: Ops<Matrix>, given: Given, gradients: readonly [rows: number, columns: number][], work: Work, tolerance = 1e-5): Promise<void> {
  const on = async <M extends Matrix>(device: Ops<M>) => {
    const table = gradients.map(([rows, columns], i) => ({ name: `g${i}`, rows, columns }));
    const size = table.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
    const store = table.length > 0 ? device.store(table, 1, new Float32Array(size)) : null;
    store?.begin(0);
    const inputs = Object.fromEntries(Object.entries(given).map(([name, [values, rows, columns]]) => [name, device.input(values, rows, columns)]));
    const out: Record<string, Float32Array> = {};
    // Twice: gradients are added to.
    for (let round = 0; round < (store ? 2 : 1); round++) {
      for (const [name, matrix] of Object.entries(work(device, inputs, (index) => store!.gradient(index)))) if (matrix) out[name] = (await device.read(matrix)).slice();
    }
    if (store) out.gradients = await store.readGradient(0);
    device.reset();
    store?.dispose();
    return out;
  };
  const [measured, expected] = [await on(ops), await on(cpuOps() as Ops<CpuMatrix>)];
  assert.deepEqual(Object.keys(measured), Object.keys(expected));
  for (const name of Object.keys(expected)) assert.ok(error(measured[name], expected[name]) <= tolerance, `${name}: error ${error(measured[name], expected[name])}`);
}

/** Sizes that are no multiples of anything. */
const DENSE = [[1, 1, 1], [3, 5, 7], [64, 784, 20], [13, 33, 130], [5, 400, 6]] as const;
const CONVS: readonly ConvShape[] = [
  { height: 28, width: 28, channels: 1, filters: 8, kernel: 4, stride: 2, padding: 1 },
  { height: 7, width: 5, channels: 3, filters: 4, kernel: 4, stride: 2, padding: 1 },
  { height: 14, width: 14, channels: 8, filters: 12, kernel: 4, stride: 2, padding: 1 },
  { height: 6, width: 9, channels: 2, filters: 5, kernel: 3, stride: 1, padding: 1 },
  { height: 3, width: 2, channels: 5, filters: 3, kernel: 4, stride: 2, padding: 1 },
];

/** `convolutions` is false where the device lacks their gradient: tfjs' own WASM. */
export function netsSuite(device: string, open: () => Ops<Matrix>, options: TrainingOptions = {}): void {
  const { convolutions = true } = options;
  describe(`operations of ${device} against the reference`, () => {
    for (const [n, inputs, outputs] of DENSE) {
      it(`dense ${n}×${inputs}→${outputs}`, () => same(open(),
        { x: [draw('x', n, inputs), n, inputs], w: [draw('w', inputs, outputs, inputs ** -0.5), inputs, outputs], b: [draw('b', 1, outputs), 1, outputs], dy: [draw('dy', n, outputs), n, outputs] },
        [[inputs, outputs], [1, outputs]],
        (ops, { x, w, b, dy }, into) => ({ y: ops.dense(x, w, b), dx: ops.denseGradient(x, w, dy, into(0), into(1), true), none: ops.denseGradient(x, w, dy, into(0), into(1), false) })));
    }

    for (const shape of convolutions ? CONVS : []) {
      const [oh, ow] = convOutput(shape);
      const [size, out, area] = [shape.height * shape.width * shape.channels, oh * ow * shape.filters, shape.kernel ** 2 * shape.channels];
      it(`convolution of ${shape.height}×${shape.width}×${shape.channels} by ${shape.filters} filters of ${shape.kernel}, stride ${shape.stride}`, () => same(open(),
        { x: [draw('x', 3, size), 3, size], w: [draw('w', area, shape.filters, area ** -0.5), area, shape.filters], b: [draw('b', 1, shape.filters), 1, shape.filters], dy: [draw('dy', 3, out), 3, out] },
        [[area, shape.filters], [1, shape.filters]],
        (ops, { x, w, b, dy }, into) => {
          ops.convFilter(x, dy, shape, into(0));
          ops.biasGradient(dy, into(1));
          return { y: ops.addBias(ops.conv(x, w, shape), b), dx: ops.convInput(dy, w, shape) };
        }));
    }

    for (const activation of ACTIVATIONS) {
      it(`${activation}, also far out`, () => {
        const x = Float32Array.from([...draw('x', 1, 201, 3), -30, 30, -90, 90, 0]);
        return same(open(), { x: [x, 2, 103], dy: [draw('dy', 2, 103), 2, 103] }, [], (ops, { x: input, dy }) => {
          const y = ops.activate(input, activation);
          return { y, dx: ops.activateGradient(input, y, dy, activation) };
        });
      });
    }

    it('sums, scales, repeated rows and their sums', () => same(open(), { a: [draw('a', 12, 7), 12, 7], b: [draw('b', 12, 7), 12, 7] }, [],
      (ops, { a, b }) => ({ sum: ops.add(a, b), scaled: ops.scale(a, -2.5), repeated: ops.repeatRows(a, 3), summed: ops.sumRows(a, 4), filled: ops.filled(0.75, 3, 1) })));

    it('terms of the bound and their derivatives', () => {
      const [n, columns] = [9, 21];
      const matrix = (name: string, scale = 1): [Float32Array, number, number] => [draw(name, n, columns, scale), n, columns];
      const pixels = draw('pixels', n, columns).map((value) => 1 / (1 + Math.exp(-value)));
      return same(open(), {
        mean: matrix('mean'), logVariance: matrix('ℓ', 0.7), noise: matrix('noise'), dz: matrix('dz'), logits: [draw('logits', n, columns, 4).map((value, i) => (i === 0 ? 60 : i === 1 ? -60 : value)), n, columns],
        x: [pixels, n, columns], weights: [draw('weights', n, 1), n, 1], column: [draw('column', n, 1, 40), n, 1], groups: [draw('groups', 3, 1), 3, 1],
      }, [], (ops, { mean, logVariance, noise, dz, logits, x, weights, column, groups }) => {
        const z = ops.reparameterise(mean, logVariance, noise);
        const through = ops.reparameteriseGradient(logVariance, noise, dz);
        const kl = ops.klStandardGradient(mean, logVariance, weights);
        const standard = ops.logNormalGradient(dz, null, weights);
        const given = ops.logNormalGradient(dz, { mean, logVariance }, weights);
        return {
          z, throughMean: through.mean, throughVariance: through.logVariance,
          bernoulli: ops.bernoulli(logits, x), dlogits: ops.bernoulliGradient(logits, x, weights),
          gaussian: ops.gaussian(mean, x, 0.5, true), bare: ops.gaussian(mean, x, 0.5, false), dmean: ops.gaussianGradient(mean, x, 0.5, weights),
          kl: ops.klStandard(mean, logVariance), klMean: kl.mean, klVariance: kl.logVariance,
          logStandard: ops.logNormal(dz, null), standardZ: standard.z, logGiven: ops.logNormal(dz, { mean, logVariance }), givenZ: given.z, givenMean: given.given!.mean, givenVariance: given.given!.logVariance,
          logMeanExp: ops.logMeanExp(column, 3), byEntry: ops.logMeanExpGradient(column, 3, groups),
        };
      });
    });

    it('bytes are divided by 255; normals are those of core/math/random; sums are noted', async () => {
      const ops = open();
      assert.ok(error(await ops.read(ops.input(Uint8Array.of(0, 51, 255, 128), 2, 2)), [0, 0.2, 1, 128 / 255]) < 1e-7);
      const normals = ops.normals(5, 3, { key: [9, 0], stream: [4, 1], firstPair: 7 });
      const reference = cpuOps();
      assert.ok(error(await ops.read(normals), await reference.read(reference.normals(5, 3, { key: [9, 0], stream: [4, 1], firstPair: 7 }))) < 1e-4);
      ops.record(ops.filled(0.5, 4, 1), ops.input(Float32Array.of(1, 2, 3), 1, 3));
      ops.reset();
      ops.record(ops.filled(-1, 1, 1));
      ops.reset();
      assert.deepEqual([...(await ops.takeRecords())], [2, 6, -1]);
      assert.equal((await ops.takeRecords()).length, 0);
    });

    it('Adam over two shards, one of which came from elsewhere; what is read can be written', async () => {
      const table = [{ name: 'a', rows: 5, columns: 7 }, { name: 'b', rows: 1, columns: 7 }];
      const on = async <M extends Matrix>(ops: Ops<M>) => {
        const store = ops.store(table, 2, draw('parameters', 6, 7));
        for (let step = 1; step <= 5; step++) {
          store.begin(1);
          store.begin(0);
          ops.denseGradient(ops.input(draw(`x${step}`, 3, 5), 3, 5), store.parameter(0), ops.input(draw(`dy${step}`, 3, 7), 3, 7), store.gradient(0), store.gradient(1), false);
          store.writeGradient(1, draw(`other${step}`, 6, 7));
          store.adam({ step, rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
          ops.reset();
        }
        const rows = (await store.read()).slice();
        store.write(rows);
        assert.deepEqual(await store.read(), rows);
        store.dispose();
        return rows;
      };
      const [measured, expected] = [await on(open()), await on(cpuOps())];
      assert.equal(measured.length, 3 * 42);
      assert.ok(error(measured, expected) < 1e-5);
    });
  });

  describe(`models of PyTorch on ${device}: terms and every gradient within 1e-5`, () => {
    for (const reference of [...tinyReferences(), ...torchReferences()].filter(({ settings }) => convolutions || settings.architecture !== 'conv')) {
      it(reference.name, async () => {
        const { terms, gradients } = await compute(open(), reference, false);
        for (const term of ['loss', 'reconstruction', 'kl'] as const) assert.ok(error([terms[term]], [reference[term]]) <= 1e-5, `${term}: ${terms[term]}, not ${reference[term]}`);
        for (const [name, expected] of Object.entries(reference.gradients)) assert.ok(error(gradients[name], expected) <= 1e-5, `${name}: error ${error(gradients[name], expected)}`);
      });
    }
  });

  describe(`training of a VAE on ${device}`, () => trainingSuite(open, options));
}
