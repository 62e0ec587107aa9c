/** The reference kernels on plain arrays, one function each; see ../contract for what they mean. */
import { philox4x32 } from '../../../core/math/random';
import { TABLE, type AdamEmaAttrs, type Counter, type GradientAttrs, type MlpAttrs, type RandomAttrs, type StepAttrs } from '../contract';
import { FEATURES, parameterCount, type MlpShape } from '../shape';
import { backward, forward, layersOf } from './network';

export function mlp(x: Float32Array, parameters: Float32Array, features: Float32Array, attrs: MlpAttrs): Float32Array {
  const layers = layersOf(attrs);
  const p = row(parameters, attrs);
  const f = features.subarray(attrs.featuresRow * FEATURES, (attrs.featuresRow + 1) * FEATURES);
  const out = new Float32Array(x.length);
  for (let i = 0; i < x.length; i += 2) out.set(forward(layers, p, x.subarray(i, i + 2), f).values[layers.length], i);
  return out;
}

export function ddpmStep(x: Float32Array, parameters: Float32Array, features: Float32Array, attrs: StepAttrs): Float32Array {
  const { a, b, c, firstPair } = attrs;
  return mlp(x, parameters, features, attrs).map((prediction, i) => {
    const z = c === 0 ? 0 : normalPair(attrs, firstPair + (i >> 1))[i & 1];
    return a * x[i] + b * prediction + c * z;
  });
}

export function ddpmGradient(data: Float32Array, parameters: Float32Array, features: Float32Array, table: Float32Array, attrs: GradientAttrs): { gradient: Float32Array; records: Float32Array } {
  const { key, pick, noise, firstExample, count, scale } = attrs;
  const layers = layersOf(attrs);
  const p = row(parameters, attrs);
  const gradient = new Float64Array(p.length);
  const records = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    const words = wordPair({ key, stream: pick }, firstExample + i);
    const point = scaledWord(words[0], data.length / 2);
    const t = scaledWord(words[1], table.length / TABLE.columns);
    const eps = normalPair({ key, stream: noise }, firstExample + i);
    const at = (column: number) => table[t * TABLE.columns + column];
    const f = features.subarray(t * FEATURES, (t + 1) * FEATURES);
    const trace = forward(layers, p, eps.map((e, axis) => at(TABLE.signal) * data[2 * point + axis] + at(TABLE.noise) * e), f);
    const error = Array.from(trace.values[layers.length], (out, axis) => out - at(TABLE.targetX0) * data[2 * point + axis] - at(TABLE.targetEps) * eps[axis]);
    records[2 * i] = t;
    records[2 * i + 1] = (at(TABLE.weight) * (error[0] ** 2 + error[1] ** 2)) / 2;
    backward(layers, p, trace, f, error.map((e) => scale * at(TABLE.weight) * e), gradient);
  }
  return { gradient: Float32Array.from(gradient), records };
}

export function adamEma(state: Float32Array, gradient: Float32Array, { rate, beta1, beta2, epsilon, decay }: AdamEmaAttrs): Float32Array {
  const P = gradient.length;
  const next = new Float32Array(4 * P);
  for (let i = 0; i < P; i++) {
    const m = beta1 * state[P + i] + (1 - beta1) * gradient[i];
    const v = beta2 * state[2 * P + i] + (1 - beta2) * gradient[i] ** 2;
    const parameter = state[i] - (rate * m) / (Math.sqrt(v) + epsilon);
    next[i] = parameter;
    next[P + i] = m;
    next[2 * P + i] = v;
    next[3 * P + i] = decay * state[3 * P + i] + (1 - decay) * parameter;
  }
  return next;
}

export function normals({ firstPair, count, ...counter }: RandomAttrs): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => normalPair(counter, firstPair + (i >> 1))[i & 1]);
}

export function words({ firstPair, count, ...counter }: RandomAttrs): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => wordPair(counter, firstPair + (i >> 1))[i & 1]);
}

function row(parameters: Float32Array, attrs: MlpShape & { parametersRow: number }): Float32Array {
  const P = parameterCount(attrs);
  return parameters.subarray(attrs.parametersRow * P, (attrs.parametersRow + 1) * P);
}

function wordPair({ key, stream }: Counter, pair: number): [number, number] {
  const block = philox4x32([pair >>> 1, 0, stream[0], stream[1]], key as [number, number]);
  return pair % 2 === 0 ? [block[0], block[1]] : [block[2], block[3]];
}

/** As core/math/random makes them: radius from the first word, angle from the second; each rounded to float32. */
function normalPair(counter: Counter, pair: number): [number, number] {
  const [u, v] = wordPair(counter, pair).map((word) => (word + 0.5) * 2 ** -32);
  const radius = Math.sqrt(-2 * Math.log(u));
  return [Math.fround(radius * Math.cos(2 * Math.PI * v)), Math.fround(radius * Math.sin(2 * Math.PI * v))];
}

/** ⌊word·n/2³²⌋: uniform on 0 … n − 1 up to n/2³². Exact in a double for n below 2²¹. */
const scaledWord = (word: number, n: number): number => Math.floor((word * n) / 2 ** 32);
