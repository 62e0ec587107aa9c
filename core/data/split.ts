/** What is held out of the person's own data: by a seed, so that the same data are held out again. */
import { createRandom } from '../math/random';
import type { Examples } from '../math/examples';

export const HELD_OUT = 0.1;

/** A tenth, at least one and never all; both parts keep the order of the whole. @param examples at least two. */
export function split(examples: Examples, seed: number): { train: Examples; test: Examples } {
  const { count } = examples;
  const held = Math.min(count - 1, Math.max(1, Math.round(count * HELD_OUT)));
  const keys = createRandom(seed).uniform('data/held-out', 0, count);
  const order = Array.from(keys.keys()).sort((a, b) => keys[a] - keys[b] || a - b);
  const isHeld = new Uint8Array(count);
  for (const i of order.slice(0, held)) isHeld[i] = 1;
  return { train: pick(examples, isHeld, 0), test: pick(examples, isHeld, 1) };
}

function pick(examples: Examples, marks: Uint8Array, mark: number): Examples {
  const { size, values, labels } = examples;
  const chosen = Array.from(marks.keys()).filter((i) => marks[i] === mark);
  const picked = values instanceof Uint8Array ? new Uint8Array(chosen.length * size) : new Float32Array(chosen.length * size);
  chosen.forEach((from, to) => picked.set(values.subarray(from * size, (from + 1) * size), to * size));
  return { ...examples, count: chosen.length, values: picked, labels: labels && Uint8Array.from(chosen, (i) => labels[i]) };
}
