/** Parameters, moments and gradients of the reference. */
import type { AdamAttrs, ParameterShape, ParameterStore } from '../contract';
import type { CpuMatrix } from './matrix';

/** `float32`: parameters are kept, and numbers handed out, as on the other devices, so that a state that was read and written again is the same. `float64`: nothing is rounded; for comparisons. */
export type Precision = 'float32' | 'float64';

/** What a device gives is a Float32Array to all who ask; only comparisons in float64 know better. */
export const handedOut = (values: ArrayLike<number>, precision: Precision): Float32Array => (precision === 'float32' ? Float32Array.from(values) : (Float64Array.from(values) as unknown as Float32Array));

export class CpuStore implements ParameterStore<CpuMatrix> {
  /** [3, P]: parameters, first and second moments. */
  readonly rows: Float64Array;
  /** [P] of each shard. */
  readonly gradients: readonly Float64Array[];
  private readonly views: readonly CpuMatrix[];
  private readonly gradientViews: readonly (readonly CpuMatrix[])[];
  private readonly round: (value: number) => number;
  private shard = 0;

  constructor(readonly table: readonly ParameterShape[], shards: number, rows: ArrayLike<number>, private readonly precision: Precision) {
    const size = table.reduce((sum, entry) => sum + entry.rows * entry.columns, 0);
    if (rows.length !== size && rows.length !== 3 * size) throw new RangeError(`${rows.length} numbers were given for ${size} parameters, with or without their two moments.`);
    this.round = precision === 'float32' ? Math.fround : (value) => value;
    this.rows = new Float64Array(3 * size);
    this.rows.set(rows);
    this.gradients = Array.from({ length: shards }, () => new Float64Array(size));
    this.views = viewsOf(table, this.rows);
    this.gradientViews = this.gradients.map((gradient) => viewsOf(table, gradient));
  }

  parameter(index: number): CpuMatrix {
    return this.views[index];
  }

  gradient(index: number): CpuMatrix {
    return this.gradientViews[this.shard][index];
  }

  begin(shard: number): void {
    this.shard = shard;
    this.gradients[shard].fill(0);
  }

  readGradient(shard: number): Promise<Float32Array> {
    return Promise.resolve(handedOut(this.gradients[shard], this.precision));
  }

  writeGradient(shard: number, values: Float32Array): void {
    this.gradients[shard].set(values);
  }

  adam({ step, rate, beta1, beta2, epsilon }: AdamAttrs): void {
    const { rows, gradients, round } = this;
    const size = rows.length / 3;
    const [corrected1, corrected2] = [1 - beta1 ** step, 1 - beta2 ** step];
    for (let i = 0; i < size; i++) {
      // Each is rounded before it is added, so that one that came as float32 from another worker gives the same sum.
      let g = round(gradients[0][i]);
      for (let shard = 1; shard < gradients.length; shard++) g = round(g + round(gradients[shard][i]));
      const m = (rows[size + i] = round(beta1 * rows[size + i] + (1 - beta1) * g));
      const v = (rows[2 * size + i] = round(beta2 * rows[2 * size + i] + (1 - beta2) * g * g));
      rows[i] = round(rows[i] - (rate * (m / corrected1)) / (Math.sqrt(v / corrected2) + epsilon));
    }
  }

  read(): Promise<Float32Array> {
    return Promise.resolve(handedOut(this.rows, this.precision));
  }

  write(rows: ArrayLike<number>): void {
    this.rows.fill(0);
    this.rows.set(rows);
  }

  dispose(): void {
    // Nothing to free.
  }
}

function viewsOf(table: readonly ParameterShape[], values: Float64Array): CpuMatrix[] {
  let offset = 0;
  return table.map(({ rows, columns }) => ({ rows, columns, data: values.subarray(offset, (offset += rows * columns)) }));
}
