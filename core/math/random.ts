/**
 * Counter-based random numbers: number i of a stream is a pure function of (seed, stream, i), so that results
 * do not depend on the order of calls, on chunking or on which thread asks.
 *
 * Philox4x32-10: Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
 */

/** Numbers are streams of their own; names are hashed, which keeps unrelated users apart without a registry. */
export type Stream = number | string;

export interface Random {
  readonly seed: number;
  /** Words [offset, offset + n) of the stream, uniform on 0 … 2³² − 1. */
  words(stream: Stream, offset: number, n: number): Uint32Array;
  /** Uniform on the open interval (0, 1), 32 random bits each: (word + ½)·2⁻³². */
  uniform(stream: Stream, offset: number, n: number): Float64Array;
  /** Standard normals by Box–Muller in float64, rounded once to float32; |z| ≤ 6.77. */
  normals(stream: Stream, offset: number, n: number): Float32Array;
}

/**
 * @param seed integer, |seed| ≤ 2⁵³ − 1.
 * @throws RangeError when the seed is not such an integer.
 */
export function createRandom(seed: number): Random {
  const key = keyFromSeed(seed);
  const words = (stream: Stream, offset: number, n: number) => randomWords(key, stream, offset, n);
  return {
    seed,
    words,
    uniform(stream, offset, n) {
      return Float64Array.from(words(stream, offset, n), toUnit);
    },
    normals(stream, offset, n) {
      return boxMuller(words, stream, offset, n);
    },
  };
}

/** The two key words of a seed: its low and high half in two's complement. */
export function keyFromSeed(seed: number): [number, number] {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`The seed must be an integer of at most 53 bits, not ${seed}.`);
  return [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0];
}

/** One block: four words from a counter of four words and a key of two (ten rounds). */
export function philox4x32(counter: ArrayLike<number>, key: readonly [number, number], out = new Uint32Array(4)): Uint32Array {
  let c0 = counter[0] | 0;
  let c1 = counter[1] | 0;
  let c2 = counter[2] | 0;
  let c3 = counter[3] | 0;
  let k0 = key[0] | 0;
  let k1 = key[1] | 0;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0);
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
  return out;
}

/** High half of an unsigned 32 × 32 product. Every partial sum stays below 2³³, exact in a double. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const other = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + (middle >>> 16) + (other >>> 16)) | 0;
}

function randomWords(key: readonly [number, number], stream: Stream, offset: number, n: number): Uint32Array {
  if (!Number.isSafeInteger(offset) || offset < 0) throw new RangeError(`The offset must be a non-negative integer, not ${offset}.`);
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`The count must be a non-negative integer, not ${n}.`);
  const [stream0, stream1] = streamWords(stream);
  const counter = new Uint32Array([0, 0, stream0, stream1]);
  const block = new Uint32Array(4);
  const out = new Uint32Array(n);
  let filled = 0;
  while (filled < n) {
    const index = offset + filled;
    const blockIndex = Math.floor(index / 4);
    counter[0] = blockIndex;
    counter[1] = blockIndex / 2 ** 32;
    philox4x32(counter, key, block);
    for (let lane = index % 4; lane < 4 && filled < n; lane++) out[filled++] = block[lane];
  }
  return out;
}

/** The two counter words of a stream. Named streams set the top bit, numbered ones cannot: the two never meet. */
export function streamWords(stream: Stream): [number, number] {
  if (typeof stream === 'number') {
    if (!Number.isSafeInteger(stream) || stream < 0) throw new RangeError(`A numbered stream must be a non-negative integer, not ${stream}.`);
    return [stream >>> 0, Math.floor(stream / 2 ** 32) >>> 0];
  }
  return [fnv1a(stream, 0x811c9dc5), (fnv1a(stream, 0x9747b28c) | 0x80000000) >>> 0];
}

function fnv1a(text: string, basis: number): number {
  let hash = basis;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  // FNV leaves the low bits of its last character almost in clear; one avalanche step mixes them upwards.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function toUnit(word: number): number {
  return (word + 0.5) * 2 ** -32;
}

/** Words 2k and 2k + 1 make normals 2k (cosine) and 2k + 1 (sine), wherever the asked range begins. */
function boxMuller(words: (stream: Stream, offset: number, n: number) => Uint32Array, stream: Stream, offset: number, n: number): Float32Array {
  const first = offset - (offset % 2);
  const count = offset + n - first;
  const source = words(stream, first, count + (count % 2));
  const out = new Float32Array(n);
  for (let i = 0; i < source.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(toUnit(source[i])));
    const angle = 2 * Math.PI * toUnit(source[i + 1]);
    const at = first + i - offset;
    if (at >= 0) out[at] = radius * Math.cos(angle);
    if (at + 1 < n) out[at + 1] = radius * Math.sin(angle);
  }
  return out;
}
