/** TeX of the person's own, set in a worker that is loaded on first use. A formula that takes too long ends the worker, and nothing else waits for it. */
import * as vscode from 'vscode';
import { startWorker, type TexWorker } from '../tex/start';
import type { TexAnswer } from '../tex/worker';

/** The first one waits for the worker to start as well. */
const FIRST_MS = 8000;
const EACH_MS = 1500;
const KEPT = 200;

export type TexOutcome = TexAnswer | { id: number; tooLong: true };

export class TexService implements vscode.Disposable {
  private worker: Promise<TexWorker> | null = null;
  private warm = false;
  private next = 1;
  private readonly waiting = new Map<number, (outcome: TexOutcome) => void>();
  private readonly known = new Map<string, Promise<TexOutcome>>();

  constructor(private readonly extension: vscode.Uri, private readonly log: vscode.LogOutputChannel) {}

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
    const id = this.next++;
    this.worker ??= this.start();
    this.worker.catch(() => (this.worker = null));
    const worker = await this.worker;
    return new Promise((resolve) => {
      const timeout = setTimeout(() => {
        this.waiting.delete(id);
        this.log.warn(`A formula of ${tex.length} characters took longer than ${EACH_MS} ms to typeset and was given up.`);
        this.end();
        resolve({ id, tooLong: true });
      }, this.warm ? EACH_MS : FIRST_MS);
      this.waiting.set(id, (outcome) => {
        clearTimeout(timeout);
        this.warm = true;
        resolve(outcome);
      });
      worker.post({ id, tex, display });
    });
  }

  private async start(): Promise<TexWorker> {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.extension, 'dist', 'tex-worker.js'));
    const answered = (answer: TexAnswer): void => {
      this.waiting.get(answer.id)?.(answer);
      this.waiting.delete(answer.id);
    };
    return startWorker(new TextDecoder().decode(bytes), answered, (error) => {
      this.log.error(`The typesetting worker ended: ${String(error)}`);
      this.end();
    });
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
