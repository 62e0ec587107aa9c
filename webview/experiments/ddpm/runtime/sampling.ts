/**
 * DDPM and DDIM sampling on the engine: Ho et al. 2020, algorithm 2; Song et al. 2021, eq. 12.
 *
 * Every coefficient of the run is computed in float64 before it starts (core/math/samplers). What the network predicts is
 * converted to what the user's own predicts at each step. For a linear update the three conversions agree in exact arithmetic; they are
 * folded into the coefficients in float64 because in float32, at ᾱ near 0, going through ε would lose half of the digits to 1/√ᾱ.
 */
import { convertPrediction, type LinearInXAndPrediction } from '../../../../core/math/diffusion';
import { createRandom, keyFromSeed, streamWords } from '../../../../core/math/random';
import { samplerPlan, type StepPlan } from '../../../../core/math/samplers';
import { breathe } from '../../../engine/breathe';
import { tf, type Engine } from '../../../engine';
import { ddpmStep, warm } from '../../../kernels';
import type { Frame } from '../../../worker/protocol';
import { logSnrFeatures } from '../features';
import { betasOf, type DdpmSettings } from '../manifest';
import type { Network } from './network';

/** All frames of a run together stay below this; beyond it every k-th is kept, the first and the last always. */
const FRAME_BYTES = 64 * 2 ** 20;

/** Points per network call: about 30 ms of work, so that a cancel is answered in time, and one shape throughout a run. */
const CHUNK = { webgpu: 65_536, wasm: 4096, cpu: 256 } as const;
const CHUNK_SOFTWARE_GPU = 16_384;

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

/** Points from … from + count − 1 of a run of `settings.points`; each is the same point whichever part of the run it is sampled in. */
export interface Part {
  from: number;
  count: number;
}

/**
 * From noise to data, a frame at a time.
 * Same settings, same device: same bytes; the noise of step i, point n is a pure function of (seed, i, n).
 * @throws the signal's reason when it is aborted, at the latest after one chunk of work; RangeError for settings that cannot run.
 */
export async function* sampleFrames(engine: Engine, network: Network, settings: DdpmSettings, signal: AbortSignal, part: Part = { from: 0, count: settings.points }): AsyncGenerator<Frame, void, void> {
  const plan = samplerPlan({ betas: betasOf(settings), ...settings });
  const n = settings.points;
  const random = createRandom(settings.seed);
  const [key, stream] = [keyFromSeed(settings.seed), streamWords('ddpm/z')];
  // By the points of the whole run: its parts must keep the same frames.
  const stride = Math.ceil(((plan.length + 1) * n * 8) / FRAME_BYTES);
  const chunks = split(part, engine);

  // 1. x_T ~ N(0, I)
  const start = random.normals('ddpm/x_T', 2 * part.from, 2 * part.count);
  yield { index: 0, total: plan.length, t: plan[0].t, points: start.slice() };
  await warm(network.attrs, { samplingOnly: true });
  signal.throwIfAborted();
  const clouds = chunks.map(({ from, count }) => tf.tensor2d(start.subarray(2 * (from - part.from), 2 * (from - part.from + count)), [count, 2]));
  const features = tf.tensor2d(plan.map(({ logSnr }) => logSnrFeatures(logSnr)));
  try {
    // 2. for t = T, …, 1
    for (const [i, { t, alphaBar }] of plan.entries()) {
      const step = affineStep(plan[i], convertPrediction(network.predicts, settings.predictionType, alphaBar));
      const last = i === plan.length - 1;
      const points = last || (i + 1) % stride === 0 ? new Float32Array(2 * part.count) : null;
      for (const [c, { from }] of chunks.entries()) {
        // 3. z ~ N(0, I), none at the last step; 4. x_{t−1} = μ_θ(x_t, t) + σ_t z
        const next = ddpmStep(
          { x: clouds[c], parameters: network.parameters, features },
          { ...network.attrs, featuresRow: i, a: step.x, b: step.prediction, c: step.z, key, stream, firstPair: i * n + from },
        );
        clouds[c].dispose();
        clouds[c] = next;
        // Reading back also keeps a GPU's queue short, so that a cancel finds little left to do.
        if (points || engine.report.device !== 'webgpu') {
          const values = await next.data();
          points?.set(values as Float32Array, 2 * (from - part.from));
        }
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
    tf.dispose([...clouds, features]);
  }
}

/**
 * A sample in a few steps of DDIM, to look at or to measure. Leading, so that it starts where the noise is not all: at the last timesteps of a cosine schedule an error in ε̂ is
 * multiplied by √(ᾱ_prev/ᾱ_t), a hundred and more in one long step. Only a schedule rescaled to end in pure noise must be entered there (Lin et al. 2024, section 3.3).
 */
export function quickSample(settings: DdpmSettings, steps: number): DdpmSettings {
  const timestepSpacing = settings.rescaleBetasZeroSnr === 'yes' ? 'trailing' : 'leading';
  return { ...settings, sampler: 'ddim', eta: 0, timestepSpacing, steps: Math.min(steps, settings.T) };
}

/** The finished sample alone, x and y interleaved, length 2 × points. */
export async function sampleCloud(engine: Engine, network: Network, settings: DdpmSettings, signal = new AbortController().signal): Promise<Float32Array> {
  let points = new Float32Array();
  for await (const frame of sampleFrames(engine, network, settings, signal)) points = frame.points as Float32Array<ArrayBuffer>;
  return points;
}

function split({ from, count }: Part, { report }: Engine): Part[] {
  const size = report.device === 'webgpu' && report.software ? CHUNK_SOFTWARE_GPU : CHUNK[report.device];
  return Array.from({ length: Math.ceil(count / size) }, (_, c) => ({ from: from + c * size, count: Math.min(size, count - c * size) }));
}

function assertFinite(points: Float32Array, t: number): void {
  if (!points.every(Number.isFinite)) throw new RangeError(`The sample is no longer finite after the step from t = ${t}: the schedule amplifies errors there.`);
}
