/**
 * Training in place: Ho et al. 2020, algorithm 1, with Adam (Kingma & Ba 2015) and an exponential moving average of the parameters.
 *
 * Everything random at step s is a function of (seed, s): which points, which t, which noise. So a run that goes on from a state of step s equals one that was
 * never interrupted, bit for bit on one device.
 */
import { diffusionQuantities, toPrediction } from '../../../../core/math/diffusion';
import { lossWeights } from '../../../../core/math/losses';
import { keyFromSeed, streamWords } from '../../../../core/math/random';
import { DivergedError, tf, type Engine } from '../../../engine';
import { adamEma, ddpmGradient, parameterCount, STATE, TABLE } from '../../../kernels';
import { logSnrFeatures } from '../features';
import { betasOf, type DdpmSettings } from '../manifest';
import { initialParameters, kernelShape, writeNetwork, type Network } from './network';

/** β₁, β₂ and ε of Adam: the defaults of the paper and of PyTorch. */
const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** What a checkpoint holds of the network: rows parameters, m, v, average. */
export interface TrainingState {
  /** Steps that were taken. */
  step: number;
  /** [4, P], row by row. */
  rows: Float32Array;
}

export class Trainer {
  private current: tf.Tensor2D;
  private steps: number;
  private readonly inputs: { data: tf.Tensor2D; features: tf.Tensor2D; table: tf.Tensor2D };
  private readonly shape;
  private readonly key;
  private streams?: { block: number; pick: [number, number]; noise: [number, number] };

  /**
   * @param points x and y interleaved, at least one point: what is drawn from.
   * @param from where to go on; without it, fresh parameters from the seed.
   * @throws RangeError when settings cannot be trained, or the state belongs to another shape.
   */
  constructor(engine: Engine, public settings: DdpmSettings, points: Float32Array, from?: TrainingState) {
    void engine;
    this.shape = kernelShape({ hidden: settings.hiddenUnits, layers: settings.hiddenLayers });
    this.key = keyFromSeed(settings.seed);
    const P = parameterCount(this.shape);
    if (from && from.rows.length !== STATE.rows * P) throw new RangeError(`The checkpoint holds ${from.rows.length} numbers, this network needs ${STATE.rows * P}.`);
    const { table, features } = levels(settings);
    this.steps = from?.step ?? 0;
    this.current = tf.tensor2d(from?.rows ?? freshRows(settings, P), [STATE.rows, P]);
    this.inputs = { data: tf.tensor2d(points, [points.length / 2, 2]), features, table };
  }

  get step(): number {
    return this.steps;
  }

  /**
   * Takes `count` steps.
   * @returns the mean loss of each step's batch.
   * @throws DivergedError when one is not finite; the state is then that after all `count` steps.
   */
  async advance(count: number): Promise<Float32Array> {
    const first = this.steps;
    const records = Array.from({ length: count }, () => this.queue());
    try {
      const losses = new Float32Array(count);
      for (const [i, tensor] of records.entries()) {
        const values = await tensor.data();
        let sum = 0;
        for (let k = 1; k < values.length; k += 2) sum += values[k];
        losses[i] = sum / (values.length / 2);
        if (!Number.isFinite(losses[i])) throw new DivergedError(first + i + 1, losses[i], this.settings.learningRate);
      }
      return losses;
    } finally {
      tf.dispose(records);
    }
  }

  /** The numbers to keep so that training can go on. */
  async state(): Promise<TrainingState> {
    const step = this.steps;
    return { step, rows: Float32Array.from(await this.current.data()) };
  }

  /** The averaged network as it is now; it lives on the device until disposed. */
  network(): Network {
    const parameters = tf.keep(tf.clone(this.current));
    return { attrs: { ...this.shape, parametersRow: STATE.average }, parameters, predicts: this.settings.predictionType, metadata: this.metadata(this.steps), dispose: () => parameters.dispose() };
  }

  /** The averaged network as a safetensors file. */
  async file(): Promise<Uint8Array> {
    const { step, rows } = await this.state();
    const P = rows.length / STATE.rows;
    const { hiddenUnits: hidden, hiddenLayers: layers, predictionType: predicts } = this.settings;
    return writeNetwork({ hidden, layers, predicts, parameters: rows.subarray(STATE.average * P, (STATE.average + 1) * P), metadata: this.metadata(step) });
  }

  dispose(): void {
    tf.dispose([this.current, ...Object.values(this.inputs)]);
  }

  /** One step on the device; its records are the caller's. */
  private queue(): tf.Tensor2D {
    const { batchSize, learningRate, emaDecay } = this.settings;
    const s = this.steps;
    // 1–4. x_0 ~ q(x_0), t ~ Uniform{1, …, T}, ε ~ N(0, I); 5. the gradient of w_t · ½‖target − f(√ᾱ x_0 + √(1 − ᾱ) ε, t)‖²
    const { gradient, records } = ddpmGradient(
      { ...this.inputs, parameters: this.current },
      { ...this.shape, parametersRow: STATE.parameters, key: this.key, ...this.examples(s, batchSize), scale: 1 / batchSize },
    );
    const root = Math.sqrt(1 - ADAM.beta2 ** (s + 1));
    const next = adamEma({ state: this.current, gradient }, {
      beta1: ADAM.beta1, beta2: ADAM.beta2, rate: (learningRate * root) / (1 - ADAM.beta1 ** (s + 1)), epsilon: ADAM.epsilon * root,
      // A young average forgets its start faster.
      decay: Math.min(emaDecay, (1 + s) / (10 + s)),
    });
    tf.dispose([gradient, this.current]);
    this.current = next;
    this.steps = s + 1;
    return records;
  }

  /** Which numbers step s takes. A stream counts 2³² pairs; a run that needs more goes on in the next stream. */
  private examples(s: number, count: number) {
    const perBlock = Math.floor(2 ** 32 / count) - 1;
    const block = Math.floor(s / perBlock);
    if (this.streams?.block !== block) {
      const suffix = block === 0 ? '' : `/${block}`;
      this.streams = { block, pick: streamWords(`ddpm/train/pick${suffix}`), noise: streamWords(`ddpm/train/noise${suffix}`) };
    }
    const { pick, noise } = this.streams;
    return { pick, noise, firstExample: (s % perBlock) * count, count };
  }

  private metadata(step: number): Record<string, string> {
    const { data, T, schedule, lossWeighting, seed } = this.settings;
    return { dataset: data, T: String(T), schedule, loss: lossWeighting, seed: String(seed), steps: String(step) };
  }
}

function freshRows(settings: DdpmSettings, P: number): Float32Array {
  const rows = new Float32Array(STATE.rows * P);
  const parameters = initialParameters({ hidden: settings.hiddenUnits, layers: settings.hiddenLayers }, settings.seed);
  rows.set(parameters, STATE.parameters * P);
  rows.set(parameters, STATE.average * P);
  return rows;
}

/** What the kernels need of each t: how x_t and the target are made, the weight of the loss, and the features of the noise level. */
function levels(settings: DdpmSettings): { table: tf.Tensor2D; features: tf.Tensor2D } {
  const quantities = diffusionQuantities(betasOf(settings));
  const weights = lossWeights(settings.lossWeighting, settings.predictionType, quantities, { gamma: settings.gamma, varianceType: settings.varianceType });
  const rows = Array.from(quantities.alphasCumprod, (alphaBar, t) => {
    const target = toPrediction(settings.predictionType, alphaBar);
    const row = new Array<number>(TABLE.columns);
    row[TABLE.signal] = quantities.sqrtAlphasCumprod[t];
    row[TABLE.noise] = quantities.sqrtOneMinusAlphasCumprod[t];
    row[TABLE.targetX0] = target.x0;
    row[TABLE.targetEps] = target.eps;
    row[TABLE.weight] = weights[t];
    return row;
  });
  return { table: tf.tensor2d(rows), features: tf.tensor2d(Array.from(quantities.logSnr, logSnrFeatures)) };
}
