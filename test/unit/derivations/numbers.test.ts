import { test } from 'node:test';
import assert from 'node:assert/strict';
import { DERIVATIONS } from '../../../core/derivations';
import { stepPython } from '../../../core/derivations/copy';
import { stepMarkdown } from '../../../core/derivations/markdown';
import { numbersOf } from '../../../core/derivations/numbers';
import { CAUGHT, gap, relativeDifference } from '../../../core/derivations/verify/check';

test('every line has numbers for its two sides in the worlds that a reader meets', () => {
  for (const derivation of DERIVATIONS) for (const step of derivation.steps) for (const seed of [1, 2, 30]) {
    const found = numbersOf(derivation, step, seed);
    assert.ok(found, `${derivation.id}: ${step.label}`);
    assert.ok(gap(step, seed, derivation.cases(step)[0]) <= CAUGHT, `${derivation.id}: ${step.label}`);
    if (step.relation === 'equal' || step.relation === 'proportional') assert.ok(relativeDifference(found.left, found.right) < 1e-8, `${derivation.id}: ${step.label}`);
    assert.equal(found.note, step.relation === 'proportional' ? 'ratio' : step.relation === 'approaches' ? 'limit' : null);
  }
});

test('another seed gives other numbers', () => {
  const [derivation] = DERIVATIONS.filter(({ id }) => id === 'ddpm-sampling');
  const [step] = derivation.steps;
  assert.notDeepEqual(numbersOf(derivation, step, 1)!.left, numbersOf(derivation, step, 2)!.left);
});

test('a line as code: an assignment, or the right side alone', () => {
  const vae = DERIVATIONS.find(({ id }) => id === 'vae')!;
  const line = (label: RegExp) => vae.steps.find((s) => label.test(s.label))!;
  assert.deepEqual(stepPython(line(/draw that lets/)), { code: 'latent = encoder_mean + encoder_deviation * latent_noise', imports: [] });
  assert.deepEqual(stepPython(line(/as code has it/), { library: 'torch', names: (id) => ({ encoderMean: 'mu', logVariance: 'logvar' } as Record<string, string>)[id] }), { code: '1 / 2 * (mu ** 2 + torch.exp(logvar) - 1 - logvar)', imports: ['import torch'] });
  assert.match(stepMarkdown(line(/as code has it/), 3), /^\*\*3\. The divergence as code has it \(eq\. 10\)\*\*\n\n\$\$\n[^$]+\n\$\$\n\n/);
});
