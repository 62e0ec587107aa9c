import { test } from 'node:test';
import assert from 'node:assert/strict';
import { inEnglish, translator } from '../../../core/l10n/translate';

test('places are filled in any order; what is unknown stays English', () => {
  const t = translator({ 'Step {0} of {1}': '共 {1} 步，第 {0} 步' });
  assert.equal(t('Step {0} of {1}', 3, 18), '共 18 步，第 3 步');
  assert.equal(t('Run {0}', 'again'), 'Run again');
  assert.equal(inEnglish('A {0} without a value'), 'A {0} without a value');
});
