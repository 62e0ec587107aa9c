/** Registers the SIMD kernels as tfjs kernels of the WASM device. Their memory is their own: numbers are copied in and out, little beside the arithmetic. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '../../engine/tf';
import {
  ADAM_EMA, DDPM_GRADIENT, DDPM_STEP, MLP, NORMALS, STATE, TABLE, WORDS,
  type AdamEmaAttrs, type GradientAttrs, type MlpAttrs, type NetworkAttrs, type RandomAttrs, type StepAttrs,
} from '../contract';
import { FEATURES, MAX_HIDDEN, MAX_LAYERS, parameterCount } from '../shape';
import { kernels, type Exports } from './module';

/** One call: its place in the kernels' memory, and its tensors. */
class Call {
  constructor(readonly wasm: Exports, private readonly backend: BackendWasm, private readonly inputs: tf.NamedTensorInfoMap) {
    wasm.reset();
  }

  private input(name: string): tf.TensorInfo {
    const info = this.inputs[name];
    if (!info) throw new RangeError(`The kernel wants the input "${name}".`);
    return info;
  }

  shape(name: string): number[] {
    return this.input(name).shape;
  }

  /** Copies an input, or the part [from, from + size) of it, and returns where it is. */
  put(name: string, from = 0, size?: number): number {
    const info = this.input(name);
    const length = tf.util.sizeFromShape(info.shape);
    const end = size === undefined ? length : from + size;
    if (from < 0 || end > length) throw new RangeError(`"${name}" has ${length} numbers; the kernel wants those from ${from} to ${end}.`);
    const at = this.room(end - from);
    const values = this.backend.typedArrayFromHeap(info as tf.TensorInfo & { dtype: 'float32' }) as Float32Array;
    new Float32Array(this.wasm.memory.buffer, at, end - from).set(values.subarray(from, end));
    return at;
  }

  /** The parameters of the network, [P]. */
  putParameters(attrs: NetworkAttrs): number {
    const { hidden, layers, parametersRow } = attrs;
    if (!(hidden >= 4 && hidden <= MAX_HIDDEN && hidden % 4 === 0)) throw new RangeError(`hidden must be a multiple of 4 from 4 to ${MAX_HIDDEN}, not ${hidden}.`);
    if (!(layers >= 1 && layers <= MAX_LAYERS && Number.isInteger(layers))) throw new RangeError(`layers must be 1 to ${MAX_LAYERS}, not ${layers}.`);
    const P = parameterCount(attrs);
    return this.put('parameters', parametersRow * P, P);
  }

  /** Room for `count` numbers. */
  room(count: number): number {
    return this.wasm.alloc(4 * count);
  }

  /** A tensor of the numbers at `at`. */
  take(at: number, shape: number[], dtype: 'float32' | 'int32' = 'float32'): tf.TensorInfo {
    const values = new (dtype === 'int32' ? Int32Array : Float32Array)(this.wasm.memory.buffer, at, tf.util.sizeFromShape(shape));
    return this.backend.makeOutput(shape, dtype, undefined, values);
  }
}

function register<Attrs>(kernelName: string, compute: (call: Call, attrs: Attrs) => tf.TensorInfo | tf.TensorInfo[]): void {
  tf.registerKernel({
    kernelName, backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs }) => compute(new Call(kernels(), backend as BackendWasm, inputs), attrs as Attrs),
  });
}

register<MlpAttrs>(MLP, (call, attrs) => {
  const [n] = call.shape('x');
  const out = call.room(2 * n);
  call.wasm.mlp(call.put('x'), n, call.putParameters(attrs), call.put('features', attrs.featuresRow * FEATURES, FEATURES), attrs.hidden, attrs.layers, out);
  return call.take(out, [n, 2]);
});

register<StepAttrs>(DDPM_STEP, (call, attrs) => {
  const { hidden, layers, a, b, c, key, stream, firstPair } = attrs;
  const [n] = call.shape('x');
  const out = call.room(2 * n);
  call.wasm.ddpmStep(
    call.put('x'), n, call.putParameters(attrs), call.put('features', attrs.featuresRow * FEATURES, FEATURES), hidden, layers, a, b, c,
    key[0], key[1], stream[0], stream[1], firstPair, out,
  );
  return call.take(out, [n, 2]);
});

register<GradientAttrs>(DDPM_GRADIENT, (call, attrs) => {
  const { hidden, layers, key, pick, noise, firstExample, count, scale } = attrs;
  const P = parameterCount(attrs);
  const [levels] = call.shape('table');
  const [points] = call.shape('data');
  const gradient = call.room(P);
  const records = call.room(2 * count);
  call.wasm.ddpmGradient(
    call.put('data', 0, 2 * points), points, call.putParameters(attrs), call.put('features', 0, levels * FEATURES), call.put('table', 0, levels * TABLE.columns), levels,
    hidden, layers, key[0], key[1], pick[0], pick[1], noise[0], noise[1], firstExample, count, scale, gradient, records,
  );
  return [call.take(gradient, [P]), call.take(records, [count, 2])];
});

register<AdamEmaAttrs>(ADAM_EMA, (call, { rate, beta1, beta2, epsilon, decay }) => {
  const P = tf.util.sizeFromShape(call.shape('gradient'));
  const next = call.room(STATE.rows * P);
  call.wasm.adamEma(call.put('state', 0, STATE.rows * P), call.put('gradient'), P, rate, beta1, 1 - beta1, beta2, 1 - beta2, epsilon, decay, 1 - decay, next);
  return call.take(next, [STATE.rows, P]);
});

register<RandomAttrs>(NORMALS, (call, { key, stream, firstPair, count }) =>
  call.take(call.wasm.normals(key[0], key[1], stream[0], stream[1], firstPair, count), [count]));

register<RandomAttrs>(WORDS, (call, { key, stream, firstPair, count }) =>
  call.take(call.wasm.words(key[0], key[1], stream[0], stream[1], firstPair, count), [count], 'int32'));
