/** The losses of a run of any length in bounded memory. */

/** The mean of every `every` steps since the start, the last group perhaps not full yet. */
export interface LossRecord {
  values: Float32Array;
  every: number;
  /** Sum and number of the losses of the group that is not full. */
  pending: readonly [sum: number, count: number];
}

/** Beyond this, pairs are merged. */
export const MAX_LOSSES = 4000;

/** Means over groups of `every` steps; when there are more than MAX_LOSSES groups, two become one. */
export class LossHistory {
  private readonly values: number[];
  private every: number;
  private pending: [sum: number, count: number];

  constructor(from: LossRecord = { values: new Float32Array(), every: 1, pending: [0, 0] }) {
    this.values = Array.from(from.values);
    this.every = from.every;
    this.pending = [...from.pending];
  }

  add(losses: ArrayLike<number>): void {
    for (let i = 0; i < losses.length; i++) {
      this.pending[0] += losses[i];
      this.pending[1]++;
      if (this.pending[1] < this.every) continue;
      this.values.push(this.pending[0] / this.every);
      this.pending = [0, 0];
      if (this.values.length > MAX_LOSSES) this.merge();
    }
  }

  get record(): LossRecord {
    return { values: Float32Array.from(this.values), every: this.every, pending: [...this.pending] };
  }

  private merge(): void {
    const pairs = Math.floor(this.values.length / 2);
    const left = this.values.length % 2 === 1 ? this.values[this.values.length - 1] : null;
    for (let i = 0; i < pairs; i++) this.values[i] = (this.values[2 * i] + this.values[2 * i + 1]) / 2;
    this.values.length = pairs;
    if (left !== null) this.pending = [left * this.every, this.every];
    this.every *= 2;
  }
}
