/** Parameters, Adam's moments and gradients of one network: rows of the kernels' memory, in the order of the table, where every kernel works on them in place. */
import type { AdamAttrs, ParameterShape, ParameterStore } from '../contract';
import type { Heap } from './heap';
import { WasmMatrix } from './matrix';

export class WasmStore implements ParameterStore<WasmMatrix> {
  readonly table: readonly ParameterShape[];
  private readonly size: number;
  /** Numbers from one row to the next. */
  private readonly stride: number;
  private readonly at: number;
  private readonly parameters: readonly WasmMatrix[];
  private readonly gradients: readonly (readonly WasmMatrix[])[];
  private shard = 0;
  private disposed = false;

  constructor(private readonly heap: Heap, table: readonly ParameterShape[], private readonly shards: number, rows: Float32Array) {
    if (!(Number.isInteger(shards) && shards >= 1)) throw new RangeError(`A store wants one shard or more, not ${shards}.`);
    this.table = table.map((shape) => ({ ...shape }));
    this.size = table.reduce((sum, shape) => sum + shape.rows * shape.columns, 0);
    this.stride = Math.ceil(this.size / 16) * 16;
    if (rows.length !== this.size && rows.length !== 3 * this.size) throw new RangeError(`The table has ${this.size} parameters; [P] or [3, P] are wanted, not ${rows.length} numbers.`);
    this.at = heap.keep((3 + shards) * this.stride);
    heap.floats(this.at, (3 + shards) * this.stride).fill(0);
    this.parameters = this.matrices(0);
    this.gradients = Array.from({ length: shards }, (_, shard) => this.matrices(3 + shard));
    this.write(rows);
  }

  parameter(index: number): WasmMatrix {
    this.live();
    return at(this.parameters, index);
  }

  gradient(index: number): WasmMatrix {
    this.live();
    return at(this.gradients[this.shard], index);
  }

  begin(shard: number): void {
    this.live();
    for (const gradient of this.gradientsOf(shard)) gradient.cleared = false;
    this.shard = shard;
  }

  readGradient(shard: number): Promise<Float32Array> {
    return attempt(() => {
      this.live();
      this.settle(shard);
      return this.row(3 + shard).slice();
    });
  }

  writeGradient(shard: number, values: Float32Array): void {
    this.live();
    const gradients = this.gradientsOf(shard);
    if (values.length !== this.size) throw new RangeError(`A gradient has ${this.size} numbers, not ${values.length}.`);
    this.row(3 + shard).set(values);
    for (const gradient of gradients) gradient.cleared = true;
  }

  adam({ step, rate, beta1, beta2, epsilon }: AdamAttrs): void {
    this.live();
    if (!(Number.isInteger(step) && step >= 1)) throw new RangeError(`Steps of Adam count from 1; this is ${step}.`);
    for (let shard = 0; shard < this.shards; shard++) this.settle(shard);
    const root = Math.sqrt(1 - beta2 ** step);
    const bytes = 4 * this.stride;
    this.heap.wasm.adam(
      this.at, this.at + bytes, this.at + 2 * bytes, this.at + 3 * bytes, bytes, this.shards, bytes,
      (rate * root) / (1 - beta1 ** step), beta1, 1 - beta1, beta2, 1 - beta2, epsilon * root,
    );
  }

  read(): Promise<Float32Array> {
    return attempt(() => {
      this.live();
      const rows = new Float32Array(3 * this.size);
      for (let row = 0; row < 3; row++) rows.set(this.row(row), row * this.size);
      return rows;
    });
  }

  write(rows: Float32Array): void {
    this.live();
    const given = rows.length / this.size;
    if (given !== 1 && given !== 3) throw new RangeError(`The table has ${this.size} parameters; [P] or [3, P] are wanted, not ${rows.length} numbers.`);
    for (let row = 0; row < 3; row++) {
      if (row < given) this.row(row).set(rows.subarray(row * this.size, (row + 1) * this.size));
      else this.row(row).fill(0);
    }
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.heap.giveBack(this.at);
  }

  private live(): void {
    if (this.disposed) throw new Error('This store was disposed of.');
  }

  private row(row: number): Float32Array {
    return this.heap.floats(this.at + 4 * row * this.stride, this.size);
  }

  private matrices(row: number): WasmMatrix[] {
    let offset = this.at + 4 * row * this.stride;
    return this.table.map(({ rows, columns }) => {
      const matrix = new WasmMatrix(rows, columns, offset, null);
      offset += 4 * rows * columns;
      return matrix;
    });
  }

  private gradientsOf(shard: number): readonly WasmMatrix[] {
    const gradients = this.gradients[shard] as readonly WasmMatrix[] | undefined;
    if (!gradients) throw new RangeError(`There are ${this.shards} shards; ${shard} is none of them.`);
    return gradients;
  }

  private settle(shard: number): void {
    for (const gradient of this.gradientsOf(shard)) settled(this.heap, gradient);
  }
}

function at<T>(list: readonly T[], index: number): T {
  const entry = list[index] as T | undefined;
  if (entry === undefined) throw new RangeError(`The table has ${list.length} parameters; ${index} is none of them.`);
  return entry;
}

/** A promise that a throw rejects. */
export function attempt<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => { resolve(work()); });
}

/** Makes sure that the numbers of a gradient that was begun and not yet written are zeros. */
export function settled(heap: Heap, matrix: WasmMatrix): WasmMatrix {
  if (!matrix.cleared) {
    heap.floats(matrix.at, matrix.rows * matrix.columns).fill(0);
    matrix.cleared = true;
  }
  return matrix;
}
