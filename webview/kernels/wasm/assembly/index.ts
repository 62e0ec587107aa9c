/** What the WASM module offers; ../module.ts types it and ../register.ts calls it. Every call begins with `reset`. */
import { alloc, reset } from './arena';
import { normalsOfWords } from './normals';
import { words as wordPairs, wordsBytes } from './philox';

export { adamEma } from './adam';
export { ddpmGradient } from './gradient';
export { ddpmStep, mlp } from './network';
export { alloc, reset };

/** @returns where the words begin. */
export function words(key0: u32, key1: u32, stream0: u32, stream1: u32, firstPair: u32, count: i32): usize {
  const pairs = (count + 1) >> 1;
  return wordPairs(key0, key1, stream0, stream1, firstPair, pairs, alloc(wordsBytes(pairs)));
}

/** @returns where the normals begin. */
export function normals(key0: u32, key1: u32, stream0: u32, stream1: u32, firstPair: u32, count: i32): usize {
  const at = words(key0, key1, stream0, stream1, firstPair, count);
  normalsOfWords(at, at, (count + 1) >> 1);
  return at;
}

export * from './nets';
