import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createRandom, keyFromSeed, philox4x32 } from '../../../core/math/random';

/** Random123, tests/kat_vectors, lines "philox4x32 10". */
const KNOWN_ANSWERS: { counter: number[]; key: [number, number]; words: number[] }[] = [
  { counter: [0, 0, 0, 0], key: [0, 0], words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
];

test('Philox4x32-10 gives the known answers of Random123', () => {
  for (const { counter, key, words } of KNOWN_ANSWERS) assert.deepEqual([...philox4x32(counter, key)], words);
});

test('a stream begins with the known answer of counter zero', () => {
  assert.deepEqual([...createRandom(0).words(0, 0, 4)], KNOWN_ANSWERS[0].words);
});

test('the key is the seed, low half first, and refuses what is no integer', () => {
  assert.deepEqual(keyFromSeed(1), [1, 0]);
  assert.deepEqual(keyFromSeed(2 ** 32 + 7), [7, 1]);
  assert.deepEqual(keyFromSeed(-1), [0xffffffff, 0xffffffff]);
  for (const bad of [0.5, NaN, Infinity, 2 ** 53]) assert.throws(() => keyFromSeed(bad), RangeError);
});

test('numbers do not depend on how they are asked for', () => {
  const random = createRandom(42);
  const whole = random.normals('noise', 0, 1000);
  for (const [offset, n] of [[0, 1], [1, 1], [1, 2], [3, 8], [501, 100], [998, 2], [999, 1]]) {
    assert.deepEqual(random.normals('noise', offset, n), whole.slice(offset, offset + n), `normals ${offset}+${n}`);
    assert.deepEqual(random.uniform(7, offset, n), random.uniform(7, 0, 1000).slice(offset, offset + n), `uniform ${offset}+${n}`);
  }
  assert.equal(random.normals(0, 5, 0).length, 0);
});

test('an offset beyond 2³² blocks is a different place, not a wrap', () => {
  const random = createRandom(1);
  assert.notDeepEqual(random.words(0, 4 * 2 ** 32, 4), random.words(0, 0, 4));
  assert.deepEqual([...random.words(0, 4 * 2 ** 32, 4)], [...philox4x32([0, 1, 0, 0], [1, 0])]);
});

test('bad offsets, counts and streams are refused', () => {
  const random = createRandom(1);
  assert.throws(() => random.words(0, -1, 4), /offset/);
  assert.throws(() => random.words(0, 0, 1.5), /count/);
  assert.throws(() => random.words(-3, 0, 4), /stream/);
});

test('uniforms: moments, and equal counts in 64 bins', () => {
  const n = 1 << 18;
  const values = createRandom(3).uniform('u', 0, n);
  const counts = new Array(64).fill(0);
  let sum = 0;
  for (const value of values) {
    assert.ok(value > 0 && value < 1);
    sum += value;
    counts[Math.floor(value * 64)]++;
  }
  assert.ok(Math.abs(sum / n - 0.5) < 5 / Math.sqrt(12 * n));
  const chiSquare = counts.reduce((total, count) => total + (count - n / 64) ** 2 / (n / 64), 0);
  // 63 degrees of freedom: mean 63, standard deviation 11.2.
  assert.ok(chiSquare > 63 - 5 * 11.2 && chiSquare < 63 + 5 * 11.2, `χ² = ${chiSquare}`);
});

test('normals: first four moments and both tails', () => {
  const n = 1 << 20;
  const z = createRandom(11).normals('z', 0, n);
  const moments = [0, 0, 0, 0];
  let beyond2 = 0;
  let beyond4 = 0;
  for (const value of z) {
    moments[0] += value / n;
    moments[1] += value ** 2 / n;
    moments[2] += value ** 3 / n;
    moments[3] += value ** 4 / n;
    if (Math.abs(value) > 2) beyond2++;
    if (Math.abs(value) > 4) beyond4++;
  }
  // Standard errors of the raw moments: √(1, 2, 15, 96)/√n.
  [0, 1, 0, 3].forEach((expected, k) => {
    const error = Math.sqrt([1, 2, 15, 96][k] / n);
    assert.ok(Math.abs(moments[k] - expected) < 5 * error, `moment ${k + 1}: ${moments[k]}`);
  });
  const p2 = 0.04550026389635842;
  const p4 = 6.334248366623996e-5;
  assert.ok(Math.abs(beyond2 - n * p2) < 5 * Math.sqrt(n * p2), `${beyond2} beyond 2σ`);
  assert.ok(Math.abs(beyond4 - n * p4) < 5 * Math.sqrt(n * p4), `${beyond4} beyond 4σ`);
});

test('neighbours, seeds and streams are uncorrelated', () => {
  const n = 1 << 16;
  const pairs: [string, Float32Array, Float32Array][] = [
    ['lag 1', createRandom(5).normals(0, 0, n), createRandom(5).normals(0, 1, n)],
    ['lag 2', createRandom(5).normals(0, 0, n), createRandom(5).normals(0, 2, n)],
    ['seeds 5 and 6', createRandom(5).normals(0, 0, n), createRandom(6).normals(0, 0, n)],
    ['streams 0 and 1', createRandom(5).normals(0, 0, n), createRandom(5).normals(1, 0, n)],
    ['streams a and b', createRandom(5).normals('a', 0, n), createRandom(5).normals('b', 0, n)],
  ];
  for (const [name, a, b] of pairs) {
    let correlation = 0;
    for (let i = 0; i < n; i++) correlation += (a[i] * b[i]) / n;
    assert.ok(Math.abs(correlation) < 5 / Math.sqrt(n), `${name}: ${correlation}`);
  }
});
