/** Philox4x32-10 (Salmon et al. 2011), counted as in core/math/random: pair p of a stream is the words 2p and 2p + 1, half of block ⌊p/2⌋. */

/** The four words of one block at `out`. */
function block(index: u32, stream0: u32, stream1: u32, key0: u32, key1: u32, out: usize): void {
  let c0 = index;
  let c1: u32 = 0;
  let c2 = stream0;
  let c3 = stream1;
  for (let round = 0; round < 10; round++) {
    const product0 = <u64>c0 * 0xd2511f53;
    const product1 = <u64>c2 * 0xcd9e8d57;
    c0 = <u32>(product1 >>> 32) ^ c1 ^ key0;
    c1 = <u32>product1;
    c2 = <u32>(product0 >>> 32) ^ c3 ^ key1;
    c3 = <u32>product0;
    key0 += 0x9e3779b9;
    key1 += 0xbb67ae85;
  }
  store<u32>(out, c0);
  store<u32>(out, c1, 4);
  store<u32>(out, c2, 8);
  store<u32>(out, c3, 12);
}

/** Bytes that `pairs` pairs may take at `words`: whole blocks on both ends. */
@inline
export function wordsBytes(pairs: i32): usize {
  return (<usize>pairs + 2) * 8;
}

/** Writes pairs firstPair … firstPair + pairs − 1 into `room` (wordsBytes of them) and returns where the first begins: 8 bytes a pair. */
export function words(key0: u32, key1: u32, stream0: u32, stream1: u32, firstPair: u32, pairs: i32, room: usize): usize {
  const odd = firstPair & 1;
  const blocks = (pairs + <i32>odd + 1) >> 1;
  for (let i = 0; i < blocks; i++) block((firstPair >>> 1) + <u32>i, stream0, stream1, key0, key1, room + <usize>i * 16);
  return room + <usize>odd * 8;
}
