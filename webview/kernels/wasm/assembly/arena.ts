/** Memory of one call: taken from the end of what the call already holds, given back all at once by the next one. */

@external("env", "outOfMemory")
declare function outOfMemory(bytes: f64): void;

/** Cache lines of the machines at hand. */
const ALIGNMENT: usize = 64;
/** What 32-bit pointers reach, less the last page. */
const LIMIT: u64 = 0xffff0000;

let top: usize = 0;

/** Begins a call: everything given out before is free. */
export function reset(): void {
  top = aligned(__heap_base);
}

/** Room for `bytes` bytes, not cleared. The memory grows only when a call needs more than any before. */
export function alloc(bytes: usize): usize {
  const pointer = top;
  if (<u64>top + <u64>bytes > LIMIT) outOfMemory(<f64>bytes);
  top = aligned(top + bytes);
  const missing = <i32>((top + 0xffff) >>> 16) - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) outOfMemory(<f64>bytes);
  return pointer;
}

/** Room for `count` numbers of 32 bits. */
@inline
export function allocFloats(count: i32): usize {
  return alloc(<usize>count << 2);
}

@inline
function aligned(pointer: usize): usize {
  return (pointer + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
}
