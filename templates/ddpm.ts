// A denoising diffusion model (Ho et al. 2020) of the two moons.
//
// Needs @tensorflow/tfjs; run it with: npx tsx model.ts > points.csv
// It trains for about two minutes and prints 2,000 sampled points as CSV.
// Change a number below and sample again from the lens above the class: the panel follows the file.
import * as tf from '@tensorflow/tfjs';

const T = 100;
const hiddenSize = 64;
const batchSize = 128;
const learningRate = 2e-3;
const trainSteps = 3000;

/** Guesses the noise in x_t; t is a column of whole numbers from 0 to T − 1. */
type Network = (x: tf.Tensor2D, t: tf.Tensor2D) => tf.Tensor2D;

export class DDPM {
  readonly betas = tf.linspace(1e-3, 0.1, T);
  readonly alphas = tf.sub(1, this.betas);
  readonly alphasCumprod = tf.cumprod(this.alphas);

  constructor(readonly network: Network) {}

  /** Data with noise of level t in one step (eq. 4). */
  qSample(x0: tf.Tensor2D, t: tf.Tensor1D, noise: tf.Tensor2D): tf.Tensor2D {
    const alphaBar = this.alphasCumprod.gather(t).expandDims<tf.Tensor2D>(1);
    return alphaBar.sqrt().mul<tf.Tensor2D>(x0).add(tf.sub(1, alphaBar).sqrt().mul(noise));
  }

  /** The mean squared error of the guessed noise (eq. 14). */
  loss(x0: tf.Tensor2D): tf.Scalar {
    const t = tf.randomUniform<tf.Rank.R1>([x0.shape[0]], 0, T, 'int32');
    const noise = tf.randomNormal<tf.Rank.R2>([x0.shape[0], 2]);
    const guess = this.network(this.qSample(x0, t, noise), t.toFloat().expandDims(1));
    return tf.losses.meanSquaredError(noise, guess);
  }

  /** From noise to data in T steps (algorithm 2). */
  sample(n: number): tf.Tensor2D {
    let x = tf.randomNormal<tf.Rank.R2>([n, 2]);
    for (let t = T - 1; t >= 0; t--) {
      const next = tf.tidy(() => {
        const beta = this.betas.gather([t]);
        const alpha = this.alphas.gather([t]);
        const alphaBar = this.alphasCumprod.gather([t]);
        const eps = this.network(x, tf.fill([n, 1], t));
        const mean = x.sub(beta.div(tf.sub(1, alphaBar).sqrt()).mul(eps)).div(alpha.sqrt());
        const z = t > 0 ? tf.randomNormal([n, 2]) : tf.zeros([n, 2]);
        return mean.add<tf.Tensor2D>(beta.sqrt().mul(z));
      });
      x.dispose();
      x = next;
    }
    return x;
  }
}

/** An MLP that is told t through sines and cosines. */
function network(frequencies = 6): Network {
  const rates = tf.pow(2, tf.range(0, frequencies)).mul(Math.PI / 2);
  const sizes = [2 + 2 * frequencies, hiddenSize, hiddenSize, 2];
  const layers = sizes.slice(1).map((outputs, i) => ({
    weights: tf.variable(tf.randomNormal<tf.Rank.R2>([sizes[i], outputs], 0, Math.sqrt(2 / sizes[i]))),
    bias: tf.variable(tf.zeros<tf.Rank.R1>([outputs])),
  }));
  return (x, t) => {
    const angles = t.div(T).mul<tf.Tensor2D>(rates);
    return layers.reduce<tf.Tensor2D>((h, { weights, bias }, i) => {
      const out = h.matMul(weights).add<tf.Tensor2D>(bias);
      return i < layers.length - 1 ? out.relu() : out;
    }, tf.concat([x, tf.sin(angles), tf.cos(angles)], 1));
  };
}

/** n points on two interleaved half circles, about zero mean and unit scale. */
function twoMoons(n: number, noise = 0.05): tf.Tensor2D {
  const angle = tf.randomUniform([n], 0, Math.PI);
  const upper = tf.randomUniform([n]).less(0.5);
  const x = tf.where(upper, angle.cos(), tf.sub(1, angle.cos())).sub(0.5);
  const y = tf.where(upper, angle.sin(), tf.sub(0.5, angle.sin())).sub(0.25);
  return tf.stack([x, y], 1).add(tf.randomNormal([n, 2], 0, noise)).div<tf.Tensor2D>([0.87, 0.5]);
}

const ddpm = new DDPM(network());
const optimizer = tf.train.adam(learningRate);
for (let step = 0; step <= trainSteps; step++) {
  const loss = tf.tidy(() => optimizer.minimize(() => ddpm.loss(twoMoons(batchSize)), true)?.dataSync()[0]);
  if (step % 250 === 0) console.error(`step ${step}: loss ${loss?.toFixed(3)}`);
}
console.log('x,y');
for (const [x, y] of ddpm.sample(2000).arraySync()) console.log(`${x.toFixed(5)},${y.toFixed(5)}`);
