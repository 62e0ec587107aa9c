/**
 * DDPM and DDIM sampling on the engine: Ho et al. 2020, algorithm 2; Song et al. 2021, eq. 12.
 *
 * Every coefficient of the run is computed in float64 before it starts (core/math/samplers). The stand-in network
 * predicts v; what the user's own network predicts enters by converting v at each step. For a linear update the three
 * conversions agree in exact arithmetic; they are folded into the coefficients in float64 because in float32, at ᾱ near 0, going
 * through ε would lose half of the digits to 1/√ᾱ.
 */
import { convertPrediction, type LinearInXAndPrediction } from '../../../core/math/diffusion';
import { createRandom } from '../../../core/math/random';
import { samplerPlan, type StepPlan } from '../../../core/math/samplers';
import { breathe } from '../../engine/breathe';
import { tf, type Engine } from '../../engine';
import type { Frame } from '../../worker/protocol';
import type { Network } from './network';
import { betasOf, type DdpmSettings } from './manifest';

export { loadNetwork, type Network } from './network';

/** All frames of a run together stay below this; beyond it every k-th is kept, the first and the last always. */
const FRAME_BYTES = 64 * 2 ** 20;

/** Points per network call: about 30 ms of work, so that a cancel is answered in time, and one shape throughout a run. */
const CHUNK = { webgpu: 16_384, wasm: 4096, cpu: 256 } as const;
const CHUNK_SOFTWARE_GPU = 256;

/** x_prev = x · x_t + prediction · pred + z · noise */
export interface AffineStep {
  x: number;
  prediction: number;
  z: number;
}

/** The step of a plan in terms of another prediction, pred = change.x · x_t + change.prediction · (what the network says). */
export function affineStep({ x0, eps, out }: StepPlan, change: LinearInXAndPrediction = { x: 0, prediction: 1 }): AffineStep {
  const inPrediction = ({ x, prediction }: LinearInXAndPrediction): LinearInXAndPrediction => ({ x: x + prediction * change.x, prediction: prediction * change.prediction });
  const [c0, ce] = [inPrediction(x0), inPrediction(eps)];
  return {
    x: out.x0 * c0.x + out.eps * ce.x + out.x,
    prediction: out.x0 * c0.prediction + out.eps * ce.prediction,
    z: out.z,
  };
}

/** One step on the device; all tensors [n, 2]. Consumes nothing. */
export function stepTensors(step: AffineStep, x: tf.Tensor2D, prediction: tf.Tensor2D, z: tf.Tensor2D | null): tf.Tensor2D {
  return tf.tidy(() => {
    const mean = tf.add(tf.mul(x, step.x), tf.mul(prediction, step.prediction));
    return (z ? tf.add(mean, tf.mul(z, step.z)) : mean) as tf.Tensor2D;
  });
}

/**
 * From noise to data, a frame at a time.
 * Same settings, same device: same bytes; the noise of step i, point n is a pure function of (seed, i, n).
 * @throws the signal's reason when it is aborted, at the latest after one chunk of work; RangeError for settings that cannot run.
 */
export async function* sampleFrames(engine: Engine, network: Network, settings: DdpmSettings, signal: AbortSignal): AsyncGenerator<Frame, void, void> {
  const betas = betasOf(settings);
  const plan = samplerPlan({ betas, ...settings });
  const n = settings.points;
  const random = createRandom(settings.seed);
  const stride = Math.ceil((plan.length + 1) * n * 8 / FRAME_BYTES);
  const chunks = split(n, engine);

  // 1. x_T ~ N(0, I)
  const start = random.normals('ddpm/x_T', 0, 2 * n);
  yield { index: 0, total: plan.length, t: plan[0].t, points: start.slice() };
  const clouds = chunks.map(({ from, count }) => tf.tensor2d(start.subarray(2 * from, 2 * (from + count)), [count, 2]));
  try {
    // 2. for t = T, …, 1
    for (const [i, { t, alphaBar, logSnr }] of plan.entries()) {
      const step = affineStep(plan[i], convertPrediction('v_prediction', settings.predictionType, alphaBar));
      const last = i === plan.length - 1;
      const points = last || (i + 1) % stride === 0 ? new Float32Array(2 * n) : null;
      for (const [c, { from, count }] of chunks.entries()) {
        // 3. z ~ N(0, I), none at the last step
        const z = step.z === 0 ? null : tf.tensor2d(random.normals('ddpm/z', (i * n + from) * 2, 2 * count), [count, 2]);
        // 4. x_{t−1} = μ_θ(x_t, t) + σ_t z
        const next = tf.tidy(() => stepTensors(step, clouds[c], network.predictV(clouds[c], logSnr), z));
        z?.dispose();
        clouds[c].dispose();
        clouds[c] = next;
        // Reading back also keeps a GPU's queue short, so that a cancel finds little left to do.
        const values = await next.data();
        points?.set(values as Float32Array, 2 * from);
        await breathe();
        signal.throwIfAborted();
      }
      if (points) {
        assertFinite(points, t);
        // Not prevT: DDIM's may lie beside the timestep that the next step starts from (spacings that do not divide T).
        yield { index: i + 1, total: plan.length, t: last ? -1 : plan[i + 1].t, points };
      }
    }
  } finally {
    clouds.forEach((cloud) => cloud.dispose());
  }
}

/** The finished sample alone, x and y interleaved, length 2 × points. */
export async function sampleCloud(engine: Engine, network: Network, settings: DdpmSettings): Promise<Float32Array> {
  let points = new Float32Array();
  for await (const frame of sampleFrames(engine, network, settings, new AbortController().signal)) points = frame.points as Float32Array<ArrayBuffer>;
  return points;
}

function split(n: number, { report }: Engine): { from: number; count: number }[] {
  const size = report.device === 'webgpu' && report.software ? CHUNK_SOFTWARE_GPU : CHUNK[report.device];
  return Array.from({ length: Math.ceil(n / size) }, (_, c) => ({ from: c * size, count: Math.min(size, n - c * size) }));
}

function assertFinite(points: Float32Array, t: number): void {
  if (!points.every(Number.isFinite)) throw new RangeError(`The sample is no longer finite after the step from t = ${t}: the schedule amplifies errors there.`);
}
