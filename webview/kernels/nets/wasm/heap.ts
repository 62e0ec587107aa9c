/**
 * The memory of one instance: blocks that stay (the stores'), and above them what `reset` takes back all at once. Growing detaches the buffer, so that views are made when
 * they are used and never kept.
 */
import type { NetExports } from './exports';

/** Cache lines of the machines at hand. */
const ALIGNMENT = 64;
/** Kernels read and write whole vectors and tiles: so much behind every block may be touched. */
const BEHIND = 64;
const PAGE = 65_536;
const LIMIT = 65_535 * PAGE;

const aligned = (bytes: number) => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

interface Block {
  at: number;
  end: number;
  /** Where `base` was before: between it and `at` lies what was taken for one pass alone. */
  floor: number;
}

export class Heap {
  readonly wasm: NetExports;
  /** Counts resets: a matrix of an earlier count is gone. */
  epoch = 0;
  private base: number;
  private top: number;
  /** Blocks below `base`, by where they begin, and those of them that were given back. */
  private readonly kept = new Map<number, Block>();
  private readonly free = new Set<Block>();

  constructor(wasm: NetExports) {
    this.wasm = wasm;
    this.base = this.top = wasm.prepareNets();
  }

  /** Room for `count` numbers until the next reset, not cleared. */
  take(count: number): number {
    const at = this.top;
    this.top = this.end(at, count);
    return at;
  }

  /** Room that stays until it is given back. What was taken since the last reset stays where it is. */
  keep(count: number): number {
    const bytes = aligned(4 * count + BEHIND);
    for (const block of this.free) {
      if (block.end - block.at !== bytes) continue;
      this.free.delete(block);
      return block.at;
    }
    const floor = this.base;
    const at = this.take(count);
    this.base = this.top;
    this.kept.set(at, { at, end: this.top, floor });
    return at;
  }

  giveBack(at: number): void {
    const block = this.kept.get(at);
    if (block) this.free.add(block);
  }

  reset(): void {
    this.epoch++;
    for (let last = this.lastFree(); last; last = this.lastFree()) {
      this.base = last.floor;
      this.free.delete(last);
      this.kept.delete(last.at);
    }
    this.top = this.base;
  }

  /** Runs `work`, and takes back what it took. */
  within(work: () => void): void {
    const top = this.top;
    work();
    this.top = top;
  }

  /** A view that is good until the memory grows. */
  floats(at: number, count: number): Float32Array {
    return new Float32Array(this.wasm.memory.buffer, at, count);
  }

  bytes(at: number, count: number): Uint8Array {
    return new Uint8Array(this.wasm.memory.buffer, at, count);
  }

  private lastFree(): Block | undefined {
    return [...this.free].find(({ end }) => end === this.base);
  }

  private end(at: number, count: number): number {
    const end = at + aligned(4 * count + BEHIND);
    const missing = Math.ceil((end - this.wasm.memory.buffer.byteLength) / PAGE);
    if (missing <= 0) return end;
    try {
      if (end > LIMIT) throw new RangeError('beyond 32 bits');
      this.wasm.memory.grow(missing);
    } catch (cause) {
      throw new RangeError(`There is no memory for ${Math.ceil((4 * count) / 2 ** 20)} MB more on the WASM device; take smaller batches or a smaller network.`, { cause });
    }
    return end;
  }
}
