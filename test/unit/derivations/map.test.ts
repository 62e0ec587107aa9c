import { test } from 'node:test';
import assert from 'node:assert/strict';
import { DERIVATIONS } from '../../../core/derivations';
import { mapAround, readBefore } from '../../../core/derivations/map';

test('what is to be read before stands before, in the order of the contents', () => {
  const order = DERIVATIONS.map(({ id }) => id);
  for (const { id, after = [] } of DERIVATIONS) for (const other of after) assert.ok(order.includes(other) && order.indexOf(other) < order.indexOf(id), `${id} comes after ${other}`);
});

test('around one derivation: all that leads to it, near and far, and what builds on it directly', () => {
  const { rows, edges } = mapAround(DERIVATIONS, 'ddpm-simple-loss');
  const places = new Map(rows.map(({ derivation, place }) => [derivation.id, place]));
  assert.equal(places.get('ddpm-simple-loss'), 'here');
  const before = readBefore(DERIVATIONS, 'ddpm-simple-loss');
  assert.ok(before.has('ddpm-kernel') && before.has('ddpm-posterior'), [...before].join());
  for (const [id, place] of places) assert.equal(place === 'before', before.has(id), id);
  for (const { from, to } of edges) {
    assert.ok(from < to);
    assert.ok(rows[to].derivation.after!.includes(rows[from].derivation.id));
  }
  assert.ok(edges.length >= rows.length - 1);
});

test('the whole map has every derivation, and marks the same ones', () => {
  const [part, whole] = [mapAround(DERIVATIONS, 'jensen'), mapAround(DERIVATIONS, 'jensen', true)];
  assert.equal(whole.rows.length, DERIVATIONS.length);
  assert.deepEqual(whole.rows.filter(({ place }) => place !== 'elsewhere'), part.rows);
  assert.ok(part.rows.some(({ place }) => place === 'next'));
});
