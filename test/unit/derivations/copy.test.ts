import { test } from 'node:test';
import assert from 'node:assert/strict';
import { derivationById } from '../../../core/derivations';
import { stepJavaScript, stepPython } from '../../../core/derivations/copy';

const line = (id: string, label: RegExp) => derivationById(id).steps.find((s) => label.test(s.label))!;
const step = line('ddpm-sampling', /^The sampling step/);

test('a symbol on the left is given the value of the right', () => {
  assert.match(stepPython(step).code, /^x_prev = 1 \/ np\.sqrt\(alpha\) \* \(xt - .* \+ sigma \* z$/);
  assert.match(stepJavaScript(step)!, /^const xPrev = 1 \/ Math\.sqrt\(alpha\) \* \(xt - .* \+ sigma \* z;$/);
  assert.match(stepJavaScript(step, { names: (id) => (id === 'xPrev' ? 'this.x' : undefined) })!, /^this\.x = 1/);
  assert.match(stepJavaScript(step, { library: 'tf' })!, /^const xPrev = tf\.add\(/);
});

test('an inequality is a comparison; what JavaScript cannot say is null', () => {
  const tangent = line('vae-gaussian-kl', /^Why it is never negative/);
  assert.equal(stepJavaScript(tangent), 'Math.log(encoderDeviation ** 2) <= encoderDeviation ** 2 - 1');
  assert.equal(stepPython(tangent).code, 'np.log(encoder_deviation ** 2) <= encoder_deviation ** 2 - 1');
  assert.equal(stepJavaScript(line('kl-gaussians', /^The closed form with full/)), null);
});
