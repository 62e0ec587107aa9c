/** Telling arrays of numbers apart by a short text. */

/** FNV-1a over 32-bit words (of bytes and half words: one each), as text: tells two arrays apart and finds damage; no protection from intent. */
export function checksum(values: Float32Array | Uint16Array | Uint8Array): string {
  const words = values instanceof Float32Array ? new Uint32Array(values.buffer, values.byteOffset, values.length) : values;
  let hash = 0x811c9dc5;
  for (const word of words) {
    hash = Math.imul(hash ^ word, 0x01000193);
    // Words are wider than the bytes that FNV was made for: the high half must reach the low bits.
    hash ^= hash >>> 15;
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
