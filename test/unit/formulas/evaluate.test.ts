import { test } from 'node:test';
import assert from 'node:assert/strict';
import { evaluate } from '../../../core/formulas/evaluate';
import { differentiate } from '../../../core/formulas/differentiate';
import { apply, conditional, definite, derivative, div, divergence, expectation, fn, frobeniusSq, kl, letter, mul, neg, num, pow, product, sub, sum, sumAfter, sym, total } from '../../../core/formulas/expr';
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
    flow: ([a, b]: readonly number[]) => [a * b, a - b ** 2],
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
  // k is 2 in this world.
  close(evaluate(sumAfter(letter('k'), sym('mixtureSize'), sym('mixtureWeight', 'j'), 'j'), coin), 0.2);
  assert.equal(evaluate(sumAfter(sym('mixtureSize'), sym('mixtureSize'), sym('mixtureWeight', 'j'), 'j'), coin), 0);
  // Outside of a sum of its own the world says which member is meant.
  assert.equal(evaluate(sym('mixtureWeight', 'k'), coin), 0.3);
  assert.throws(() => evaluate(sym('mixtureWeight', 'j'), coin), /mixtureWeight has no value/);
  assert.equal(evaluate(frobeniusSq(sym('curvature')), worldOf({ values: { curvature: [[1, 2], [3, 4]] } })), 30);
  // A power of a matrix is no power of its entries.
  assert.deepEqual(evaluate(pow(sym('curvature'), 2), worldOf({ values: { curvature: [[1, 2], [3, 4]] } })), [[7, 10], [15, 22]]);
  close((evaluate(pow(sym('curvature'), -1), worldOf({ values: { curvature: [[1, 2], [3, 4]] } })) as number[][])[0][0], -2);
  assert.throws(() => evaluate(pow(sym('curvature'), 0), worldOf({ values: { curvature: [[1, 2], [3, 4]] } })), /whole powers/);
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
  // A vector by a number, and by a vector: one row for each component.
  const [point, scaled] = [sym('parameters'), mul(z, sym('parameters'))];
  (evaluate(derivative(z, mul(pow(z, 2), point)), coin) as readonly number[]).forEach((value, i) => close(value, [4, 6][i]));
  const rows = evaluate(derivative(point, apply('flow', point)), coin) as readonly (readonly number[])[];
  rows.flat().forEach((value, i) => close(value, [3, 2, 1, -6][i]));
  close(evaluate(divergence('parameters', apply('flow', point)), coin), -3);
  close(evaluate(divergence('parameters', scaled), coin), 2);
  assert.throws(() => evaluate(divergence('parameters', z), coin), /A matrix is needed/);
});

test('integrals between bounds, which may move', () => {
  const upTo = (to: ReturnType<typeof num>) => definite('outcome', num(0), to, mul(z, fn('exp', neg(sym('outcome')))));
  close(evaluate(upTo(num(2)), coin), 1 - Math.exp(-2), 1e-13);
  close(evaluate(derivative(sym('encoderMean'), upTo(sym('encoderMean'))), coin), Math.exp(-0.7));
  close(evaluate(definite('outcome', num(1), num(-1), pow(sym('outcome'), 46)), coin), -2 / 47, 1e-13);
  (evaluate(definite('outcome', num(0), num(1), mul(sym('outcome'), sym('parameters'))), coin) as readonly number[]).forEach((value, i) => close(value, [1, 1.5][i]));
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
