/** What can be asked of a network besides a sample: its field at one t, and its variational bound. */
import { convertPrediction, diffusionQuantities } from '../../../../core/math/diffusion';
import { createRandom } from '../../../../core/math/random';
import { boundOf, boundTerm, priorTerm, type Bound } from '../../../../core/math/vlb';
import { breathe } from '../../../engine/breathe';
import { tf, type Engine } from '../../../engine';
import { mlp } from '../../../kernels';
import { logSnrFeatures } from '../features';
import { betasOf, type DdpmSettings } from '../manifest';
import type { Network } from './network';

/** What the network says at one noise level, in its own prediction type. Points interleaved; length of x. */
export async function predictAt(network: Network, x: Float32Array, logSnr: number): Promise<Float32Array> {
  const out = tf.tidy(() => mlp({ x: tf.tensor2d(x, [x.length / 2, 2]), parameters: network.parameters, features: tf.tensor2d([logSnrFeatures(logSnr)]) }, { ...network.attrs, featuresRow: 0 }));
  try {
    return (await out.data()) as Float32Array;
  } finally {
    out.dispose();
  }
}

/**
 * ε̂(x, t) at given points, so that the score is −ε̂/√(1 − ᾱ_t) (Ho et al. 2020, section 3.2; Song & Ermon 2019).
 * @param t 0-based timestep.
 * @returns length of x.
 * @throws RangeError for a t outside 0 … T − 1.
 */
export async function noiseField(_engine: Engine, network: Network, settings: DdpmSettings, t: number, x: Float32Array): Promise<Float32Array> {
  const { alphasCumprod, logSnr, T } = diffusionQuantities(betasOf(settings));
  if (!(Number.isInteger(t) && t >= 0 && t < T)) throw new RangeError(`t is ${t}: a timestep from 0 to ${T - 1} is needed.`);
  const prediction = await predictAt(network, x, logSnr[t]);
  const change = convertPrediction(network.predicts, 'epsilon', alphasCumprod[t]);
  return prediction.map((value, i) => change.x * x[i] + change.prediction * value);
}

/** With more timesteps than this, each of so many groups is estimated at one t of it. */
const BOUND_LEVELS = 1000;

/**
 * The bound of the network on given data, term by term in nats (core/math/vlb; L_0 by the continuous Gaussian decoder): one noise draw for each point and t.
 * @param points interleaved; a few hundred suffice for a mean.
 * @throws the signal's reason when aborted; RangeError where ε is predicted at ᾱ = 0.
 */
export async function networkBound(_engine: Engine, network: Network, settings: DdpmSettings, points: Float32Array, signal: AbortSignal): Promise<Bound> {
  const q = diffusionQuantities(betasOf(settings));
  const random = createRandom(settings.seed);
  const every = Math.ceil(q.T / BOUND_LEVELS);
  const terms = new Float64Array(q.T);
  for (let t = 0; t < q.T; t++) {
    // The first is unlike the others and always computed; a skipped one takes the value of the one before.
    if (t % every !== 0 && t !== 1) {
      terms[t] = terms[t - 1];
      continue;
    }
    const noise = random.normals('ddpm/bound', t * points.length, points.length);
    const xt = points.map((x0, i) => q.sqrtAlphasCumprod[t] * x0 + q.sqrtOneMinusAlphasCumprod[t] * noise[i]);
    const prediction = await predictAt(network, xt, q.logSnr[t]);
    const own = boundTerm(q, t, points, xt, prediction, network.predicts, { varianceType: settings.varianceType });
    terms[t] = own.reduce((sum, term) => sum + term, 0) / own.length;
    await breathe();
    signal.throwIfAborted();
  }
  const prior = priorTerm(q, points);
  return boundOf(terms, prior.reduce((sum, term) => sum + term, 0) / prior.length);
}
