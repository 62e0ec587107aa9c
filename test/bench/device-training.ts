/** Training steps with our kernels, as the worker of the panel takes them, and in plain tfjs ops with their gradients. */
import { diffusionQuantities } from '../../core/math/diffusion';
import { createRandom } from '../../core/math/random';
import { createAdam, createEma, tf, type Engine } from '../../webview/engine';
import { breathe } from '../../webview/engine/breathe';
import { logSnrFeatures } from '../../webview/experiments/ddpm/features';
import { betasOf } from '../../webview/experiments/ddpm/manifest';
import { initialParameters, Trainer, trainingPoints } from '../../webview/experiments/ddpm/runtime';
import { plainForward, splitParameters } from '../../webview/experiments/ddpm/runtime/plain';
import { SETTINGS } from './device-work';

/** Milliseconds that so many more steps take. */
export type Training = (steps: number) => Promise<number>;

const settings = SETTINGS.train;
const shape = { hidden: settings.hiddenUnits, layers: settings.hiddenLayers };

export function ownTraining(engine: Engine): Training {
  const trainer = new Trainer(engine, settings, trainingPoints(settings, null));
  // About 30 ms of work between two looks at what else is asked, like the loop of the worker.
  const slice = engine.report.software ? 1 : 4;
  return async (steps) => {
    const begun = performance.now();
    for (let taken = 0; taken < steps; taken += slice) {
      await trainer.advance(Math.min(slice, steps - taken));
      await breathe();
    }
    return performance.now() - begun;
  };
}

/** Its examples are made once, which spares plain ops the time that drawing them takes in ours. */
export function plainTraining(): Training {
  const [x, target, features] = examples();
  const variables = splitParameters(shape, initialParameters(shape, settings.seed)).map((tensor) => tf.variable(tensor));
  const adam = createAdam(variables);
  const ema = createEma(variables);
  return async (steps) => {
    const begun = performance.now();
    for (let taken = 0; taken < steps; taken++) {
      const { value, grads } = tf.tidy(() => tf.valueAndGrads((...parameters: tf.Tensor[]) =>
        tf.mul(tf.sum(tf.squaredDifference(plainForward(parameters, x, features), target)), 0.5 / settings.batchSize) as tf.Scalar)(variables));
      adam.step(grads, settings.learningRate);
      ema.update(settings.emaDecay);
      const [loss] = await value.data();
      tf.dispose([value, ...grads]);
      if (!Number.isFinite(loss)) throw new RangeError(`Plain training diverged: the loss is ${loss}.`);
    }
    // The loss is known before the parameters are written.
    await variables[0].data();
    return performance.now() - begun;
  };
}

/** x_t, ε and the features of t, drawn as algorithm 1 says. */
function examples(): [x: tf.Tensor2D, target: tf.Tensor2D, features: tf.Tensor2D] {
  const { sqrtAlphasCumprod, sqrtOneMinusAlphasCumprod, logSnr, T } = diffusionQuantities(betasOf(settings));
  const data = trainingPoints(settings, null);
  const random = createRandom(settings.seed);
  const n = settings.batchSize;
  const [picks, times] = [random.uniform('bench/pick', 0, n), random.uniform('bench/t', 0, n)];
  const eps = random.normals('bench/eps', 0, 2 * n);
  const t = Array.from(times, (u) => Math.floor(u * T));
  const x = Float32Array.from(eps, (e, i) => sqrtAlphasCumprod[t[i >> 1]] * data[2 * Math.floor((picks[i >> 1] * data.length) / 2) + (i & 1)] + sqrtOneMinusAlphasCumprod[t[i >> 1]] * e);
  return [tf.tensor2d(x, [n, 2]), tf.tensor2d(eps, [n, 2]), tf.tensor2d(t.map((level) => logSnrFeatures(logSnr[level])))];
}
