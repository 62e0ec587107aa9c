/** A loss curve of any length in bounded memory: neighbouring steps share a bucket that keeps their extremes. Pure. */

interface Bucket {
  count: number;
  last: number;
  min: number;
  minStep: number;
  max: number;
  maxStep: number;
  /** Running mean after the bucket's last step, and how many losses it has seen: enough to go on from here. */
  average: number;
  seen: number;
}

/** Two points a bucket: at most 2,000 are drawn. */
const BUCKETS = 1000;
/** Weight of the past in the running mean, per loss that is pushed. */
const MEMORY = 0.98;

export interface LossColumns {
  /** Ascending. */
  steps: number[];
  /** The smallest and the largest loss of each bucket, in the order in which they came. */
  raw: number[];
  /** The running mean, once a bucket; null between. */
  smooth: (number | null)[];
}

export class LossHistory {
  private buckets: Bucket[] = [];
  private perBucket = 1;

  /**
   * Adds the loss of a step. A step that is not after the last one means that training went back to a checkpoint: what came
   * at or after it is forgotten. A loss that is not finite is left out; the page marks where training failed.
   */
  push(step: number, loss: number): void {
    if (!Number.isFinite(loss) || !Number.isFinite(step)) return;
    let tail = this.buckets.at(-1);
    if (tail && step <= tail.last) {
      this.rewind(step);
      tail = this.buckets.at(-1);
    }
    const average = MEMORY * (tail?.average ?? 0) + (1 - MEMORY) * loss;
    const next: Bucket = { count: 1, last: step, min: loss, minStep: step, max: loss, maxStep: step, average, seen: (tail?.seen ?? 0) + 1 };
    if (tail && tail.count < this.perBucket) this.buckets[this.buckets.length - 1] = merge(tail, next);
    else this.buckets.push(next);
    if (this.buckets.length > BUCKETS) this.halve();
  }

  /** Forgets everything at or after a step; a bucket that reaches over it goes too. */
  rewind(step: number): void {
    while (this.buckets.length > 0 && this.buckets.at(-1)!.last >= step) this.buckets.pop();
  }

  clear(): void {
    this.buckets = [];
    this.perBucket = 1;
  }

  get length(): number {
    return this.buckets.length;
  }

  /** The newest step and its running mean; null before the first. */
  get latest(): { step: number; smooth: number } | null {
    const tail = this.buckets.at(-1);
    return tail ? { step: tail.last, smooth: unbiased(tail) } : null;
  }

  columns(): LossColumns {
    const columns: LossColumns = { steps: [], raw: [], smooth: [] };
    for (const bucket of this.buckets) {
      const { minStep, min, maxStep, max } = bucket;
      const points = minStep === maxStep ? [[minStep, min]] : minStep < maxStep ? [[minStep, min], [maxStep, max]] : [[maxStep, max], [minStep, min]];
      points.forEach(([step, loss], i) => {
        columns.steps.push(step);
        columns.raw.push(loss);
        columns.smooth.push(i === points.length - 1 ? unbiased(bucket) : null);
      });
    }
    return columns;
  }

  /** The newest bucket stays as it is where it has no partner. */
  private halve(): void {
    const merged: Bucket[] = [];
    for (let i = 0; i < this.buckets.length; i += 2) {
      merged.push(i + 1 < this.buckets.length ? merge(this.buckets[i], this.buckets[i + 1]) : this.buckets[i]);
    }
    this.buckets = merged;
    this.perBucket *= 2;
  }
}

function merge(a: Bucket, b: Bucket): Bucket {
  const [low, high] = [b.min < a.min ? b : a, b.max > a.max ? b : a];
  return {
    count: a.count + b.count, last: b.last, min: low.min, minStep: low.minStep, max: high.max, maxStep: high.maxStep,
    average: b.average, seen: b.seen,
  };
}

/** The mean starts from 0; dividing by the weight that it has gathered takes that out again (Adam's bias correction). */
const unbiased = ({ average, seen }: Bucket): number => average / (1 - MEMORY ** seen);
