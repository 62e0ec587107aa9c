/**
 * One typed channel for every pair that talks: host ↔ page, page ↔ worker, and two ends in memory in tests.
 *
 * A *request* carries an id that the caller picks. The other side answers it exactly once, with `result` or
 * `error`: a handler that throws or rejects, or a method nobody handles, is answered with an error, so a caller never
 * waits for ever. Between the two the handler may send `event`s (progress). `cancel` aborts the handler's
 * AbortSignal; a handler checks it between steps and rejects, and that rejection is the answer.
 * Answers to unknown ids are logged, never fatal: they belong to a page that was reloaded.
 */

export interface Port {
  post(message: unknown, transfer?: readonly unknown[]): void;
  /** Returns a function that stops listening. */
  listen(receive: (message: unknown) => void): () => void;
}

/** What one side serves: method → parameters, result, and the progress events that come before the result. */
export type Methods = Record<string, { params: unknown; result: unknown; event?: unknown }>;

type EventOf<M extends Methods[string]> = M extends { event: infer E } ? E : never;

export interface Context<E> {
  /** Aborted by the caller's cancel and by disposal of the channel. */
  signal: AbortSignal;
  progress(event: E, transfer?: readonly unknown[]): void;
}

export type Handlers<M extends Methods> = {
  [K in keyof M]: (params: M[K]['params'], context: Context<EventOf<M[K]>>) => M[K]['result'] | Transfer<M[K]['result']> | Promise<M[K]['result'] | Transfer<M[K]['result']>>;
};

/** A result whose buffers are moved, not copied. */
export class Transfer<R> {
  constructor(readonly value: R, readonly buffers: readonly unknown[]) {}
}

export interface CallOptions<E> {
  signal?: AbortSignal;
  onEvent?: (event: E) => void;
  transfer?: readonly unknown[];
}

export class ChannelError extends Error {
  constructor(readonly code: string, message: string) {
    super(message);
    this.name = 'ChannelError';
  }
}

export const CANCELLED = 'cancelled';
export const UNKNOWN_METHOD = 'unknown-method';
export const CLOSED = 'closed';
export const FAILED = 'failed';

type Wire =
  | { kind: 'request'; id: string; method: string; params: unknown }
  | { kind: 'result'; id: string; value: unknown }
  | { kind: 'error'; id: string; code: string; message: string }
  | { kind: 'event'; id: string; event: unknown }
  | { kind: 'cancel'; id: string };

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
  onEvent?(event: unknown): void;
  release(): void;
}

let channels = 0;

export class Channel<Local extends Methods, Remote extends Methods> {
  private readonly pending = new Map<string, Pending>();
  private readonly running = new Map<string, AbortController>();
  private readonly prefix = `${++channels}:${Date.now().toString(36)}:`;
  private calls = 0;
  private closed = false;
  private readonly stopListening: () => void;

  constructor(
    private readonly port: Port,
    private readonly handlers: Handlers<Local>,
    private readonly log: (text: string) => void = () => {},
  ) {
    this.stopListening = port.listen((message) => this.receive(message));
  }

  call<K extends keyof Remote & string>(method: K, params: Remote[K]['params'], options: CallOptions<EventOf<Remote[K]>> = {}): Promise<Remote[K]['result']> {
    if (this.closed) return Promise.reject(new ChannelError(CLOSED, `The channel is closed; "${method}" was not sent.`));
    if (options.signal?.aborted) return Promise.reject(new ChannelError(CANCELLED, `"${method}" was cancelled.`));
    const id = this.prefix + ++this.calls;
    return new Promise((resolve, reject) => {
      const cancel = () => this.port.post({ kind: 'cancel', id } satisfies Wire);
      options.signal?.addEventListener('abort', cancel, { once: true });
      this.pending.set(id, {
        resolve: resolve as (value: unknown) => void,
        reject,
        onEvent: options.onEvent as ((event: unknown) => void) | undefined,
        release: () => options.signal?.removeEventListener('abort', cancel),
      });
      try {
        this.port.post({ kind: 'request', id, method, params } satisfies Wire, options.transfer);
      } catch (error) {
        this.settle(id)?.reject(asError(error));
      }
    });
  }

  /** Rejects what is pending here and aborts what runs here for the other side. */
  dispose(): void {
    if (this.closed) return;
    this.closed = true;
    this.stopListening();
    for (const controller of this.running.values()) controller.abort();
    for (const id of [...this.pending.keys()]) this.settle(id)?.reject(new ChannelError(CLOSED, 'The other side is gone.'));
  }

  private receive(message: unknown): void {
    if (this.closed) return;
    if (!isWire(message)) {
      this.log(`channel: ignored a message of unknown form: ${preview(message)}`);
      return;
    }
    switch (message.kind) {
      case 'request':
        void this.serve(message.id, message.method, message.params);
        return;
      case 'cancel':
        this.running.get(message.id)?.abort();
        return;
      case 'event':
        this.find(message.id, 'event')?.onEvent?.(message.event);
        return;
      case 'result':
        this.find(message.id, 'result');
        this.settle(message.id)?.resolve(message.value);
        return;
      case 'error':
        this.find(message.id, 'error');
        this.settle(message.id)?.reject(new ChannelError(message.code, message.message));
        return;
    }
  }

  private async serve(id: string, method: string, params: unknown): Promise<void> {
    const handler = Object.hasOwn(this.handlers, method) ? this.handlers[method] : undefined;
    if (!handler) {
      this.log(`channel: nobody handles "${method}"`);
      this.reply({ kind: 'error', id, code: UNKNOWN_METHOD, message: `Nobody handles "${method}".` });
      return;
    }
    const controller = new AbortController();
    this.running.set(id, controller);
    try {
      const value = await handler(params, {
        signal: controller.signal,
        progress: (event, transfer) => this.reply({ kind: 'event', id, event }, transfer),
      });
      if (value instanceof Transfer) this.reply({ kind: 'result', id, value: value.value }, value.buffers);
      else this.reply({ kind: 'result', id, value });
    } catch (error) {
      const code = controller.signal.aborted ? CANCELLED : error instanceof ChannelError ? error.code : FAILED;
      this.reply({ kind: 'error', id, code, message: asError(error).message });
    } finally {
      this.running.delete(id);
    }
  }

  private reply(message: Wire, transfer?: readonly unknown[]): void {
    if (!this.closed) this.port.post(message, transfer);
  }

  private find(id: string, kind: string): Pending | undefined {
    const pending = this.pending.get(id);
    if (!pending) this.log(`channel: ${kind} for unknown id ${id}`);
    return pending;
  }

  private settle(id: string): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    pending?.release();
    return pending;
  }
}

/** Two ports joined in memory; messages are cloned as a real port would and arrive asynchronously. */
export function memoryPorts(clone: <V>(value: V, transfer: readonly unknown[]) => V = (value) => value): [Port, Port] {
  const receivers: [Set<(m: unknown) => void>, Set<(m: unknown) => void>] = [new Set(), new Set()];
  const port = (self: 0 | 1): Port => ({
    post(message, transfer = []) {
      const copy = clone(message, transfer);
      void Promise.resolve().then(() => receivers[self === 0 ? 1 : 0].forEach((receive) => receive(copy)));
    },
    listen(receive) {
      receivers[self].add(receive);
      return () => receivers[self].delete(receive);
    },
  });
  return [port(0), port(1)];
}

function isWire(message: unknown): message is Wire {
  if (typeof message !== 'object' || message === null) return false;
  const { kind, id } = message as { kind?: unknown; id?: unknown };
  return typeof id === 'string' && ['request', 'result', 'error', 'event', 'cancel'].includes(kind as string);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function preview(value: unknown): string {
  try {
    return (JSON.stringify(value) ?? String(value)).slice(0, 120);
  } catch {
    return String(value);
  }
}
