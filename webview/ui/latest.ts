/** Questions to the worker that come faster than their answers. */

/** Small questions are not taken back: the next one waits for the answer. */
export const NEVER = new AbortController().signal;

/** One piece of work at a time; of what is asked meanwhile the latest is done next. */
export class Latest<T> {
  private busy = false;
  private next: T | null = null;

  constructor(private readonly work: (input: T) => Promise<void>, private readonly failed: (error: unknown) => void) {}

  ask(input: T): void {
    this.next = input;
    if (!this.busy) void this.run();
  }

  private async run(): Promise<void> {
    this.busy = true;
    try {
      while (this.next !== null) {
        const input = this.next;
        this.next = null;
        await this.work(input).catch(this.failed);
      }
    } finally {
      this.busy = false;
    }
  }
}
