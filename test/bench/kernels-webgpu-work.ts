/**
 * The kernels of our own on WebGPU beside plain tfjs ops: 10,000 points through 2–128×3–2 for a sampling step, a batch of 512 for a training step. Both compute
 * the same and are compared. Runs wherever there is WebGPU: Node (Dawn) and a page.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { createRandom, keyFromSeed, streamWords } from '../../core/math/random';
import { writeSafetensors, type NamedTensor } from '../../core/math/safetensors';
import { countDispatches, createAdam, createEma, startEngine, tf } from '../../webview/engine';
import { forward, loadNetwork, logSnrFeatures, PARAMETERS } from '../../webview/experiments/ddpm/network';
import { stepTensors } from '../../webview/experiments/ddpm/runtime';
import { adamEma, ddpmGradient, ddpmStep, FEATURES, STATE, warm } from '../../webview/kernels';

const SHAPE = { hidden: 128, layers: 3 };
const POINTS = 10_000;
const BATCH = 512;
const LEVELS = 200;
/** Units of work between two reads. */
const SAMPLING_STEPS = 2;
const TRAINING_STEPS = 2;
const STEP = { x: 1.01, prediction: -0.1, z: 0.05 };
const NOISE = { key: keyFromSeed(1), stream: streamWords('ddpm/z') };

export interface Figures {
  ms: number;
  /** Processor time of all threads; undefined where it cannot be had. */
  cpuMs?: number;
  dispatches: number;
}

export interface Row {
  name: string;
  ours: Figures;
  plain: Figures;
  ratioToPlain: number;
  /** Largest difference of the results, as a share of the largest plain one. */
  difference: number;
}

export interface Results {
  device: string;
  warmMs: number;
  rows: Row[];
}

type Work = () => tf.Tensor | Promise<tf.Tensor>;

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];

/** @param cpu processor time so far, in ms. */
export async function measure(rounds: number, only: string, cpu?: () => number): Promise<Results> {
  const engine = await startEngine({ device: 'webgpu', wasmPaths: 'node_modules/@tensorflow/tfjs-backend-wasm/dist' });
  const started = performance.now();
  await warm(SHAPE);
  const warmMs = performance.now() - started;
  const counter = countDispatches((tf.backend() as WebGPUBackend).device);

  const timed = async (work: Work, units: number): Promise<Figures & { result: Float32Array }> => {
    counter.reset();
    const [from, cpuFrom] = [performance.now(), cpu?.()];
    const tensor = await work();
    const result = (await tensor.data()) as Float32Array;
    tensor.dispose();
    return { ms: (performance.now() - from) / units, cpuMs: cpu && (cpu() - cpuFrom!) / units, dispatches: counter.count / units, result };
  };
  const compare = async (name: string, units: number, ours: Work, plain: Work, part: (result: Float32Array) => Float32Array = (result) => result): Promise<Row[]> => {
    if (!name.includes(only)) return [];
    await timed(ours, units);
    await timed(plain, units);
    const runs: Record<'ours' | 'plain', Figures & { result: Float32Array }>[] = [];
    // In turn, so that what else the machine does falls on both.
    for (let round = 0; round < rounds; round++) runs.push({ ours: await timed(ours, units), plain: await timed(plain, units) });
    const figures = (side: 'ours' | 'plain'): Figures =>
      ({ ms: median(runs.map((run) => run[side].ms)), cpuMs: cpu && median(runs.map((run) => run[side].cpuMs!)), dispatches: runs[0][side].dispatches });
    const [mine, theirs] = [part(runs[0].ours.result), runs[0].plain.result];
    const size = theirs.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const difference = theirs.reduce((most, value, i) => Math.max(most, Math.abs(value - mine[i])), 0) / size;
    return [{ name, ours: figures('ours'), plain: figures('plain'), ratioToPlain: median(runs.map((run) => run.plain.ms / run.ours.ms)), difference }];
  };

  const rows = [...(await sampling(compare, engine)), ...(await training(compare))];
  counter.stop();
  engine.dispose();
  return { device: engine.report.label, warmMs, rows };
}

/** `part` is what of our result stands beside the plain one. */
type Compare = (name: string, units: number, ours: Work, plain: Work, part?: (result: Float32Array) => Float32Array) => Promise<Row[]>;

function weights(): { bytes: Uint8Array; arrays: Float32Array[]; flat: Float32Array } {
  const random = createRandom(12);
  const tensors: Record<string, NamedTensor> = {};
  const arrays = PARAMETERS.map(({ name, shape }) => {
    const scale = name.endsWith('bias') ? 0.3 : shape[0] ** -0.5;
    const data = random.normals(name, 0, shape.reduce((product, length) => product * length, 1)).map((value) => value * scale);
    tensors[name] = { dtype: 'F32', shape: [...shape], data };
    return data;
  });
  return { bytes: writeSafetensors({ tensors, metadata: {} }), arrays, flat: Float32Array.from(arrays.flatMap((data) => [...data])) };
}

async function sampling(compare: Compare, engine: Parameters<typeof loadNetwork>[0]): Promise<Row[]> {
  const { bytes, flat } = weights();
  const random = createRandom(1);
  const network = loadNetwork(engine, bytes);
  const start = tf.tensor2d(random.normals('x', 0, 2 * POINTS), [POINTS, 2]);
  const parameters = tf.tensor1d(flat);
  const features = tf.tensor2d(logSnrFeatures(0.5), [1, FEATURES]);
  const many = (step: (x: tf.Tensor2D, i: number) => tf.Tensor2D): Work => () => {
    let x = start;
    for (let i = 0; i < SAMPLING_STEPS; i++) {
      const next = step(x, i);
      if (x !== start) x.dispose();
      x = next;
    }
    return x;
  };
  const ours = (c: number) => many((x, i) =>
    ddpmStep({ x, parameters, features }, { ...SHAPE, parametersRow: 0, featuresRow: 0, a: STEP.x, b: STEP.prediction, c, ...NOISE, firstPair: i * POINTS }));
  const plain = (z: number) => many((x, i) => tf.tidy(() => {
    const noise = z === 0 ? null : tf.tensor2d(random.normals('ddpm/z', i * 2 * POINTS, 2 * POINTS), [POINTS, 2]);
    return stepTensors({ ...STEP, z }, x, network.predictV(x, 0.5), noise);
  }));
  return [
    ...(await compare('sampling step without noise (DDIM)', SAMPLING_STEPS, ours(0), plain(0))),
    ...(await compare('sampling step with noise (ancestral)', SAMPLING_STEPS, ours(STEP.z), plain(STEP.z))),
  ];
}

async function training(compare: Compare): Promise<Row[]> {
  const { arrays, flat } = weights();
  const P = flat.length;
  const random = createRandom(2);
  const table = Float32Array.from({ length: LEVELS * 5 }, (_, i) => [Math.cos(i / 1000), Math.sin(i / 1000), 0, 1, 1][i % 5]);
  const features = Array.from({ length: LEVELS }, (_, t) => logSnrFeatures(8 - (16 * t) / LEVELS)).flat();
  const inputs = { data: tf.tensor2d(random.normals('data', 0, 4000), [2000, 2]), features: tf.tensor2d(features, [LEVELS, FEATURES]), table: tf.tensor2d(table, [LEVELS, 5]) };
  const [beta1, beta2, epsilon, rate, decay] = [0.9, 0.99, 1e-8, 1e-3, 0.999];

  const ours: Work = () => {
    const begin = new Float32Array(STATE.rows * P);
    begin.set(flat, STATE.parameters * P);
    begin.set(flat, STATE.average * P);
    let state = tf.tensor2d(begin, [STATE.rows, P]);
    for (let step = 0; step < TRAINING_STEPS; step++) {
      const { gradient, records } = ddpmGradient({ ...inputs, parameters: state }, {
        ...SHAPE, parametersRow: STATE.parameters, key: NOISE.key, pick: streamWords('pick'), noise: streamWords('noise'), firstExample: step * BATCH, count: BATCH, scale: 1 / BATCH,
      });
      const root = Math.sqrt(1 - beta2 ** (step + 1));
      const next = adamEma({ state, gradient }, { rate: (rate * root) / (1 - beta1 ** (step + 1)), beta1, beta2, epsilon: epsilon * root, decay });
      tf.dispose([state, gradient, records]);
      state = next;
    }
    return state;
  };
  // The examples of the same random words; they are made beforehand, which spares plain ops that time.
  const { x, target, rows } = examples(table, features, await inputs.data.data() as Float32Array);
  const plain: Work = () => {
    const parameters = PARAMETERS.map(({ shape }, k) => tf.tidy(() => tf.variable(tf.tensor(arrays[k], [...shape]))));
    const adam = createAdam(parameters, { beta1, beta2, epsilon });
    const ema = createEma(parameters);
    for (let step = 0; step < TRAINING_STEPS; step++) {
      const { value, grads } = tf.tidy(() => tf.valueAndGrads((...current: tf.Tensor[]) =>
        tf.mul(tf.sum(tf.squaredDifference(forward(current, x[step], rows[step]), target[step])), 0.5 / BATCH) as tf.Scalar)(parameters));
      adam.step(grads, rate);
      ema.update(decay);
      tf.dispose([value, ...grads]);
    }
    const [result, ...rest] = parameters.reverse();
    adam.dispose();
    ema.dispose();
    tf.dispose(rest);
    return result;
  };
  // Of the state, what plain ops give back: the parameters' last two, the output's bias.
  return compare('training step', TRAINING_STEPS, ours, plain, (state) => state.subarray(P - 2, P));
}

function examples(table: Float32Array, features: number[], data: Float32Array): { x: tf.Tensor2D[]; target: tf.Tensor2D[]; rows: tf.Tensor2D[] } {
  const random = createRandom(1);
  const made = Array.from({ length: TRAINING_STEPS }, (_, step) => {
    const words = random.words('pick', 2 * step * BATCH, 2 * BATCH);
    const eps = random.normals('noise', 2 * step * BATCH, 2 * BATCH);
    const x = new Float32Array(2 * BATCH);
    const rows = new Float32Array(FEATURES * BATCH);
    for (let e = 0; e < BATCH; e++) {
      const point = Math.floor((words[2 * e] * (data.length / 2)) / 2 ** 32);
      const t = Math.floor((words[2 * e + 1] * LEVELS) / 2 ** 32);
      for (const axis of [0, 1]) x[2 * e + axis] = table[5 * t] * data[2 * point + axis] + table[5 * t + 1] * eps[2 * e + axis];
      rows.set(features.slice(FEATURES * t, FEATURES * (t + 1)), FEATURES * e);
    }
    return { x: tf.tensor2d(x, [BATCH, 2]), target: tf.tensor2d(eps, [BATCH, 2]), rows: tf.tensor2d(rows, [BATCH, FEATURES]) };
  });
  return { x: made.map(({ x }) => x), target: made.map(({ target }) => target), rows: made.map(({ rows }) => rows) };
}
