/** The forward process as it is defined, step by step: q(x_t | x_{t−1}) = N(√(1 − β_t) x_{t−1}, β_t I) (Ho et al. 2020, eq. 2). */
import { createRandom } from '../../../../core/math/random';
import { breathe } from '../../../engine/breathe';
import type { Frame } from '../../../worker/protocol';
import { betasOf, type DdpmSettings } from '../manifest';

/** As many frames as a run may keep; with more steps every k-th is kept. */
const FRAME_BYTES = 64 * 2 ** 20;

/**
 * From data to noise. Frames count from the data (index 0) to x_T; a frame's t is that of a sampling run's cloud of the same noise level: −1 for data, T − 1 for x_T.
 * @param points x_0, interleaved.
 */
export async function* forwardFrames(settings: DdpmSettings, points: Float32Array, signal: AbortSignal): AsyncGenerator<Frame, void, void> {
  const betas = betasOf(settings);
  const random = createRandom(settings.seed);
  const T = betas.length;
  const stride = Math.ceil(((T + 1) * points.length * 4) / FRAME_BYTES);
  const x = points.slice();
  yield { index: 0, total: T, t: -1, points: x.slice() };
  for (let t = 0; t < T; t++) {
    const noise = random.normals('ddpm/forward', t * x.length, x.length);
    const [keep, add] = [Math.sqrt(1 - betas[t]), Math.sqrt(betas[t])];
    for (let i = 0; i < x.length; i++) x[i] = keep * x[i] + add * noise[i];
    if (t === T - 1 || (t + 1) % stride === 0) yield { index: t + 1, total: T, t, points: x.slice() };
    await breathe();
    signal.throwIfAborted();
  }
}
