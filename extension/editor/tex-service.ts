/** TeX of the person's own, set in a worker that is loaded on first use. A formula that takes too long ends the worker, and nothing else waits for it. */
import type * as vscode from 'vscode';
import { startWorker, type TexWorker } from '../tex/start';
import type { TexAnswer } from '../tex/worker';

export interface TexBounds {
  /** The first one waits for the worker to start as well. */
  firstMs: number;
  eachMs: number;
}

const BOUNDS: TexBounds = { firstMs: 8000, eachMs: 1500 };
const KEPT = 200;

export type TexOutcome = TexAnswer | { id: number; tooLong: true };

export class TexService implements vscode.Disposable {
  private worker: Promise<TexWorker> | null = null;
  private warm = false;
  private next = 1;
  private readonly waiting = new Map<number, (outcome: TexOutcome) => void>();
  private readonly known = new Map<string, Promise<TexOutcome>>();

  /** @param source of the worker, dist/tex-worker.js. */
  constructor(private readonly source: () => PromiseLike<string>, private readonly log: Pick<vscode.LogOutputChannel, 'warn' | 'error'>, private readonly bounds = BOUNDS) {}

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
    const id = this.next++;
    this.worker ??= this.start();
    this.worker.catch(() => (this.worker = null));
    const worker = await this.worker;
    return new Promise((resolve) => {
      const milliseconds = this.warm ? this.bounds.eachMs : this.bounds.firstMs;
      const timeout = setTimeout(() => {
        this.waiting.delete(id);
        this.log.warn(`A formula of ${tex.length} characters took longer than ${milliseconds} ms to typeset and was given up.`);
        this.end();
        resolve({ id, tooLong: true });
      }, milliseconds);
      this.waiting.set(id, (outcome) => {
        clearTimeout(timeout);
        resolve(outcome);
      });
      worker.post({ id, tex, display });
    });
  }

  private async start(): Promise<TexWorker> {
    const answered = (answer: TexAnswer): void => {
      const resolve = this.waiting.get(answer.id);
      // Of a worker that was ended, on its last breath.
      if (!resolve) return;
      this.warm = true;
      this.waiting.delete(answer.id);
      resolve(answer);
    };
    const worker = startWorker(await this.source(), answered, (error) => {
      this.log.error(`The typesetting worker ended: ${String(error)}`);
      // One that was ended already takes nothing of its successor with it.
      void this.worker?.then((running) => running === worker && this.end(), () => {});
    });
    return worker;
  }

  /** What still waits is told that it took too long; the next formula starts another worker. */
  private end(): void {
    void this.worker?.then((worker) => worker.terminate(), () => {});
    this.worker = null;
    this.warm = false;
    for (const [id, resolve] of this.waiting) resolve({ id, tooLong: true });
    this.waiting.clear();
  }
}
