/** How the bench makes figures of measurements. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inTurns, median, ratio, round } from '../bench/rounds';

describe('figures of the bench', () => {
  test('medians', () => {
    assert.equal(median([3, 1, 100]), 3);
    assert.equal(median([4, 1]), 4);
    assert.throws(() => median([]), RangeError);
  });

  test('a ratio is that of the same round, so that a slow round falls on both', () => {
    assert.equal(ratio([20, 400, 20], [10, 200, 10]), 2);
  });

  test('rounded to what is no noise', () => {
    assert.deepEqual([round(1.2345), round(123.45), round(1234.5)], [1.23, 123.5, 1235]);
  });

  test('contenders take turns, and the order turns too', async () => {
    const order: string[] = [];
    const contender = (name: string) => () => {
      order.push(name);
      return Promise.resolve(order.length);
    };
    const measured = await inTurns({ a: contender('a'), b: contender('b') }, 2);
    assert.deepEqual(order, ['a', 'b', 'b', 'a']);
    assert.deepEqual(measured, { a: [1, 4], b: [2, 3] });
  });
});
