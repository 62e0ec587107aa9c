import { test } from 'node:test';
import assert from 'node:assert/strict';
import { evaluate } from '../../../core/formulas/evaluate';
import { differentiate } from '../../../core/formulas/differentiate';
import { apply, between, conditional, derivative, div, divergence, expectation, fn, gradient, jacobian, kl, mul, num, pow, product, sub, sum, sym, total, trace, transpose } from '../../../core/formulas/expr';
import { normalNodes, worldOf } from '../../../core/derivations/worlds/world';

const close = (a: unknown, b: number, within = 1e-11): void => assert.ok(Math.abs((a as number) - b) <= within * Math.max(1, Math.abs(b)), `${String(a)} is not ${b}`);
const z = sym('latent');

/** A coin: 0 with probability 1/4, 1 with 3/4; the other distribution is fair. */
const coin = worldOf({
  values: { latent: 1, x: 5, mixtureSize: 3, parameters: [2, 3], encoderMean: 0.7, vocabularySize: 2 },
  members: { mixtureWeight: (n) => [0.5, 0.3, 0.2][n - 1], wordVector: (n) => [[1, 2], [10, 20]][n - 1] },
  functions: (look) => ({
    prior: (value: number) => (value === 1 ? 0.75 : 0.25),
    encoder: (_value: number, given: number) => (given === 5 ? 0.5 : undefined),
    energy: (at: number) => (look('parameters') as number[])[0] * at + (look('parameters') as number[])[1] * at ** 2,
  }),
  outcomes: { latent: [{ value: 0, weight: 1 }, { value: 1, weight: 1 }] },
  letters: { k: 2 },
});

test('sums, products and families', () => {
  close(evaluate(sum(1, sym('mixtureSize'), sym('mixtureWeight', 'k'), 'k'), coin), 1);
  close(evaluate(product(2, sym('mixtureSize'), sym('mixtureWeight', 'j'), 'j'), coin), 0.06);
  assert.deepEqual(evaluate(sum(1, sym('vocabularySize'), sym('wordVector', 'j'), 'j'), coin), [11, 22]);
  assert.equal(evaluate(sum(4, sym('mixtureSize'), sym('mixtureWeight', 'k'), 'k'), coin), 0);
  // Outside of a sum of its own the world says which member is meant.
  assert.equal(evaluate(sym('mixtureWeight', 'k'), coin), 0.3);
  assert.throws(() => evaluate(sym('mixtureWeight', 'j'), coin), /mixtureWeight has no value/);
});

test('totals, expectations and divergences', () => {
  assert.equal(evaluate(total('latent', add1(z)), coin), 3);
  close(evaluate(expectation('latent', apply('prior', z), z), coin), 0.75);
  const encoder = conditional('encoder', z, sym('x'));
  close(evaluate(kl('latent', apply('prior', z), encoder), coin), 0.25 * Math.log(0.5) + 0.75 * Math.log(1.5));
  close(evaluate(kl('latent', encoder, encoder), coin), 0);
  // A function of two is not one of one.
  assert.throws(() => evaluate(apply('encoder', z), coin), /encoder has no value/);
  assert.throws(() => evaluate(total('x', z), coin), /x has no value/);
});

test('derivatives by symbols, by members of a family, and through functions', () => {
  close(evaluate(derivative(sym('encoderMean'), fn('log', sym('encoderMean'))), coin), 1 / 0.7);
  close(evaluate(derivative(sym('mixtureWeight', 'k'), sum(1, sym('mixtureSize'), pow(sym('mixtureWeight', 'j'), 2), 'j')), coin), 0.6);
  const gradient = evaluate(derivative(sym('parameters'), apply('energy', sym('x'))), coin) as readonly number[];
  assert.equal(gradient.length, 2);
  gradient.forEach((value, i) => close(value, [5, 25][i]));
  // Second derivative; a bound symbol may be moved as well.
  close(evaluate(derivative(sym('encoderMean'), derivative(sym('encoderMean'), pow(sym('encoderMean'), 3))), coin), 4.2, 1e-9);
  close(evaluate(expectation('latent', apply('prior', z), derivative(z, div(pow(z, 2), num(2)))), coin), 0.75);
  assert.throws(() => evaluate(derivative(z, sym('parameters')), coin), /A number is needed/);
});

test('integrals between bounds', () => {
  const [t, limit] = [sym('encoderMean'), sym('latent')];
  close(evaluate(between('encoderMean', num(0), num(2), pow(t, 3)), coin), 4);
  // The bounds are evaluated outside, the other way round changes the sign, and the derivative by a bound is the body.
  close(evaluate(between('encoderMean', t, limit, fn('exp', t)), coin), Math.E - Math.exp(0.7));
  close(evaluate(between('encoderMean', limit, t, fn('exp', t)), coin), Math.exp(0.7) - Math.E);
  close(evaluate(derivative(limit, between('encoderMean', num(0), limit, fn('exp', t))), coin), Math.E);
  assert.deepEqual((evaluate(between('encoderMean', num(0), num(1), mul(t, sym('parameters'))), coin) as number[]).map((v) => Math.round(v * 1e9) / 1e9), [1, 1.5]);
});

test('the Jacobian of a vector field has a row for each of its components, and its trace is the divergence', () => {
  const x = sym('x');
  const field = worldOf({
    values: { x: [0.4, -0.7], direction: [2, 3], latent: 0.5 },
    functions: () => ({ scoreNetwork: ([a, b]: readonly number[]) => [Math.sin(a * b), a ** 2 + 3 * b], energy: ([a, b]: readonly number[]) => a ** 3 * b, prior: (_: number) => 2 }),
  });
  const s = apply('scoreNetwork', x);
  const [c, rows] = [Math.cos(-0.28), evaluate(jacobian('x', s), field) as number[][]];
  rows.flat().forEach((value, i) => close(value, [-0.7 * c, 0.4 * c, 0.8, 3][i]));
  close(evaluate(divergence('x', s), field), 3 - 0.7 * c);
  close(evaluate(trace(jacobian('x', s)), field), 3 - 0.7 * c);
  const w = sym('direction');
  close(evaluate(mul(transpose(w), mul(jacobian('x', s), w)), field), 4 * -0.7 * c + 6 * 0.4 * c + 6 * 0.8 + 27);
  // The Jacobian of a gradient: second derivatives.
  (evaluate(jacobian('x', gradient('x', apply('energy', x))), field) as number[][]).flat().forEach((value, i) => close(value, [6 * 0.4 * -0.7, 3 * 0.16, 3 * 0.16, 0][i], 1e-9));
  assert.throws(() => evaluate(jacobian('x', apply('energy', x)), field), /of a vector by a vector/);
  assert.throws(() => evaluate(divergence('latent', apply('prior', z)), field), /of a vector by a vector/);
});

test('numerical derivatives of known functions', () => {
  for (const [f, slope, at] of [[Math.exp, Math.exp, 1.3], [Math.sin, Math.cos, -2], [Math.log, (x: number) => 1 / x, 0.3], [(x: number) => 1 / (1 + x * x), (x: number) => (-2 * x) / (1 + x * x) ** 2, 0.5]] as const) {
    close(differentiate((x) => f(x as number), at), slope(at));
  }
});

test('the nodes of quadrature integrate polynomials of the normal distribution', () => {
  const nodes = normalNodes(16);
  assert.equal(nodes.length, 16);
  [1, 0, 1, 0, 3, 0, 15, 0, 105].forEach((moment, n) => close(nodes.reduce((total, { at, weight }) => total + weight * at ** n, 0), moment));
});

function add1(e: ReturnType<typeof sym>) {
  return sub(mul(num(2), e), sub(e, num(1)));
}

test('inside of a sum over t the points of a chain are those of its t', () => {
  const chain = worldOf({ values: { T: 3, xPrev: 7 }, members: { xPrev: (n) => 10 * n }, functions: () => ({ prior: (_point: number) => 0.5 }) });
  // Two values at every step, and different ones at each.
  const world = { ...chain, outcomes: (id: string, t = 1) => (id === 'xPrev' ? [{ value: t, weight: 1 }, { value: 3 * t, weight: 1 }] : undefined) };
  const xPrev = sym('xPrev');
  assert.equal(evaluate(xPrev, world), 7);
  assert.equal(evaluate(sum(1, sym('T'), xPrev, 't'), world), 60);
  assert.equal(evaluate(expectation('xPrev', apply('prior', xPrev), xPrev), world), 2);
  assert.equal(evaluate(sum(1, sym('T'), expectation('xPrev', apply('prior', xPrev), xPrev), 't'), world), 12);
});
