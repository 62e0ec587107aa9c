/** Times of the WASM device: kernels of our own beside the same network in plain tfjs ops, in turns, so that a busy machine slows both. Runs in Node and in a worker. */
import { createAdam, createEma, startEngine, tf } from '../../webview/engine';
import { logSnrFeatures } from '../../webview/experiments/ddpm/features';
import { plainForward, plainPredict, plainStep, splitParameters } from '../../webview/experiments/ddpm/runtime/plain';
import { adamEma, ddpmGradient, ddpmStep, FEATURES, parameterCount, parameterTable, TABLE } from '../../webview/kernels';
import { loadKernels, type Build } from '../../webview/kernels/wasm/module';
import { createRandom, keyFromSeed, streamWords } from '../../core/math/random';

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

const SHAPE = { hidden: 128, layers: 3 };
const POINTS = 10_000;
const BATCH = 512;
const LEVELS = 1000;
const KEY = keyFromSeed(1);
const P = parameterCount(SHAPE);
const WEIGHTS = 2 * SHAPE.hidden + (SHAPE.layers - 1) * SHAPE.hidden ** 2 + 2 * SHAPE.hidden;
const CONDITIONS = SHAPE.layers * FEATURES * SHAPE.hidden;
const STEP_OPERATIONS = 2 * POINTS * WEIGHTS;
/** Forwards, weight gradient, and the input's gradient, which conditions and the first layer do without. */
const TRAIN_OPERATIONS = 2 * BATCH * (2 * (WEIGHTS + CONDITIONS) + WEIGHTS - 2 * SHAPE.hidden);
/** While the engine compiles. */
const WARM_UP = 5;

/** @throws DeviceError where there is no WASM, or not the `build`. */
export async function measure(wasmPaths: string | Record<string, string>, build: Build | undefined, rounds: number): Promise<Measured> {
  const engine = await startEngine({ device: 'wasm', wasmPaths });
  const loaded = await loadKernels(build);
  const parameters = initialParameters();
  const features = tf.tensor2d(Array.from({ length: LEVELS }, (_, t) => logSnrFeatures(10 - t / 50)), [LEVELS, FEATURES]);
  const [ownStep, anyStep] = inTurns(samplingSteps(parameters, features), rounds);
  const [ownTrain, anyTrain] = inTurns(trainingSteps(parameters, features), 2 * rounds);
  engine.dispose();
  return {
    build: loaded,
    step: { own: timing(ownStep, STEP_OPERATIONS), plain: timing(anyStep, STEP_OPERATIONS) },
    train: { own: timing(ownTrain, TRAIN_OPERATIONS), plain: timing(anyTrain, TRAIN_OPERATIONS) },
  };
}

function initialParameters(): Float32Array {
  const parameters = createRandom(1).normals('parameters', 0, P);
  for (const { name, offset, size, shape } of parameterTable(SHAPE)) {
    for (let i = offset; i < offset + size; i++) parameters[i] *= name.endsWith('bias') ? 0 : shape[0] ** -0.5;
  }
  return parameters;
}

/** One step of all points with fresh noise: ours, plain. */
function samplingSteps(parameters: Float32Array, features: tf.Tensor2D): (() => void)[] {
  const random = createRandom(1);
  const x = tf.tensor2d(random.normals('x', 0, 2 * POINTS), [POINTS, 2]);
  const flat = tf.tensor1d(parameters);
  const split = splitParameters(SHAPE, parameters);
  const step = { x: 1.01, prediction: -0.2, z: 0.1 };
  const level = logSnrFeatures(0);
  const attrs = { ...SHAPE, parametersRow: 0, featuresRow: 500, a: step.x, b: step.prediction, c: step.z, key: KEY, stream: streamWords('ddpm/z') };
  let done = 0;
  return [
    () => ddpmStep({ x, parameters: flat, features }, { ...attrs, firstPair: done++ * POINTS }).dispose(),
    () => {
      const noise = random.normals('ddpm/z', done++ * 2 * POINTS, 2 * POINTS);
      tf.tidy(() => plainStep(step, x, plainPredict(split, x, level), tf.tensor2d(noise, [POINTS, 2]))).dispose();
    },
  ];
}

/** One step of training: ours, which draws its batch, and plain, whose batch is made once. */
function trainingSteps(parameters: Float32Array, features: tf.Tensor2D): (() => void)[] {
  const random = createRandom(1);
  const draw = (name: string, n: number) => tf.tensor2d(random.normals(name, 0, 2 * n), [n, 2]);
  const data = draw('data', POINTS);
  const table = tf.tensor2d(Array.from({ length: LEVELS }, (_, t) => {
    const [signal, noise] = [Math.cos((t / LEVELS) * (Math.PI / 2)), Math.sin((t / LEVELS) * (Math.PI / 2))];
    return [signal, noise, -noise, signal, 1];
  }), [LEVELS, TABLE.columns]);
  const start = new Float32Array(4 * P);
  start.set(parameters);
  start.set(parameters, 3 * P);
  let state = tf.tensor2d(start, [4, P]);
  let examples = 0;
  const variables = splitParameters(SHAPE, parameters).map((tensor) => tf.variable(tensor));
  const adam = createAdam(variables);
  const ema = createEma(variables);
  const [x, target] = [draw('x', BATCH), draw('target', BATCH)];
  const batchFeatures = tf.slice(features, [0, 0], [BATCH, FEATURES]);
  return [
    () => {
      const next = tf.tidy(() => {
        const attrs = { ...SHAPE, parametersRow: 0, key: KEY, pick: streamWords('pick'), noise: streamWords('noise'), firstExample: examples, count: BATCH, scale: 1 / BATCH };
        const { gradient } = ddpmGradient({ data, parameters: state, features, table }, attrs);
        return adamEma({ state, gradient }, { rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0.999 });
      });
      state.dispose();
      state = next;
      examples += BATCH;
    },
    () => {
      const { value, grads } = tf.tidy(() => tf.valueAndGrads((...current: tf.Tensor[]) => tf.mean(tf.squaredDifference(plainForward(current, x, batchFeatures), target)) as tf.Scalar)(variables));
      adam.step(grads, 1e-3);
      ema.update(0.999);
      tf.dispose([value, ...grads]);
    },
  ];
}

/** Milliseconds of each round of each function. */
function inTurns(functions: (() => void)[], rounds: number): number[][] {
  const times = functions.map((): number[] => []);
  for (let round = -WARM_UP; round < rounds; round++) {
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
