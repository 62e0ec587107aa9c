/** Adam and the exponential moving average of parameters, on the device and in place. */
import * as tf from './tf';

export interface AdamOptions {
  beta1?: number;
  beta2?: number;
  epsilon?: number;
}

export interface Adam {
  /**
   * One update of all parameters with gradients in the same order; the gradients stay the caller's.
   * @param learningRate per step, so that any decay is the caller's.
   */
  step(gradients: readonly tf.Tensor[], learningRate: number): void;
  dispose(): void;
}

/** Adam with bias correction: Kingma & Ba 2015, algorithm 1 (ε outside the root, as in PyTorch). */
export function createAdam(parameters: readonly tf.Variable[], { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions = {}): Adam {
  const zeros = () => parameters.map((parameter) => tf.tidy(() => tf.variable(tf.zeros(parameter.shape), false)));
  const first = zeros();
  const second = zeros();
  let t = 0;
  return {
    step(gradients, learningRate) {
      if (gradients.length !== parameters.length) throw new RangeError(`${gradients.length} gradients for ${parameters.length} parameters.`);
      t++;
      // m̂/(√v̂ + ε) with both corrections folded into two numbers, so the device sees fewer ops.
      const root = Math.sqrt(1 - beta2 ** t);
      const rate = (learningRate * root) / (1 - beta1 ** t);
      tf.tidy(() => {
        parameters.forEach((parameter, k) => {
          const g = gradients[k];
          const m = tf.add(tf.mul(first[k], beta1), tf.mul(g, 1 - beta1));
          const v = tf.add(tf.mul(second[k], beta2), tf.mul(tf.square(g), 1 - beta2));
          first[k].assign(m);
          second[k].assign(v);
          parameter.assign(tf.sub(parameter, tf.mul(tf.div(m, tf.add(tf.sqrt(v), epsilon * root)), rate)));
        });
      });
    },
    dispose: () => tf.dispose([...first, ...second]),
  };
}

export interface Ema {
  readonly averages: readonly tf.Variable[];
  /** averages ← decay·averages + (1 − decay)·parameters. */
  update(decay: number): void;
  dispose(): void;
}

/** Starts at the parameters' present values. */
export function createEma(parameters: readonly tf.Variable[]): Ema {
  const averages = parameters.map((parameter) => tf.variable(parameter, false));
  return {
    averages,
    update(decay) {
      tf.tidy(() => averages.forEach((average, k) => average.assign(tf.add(tf.mul(average, decay), tf.mul(parameters[k], 1 - decay)))));
    },
    dispose: () => tf.dispose([...averages]),
  };
}
