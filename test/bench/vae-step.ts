/** Two VAEs written in operations, for measurements of the operations alone: 784-400-20, and 28×28×1 → 14×14×32 → 7×7×64 → 20. Bernoulli decoders; the loss is summed over images. */
import { createRandom } from '../../core/math/random';
import type { ConvShape, Counter, Matrix, Ops, ParameterShape, ParameterStore } from '../../webview/kernels/nets/contract';

const LATENT = 20;

export interface VaeStep<M extends Matrix> {
  store: ParameterStore<M>;
  /** Adds the gradient of `weight` times the loss of these images to the shard that was begun. */
  gradient(x: M, noise: Counter, weight: number): void;
}

interface Layers<M> {
  forward(x: M): { out: M; backward(dOut: M, wantInput: boolean): M | null };
}

function storeOf<M extends Matrix>(ops: Ops<M>, table: ParameterShape[], shards: number): ParameterStore<M> {
  const random = createRandom(7);
  const values = table.map(({ name, rows, columns }) => {
    const drawn = random.uniform(name, 0, rows * columns);
    const bound = rows === 1 ? 0.01 : rows ** -0.5;
    return drawn.map((u) => (2 * u - 1) * bound);
  });
  const all = new Float32Array(values.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const drawn of values) {
    all.set(drawn, offset);
    offset += drawn.length;
  }
  return ops.store(table, shards, all);
}

/** The bound, between an encoder that gives `hidden` numbers and a decoder that starts from the latent. */
function vae<M extends Matrix>(ops: Ops<M>, store: ParameterStore<M>, heads: number, encoder: Layers<M>, decoder: Layers<M>): VaeStep<M> {
  const [p, g] = [(i: number) => store.parameter(i), (i: number) => store.gradient(i)];
  return {
    store,
    gradient(x, noise, weight) {
      const encoded = encoder.forward(x);
      const mean = ops.dense(encoded.out, p(heads), p(heads + 1));
      const logVariance = ops.dense(encoded.out, p(heads + 2), p(heads + 3));
      const eps = ops.normals(x.rows, LATENT, noise);
      const decoded = decoder.forward(ops.reparameterise(mean, logVariance, eps));
      const weights = ops.filled(weight, x.rows, 1);
      ops.record(ops.bernoulli(decoded.out, x), ops.klStandard(mean, logVariance));
      const dz = decoded.backward(ops.bernoulliGradient(decoded.out, x, weights), true)!;
      const draw = ops.reparameteriseGradient(logVariance, eps, dz);
      const kl = ops.klStandardGradient(mean, logVariance, weights);
      const dMean = ops.denseGradient(encoded.out, p(heads), ops.add(draw.mean, kl.mean), g(heads), g(heads + 1), true)!;
      const dLogVariance = ops.denseGradient(encoded.out, p(heads + 2), ops.add(draw.logVariance, kl.logVariance), g(heads + 2), g(heads + 3), true)!;
      encoded.backward(ops.add(dMean, dLogVariance), false);
    },
  };
}

const pair = (name: string, rows: number, columns: number, bias = columns): ParameterShape[] =>
  [{ name: `${name}.weight`, rows, columns }, { name: `${name}.bias`, rows: 1, columns: bias }];

export function denseVae<M extends Matrix>(ops: Ops<M>, shards: number): VaeStep<M> {
  const store = storeOf(ops, [...pair('fc1', 784, 400), ...pair('fc21', 400, LATENT), ...pair('fc22', 400, LATENT), ...pair('fc3', LATENT, 400), ...pair('fc4', 400, 784)], shards);
  const [p, g] = [(i: number) => store.parameter(i), (i: number) => store.gradient(i)];
  const hidden = (at: number, x: M) => {
    const a = ops.dense(x, p(at), p(at + 1));
    const out = ops.activate(a, 'relu');
    return { out, backward: (dOut: M, wantInput: boolean) => ops.denseGradient(x, p(at), ops.activateGradient(a, out, dOut, 'relu'), g(at), g(at + 1), wantInput) };
  };
  return vae(ops, store, 2, { forward: (x) => hidden(0, x) }, {
    forward: (z) => {
      const h = hidden(6, z);
      return { out: ops.dense(h.out, p(8), p(9)), backward: (dOut, wantInput) => h.backward(ops.denseGradient(h.out, p(8), dOut, g(8), g(9), true)!, wantInput) };
    },
  });
}

export function convolutionalVae<M extends Matrix>(ops: Ops<M>, shards: number): VaeStep<M> {
  const first: ConvShape = { height: 28, width: 28, channels: 1, filters: 32, kernel: 4, stride: 2, padding: 1 };
  const second: ConvShape = { height: 14, width: 14, channels: 32, filters: 64, kernel: 4, stride: 2, padding: 1 };
  const flat = 7 * 7 * 64;
  const store = storeOf(ops, [
    ...pair('conv1', 16, 32), ...pair('mean', flat, LATENT), ...pair('logVariance', flat, LATENT), ...pair('conv2', 512, 64),
    ...pair('back', LATENT, flat), ...pair('up1', 512, 64, 32), ...pair('up2', 16, 32, 1),
  ], shards);
  const [p, g] = [(i: number) => store.parameter(i), (i: number) => store.gradient(i)];
  const down = (at: number, shape: ConvShape, x: M) => {
    const a = ops.addBias(ops.conv(x, p(at), shape), p(at + 1));
    const out = ops.activate(a, 'relu');
    return {
      out, backward: (dOut: M, wantInput: boolean) => {
        const d = ops.activateGradient(a, out, dOut, 'relu');
        ops.biasGradient(d, g(at + 1));
        ops.convFilter(x, d, shape, g(at));
        return wantInput ? ops.convInput(d, p(at), shape) : null;
      },
    };
  };
  const up = (at: number, shape: ConvShape, y: M, relu: boolean) => {
    const a = ops.addBias(ops.convInput(y, p(at), shape), p(at + 1));
    const out = relu ? ops.activate(a, 'relu') : a;
    return {
      out, backward: (dOut: M) => {
        const d = relu ? ops.activateGradient(a, out, dOut, 'relu') : dOut;
        ops.biasGradient(d, g(at + 1));
        ops.convFilter(d, y, shape, g(at));
        return ops.conv(d, p(at), shape);
      },
    };
  };
  return vae(ops, store, 2, {
    forward: (x) => {
      const one = down(0, first, x);
      const two = down(6, second, one.out);
      return { out: two.out, backward: (dOut, wantInput) => one.backward(two.backward(dOut, true)!, wantInput) };
    },
  }, {
    forward: (z) => {
      const a = ops.dense(z, p(8), p(9));
      const h = ops.activate(a, 'relu');
      const one = up(10, second, h, true);
      const two = up(12, first, one.out, false);
      return {
        out: two.out,
        backward: (dOut, wantInput) => ops.denseGradient(z, p(8), ops.activateGradient(a, h, one.backward(two.backward(dOut)), 'relu'), g(8), g(9), wantInput),
      };
    },
  });
}
