/**
 * Training in place: Kingma & Welling 2014 with Adam. Everything random at step s is a function of (seed, s), so a run that goes on from a state equals one that was never interrupted, bit for bit on one device.
 *
 * A batch is always two shards, whose gradients are summed in order. `advance` computes both; two replicas with the same state compute one each (`shardGradient`), exchange them, and both `apply` them: the
 * same numbers.
 */
import type { LabelledData } from '../../../../core/math/examples';
import { DivergedError } from '../../../engine/errors';
import type { Matrix, Ops } from '../../../kernels/nets';
import type { VaeSettings } from '../manifest';
import { scalesOf } from '../objective';
import { Batches, gather, SHARDS, shardRows } from './batches';
import { noiseOf } from './noise';
import { batchTerms, NO_ROWS, shardLoss, type Recorded, type ShardTerms } from './loss';
import { VaeModel } from './vae';
import type { StepTerms, VaeTrainingState } from './types';

/** β₁, β₂ and ε: the defaults of the paper and of PyTorch. */
const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

export interface ShardGradient {
  shard: number;
  /** [P] */
  gradient: Float32Array;
}

export class VaeTrainer<M extends Matrix = Matrix> extends VaeModel<M> {
  readonly stepsPerEpoch: number;
  private readonly batches: Batches;

  /**
   * @param state where to go on; without it, fresh parameters from the seed.
   * @throws RangeError where the settings do not fit the data (`validateVae` says so before), or the state belongs to another network.
   */
  constructor(ops: Ops<M>, settings: VaeSettings, private readonly data: LabelledData, state?: VaeTrainingState) {
    const { train } = data;
    super(ops, settings, train, state);
    const count = settings.examples > 0 ? Math.min(settings.examples, train.count) : train.count;
    if (count === 0) throw new RangeError('There is no example to train on.');
    this.batches = new Batches(count, settings.batchSize, settings.seed);
    this.stepsPerEpoch = this.batches.perEpoch;
  }

  /**
   * Takes `count` steps.
   * @returns the terms of each step's batch, before the step.
   * @throws DivergedError when a loss is not finite; the state is then that after all `count` steps.
   */
  advance(count: number): Promise<StepTerms[]> {
    return this.exclusively(async () => {
      const first = this.steps;
      const recorded: (Recorded | null)[][] = [];
      for (let i = 0; i < count; i++) {
        recorded.push(Array.from({ length: SHARDS }, (_, shard) => this.queueShard(shard)));
        this.queueAdam();
      }
      const sums = await this.ops.takeRecords();
      let at = 0;
      const terms = recorded.map((shards) => batchTerms(shards.map((shard) => (shard ? shard.terms(sums.subarray(at, (at += shard.count))) : NO_ROWS))));
      terms.forEach(({ loss }, i) => this.assertFinite(loss, first + i + 1));
      return terms;
    });
  }

  /** One shard of the next step's batch; its gradient also stays here for `apply`. */
  shardGradient(shard: number): Promise<ShardGradient & { terms: ShardTerms }> {
    return this.exclusively(async () => {
      const recorded = this.queueShard(shard);
      const sums = await this.ops.takeRecords();
      return { shard, gradient: await this.store.readGradient(shard), terms: recorded ? recorded.terms(sums) : NO_ROWS };
    });
  }

  /** Takes the step with the own shard's gradient, which was computed last, and the other's. */
  apply({ shard, gradient }: ShardGradient): Promise<void> {
    return this.exclusively(() => {
      this.store.writeGradient(shard, gradient);
      this.queueAdam();
      return Promise.resolve();
    });
  }

  /**
   * The terms of a batch whose shards were computed apart, in their order.
   * @param step the step that they belong to, from 1 on.
   * @throws DivergedError
   */
  combine(shards: readonly ShardTerms[], step: number): StepTerms {
    const terms = batchTerms(shards);
    this.assertFinite(terms.loss, step);
    return terms;
  }

  /** The epoch that the next step belongs to, from 0 on. */
  get epoch(): number {
    return Math.floor(this.steps / this.stepsPerEpoch);
  }

  private queueShard(shard: number): Recorded | null {
    const { ops, settings, data: { train } } = this;
    const { examples } = this.batches.at(this.steps);
    const { from, to } = shardRows(examples.length, shard);
    this.store.begin(shard);
    // A batch of one example.
    if (from === to) return null;
    const x = ops.input(gather(train, examples.subarray(from, to)), to - from, train.size);
    const recorded = shardLoss(ops, this.model, x, noiseOf(ops, settings, `train/${this.steps}`, from), scalesOf(settings, train.size, examples.length), settings);
    ops.reset();
    return recorded;
  }

  private queueAdam(): void {
    this.steps++;
    this.store.adam({ step: this.steps, rate: this.settings.learningRate, ...ADAM });
  }

  private assertFinite(loss: number, step: number): void {
    if (!Number.isFinite(loss)) throw new DivergedError(step, loss, this.settings.learningRate);
  }
}
