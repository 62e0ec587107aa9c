import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { Words, wordsOf } from '../../../core/code/prefilter';

it('words over edits are those of the text', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', '_', ' ', '\n', '.', 'β', 'torch ', 'torch'), maxLength: 40 });
  fc.assert(fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (texts) => {
    const words = new Words();
    for (const t of texts) assert.deepEqual([...words.of(t)].sort(), [...wordsOf(t)].sort());
  }), { numRuns: 2000 });
});
