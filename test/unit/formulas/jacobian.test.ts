import { test } from 'node:test';
import assert from 'node:assert/strict';
import { evaluate } from '../../../core/formulas/evaluate';
import { apply, definite, divergence, gradient, jacobian, mul, num, pow, sym, trace, transpose } from '../../../core/formulas/expr';
import { python } from '../../../core/formulas/python';
import { tex } from '../../../core/formulas/tex';
import { worldOf } from '../../../core/derivations/worlds/world';

const close = (a: unknown, b: number, within = 1e-11): void => assert.ok(Math.abs((a as number) - b) <= within * Math.max(1, Math.abs(b)), `${String(a)} is not ${b}`);
const x = sym('x');
const s = apply('scoreNetwork', x);
const field = worldOf({
  values: { x: [0.4, -0.7], direction: [2, 3] },
  functions: () => ({ scoreNetwork: ([a, b]: readonly number[]) => [Math.sin(a * b), a ** 2 + 3 * b], energy: ([a, b]: readonly number[]) => a ** 3 * b }),
});

test('the Jacobian of a vector field has a row for each of its components, and its trace is the divergence', () => {
  const c = Math.cos(-0.28);
  (evaluate(jacobian('x', s), field) as number[][]).flat().forEach((value, i) => close(value, [-0.7 * c, 0.4 * c, 0.8, 3][i]));
  for (const same of [trace(jacobian('x', s)), divergence('x', s)]) close(evaluate(same, field), 3 - 0.7 * c);
  const w = sym('direction');
  close(evaluate(mul(transpose(w), mul(jacobian('x', s), w)), field), 4 * -0.7 * c + 6 * 0.4 * c + 6 * 0.8 + 27);
  // Of a gradient: the second derivatives.
  (evaluate(jacobian('x', gradient('x', apply('energy', x))), field) as number[][]).flat().forEach((value, i) => close(value, [6 * 0.4 * -0.7, 3 * 0.16, 3 * 0.16, 0][i], 1e-9));
});

test('it is written with a nabla, and in Python it is a matrix', () => {
  assert.equal(tex(trace(jacobian('x', s))), '\\operatorname{tr}\\left( \\nabla_{\\mathbf{x}} \\mathbf{s}_\\theta(\\mathbf{x}) \\right)');
  assert.deepEqual(python(mul(jacobian('x', s), x)), { code: 'jacfwd(lambda x: score_network(x))(x) @ x', imports: ['from jax import jacfwd'] });
});

test('an integral between bounds', () => close(evaluate(definite('pathShare', num(0), num(2), pow(sym('pathShare'), 3)), field), 4));
