/** TeX of the person's own, set in a worker that is loaded on first use. A formula that takes too long ends the worker, and nothing else waits for it. */
import type * as vscode from 'vscode';
import { startWorker, type TexWorker } from '../tex/start';
import type { TexAnswer } from '../tex/worker';

export interface TexBounds {
  startMs: number;
  /** For one formula. */
  eachMs: number;
}

const BOUNDS: TexBounds = { startMs: 8000, eachMs: 1500 };
const KEPT = 200;

export type TexOutcome = TexAnswer | { tooLong: true };

export class TexService implements vscode.Disposable {
  /** The worker that runs, or is about to; the promise is kept once it has answered. */
  private running: TexWorker | null = null;
  private opening: Promise<TexWorker> | null = null;
  private warm = false;
  private next = 1;
  private readonly waiting = new Map<number, (outcome: TexOutcome) => void>();
  private readonly known = new Map<string, Promise<TexOutcome>>();

  /** @param source of the worker, dist/tex-worker.js. */
  constructor(private readonly source: () => PromiseLike<string>, private readonly log: Pick<vscode.LogOutputChannel, 'warn' | 'error'>, private readonly bounds = BOUNDS) {}

  /** The worker has set a formula before: another one takes milliseconds. */
  get ready(): boolean {
    return this.warm;
  }

  typeset(tex: string, display: boolean): Promise<TexOutcome> {
    const key = `${display} ${tex}`;
    let outcome = this.known.get(key);
    if (!outcome) {
      if (this.known.size >= KEPT) this.known.clear();
      this.known.set(key, (outcome = this.ask(tex, display)));
      // What failed, or was given up on a busy machine, may go well another time.
      outcome.then((result) => 'tooLong' in result && this.known.delete(key), () => this.known.delete(key));
    }
    return outcome;
  }

  dispose(): void {
    this.end();
  }

  private async ask(tex: string, display: boolean): Promise<TexOutcome> {
    this.opening ??= this.start();
    this.opening.catch(() => (this.opening = null));
    const worker = await this.opening;
    // It was ended before it was ready.
    if (worker !== this.running) return { tooLong: true };
    return this.post(worker, tex, display, this.bounds.eachMs, (ms) => this.log.warn(`A formula of ${tex.length} characters took longer than ${ms} ms to typeset and was given up.`));
  }

  private post(worker: TexWorker, tex: string, display: boolean, milliseconds: number, late: (milliseconds: number) => void): Promise<TexOutcome> {
    const id = this.next++;
    return new Promise((resolve) => {
      const timeout = setTimeout(() => {
        late(milliseconds);
        this.end();
      }, milliseconds);
      this.waiting.set(id, (outcome) => {
        clearTimeout(timeout);
        this.waiting.delete(id);
        resolve(outcome);
      });
      worker.post({ id, tex, display });
    });
  }

  private async start(): Promise<TexWorker> {
    const answered = (answer: TexAnswer): void => this.waiting.get(answer.id)?.(answer);
    const worker = startWorker(await this.source(), answered, (error) => {
      this.log.error(`The typesetting worker ended: ${String(error)}`);
      // One that was ended already takes nothing of its successor with it.
      if (worker === this.running) this.end();
    });
    this.running = worker;
    // A start may take long on a busy machine. No formula may: in the browser its time is what bounds its memory.
    await this.post(worker, 'x', false, this.bounds.startMs, (ms) => this.log.warn(`The first letter of a new worker took longer than ${ms} ms to typeset and was given up.`));
    this.warm = worker === this.running;
    return worker;
  }

  /** What still waits is told that it took too long; the next formula starts another worker. */
  private end(): void {
    this.running?.terminate();
    this.running = this.opening = null;
    this.warm = false;
    for (const resolve of [...this.waiting.values()]) resolve({ tooLong: true });
  }
}
