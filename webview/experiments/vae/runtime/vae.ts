/** A model on a device: its parameters, and what it can be asked. */
import { countOf, initialParameters, parametersOf, type Matrix, type Ops, type ParameterSpec, type ParameterStore } from '../../../kernels/nets';
import { layersOf, networksOf, type DataShape } from '../architecture';
import type { VaeSettings } from '../manifest';
import { SHARDS } from './batches';
import { boundOf } from './bound';
import { modelOf, type Model } from './model';
import { noiseOf } from './noise';
import { readWeights, writeWeights } from './weights';
import type { Bound, Posterior, VaeTrainingState } from './types';

/** Examples that pass through the networks at once when they are asked; even, so that their noise begins at a pair. */
const ROWS_AT_ONCE = 512;

export class VaeModel<M extends Matrix = Matrix> {
  readonly parameters: readonly ParameterSpec[];
  protected readonly store: ParameterStore<M>;
  protected readonly model: Model<M>;
  protected steps: number;
  private last: Promise<unknown> = Promise.resolve();

  /**
   * @param state without it, fresh parameters from the seed.
   * @throws RangeError where the settings do not fit the shape, or the state belongs to another network.
   */
  constructor(protected readonly ops: Ops<M>, public settings: VaeSettings, readonly shape: DataShape, state?: VaeTrainingState) {
    const networks = networksOf(settings, shape);
    this.parameters = parametersOf(layersOf(networks));
    const size = countOf(this.parameters);
    if (state && state.rows.length !== 3 * size) throw new RangeError(`The checkpoint holds ${state.rows.length} numbers, this network needs ${3 * size}.`);
    this.store = ops.store(this.parameters.map(({ name, rows, columns }) => ({ name, rows, columns })), SHARDS, state?.rows ?? initialParameters(this.parameters, settings.seed));
    this.model = modelOf(ops, this.store, networks, settings);
    this.steps = state?.step ?? 0;
  }

  /** Steps that were taken. */
  get step(): number {
    return this.steps;
  }

  /** Of q(z|x); of a hierarchical model q(z₁|x). An autoencoder has no variance: its logarithm is −∞. Bytes are pixels of 0 … 255. */
  encode(values: Float32Array | Uint8Array, count: number): Promise<Posterior> {
    return this.exclusively(async () => {
      const { latentSize } = this.settings;
      const posterior = { mean: new Float32Array(count * latentSize), logVariance: new Float32Array(count * latentSize).fill(-Infinity) };
      await this.inChunks(count, this.shape.size, values, async (x, from) => {
        const { mean, logVariance } = this.model.posterior(x);
        posterior.mean.set(await this.ops.read(mean), from * latentSize);
        if (logVariance) posterior.logVariance.set(await this.ops.read(logVariance), from * latentSize);
      });
      return posterior;
    });
  }

  /** Means of p(x|z): [count, size], pixels in 0 … 1. */
  decode(z: Float32Array, count: number): Promise<Float32Array> {
    return this.exclusively(async () => {
      const { size } = this.shape;
      const out = new Float32Array(count * size);
      await this.inChunks(count, this.settings.latentSize, z, async (rows, from) => out.set(await this.ops.read(this.model.means(rows)), from * size));
      return out;
    });
  }

  /**
   * The bound of these examples, term by term. Every estimate takes as many samples of z as the greatest k; without noise none is drawn, and there are no importance weighted bounds.
   * @param seed of the noise.
   */
  bound(values: Float32Array | Uint8Array, count: number, ks: readonly number[], seed: number): Promise<Bound> {
    return this.exclusively(() => boundOf({ ops: this.ops, model: this.model, settings: this.settings, size: this.shape.size }, values, count, ks, seed));
  }

  /** Decodings of draws from the prior: [count, size]. The same draws for the same seed. */
  samplePrior(count: number, seed: number): Promise<Float32Array> {
    return this.exclusively(async () => {
      const draw = noiseOf(this.ops, { seed, importanceSamples: 1 }, 'prior', 0);
      const samples = await this.ops.read(this.model.means(this.model.prior(count, draw)));
      this.ops.reset();
      return samples;
    });
  }

  /** The numbers to keep so that training can go on. */
  state(): Promise<VaeTrainingState> {
    return this.exclusively(async () => {
      const { step } = this;
      return { step, rows: await this.store.read() };
    });
  }

  /** The parameters as a safetensors file, in PyTorch's layout. */
  async weights(): Promise<Uint8Array> {
    const { step, rows } = await this.state();
    return writeWeights({ settings: this.settings, shape: this.shape, step, parameters: rows.subarray(0, rows.length / 3) });
  }

  /**
   * Takes over the parameters of such a file; moments of the optimiser begin anew.
   * @throws SafetensorsError for what is not a whole file; RangeError where tensors are missing, too many, or of other shapes.
   */
  load(bytes: Uint8Array): Promise<void> {
    const { parameters, step } = readWeights(bytes, this.settings, this.shape);
    return this.exclusively(() => {
      const rows = new Float32Array(3 * parameters.length);
      rows.set(parameters);
      this.store.write(rows);
      this.steps = step;
      return Promise.resolve();
    });
  }

  dispose(): void {
    this.store.dispose();
  }

  /** One at a time: results are read without blocking, and `reset` must not come in between. */
  protected exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => {});
    return result;
  }

  private async inChunks(count: number, columns: number, values: Float32Array | Uint8Array, each: (rows: M, from: number) => Promise<void>): Promise<void> {
    if (values.length !== count * columns) throw new RangeError(`${values.length} numbers were given for ${count} rows of ${columns}.`);
    for (let from = 0; from < count; from += ROWS_AT_ONCE) {
      const rows = Math.min(ROWS_AT_ONCE, count - from);
      await each(this.ops.input(values.subarray(from * columns, (from + rows) * columns), rows, columns), from);
      this.ops.reset();
    }
  }
}
