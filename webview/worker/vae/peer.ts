/**
 * Two workers on one batch. Both hold the whole model; each computes the gradient of its half of the batch, they exchange the halves' gradients and take the same step of Adam along
 * the sum, in the same order. One worker alone computes both halves, so that it comes to the same bits; when the second fails, the first goes on from where they are.
 */
import type { VaeSettings } from '../../experiments/vae/manifest';
import type { ShardTerms, VaeTrainer, VaeTrainingState } from '../../experiments/vae/runtime';

/** Of a MessagePort, what is used of it. */
export interface PeerPort {
  postMessage(message: unknown, transfer: readonly unknown[]): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  close(): void;
}

type ToFollower =
  | { kind: 'join'; settings: VaeSettings; state: VaeTrainingState }
  | { kind: 'run'; count: number }
  | { kind: 'gradient'; values: Float32Array }
  | { kind: 'leave' };
type ToLeader = { kind: 'joined' } | { kind: 'gradient'; values: Float32Array; terms: ShardTerms } | { kind: 'failed'; message: string };

/** A second worker that does not answer for so long is given up. */
const PATIENCE_MS = 10_000;

/** The first worker's end. */
export class Leader {
  private readonly inbox: ToLeader[] = [];
  private wake: (() => void) | null = null;
  private failed: string | null = null;

  constructor(private readonly port: PeerPort) {
    port.onmessage = ({ data }) => {
      this.inbox.push(data as ToLeader);
      this.wake?.();
    };
  }

  /** Hands over where the trainer is. @throws Error when the second worker cannot follow. */
  async join(settings: VaeSettings, state: VaeTrainingState): Promise<void> {
    this.post({ kind: 'join', settings, state: { ...state, rows: state.rows.slice() } });
    const answer = await this.next();
    if (answer.kind !== 'joined') throw this.failure(answer);
  }

  /** Takes `count` steps together. @throws Error when the second worker fails; the trainer is then after a whole step. */
  async advance(trainer: VaeTrainer, count: number, each: (terms: readonly [ShardTerms, ShardTerms]) => void): Promise<void> {
    this.post({ kind: 'run', count });
    for (let k = 0; k < count; k++) {
      const { gradient, terms } = await trainer.shardGradient(0);
      this.post({ kind: 'gradient', values: gradient }, [gradient.buffer]);
      const other = await this.next();
      if (other.kind !== 'gradient') throw this.failure(other);
      await trainer.apply({ shard: 1, gradient: other.values });
      each([terms, other.terms]);
    }
  }

  close(): void {
    try {
      this.post({ kind: 'leave' });
    } finally {
      this.port.close();
    }
  }

  private post(message: ToFollower, transfer: readonly unknown[] = []): void {
    this.port.postMessage(message, transfer);
  }

  private failure(answer: ToLeader): Error {
    this.failed ??= answer.kind === 'failed' ? answer.message : 'the second worker answered out of turn';
    return new Error(this.failed);
  }

  private async next(): Promise<ToLeader> {
    if (this.inbox.length === 0) {
      await new Promise<void>((resolve, reject) => {
        const patience = setTimeout(() => reject(new Error('the second worker did not answer in time')), PATIENCE_MS);
        this.wake = () => {
          clearTimeout(patience);
          this.wake = null;
          resolve();
        };
      });
    }
    return this.inbox.shift()!;
  }
}

/** The second worker's end: follows until it is told to leave. */
export class Follower {
  private trainer: VaeTrainer | null = null;
  private awaited: ((values: Float32Array) => void) | null = null;
  private readonly gradients: Float32Array[] = [];

  constructor(private readonly port: PeerPort, private readonly make: (settings: VaeSettings, state: VaeTrainingState) => VaeTrainer) {
    port.onmessage = ({ data }) => {
      this.receive(data as ToFollower).catch((error: unknown) => this.post({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }));
    };
  }

  close(): void {
    this.trainer?.dispose();
    this.trainer = null;
    this.port.close();
  }

  private async receive(message: ToFollower): Promise<void> {
    switch (message.kind) {
      case 'join':
        this.trainer?.dispose();
        this.gradients.length = 0;
        this.trainer = this.make(message.settings, message.state);
        return this.post({ kind: 'joined' });
      case 'run':
        return this.run(message.count);
      case 'gradient':
        if (this.awaited) this.awaited(message.values);
        else this.gradients.push(message.values);
        return;
      case 'leave':
        return this.close();
    }
  }

  private async run(count: number): Promise<void> {
    const { trainer } = this;
    if (!trainer) throw new Error('the second worker was told to run before it joined');
    for (let k = 0; k < count; k++) {
      const { gradient, terms } = await trainer.shardGradient(1);
      this.post({ kind: 'gradient', values: gradient, terms }, [gradient.buffer]);
      await trainer.apply({ shard: 0, gradient: await this.next() });
    }
  }

  private post(message: ToLeader, transfer: readonly unknown[] = []): void {
    this.port.postMessage(message, transfer);
  }

  private async next(): Promise<Float32Array> {
    const there = this.gradients.shift();
    if (there) return there;
    return new Promise((resolve) => {
      this.awaited = (values) => {
        this.awaited = null;
        resolve(values);
      };
    });
  }
}
