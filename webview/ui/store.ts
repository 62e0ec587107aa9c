/** One state object, replaced and never mutated; whoever draws subscribes and compares what it needs. */

export class Store<S extends object> {
  private readonly listeners = new Set<(state: S, before: S) => void>();
  private telling = false;
  private again: S | null = null;

  constructor(private state: S) {}

  get(): S {
    return this.state;
  }

  /** Listeners run once for all changes that they themselves make: a change during the telling is told after it. */
  set(change: Partial<S>): void {
    const before = this.state;
    this.state = { ...before, ...change };
    if (this.telling) {
      this.again ??= before;
      return;
    }
    this.telling = true;
    try {
      let from: S | null = before;
      while (from) {
        this.again = null;
        for (const listener of this.listeners) listener(this.state, from);
        from = this.again;
      }
    } finally {
      this.telling = false;
    }
  }

  /** Called at once and then on each change of one of `keys`. Returns a function that ends it. */
  on<K extends keyof S>(keys: readonly K[], draw: (state: S) => void): () => void {
    const listener = (state: S, before: S) => {
      if (keys.some((key) => state[key] !== before[key])) draw(state);
    };
    this.listeners.add(listener);
    draw(this.state);
    return () => this.listeners.delete(listener);
  }
}
