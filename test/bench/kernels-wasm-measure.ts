/** Times of the WASM device: kernels of our own beside the same network in plain tfjs ops, in turns, so that a busy machine slows both. Runs in Node and in a worker. */
import { createAdam, createEma, startEngine, tf } from '../../webview/engine';
import { forward, HIDDEN_LAYERS, HIDDEN_UNITS, loadNetwork, logSnrFeatures, PARAMETERS } from '../../webview/experiments/ddpm/network';
import { stepTensors } from '../../webview/experiments/ddpm/runtime';
import { adamEma, ddpmGradient, ddpmStep, FEATURES, parameterCount, TABLE } from '../../webview/kernels';
import { loadKernels, type Build } from '../../webview/kernels/wasm/module';
import { createRandom, keyFromSeed, streamWords } from '../../core/math/random';
import { writeSafetensors, type NamedTensor } from '../../core/math/safetensors';

export interface Timing {
  medianMs: number;
  bestMs: number;
  /** Of the median; the network's products alone, 2 operations for each multiply-add. */
  gflops: number;
}

export interface Measured {
  build: Build;
  step: { own: Timing; plain: Timing };
  train: { own: Timing; plain: Timing };
}

const SHAPE = { hidden: HIDDEN_UNITS, layers: HIDDEN_LAYERS };
const POINTS = 10_000;
const BATCH = 512;
const LEVELS = 1000;
const KEY = keyFromSeed(1);
const P = parameterCount(SHAPE);
const weights = 2 * HIDDEN_UNITS + (HIDDEN_LAYERS - 1) * HIDDEN_UNITS ** 2 + 2 * HIDDEN_UNITS;
const conditions = HIDDEN_LAYERS * FEATURES * HIDDEN_UNITS;
const STEP_OPERATIONS = 2 * POINTS * weights;
/** Forwards, weight gradient, and the input's gradient, which conditions and the first layer do without. */
const TRAIN_OPERATIONS = 2 * BATCH * (2 * (weights + conditions) + weights - 2 * HIDDEN_UNITS);

export async function measure(wasmPaths: string | Record<string, string>, build: Build | undefined, rounds: number): Promise<Measured> {
  const engine = await startEngine({ device: 'wasm', wasmPaths });
  const loaded = await loadKernels(build);
  const random = createRandom(1);
  const parameters = PARAMETERS.map(({ name, shape }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    return random.normals(name, 0, size).map((value) => (name.endsWith('bias') ? 0 : value * shape[0] ** -0.5));
  });
  const flat = Float32Array.from(parameters.flatMap((values) => [...values]));

  const x = tf.tensor2d(random.normals('x', 0, 2 * POINTS), [POINTS, 2]);
  const flatTensor = tf.tensor1d(flat);
  const features = tf.tensor2d(Array.from({ length: LEVELS }, (_, t) => logSnrFeatures(10 - t / 50)), [LEVELS, FEATURES]);
  const tensors: Record<string, NamedTensor> = Object.fromEntries(PARAMETERS.map(({ name, shape }, k) => [name, { dtype: 'F32' as const, shape: [...shape], data: parameters[k] }]));
  const network = loadNetwork(engine, writeSafetensors({ tensors, metadata: {} }));
  const step = { x: 1.01, prediction: -0.2, z: 0.1 };
  let index = 0;
  const ownStep = () => ddpmStep({ x, parameters: flatTensor, features }, { ...SHAPE, parametersRow: 0, featuresRow: 500, a: step.x, b: step.prediction, c: step.z, key: KEY, stream: streamWords('ddpm/z'), firstPair: index++ * POINTS }).dispose();
  const plainStep = () => {
    const z = tf.tensor2d(random.normals('ddpm/z', index++ * 2 * POINTS, 2 * POINTS), [POINTS, 2]);
    tf.tidy(() => { stepTensors(step, x, network.predictV(x, 0), z); });
    z.dispose();
  };

  const table = tf.tensor2d(Array.from({ length: LEVELS }, (_, t) => { const angle = (t / LEVELS) * (Math.PI / 2); return [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 1]; }), [LEVELS, TABLE.columns]);
  const data = tf.tensor2d(random.normals('data', 0, 2 * POINTS), [POINTS, 2]);
  const start = new Float32Array(4 * P);
  start.set(flat);
  start.set(flat, 3 * P);
  let state = tf.tensor2d(start, [4, P]);
  let example = 0;
  const ownTrain = () => {
    const next = tf.tidy(() => {
      const { gradient } = ddpmGradient({ data, parameters: state, features, table }, { ...SHAPE, parametersRow: 0, key: KEY, pick: streamWords('pick'), noise: streamWords('noise'), firstExample: example, count: BATCH, scale: 1 / BATCH });
      return adamEma({ state, gradient }, { rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0.999 });
    });
    state.dispose();
    state = next;
    example += BATCH;
  };
  // The batch of the plain side is made once: the ops are what is compared.
  const variables = PARAMETERS.map(({ shape }, k) => tf.variable(tf.tensor(parameters[k], [...shape])));
  const adam = createAdam(variables);
  const ema = createEma(variables);
  const batch = { x: tf.tensor2d(random.normals('bx', 0, 2 * BATCH), [BATCH, 2]), target: tf.tensor2d(random.normals('bt', 0, 2 * BATCH), [BATCH, 2]), features: tf.tidy(() => tf.slice(features, [0, 0], [BATCH, FEATURES])) };
  const plainTrain = () => {
    const { value, grads } = tf.tidy(() => tf.valueAndGrads((...current: tf.Tensor[]) => tf.mean(tf.squaredDifference(forward(current, batch.x, batch.features), batch.target)) as tf.Scalar)(variables));
    adam.step(grads, 1e-3);
    ema.update(0.999);
    tf.dispose([value, ...grads]);
  };

  const [own, plain] = inTurns([ownStep, plainStep], rounds);
  const [ownT, plainT] = inTurns([ownTrain, plainTrain], 2 * rounds);
  const report: Measured = {
    build: loaded,
    step: { own: timing(own, STEP_OPERATIONS), plain: timing(plain, STEP_OPERATIONS) },
    train: { own: timing(ownT, TRAIN_OPERATIONS), plain: timing(plainT, TRAIN_OPERATIONS) },
  };
  engine.dispose();
  return report;
}

/** Milliseconds of each round of each function. The first rounds, while the engine compiles, do not count. */
function inTurns(functions: (() => void)[], rounds: number): number[][] {
  const times = functions.map((): number[] => []);
  for (let round = -5; round < rounds; round++) {
    functions.forEach((run, k) => {
      const begun = performance.now();
      run();
      if (round >= 0) times[k].push(performance.now() - begun);
    });
  }
  return times;
}

function timing(times: number[], operations: number): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  const medianMs = sorted[sorted.length >> 1];
  return { medianMs, bestMs: sorted[0], gflops: operations / medianMs / 1e6 };
}
