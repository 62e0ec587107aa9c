/** The kernels that tfjs' WASM device lacks, against tfjs on the CPU, and gradients against finite differences. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import '@tensorflow/tfjs-backend-cpu';
import { startEngine, tf, type Engine } from '../../../webview/engine';
import { createRandom } from '../../../core/math/random';
import { WASM_PATHS } from '../engine/suite';

const random = createRandom(11);
let calls = 0;
const draw = (shape: number[]) => ({ shape, values: random.normals(`tensor ${calls++}`, 0, tf.util.sizeFromShape(shape)) });
type Drawn = ReturnType<typeof draw>;
const tensor = ({ shape, values }: Drawn) => tf.tensor(values, shape);

describe('kernels for tfjs on WASM', () => {
  let engine: Engine;
  before(async () => { engine = await startEngine({ device: 'wasm', wasmPaths: WASM_PATHS }); });
  after(() => engine.dispose());

  /** Runs on a device and leaves nothing there. */
  async function on(device: 'cpu' | 'wasm', make: () => tf.Tensor): Promise<{ shape: number[]; values: Float32Array }> {
    await tf.setBackend(device);
    const held = tf.memory().numTensors;
    const result = tf.tidy(make);
    const values = (await result.data()) as Float32Array;
    const { shape } = result;
    result.dispose();
    assert.equal(tf.memory().numTensors, held);
    await tf.setBackend('wasm');
    return { shape, values };
  }

  async function same(make: () => tf.Tensor, what: string): Promise<void> {
    const [wasm, cpu] = [await on('wasm', make), await on('cpu', make)];
    assert.deepEqual(wasm.shape, cpu.shape, what);
    const size = cpu.values.reduce((most, v) => Math.max(most, Math.abs(v)), 1e-30);
    cpu.values.forEach((v, i) => { assert.ok(Math.abs(wasm.values[i] - v) <= 3e-6 * size, `${what} ${i}: ${wasm.values[i]}, not ${v}`); });
  }

  /** The derivative of Σ f(x)·w along a direction. */
  async function slope(f: (x: tf.Tensor) => tf.Tensor, at: Drawn): Promise<void> {
    const direction = draw(at.shape);
    const weights = draw((await on('wasm', () => f(tensor(at)))).shape);
    const loss = (x: tf.Tensor) => tf.sum(tf.mul(f(x), tensor(weights))) as tf.Scalar;
    const exact = await on('wasm', () => tf.sum(tf.mul(tf.grad(loss)(tensor(at)), tensor(direction))));
    const h = 1e-2;
    const moved = async (sign: number) => {
      const { values } = await on('wasm', () => f(tensor({ shape: at.shape, values: at.values.map((v, i) => v + sign * h * direction.values[i]) })));
      return values.reduce((sum, v, i) => sum + v * weights.values[i], 0);
    };
    const measured = ((await moved(1)) - (await moved(-1))) / (2 * h);
    assert.ok(Math.abs(exact.values[0] - measured) <= 2e-3 * Math.max(1, Math.abs(measured)), `${exact.values[0]}, not ${measured}`);
  }

  it('products with either operand transposed, with batches and without', async () => {
    for (const [a, b] of [[[5, 7], [7, 3]], [[64, 130], [130, 33]], [[3, 5, 7], [3, 7, 9]], [[1, 5, 7], [4, 7, 2]], [[2, 3, 4, 5], [2, 3, 5, 6]], [[1, 1], [1, 1]]]) {
      for (const [turnA, turnB] of [[false, false], [true, false], [false, true], [true, true]]) {
        const turned = (shape: number[], turn: boolean) => (turn ? [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!] : shape);
        const [x, y] = [draw(turned(a, turnA)), draw(turned(b, turnB))];
        await same(() => tf.matMul(tensor(x), tensor(y), turnA, turnB), `${a.join()} · ${b.join()}, ${turnA}, ${turnB}`);
      }
    }
    const fixed = draw([6, 4]);
    await slope((x) => tf.matMul(x as tf.Tensor2D, tensor(fixed) as tf.Tensor2D), draw([5, 6]));
    await slope((x) => tf.matMul(tensor(fixed) as tf.Tensor2D, x as tf.Tensor2D, true), draw([6, 3]));
  });

  it('fused products with transposed operands, bias and activation', async () => {
    const [x, y, bias] = [draw([7, 5]), draw([9, 7]), draw([9])];
    for (const activation of ['linear', 'relu', 'sigmoid', 'elu'] as const) {
      await same(() => tf.fused.matMul({
        a: tensor(x) as tf.Tensor2D, b: tensor(y) as tf.Tensor2D, transposeA: true, transposeB: true, bias: tensor(bias), activation,
      }), activation);
    }
  });

  it('filters of convolutions train: any stride, padding and format', async () => {
    const shapes: [image: [number, number, number, number], filter: [number, number, number, number]][] = [
      [[2, 7, 6, 3], [3, 3, 3, 5]], [[1, 5, 5, 1], [4, 4, 1, 2]], [[3, 9, 8, 2], [2, 3, 2, 4]], [[40, 14, 14, 8], [4, 4, 8, 3]],
    ];
    for (const [image, filter] of shapes) {
      for (const [strides, pad] of [[1, 'same'], [2, 'same'], [[2, 1], 'valid'], [3, 1], [1, 2]] as [number | [number, number], 'same' | 'valid' | number][]) {
        const x = draw(image);
        const out = tf.backend_util.computeConv2DInfo(image, filter, strides, 1, pad).outShape;
        const dy = draw(out);
        const grad = () => tf.grad((w) => tf.sum(tf.mul(tf.conv2d(tensor(x) as tf.Tensor4D, w as tf.Tensor4D, strides, pad), tensor(dy))))(tf.zeros(filter));
        await same(grad, `${image.join()} by ${filter.join()}, stride ${String(strides)}, ${pad}`);
      }
    }
    const x = draw([2, 6, 7, 3]);
    await slope((w) => tf.conv2d(tensor(x) as tf.Tensor4D, w as tf.Tensor4D, 2, 'same'), draw([3, 3, 3, 4]));
  });

  it('channels first', async () => {
    const [x, dy] = [draw([2, 3, 7, 6]), draw([2, 5, 3, 2])];
    const attrs = { strides: [2, 2], pad: 'valid', dataFormat: 'NCHW', filterShape: [3, 3, 3, 5] };
    await same(() => tf.engine().runKernel(tf.Conv2DBackpropFilter, { x: tensor(x), dy: tensor(dy) } as unknown as tf.NamedTensorMap, attrs as unknown as tf.NamedAttrMap), 'NCHW');
  });

  it('embeddings train: sums by segment, those of no segment left out', async () => {
    for (const [rows, inner, segments] of [[1, [1], 1], [9, [7], 4], [300, [5, 3], 20], [12, [], 5]] as [number, number[], number][]) {
      const x = draw([rows, ...inner]);
      const ids = Int32Array.from({ length: rows }, (_, i) => ((i * 7) % (segments + 2)) - 1);
      await same(() => tf.unsortedSegmentSum(tensor(x), tf.tensor1d(ids, 'int32'), segments), `${rows}, ${inner.join()}`);
    }
    await slope((table) => tf.gather(table, tf.tensor1d([3, 1, 3, 3, 0], 'int32')), draw([5, 4]));
  });

  it('the memory of the kernels is as large as the largest call', async () => {
    const x = draw([200, 300]);
    const run = () => on('wasm', () => tf.matMul(tensor(x) as tf.Tensor2D, tensor(x) as tf.Tensor2D, true));
    const first = await run();
    for (let i = 0; i < 5; i++) assert.deepEqual((await run()).values, first.values);
  });
});
