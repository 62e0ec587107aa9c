/** Stores, the memory, and what holds for whole networks: the gradient of a VAE against finite differences, the same bytes twice, and rows that do not depend on their neighbours. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { keyFromSeed, streamWords } from '../../../core/math/random';
import { wasmOps } from '../../../webview/kernels/nets/wasm';
import { convolutionalVae, denseVae } from '../../bench/vae-step';
import { close, draw } from './suite';

const ADAM = { rate: 2e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const NOISE = { key: keyFromSeed(3), stream: streamWords('noise'), firstPair: 0 };
const TABLE = [{ name: 'w', rows: 3, columns: 7 }, { name: 'b', rows: 1, columns: 5 }];
const P = 26;

export function netsWasmStoreSuite(build: string, load: () => Promise<void>): void {
  describe(`stores of layered networks, WASM ${build}`, () => {
    let ops: ReturnType<typeof wasmOps>;
    before(async () => {
      await load();
      ops = wasmOps();
    });

    it('parameters lie one after the other, with moments or without, over a reset', async () => {
      const values = draw(P);
      const store = ops.store(TABLE, 1, values);
      ops.reset();
      assert.deepEqual(await ops.read(store.parameter(0)), values.slice(0, 21));
      assert.deepEqual(await ops.read(store.parameter(1)), values.slice(21));
      assert.deepEqual(await store.read(), Float32Array.of(...values, ...new Float32Array(2 * P)));
      const rows = draw(3 * P);
      store.write(rows);
      assert.deepEqual(await store.read(), rows);
      const copy = ops.store(TABLE, 1, rows);
      assert.deepEqual(await copy.read(), rows);
      store.dispose();
      copy.dispose();
    });

    it('Adam is its closed form in float64, along the sum of all shards', async () => {
      const values = draw(P);
      const store = ops.store(TABLE, 3, values);
      const [p, m, v] = [Float64Array.from(values), new Float64Array(P), new Float64Array(P)];
      for (let step = 1; step <= 20; step++) {
        const shards = [draw(P), draw(P, 0.1), draw(P, 3)];
        shards.forEach((shard, i) => {
          store.begin(i);
          store.writeGradient(i, shard);
        });
        store.adam({ ...ADAM, step });
        for (let i = 0; i < P; i++) {
          const g = shards[0][i] + shards[1][i] + shards[2][i];
          m[i] = 0.9 * m[i] + 0.1 * g;
          v[i] = 0.999 * v[i] + 0.001 * g * g;
          p[i] -= (ADAM.rate * (m[i] / (1 - 0.9 ** step))) / (Math.sqrt(v[i] / (1 - 0.999 ** step)) + ADAM.epsilon);
        }
      }
      const rows = await store.read();
      await close(ops, rows.slice(0, P), [[...p]], 1e-6);
      await close(ops, rows.slice(P, 2 * P), [[...m]], 1e-6);
      await close(ops, rows.slice(2 * P), [[...v]], 1e-5);
      store.dispose();
    });

    it('shards are cleared when they begin, and what was not touched is 0', async () => {
      ops.reset();
      const store = ops.store(TABLE, 2, draw(P));
      const dy = ops.filled(1, 2, 5);
      store.begin(1);
      ops.biasGradient(dy, store.gradient(1));
      ops.biasGradient(dy, store.gradient(1));
      assert.deepEqual([...(await store.readGradient(1))], [...new Array<number>(21).fill(0), ...new Array<number>(5).fill(4)]);
      assert.ok((await store.readGradient(0)).every((x) => x === 0));
      store.begin(1);
      assert.ok((await ops.read(store.gradient(1))).every((x) => x === 0));
      ops.biasGradient(dy, store.gradient(1));
      assert.deepEqual([...(await ops.read(store.gradient(1)))], new Array<number>(5).fill(2));
      store.dispose();
    });

    it('the gradient of a VAE is that of finite differences', async () => {
      for (const [make, name] of [[denseVae, 'dense'], [convolutionalVae, 'convolutional']] as const) {
        ops.reset();
        const vae = make(ops, 1);
        const x = draw(2 * 784, 0.3).map((v) => Math.min(1, Math.abs(v)));
        const loss = async () => {
          ops.reset();
          vae.store.begin(0);
          vae.gradient(ops.input(x, 2, 784), NOISE, 1);
          return (await ops.takeRecords()).reduce((sum, v) => sum + v, 0);
        };
        await loss();
        const gradient = await vae.store.readGradient(0);
        const rows = await vae.store.read();
        // Along the gradient, and along its part in each parameter, the loss moves by their square.
        let offset = 0;
        for (const { name: parameter, rows: height, columns } of vae.store.table) {
          const [from, to] = [offset, offset + height * columns];
          offset = to;
          const square = gradient.subarray(from, to).reduce((sum, g) => sum + g * g, 0);
          // No further than 0.02 in all: next to it lie kinks of ReLU.
          const step = Math.min(0.05 / square, 0.02 / Math.sqrt(square));
          const at = async (sign: number) => {
            vae.store.write(rows.map((value, i) => (i >= from && i < to ? value + sign * step * gradient[i] : value)));
            return loss();
          };
          const slope = ((await at(1)) - (await at(-1))) / (2 * step);
          assert.ok(Math.abs(slope / square - 1) < 0.02, `${name}, ${parameter}: ${slope}, not ${square}`);
        }
        vae.store.dispose();
      }
    });

    it('training gives the same bytes twice, whatever ran in between, and the loss falls', async () => {
      const run = async (disturbed: boolean) => {
        const own = wasmOps();
        if (disturbed) {
          own.dense(own.filled(NaN, 300, 900), own.filled(7, 900, 50), own.filled(1, 1, 50));
          own.store(TABLE, 1, draw(P)).dispose();
        }
        const vae = denseVae(own, 2);
        const x = Float32Array.from({ length: 20 * 784 }, (_, i) => Number((i * i) % 7 === 0));
        const losses: number[] = [];
        for (let step = 1; step <= 8; step++) {
          for (const shard of [0, 1]) {
            own.reset();
            if (disturbed) own.filled(NaN, 40, 400 + step);
            vae.store.begin(shard);
            vae.gradient(own.input(x.subarray(shard * 7840, (shard + 1) * 7840), 10, 784), { ...NOISE, firstPair: step * 1000 + shard * 100 }, 1 / 20);
          }
          vae.store.adam({ ...ADAM, step });
          losses.push((await own.takeRecords()).reduce((sum, v) => sum + v, 0));
        }
        return { rows: await vae.store.read(), losses };
      };
      const [first, second] = [await run(false), await run(true)];
      assert.deepEqual(first.rows, second.rows);
      assert.ok(first.losses[7] < 0.8 * first.losses[0], first.losses.join());
    });

    it('a gradient that was read and written in another place trains to the same bytes', async () => {
      const one = denseVae(ops, 2);
      const other = denseVae(wasmOps(), 2);
      const x = draw(4 * 784, 0.2);
      ops.reset();
      for (const shard of [0, 1]) {
        one.store.begin(shard);
        one.gradient(ops.input(x.subarray(shard * 1568, (shard + 1) * 1568), 2, 784), { ...NOISE, firstPair: shard * 99 }, 0.5);
        other.store.writeGradient(shard, await one.store.readGradient(shard));
      }
      one.store.adam({ ...ADAM, step: 1 });
      other.store.adam({ ...ADAM, step: 1 });
      assert.deepEqual(await other.store.read(), await one.store.read());
      one.store.dispose();
    });

    it("a row's numbers do not depend on the other rows", async () => {
      ops.reset();
      const x = draw(70 * 784);
      const [w, b] = [ops.input(draw(784 * 41), 784, 41), ops.input(draw(41), 1, 41)];
      const whole = await ops.read(ops.dense(ops.input(x, 70, 784), w, b));
      for (const [from, to] of [[0, 1], [5, 16], [33, 70]]) {
        const part = await ops.read(ops.dense(ops.input(x.subarray(from * 784, to * 784), to - from, 784), w, b));
        assert.deepEqual(part, whole.slice(from * 41, to * 41));
      }
    });

    it('memory grows under everything that is in it, stays where batches are alike, and is used again', async () => {
      const own = wasmOps();
      const values = draw(P);
      const store = own.store(TABLE, 1, values);
      const first = own.input(values, 2, 13);
      const large = own.filled(1.5, 3000, 3000);
      assert.deepEqual(await own.read(first), values);
      assert.deepEqual((await store.read()).slice(0, P), values);
      assert.equal((await own.read(large))[8_999_999], 1.5);
      const where = () => { own.reset(); return own.filled(0, 1, 1).at; };
      const start = where();
      assert.equal(where(), start);
      own.store(TABLE, 4, values).dispose();
      assert.equal(where(), start);
      const [a, c] = [own.store(TABLE, 1, values), own.store(TABLE, 1, values)];
      a.dispose();
      assert.deepEqual((await c.read()).slice(0, P), values);
      own.store(TABLE, 1, values).dispose();
      c.dispose();
      assert.equal(where(), start);
      store.dispose();
    });

    it('says what is wrong', async () => {
      ops.reset();
      const x = ops.filled(1, 2, 3);
      assert.throws(() => ops.dense(x, ops.filled(0, 4, 5), ops.filled(0, 1, 5)), /The weight is 4 × 5; 3 × 5 is wanted/);
      assert.throws(() => ops.input(new Float32Array(5), 2, 3), /5 numbers are no matrix of 2 × 3/);
      assert.throws(() => ops.sumRows(x, 4), /2 rows are not groups of 4/);
      assert.throws(() => ops.filled(0, 60_000, 20_000), /no memory for 4578 MB more on the WASM device/);
      assert.throws(() => ops.conv(x, x, { height: 1, width: 3, channels: 1, filters: 1, kernel: 4, stride: 1, padding: 0 }), /makes no image of 1 × 3/);
      const store = ops.store(TABLE, 2, new Float32Array(P));
      assert.throws(() => { store.begin(2); }, /There are 2 shards; 2 is none of them/);
      assert.throws(() => store.parameter(2), /The table has 2 parameters/);
      assert.throws(() => { store.writeGradient(0, new Float32Array(3)); }, /A gradient has 26 numbers, not 3/);
      assert.throws(() => { store.adam({ ...ADAM, step: 0 }); }, /count from 1/);
      assert.throws(() => ops.store(TABLE, 1, new Float32Array(2 * P)), /\[P\] or \[3, P\] are wanted, not 52/);
      store.dispose();
      await assert.rejects(store.read(), /disposed/);
      ops.reset();
      await assert.rejects(ops.read(x), /made before the last reset/);
    });
  });
}
