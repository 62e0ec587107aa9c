// A denoising diffusion model (Ho et al. 2020) of the two moons in TensorFlow.js, small enough to train in a few minutes.
//
// Run it (with Node 20 and @tensorflow/tfjs installed):
//   npx tsx ddpm_tfjs.ts
// It prints 2,000 sampled points as CSV.
import * as tf from '@tensorflow/tfjs';

/** Guesses the noise in x_t; t is given as a column of numbers from 0 to T − 1. */
type NoisePredictor = (x: tf.Tensor2D, t: tf.Tensor2D) => tf.Tensor2D;

export class DDPM {
  readonly betas: tf.Tensor1D;
  readonly alphas: tf.Tensor1D;
  readonly alphasCumprod: tf.Tensor1D;

  constructor(readonly model: NoisePredictor, readonly T = 100, betaStart = 1e-3, betaEnd = 0.1) {
    this.betas = tf.linspace(betaStart, betaEnd, T);
    this.alphas = tf.sub(1, this.betas);
    this.alphasCumprod = tf.cumprod(this.alphas);
  }

  /** Any noise level in one step: x_t = sqrt(abar_t) x_0 + sqrt(1 - abar_t) eps (eq. 4). */
  addNoise(x0: tf.Tensor2D, t: tf.Tensor1D, noise: tf.Tensor2D): tf.Tensor2D {
    const abar = this.alphasCumprod.gather(t).expandDims<tf.Tensor2D>(1);
    return abar.sqrt().mul<tf.Tensor2D>(x0).add(tf.sub(1, abar).sqrt().mul(noise));
  }

  /** Which noise was added? The mean squared error of the guess (eq. 14). */
  loss(x0: tf.Tensor2D): tf.Scalar {
    const t = tf.randomUniform([x0.shape[0]], 0, this.T, 'int32') as tf.Tensor1D;
    const noise = tf.randomNormal<tf.Rank.R2>([x0.shape[0], 2]);
    const xt = this.addNoise(x0, t, noise);
    const eps = this.model(xt, t.toFloat().expandDims(1));
    return tf.losses.meanSquaredError(noise, eps);
  }

  /** From noise to data, one small step at a time (algorithm 2). */
  sample(n: number): tf.Tensor2D {
    let x = tf.randomNormal<tf.Rank.R2>([n, 2]);
    for (let t = this.T - 1; t >= 0; t--) {
      const next = tf.tidy(() => {
        const beta = this.betas.gather([t]);
        const alpha = this.alphas.gather([t]);
        const abar = this.alphasCumprod.gather([t]);
        const eps = this.model(x, tf.fill([n, 1], t));
        const mean = x.sub(beta.div(tf.sub(1, abar).sqrt()).mul(eps)).div(alpha.sqrt());
        const z = t > 0 ? tf.randomNormal([n, 2]) : tf.zeros([n, 2]);
        return mean.add<tf.Tensor2D>(beta.sqrt().mul(z));
      });
      x.dispose();
      x = next;
    }
    return x;
  }
}

/** An MLP that guesses the noise. It is told t through a few sines and cosines. */
function noisePredictor(T: number, hidden = 96, frequencies = 6): NoisePredictor {
  const rates = tf.pow(2, tf.range(0, frequencies)).mul(Math.PI / 2);
  const sizes = [2 + 2 * frequencies, hidden, hidden, 2];
  const layers = sizes.slice(1).map((outputs, i) => ({
    weights: tf.variable(tf.randomNormal<tf.Rank.R2>([sizes[i], outputs], 0, Math.sqrt(2 / sizes[i]))),
    bias: tf.variable(tf.zeros<tf.Rank.R1>([outputs])),
  }));
  return (x, t) => {
    const angles = t.div(T).mul<tf.Tensor2D>(rates);
    let h = tf.concat([x, tf.sin(angles), tf.cos(angles)], 1);
    layers.forEach(({ weights, bias }, i) => {
      h = h.matMul(weights).add(bias);
      if (i < layers.length - 1) h = h.relu();
    });
    return h;
  };
}

/** n points (n, 2) on two interleaved half circles, about zero mean and unit scale. */
function twoMoons(n: number, noise = 0.06): tf.Tensor2D {
  return tf.tidy(() => {
    const angle = tf.randomUniform([n], 0, Math.PI);
    const upper = tf.randomUniform([n]).less(0.5);
    const x = tf.where(upper, angle.cos(), tf.sub(1, angle.cos())).sub(0.5);
    const y = tf.where(upper, angle.sin(), tf.sub(0.5, angle.sin())).sub(0.25);
    return tf.stack([x, y], 1).add(tf.randomNormal([n, 2], 0, noise)).mul<tf.Tensor2D>(1.2);
  });
}

const T = 100;
const ddpm = new DDPM(noisePredictor(T), T);
const optimizer = tf.train.adam(2e-3);
for (let step = 0; step <= 3000; step++) {
  const loss = tf.tidy(() => optimizer.minimize(() => ddpm.loss(twoMoons(256)), true)?.dataSync()[0]);
  if (step % 500 === 0) console.error(`step ${step}: loss ${loss?.toFixed(3)}`);
}
console.log('x,y');
for (const [x, y] of ddpm.sample(2000).arraySync()) console.log(`${x.toFixed(5)},${y.toFixed(5)}`);
