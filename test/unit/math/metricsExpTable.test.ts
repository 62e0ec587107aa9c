import { test } from 'node:test';
import assert from 'node:assert/strict';
import { expNegative } from '../../../core/math/expTable';

test('e^−u by table is Math.exp within 1e-14, and 0 where that is nothing', () => {
  for (let i = 0; i < 200_000; i++) {
    const u = (i * Math.SQRT2) % 40;
    assert.ok(Math.abs(expNegative(u) / Math.exp(-u) - 1) < 1e-14, `at ${u}`);
  }
  assert.deepEqual([0, 40, 1e300, Infinity, NaN].map(expNegative), [1, 0, 0, 0, 0]);
});
