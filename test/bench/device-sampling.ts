/** Sampling with our kernels, as the worker of the panel does it, and in plain tfjs ops with the same random numbers. */
import { convertPrediction } from '../../core/math/diffusion';
import { createRandom } from '../../core/math/random';
import { samplerPlan } from '../../core/math/samplers';
import { tf, type Engine } from '../../webview/engine';
import { logSnrFeatures } from '../../webview/experiments/ddpm/features';
import { betasOf } from '../../webview/experiments/ddpm/manifest';
import { affineStep, kernelShape, loadNetwork, readNetwork, sampleFrames } from '../../webview/experiments/ddpm/runtime';
import { plainPredict, plainStep, splitParameters } from '../../webview/experiments/ddpm/runtime/plain';
import { POINTS, SETTINGS, type Sampling } from './device-work';

export interface Sampled {
  ms: number;
  points: Float32Array;
}

/** The first `steps` steps of a run, or all; every cloud is read back, since the panel shows them. */
export type Sampler = (work: Sampling, steps: number) => Promise<Sampled>;
/** The same of the first `count` points alone. */
export type PartSampler = (work: Sampling, steps: number, count?: number) => Promise<Sampled>;

export function ownSampler(engine: Engine, bytes: Uint8Array): PartSampler {
  const network = loadNetwork(engine, bytes);
  return async (work, steps, count = POINTS) => {
    const begun = performance.now();
    let points = new Float32Array();
    for await (const frame of sampleFrames(engine, network, SETTINGS[work], new AbortController().signal, { from: 0, count })) {
      points = frame.points as Float32Array<ArrayBuffer>;
      if (frame.index < steps) continue;
      if (frame.index > steps) throw new RangeError(`Step ${steps} of ${work} has no frame; the next that has one is ${frame.index}.`);
      break;
    }
    return { ms: performance.now() - begun, points };
  };
}

export function plainSampler(bytes: Uint8Array): Sampler {
  const { hidden, layers, predicts, parameters } = readNetwork(bytes);
  const network = splitParameters(kernelShape({ hidden, layers }), parameters);
  return async (work, steps) => {
    const settings = SETTINGS[work];
    const n = settings.points;
    const begun = performance.now();
    const plan = samplerPlan({ betas: betasOf(settings), ...settings });
    const random = createRandom(settings.seed);
    let points = random.normals('ddpm/x_T', 0, 2 * n) as Float32Array;
    let x = tf.tensor2d(points, [n, 2]);
    for (let i = 0; i < steps; i++) {
      const step = affineStep(plan[i], convertPrediction(predicts, settings.predictionType, plan[i].alphaBar));
      const next = tf.tidy(() => {
        const z = step.z === 0 ? null : tf.tensor2d(random.normals('ddpm/z', 2 * i * n, 2 * n), [n, 2]);
        return plainStep(step, x, plainPredict(network, x, logSnrFeatures(plan[i].logSnr)), z);
      });
      x.dispose();
      x = next;
      points = (await x.data()) as Float32Array;
    }
    x.dispose();
    return { ms: performance.now() - begun, points };
  };
}
