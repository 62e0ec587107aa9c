/**
 * Trains the stand-in networks and writes webview/experiments/ddpm/weights/<data set>.safetensors.
 *
 *   npm run train:standins                        all, about three minutes each on one free core
 *   npm run train:standins -- moons --steps 3000  one, shorter
 *
 * Options: --steps (default 5000), --seed (default 1). The same options on the same machine give the same file.
 *
 * The regression target is the ideal v, from the closed-form posterior mean of the data set (core/math/datasetsPosterior), where DDPM
 * training would take the v of the one noise draw: the minimum is the same (Ho et al. 2020, eq. 14, holds for any unbiased target),
 * but the gradient has no noise from the target, so a small network gets close to it in minutes on a CPU.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DATASETS, datasetOf, drawDataset, type DatasetId } from '../core/math/datasets';
import { posteriorMean } from '../core/math/datasetsPosterior';
import { DATA_STREAMS, HELD_OUT, heldOutDraw, realBaseline, slicedWasserstein } from '../core/math/metrics';
import { createRandom, type Random } from '../core/math/random';
import { createAdam, createEma, startEngine, tf, type Engine } from '../webview/engine';
import { DEFAULTS } from '../webview/experiments/ddpm/manifest';
import { LOG_SNR_RANGE, logSnrFeatures } from '../webview/experiments/ddpm/features';
import { initialParameters, loadNetwork, sampleCloud, STAND_IN, writeNetwork } from '../webview/experiments/ddpm/runtime';
import { plainForward, splitParameters } from '../webview/experiments/ddpm/runtime/plain';

const OUT = 'webview/experiments/ddpm/weights';

/** A batch is LEVELS noise levels with POINTS points each. */
const LEVELS = 64;
const POINTS = 8;
/** This share of the levels is uniform in the angle θ of √ᾱ = cos θ, as steps of the cosine schedule are; the rest uniform in λ. */
const ANGLE_SHARE = 0.75;
const LEARNING_RATE = 2e-3;
const WARM_UP = 200;
const EMA_DECAY = 0.999;

interface Batch {
  x: tf.Tensor2D;
  features: tf.Tensor2D;
  target: tf.Tensor2D;
}

/** One number in each of n equal shares of the unit interval, so that every batch covers all noise levels. */
function stratified(uniform: Float64Array): number[] {
  return Array.from(uniform, (u, i) => (i + u) / uniform.length);
}

function logSnrs(random: Random, step: number): number[] {
  const [low, high] = LOG_SNR_RANGE;
  const byAngle = Math.round(ANGLE_SHARE * LEVELS);
  const uniform = random.uniform('train/levels', step * LEVELS, LEVELS);
  const angles = stratified(uniform.subarray(0, byAngle)).map((u) => -2 * Math.log(Math.tan((u * Math.PI) / 2)));
  const even = stratified(uniform.subarray(byAngle)).map((u) => low + u * (high - low));
  return [...angles, ...even].map((logSnr) => Math.min(Math.max(logSnr, low), high));
}

function batchMaker(id: DatasetId, seed: number): (step: number) => Batch {
  const random = createRandom(seed);
  const ideal = posteriorMean(id);
  const n = LEVELS * POINTS;
  const width = logSnrFeatures(0).length;
  return (step) => {
    const x = drawDataset(id, n, seed, DATA_STREAMS.training * 1e9 + step);
    const noise = random.normals('train/noise', step * 2 * n, 2 * n);
    const features = new Float32Array(n * width);
    const target = new Float32Array(2 * n);
    logSnrs(random, step).forEach((logSnr, level) => {
      const alphaBar = 1 / (1 + Math.exp(-logSnr));
      const [a, b] = [Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)];
      const [from, to] = [2 * POINTS * level, 2 * POINTS * (level + 1)];
      for (let i = from; i < to; i++) x[i] = a * x[i] + b * noise[i];
      ideal(x.subarray(from, to), alphaBar, target.subarray(from, to));
      // v = √ᾱ ε − √(1 − ᾱ) x0 with ε = (x − √ᾱ x0)/√(1 − ᾱ).
      for (let i = from; i < to; i++) target[i] = (a * x[i] - target[i]) / b;
      const row = logSnrFeatures(logSnr);
      for (let p = POINTS * level; p < POINTS * (level + 1); p++) features.set(row, p * width);
    });
    return { x: tf.tensor2d(x, [n, 2]), features: tf.tensor2d(features, [n, width]), target: tf.tensor2d(target, [n, 2]) };
  };
}

async function train(engine: Engine, id: DatasetId, steps: number, seed: number): Promise<Uint8Array> {
  const parameters = splitParameters(STAND_IN, initialParameters(STAND_IN, seed)).map((initial) => tf.tidy(() => tf.variable(initial)));
  const adam = createAdam(parameters, { beta2: 0.99 });
  const ema = createEma(parameters);
  const makeBatch = batchMaker(id, seed);
  const started = Date.now();
  let recent = NaN;
  for (let step = 0; step < steps; step++) {
    const { x, features, target } = makeBatch(step);
    const { value, grads } = tf.tidy(() =>
      tf.valueAndGrads((...current: tf.Tensor[]) => tf.mean(tf.squaredDifference(plainForward(current, x, features), target)) as tf.Scalar)(parameters),
    );
    const rate = LEARNING_RATE * Math.min(1, (step + 1) / WARM_UP) * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
    adam.step(grads, rate);
    // A young average forgets its start faster.
    ema.update(Math.min(EMA_DECAY, (step + 1) / (step + 10)));
    if (step % 10 === 0) {
      const [loss] = await value.data();
      recent = Number.isNaN(recent) ? loss : 0.98 * recent + 0.02 * loss;
    }
    tf.dispose([x, features, target, value, ...grads]);
    if ((step + 1) % 1000 === 0) {
      console.error(`${id}: step ${step + 1}/${steps}, mean squared error ${recent.toExponential(2)}, ${((Date.now() - started) / (step + 1)).toFixed(1)} ms a step`);
    }
  }
  // The width of the stand-ins needs no padding, so the tensors one after the other are the kernels' parameters.
  const average = Float32Array.from((await Promise.all(ema.averages.map((tensor) => tensor.data()))).flatMap((values) => [...values]));
  adam.dispose();
  ema.dispose();
  tf.dispose(parameters);
  const metadata = { dataset: id, definition: datasetOf(id).definition, log_snr_range: LOG_SNR_RANGE.join(' '), seed: String(seed), steps: String(steps), device: engine.report.label };
  return writeNetwork({ ...STAND_IN, predicts: 'v_prediction', parameters: average, metadata });
}

/** The bar: DDIM with 20 steps of the cosine schedule, T = 200, against held-out points, as a multiple of what real draws reach. */
async function quality(engine: Engine, id: DatasetId, bytes: Uint8Array, seed: number): Promise<number> {
  const network = loadNetwork(engine, bytes);
  const points = await sampleCloud(engine, network, { ...DEFAULTS, data: id, sampler: 'ddim', steps: 20, points: HELD_OUT, seed });
  network.dispose();
  return slicedWasserstein(points, heldOutDraw(id)) / realBaseline(id, HELD_OUT).slicedWasserstein;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { steps: { type: 'string', default: '5000' }, seed: { type: 'string', default: '1' } },
  });
  const [steps, seed] = [Number(values.steps), Number(values.seed)];
  if (!Number.isSafeInteger(steps) || steps < 1) throw new RangeError(`--steps is ${values.steps}: a positive whole number is needed.`);
  const ids = positionals.length > 0 ? positionals.map((id) => datasetOf(id).id) : DATASETS.map(({ id }) => id);
  const engine = await startEngine({ device: 'wasm', wasmPaths: 'node_modules/@tensorflow/tfjs-backend-wasm/dist' });
  await mkdir(OUT, { recursive: true });
  for (const id of ids) {
    const bytes = await train(engine, id, steps, seed);
    await writeFile(path.join(OUT, `${id}.safetensors`), bytes);
    const ratios = [];
    for (const draw of [1, 2, 3]) ratios.push((await quality(engine, id, bytes, draw)).toFixed(2));
    console.error(`${id}: ${bytes.length} bytes; sliced Wasserstein ${ratios.join(', ')} times that of real draws (seeds 1, 2, 3; the bar is 2)`);
  }
  engine.dispose();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
