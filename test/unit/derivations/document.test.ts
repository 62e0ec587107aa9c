import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DERIVATION_GROUPS, DERIVATIONS } from '../../../core/derivations';
import { derivationsDocument } from '../../../core/derivations/document';

test('docs/derivations.md is what `npm run docs` writes', () => {
  assert.equal(readFileSync('docs/derivations.md', 'utf8'), derivationsDocument(DERIVATION_GROUPS), 'run "npm run docs"');
});

test('what is to be read before exists, and comes before', () => {
  const position = new Map(DERIVATIONS.map(({ id }, i) => [id, i]));
  for (const { id, after = [] } of DERIVATIONS) for (const other of after) {
    assert.ok(position.has(other), `${id} comes after ${other}, which does not exist`);
    assert.ok(position.get(other)! < position.get(id)!, `${id} comes after ${other}, but stands before it`);
  }
});
