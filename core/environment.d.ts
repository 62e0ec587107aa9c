/** What core uses of the one thing that browsers, workers and Node all have beyond ECMAScript. Only `core/tsconfig.json` sees this file. */
interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

declare class AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}

declare function btoa(binary: string): string;
declare function atob(base64: string): string;

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean });
  decode(bytes: Uint8Array): string;
}

type BufferSource = ArrayBufferView<ArrayBuffer> | ArrayBuffer;

interface ReadableStream<R> {
  getReader(): { read(): Promise<{ done: false; value: R } | { done: true; value?: undefined }>; cancel(): Promise<void> };
}

interface WritableStream<W> {
  getWriter(): { write(chunk: W): Promise<void>; close(): Promise<void> };
}

declare class CompressionStream {
  constructor(format: 'deflate-raw');
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly writable: WritableStream<BufferSource>;
}

declare class DecompressionStream {
  constructor(format: 'deflate-raw' | 'deflate' | 'gzip');
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly writable: WritableStream<BufferSource>;
}
