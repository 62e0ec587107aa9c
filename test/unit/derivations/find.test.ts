import { test } from 'node:test';
import assert from 'node:assert/strict';
import { DERIVATIONS } from '../../../core/derivations';
import { findDerivations } from '../../../core/derivations/find';

const ids = (query: string): string[] => findDerivations(DERIVATIONS, query).map(({ id }) => id);

test('by name, id and paper', () => {
  assert.deepEqual(ids(''), DERIVATIONS.map(({ id }) => id));
  assert.ok(ids('tweedie').includes('tweedie'));
  assert.ok(ids('Burda').includes('iwae'));
  assert.deepEqual(ids('kl-gaussians'), ['kl-gaussians']);
  assert.deepEqual(ids('no such words'), []);
});

test('by a symbol, as it is typeset, spoken or in code; all words must be there', () => {
  assert.ok(ids('\\bar{\\alpha}').includes('ddpm-kernel'));
  assert.ok(ids('alphas_cumprod').includes('ddpm-posterior'));
  assert.ok(ids('logvar').includes('vae-gaussian-kl'));
  const both = ids('logvar posterior');
  assert.ok(both.length > 0 && both.every((id) => ids('logvar').includes(id) && ids('posterior').includes(id)));
});
