/** Parameters, moments and gradients as tensors, which stay until the store is disposed of. */
import * as tf from '../../../engine/tf';
import { adamEma, STATE } from '../..';
import type { AdamAttrs, ParameterShape, ParameterStore } from '../contract';
import { countOf } from '../specs';
import type { Accumulator, TfMatrix } from './matrix';

interface Entry extends ParameterShape {
  offset: number;
  size: number;
}

/** The gradient of one shard: a sum for each parameter, or all of them at once where they came from elsewhere. */
class Gradient {
  private readonly sums: (tf.Tensor | null)[];
  private whole: tf.Tensor1D | null = null;

  constructor(private readonly entries: readonly Entry[]) {
    this.sums = entries.map(() => null);
  }

  slot(index: number): Accumulator {
    const { rows, columns } = this.entries[index];
    const { sums } = this;
    return {
      rows, columns,
      get tensor() { return (sums[index] ??= tf.keep(tf.zeros([rows, columns]))) as tf.Tensor2D; },
      add(term) {
        const before = sums[index];
        sums[index] = tf.keep(tf.tidy(() => (before ? tf.add(before, tf.reshape(term, [rows, columns])) : tf.reshape(term, [rows, columns]))));
        before?.dispose();
      },
    };
  }

  clear(): void {
    this.sums.forEach((sum) => sum?.dispose());
    this.sums.fill(null);
    this.whole?.dispose();
    this.whole = null;
  }

  write(values: Float32Array): void {
    this.clear();
    this.whole = tf.keep(tf.tensor1d(values));
  }

  /** [P]; the caller's. */
  flat(): tf.Tensor1D {
    if (this.whole) return tf.clone(this.whole);
    return tf.tidy(() => tf.concat(this.sums.map((sum, i) => (sum ? tf.reshape(sum, [this.entries[i].size]) : tf.zeros([this.entries[i].size])) as tf.Tensor1D)));
  }
}

export class TfStore implements ParameterStore<TfMatrix> {
  private readonly entries: readonly Entry[];
  private readonly size: number;
  private readonly gradients: readonly Gradient[];
  /** Rows as Adam's kernel has them; the average is not used. */
  private state: tf.Tensor2D;
  private readonly parameters: (tf.Tensor2D | null)[];
  private shard = 0;

  constructor(readonly table: readonly ParameterShape[], shards: number, rows: Float32Array) {
    let offset = 0;
    this.entries = table.map((shape) => {
      const size = shape.rows * shape.columns;
      const entry = { ...shape, offset, size };
      offset += size;
      return entry;
    });
    this.size = countOf(table);
    if (rows.length !== this.size && rows.length !== 3 * this.size) throw new RangeError(`${rows.length} numbers were given for ${this.size} parameters, with or without their two moments.`);
    this.gradients = Array.from({ length: shards }, () => new Gradient(this.entries));
    this.parameters = table.map(() => null);
    this.state = this.stateOf(rows);
  }

  parameter(index: number): TfMatrix {
    const { rows, columns, offset, size } = this.entries[index];
    const tensor = (this.parameters[index] ??= tf.keep(tf.tidy(() => tf.reshape(tf.slice(this.state, [STATE.parameters, offset], [1, size]), [rows, columns]))));
    return { rows, columns, tensor };
  }

  gradient(index: number): TfMatrix {
    return this.gradients[this.shard].slot(index);
  }

  begin(shard: number): void {
    this.shard = shard;
    this.gradients[shard].clear();
  }

  async readGradient(shard: number): Promise<Float32Array> {
    const flat = this.gradients[shard].flat();
    try {
      return Float32Array.from(await flat.data());
    } finally {
      flat.dispose();
    }
  }

  writeGradient(shard: number, values: Float32Array): void {
    if (values.length !== this.size) throw new RangeError(`A gradient of ${values.length} numbers was given for ${this.size} parameters.`);
    this.gradients[shard].write(values);
  }

  adam({ step, rate, beta1, beta2, epsilon }: AdamAttrs): void {
    const root = Math.sqrt(1 - beta2 ** step);
    const next = tf.tidy(() => {
      const gradient = this.gradients.map((shard) => shard.flat()).reduce((sum, shard) => tf.add(sum, shard));
      return adamEma({ state: this.state, gradient }, { rate: (rate * root) / (1 - beta1 ** step), beta1, beta2, epsilon: epsilon * root, decay: 0 });
    });
    this.replace(next);
  }

  async read(): Promise<Float32Array> {
    return Float32Array.from((await this.state.data()).subarray(0, 3 * this.size));
  }

  write(rows: Float32Array): void {
    this.replace(this.stateOf(rows));
  }

  dispose(): void {
    this.gradients.forEach((gradient) => gradient.clear());
    this.forget();
    this.state.dispose();
  }

  private stateOf(rows: Float32Array): tf.Tensor2D {
    const state = new Float32Array(STATE.rows * this.size);
    state.set(rows);
    return tf.tensor2d(state, [STATE.rows, this.size]);
  }

  private replace(state: tf.Tensor2D): void {
    this.state.dispose();
    this.state = tf.keep(state);
    this.forget();
  }

  /** Parameters that were cut out of the state. */
  private forget(): void {
    this.parameters.forEach((parameter) => parameter?.dispose());
    this.parameters.fill(null);
  }
}
