/**
 * Two workers on one batch (runtime/pair.ts): the first leads, tells the second where it is and how many steps to take, and goes on alone when that one fails. One worker alone computes both
 * halves, so that it comes to the same bits.
 */
import type { VaeSettings } from '../../experiments/vae/manifest';
import type { StepTerms, VaeTrainer, VaeTrainingState } from '../../experiments/vae/runtime';
import { advanceTogether, pairPort, type HalfStep } from '../../experiments/vae/runtime/pair';

/** Of a MessagePort, what is used of it. */
export interface PeerPort {
  postMessage(message: unknown, transfer: readonly unknown[]): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  close(): void;
}

type Half = { kind: 'half'; half: HalfStep };
type ToFollower = Half | { kind: 'join'; settings: VaeSettings; state: VaeTrainingState } | { kind: 'run'; count: number } | { kind: 'leave' };
type ToLeader = Half | { kind: 'joined' } | { kind: 'failed'; message: string };

/** A second worker that does not answer for so long is given up. */
const PATIENCE_MS = 10_000;

/** A line for halves of steps, over a port that carries other messages too. */
const lineOver = (port: PeerPort) => pairPort({ postMessage: (half, transfer) => port.postMessage({ kind: 'half', half: half as HalfStep } satisfies Half, transfer) });

/** The first worker's end. */
export class Leader {
  private readonly line;
  private joined: { resolve(): void; reject(error: Error): void } | null = null;

  constructor(private readonly port: PeerPort) {
    this.line = lineOver(port);
    port.onmessage = ({ data }) => this.receive(data as ToLeader);
  }

  /** Hands over where the trainer is. @throws Error when the second worker cannot follow. */
  join(settings: VaeSettings, state: VaeTrainingState): Promise<void> {
    this.post({ kind: 'join', settings, state });
    return patiently(new Promise<void>((resolve, reject) => (this.joined = { resolve, reject })));
  }

  /** Takes `count` steps together. @throws Error when the second worker fails; the trainer is then after a whole step. */
  async advance(trainer: VaeTrainer, count: number, each: (terms: StepTerms) => void): Promise<void> {
    this.post({ kind: 'run', count });
    await advanceTogether(trainer, 0, { send: this.line.send, receive: () => patiently(this.line.receive()) }, count, each);
  }

  close(): void {
    try {
      this.post({ kind: 'leave' });
    } finally {
      this.port.close();
    }
  }

  private receive(message: ToLeader): void {
    if (message.kind === 'half') this.line.deliver(message.half);
    else if (message.kind === 'joined') this.joined?.resolve();
    else {
      const error = new Error(message.message);
      this.joined?.reject(error);
      this.line.fail(error);
    }
  }

  private post(message: ToFollower): void {
    this.port.postMessage(message, []);
  }
}

/** The second worker's end: follows until it is told to leave. */
export class Follower {
  private readonly line;
  private trainer: VaeTrainer | null = null;

  constructor(private readonly port: PeerPort, private readonly make: (settings: VaeSettings, state: VaeTrainingState) => VaeTrainer) {
    this.line = lineOver(port);
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
      case 'half':
        return this.line.deliver(message.half);
      case 'join':
        this.trainer?.dispose();
        this.trainer = this.make(message.settings, message.state);
        return this.post({ kind: 'joined' });
      case 'run':
        if (!this.trainer) throw new Error('the second worker was told to run before it joined');
        await advanceTogether(this.trainer, 1, this.line, message.count);
        return;
      case 'leave':
        return this.close();
    }
  }

  private post(message: ToLeader): void {
    this.port.postMessage(message, []);
  }
}

function patiently<V>(answer: Promise<V>): Promise<V> {
  let patience: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    patience = setTimeout(() => reject(new Error('the second worker did not answer in time')), PATIENCE_MS);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(patience));
}
