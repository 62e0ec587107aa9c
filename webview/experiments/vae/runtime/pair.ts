/**
 * Two replicas of a trainer, each in a thread of its own without shared memory: each computes one half of every batch, both exchange gradients and take the same step. The numbers are those of one trainer
 * that computes both halves.
 */
import type { ShardTerms } from './loss';
import type { VaeTrainer } from './training';
import type { StepTerms } from './types';

/** What one sends the other about a step; the gradient is moved. */
export interface HalfStep {
  step: number;
  gradient: Float32Array;
  terms: ShardTerms;
}

/** One end of a line between the two. */
export interface PairPort {
  send(half: HalfStep): void;
  /** What the other sends next. @throws Error when it is gone. */
  receive(): Promise<HalfStep>;
}

/**
 * Takes `count` steps; the other replica must take as many at the same time.
 * @param shard the half that is computed here.
 * @param each told of every step as it is taken: where the other replica fails, those before are taken.
 * @throws DivergedError on both, when a loss is not finite.
 */
export async function advanceTogether(trainer: Pick<VaeTrainer, 'shardGradient' | 'apply' | 'combine' | 'step'>, shard: 0 | 1, port: PairPort, count: number, each: (terms: StepTerms) => void = () => undefined): Promise<StepTerms[]> {
  const terms: StepTerms[] = [];
  for (let i = 0; i < count; i++) {
    const step = trainer.step + 1;
    const own = await trainer.shardGradient(shard);
    port.send({ step, gradient: own.gradient, terms: own.terms });
    const other = await port.receive();
    if (other.step !== step) throw new Error(`The two halves of a batch belong to the steps ${step} and ${other.step}.`);
    await trainer.apply({ shard: 1 - shard, gradient: other.gradient });
    const combined = trainer.combine(shard === 0 ? [own.terms, other.terms] : [other.terms, own.terms], step);
    terms.push(combined);
    each(combined);
  }
  return terms;
}

interface MessageEnd {
  postMessage(value: unknown, transfer: ArrayBuffer[]): void;
}

/** A line over anything that posts messages; `deliver` is to be called with each that comes, `fail` when none will come any more. */
export function pairPort(end: MessageEnd): PairPort & { deliver(half: HalfStep): void; fail(error: Error): void } {
  const waiting: HalfStep[] = [];
  let wanted: { resolve(half: HalfStep): void; reject(error: Error): void } | null = null;
  let failed: Error | null = null;
  return {
    send: (half) => { end.postMessage(half, [half.gradient.buffer as ArrayBuffer]); },
    receive() {
      const half = waiting.shift();
      if (half) return Promise.resolve(half);
      if (failed) return Promise.reject(failed);
      return new Promise((resolve, reject) => { wanted = { resolve, reject }; });
    },
    deliver(half) {
      if (wanted) wanted.resolve(half);
      else waiting.push(half);
      wanted = null;
    },
    fail(error) {
      failed = error;
      wanted?.reject(error);
      wanted = null;
    },
  };
}
