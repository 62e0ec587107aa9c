import { test } from 'node:test';
import assert from 'node:assert/strict';
import { derivationById, derivationUnder, stepSymbols, symbolsAround } from '../../../core/derivations';

const whole = derivationById('ddpm-sampling');
const choice = whole.steps.findIndex(({ assuming }) => assuming);
const small = derivationUnder(whole, 'fixed_small');

test('the line that chooses σ² follows the variance', () => {
  assert.deepEqual(symbolsAround(small, choice).here, ['sigma', 'betaTilde']);
  assert.deepEqual(symbolsAround(derivationUnder(whole, 'fixed_large'), choice).here, ['sigma', 'beta']);
});

test('a line past the end is the last one', () => {
  assert.deepEqual(symbolsAround(small, 999).here, stepSymbols(small.steps.at(-1)!));
});

test('every symbol is listed once, here or elsewhere', () => {
  const expected = [...new Set(small.steps.flatMap(stepSymbols))].sort();
  small.steps.forEach((step, i) => {
    const { here, elsewhere } = symbolsAround(small, i);
    assert.deepEqual(here, stepSymbols(step));
    assert.deepEqual([...here, ...elsewhere].sort(), expected);
  });
});

test('symbols that no line has come after those of the lines, each once', () => {
  const without = symbolsAround(small, 0);
  assert.ok(!without.elsewhere.includes('T'));
  const within = symbolsAround(small, 0, ['T', 'alphaBar', 'T', 'betaStart', 'xt']);
  assert.deepEqual(within, { here: without.here, elsewhere: [...without.elsewhere, 'T', 'betaStart'] });
});
