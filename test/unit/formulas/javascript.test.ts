/** Inserted formulas are run and must give the number that the tree gives. */
import { test } from 'node:test';
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { DERIVATIONS } from '../../../core/derivations';
import { formulaById, symbolsOf } from '../../../core/formulas';
import { evaluate, type World } from '../../../core/formulas/evaluate';
import { add, children, det, fn, letter, mul, neg, normSq, num, pow, power, product, sub, sum, sym, type Expr } from '../../../core/formulas/expr';
import { javascript } from '../../../core/formulas/javascript';

const alpha = sym('alpha');

test('brackets are where JavaScript needs them', () => {
  const written: [Expr, string][] = [
    [mul(add(alpha, num(1)), alpha), '(alpha + 1) * alpha'],
    [sub(alpha, add(alpha, num(1))), 'alpha - (alpha + 1)'],
    // A minus before a power is no JavaScript.
    [neg(pow(alpha, 2)), '-(alpha ** 2)'],
    [pow(neg(alpha), 2), '(-alpha) ** 2'],
    [neg(neg(alpha)), '-(-alpha)'],
    [power(alpha, add(alpha, num(1))), 'alpha ** (alpha + 1)'],
    [sum(1, sym('t'), mul(letter('s'), sym('beta', 's'))), 'Array.from({ length: t }, (_, i) => i + 1).reduce((sum, s) => sum + s * betas[s - 1], 0)'],
    [product(1, sym('t'), sub(num(1), sym('beta', 's'))), 'Array.from({ length: t }, (_, i) => i + 1).reduce((product, s) => product * (1 - betas[s - 1]), 1)'],
    [sym('alphaBar', 'T'), 'alphaBars.at(-1)'],
  ];
  for (const [expr, code] of written) assert.equal(javascript(expr), code);
  assert.equal(javascript(mul(alpha, sym('beta')), { names: (id) => (id === 'beta' ? 'this.betas[t]' : undefined) }), 'alpha * this.betas[t]');
  assert.equal(javascript(formulaById('ddpm.step').expression), '1 / Math.sqrt(alpha) * (xt - beta / Math.sqrt(1 - alphaBar) * epsilonTheta(xt, t)) + sigma * z');
  assert.equal(javascript(mul(alpha, sub(alpha, num(1))), { library: 'tf' }), 'tf.mul(alpha, tf.sub(alpha, 1))');
});

test('what has no words there is said to have none', () => {
  assert.equal(javascript(normSq(sym('xt'))), null);
  assert.equal(javascript(normSq(sym('xt')), { library: 'tf' }), 'tf.sum(tf.square(xt))');
  assert.equal(javascript(fn('log', det(sym('firstCovariance')))), null);
});

/** Sides that can be given as plain numbers: no functions, draws or derivatives. */
const FREE = new Set<Expr['kind']>(['apply', 'density', 'total', 'expectation', 'kl', 'entropy', 'crossEntropy', 'gaussian']);
const isPlain = (e: Expr): boolean => !FREE.has(e.kind) && children(e).every(isPlain);

/** Names and values of everything that the expression speaks of, and whether a symbol among them is a vector. */
function given(expr: Expr, world: World): { scope: Record<string, unknown>; vectors: boolean } {
  const scope: Record<string, unknown> = {};
  let vectors = false;
  const attempt = (e: Expr): unknown => {
    try {
      return evaluate(e, world);
    } catch {
      return undefined;
    }
  };
  for (const name of ['i', 'j', 'k', 's', 'l', 'm', 'n', 't'] as const) {
    const n = world.letter?.(name);
    if (n !== undefined) scope[name] = n;
  }
  for (const id of symbolsOf(expr)) {
    const values: [Expr, unknown][] = [[sym(id), attempt(sym(id))], [sym(id, 't-1'), attempt(sym(id, 't-1'))], [sym(id, '0'), attempt(sym(id, '0'))]];
    for (const [e, value] of values) {
      if (value === undefined) continue;
      scope[javascript(e)!] = value;
      vectors ||= Array.isArray(value);
    }
    const members: unknown[] = [];
    for (let n = 1; n <= 40; n++) {
      let member: unknown;
      try {
        member = world.symbol(id, 'k', n);
      } catch { /* beyond the last */ }
      // Some families begin at 2.
      if (member === undefined && n > 1) break;
      members.push(member ?? NaN);
      vectors ||= Array.isArray(member);
    }
    scope[javascript(sym(id, 'k'))!.replace(/\[.*/, '')] ??= members;
  }
  return { scope, vectors };
}

for (const library of ['Math', 'tf'] as const) test(`every plain side of every line gives with ${library} what the tree gives`, async () => {
  if (library === 'tf') {
    await tf.setBackend('cpu');
  }
  let checked = 0;
  for (const derivation of DERIVATIONS) for (const [i, step] of derivation.steps.entries()) {
    const world = derivation.cases(step)[0].world(3);
    for (const side of ['left', 'right'] as const) {
      const expr = step[side];
      const code = javascript(expr, { library });
      if (expr.kind === 'symbol' || !isPlain(expr) || code === null) continue;
      const expected = evaluate(expr, world);
      const { scope, vectors } = given(expr, world);
      // With Math a vector stands for one of its components.
      if (library === 'Math' && (vectors || typeof expected !== 'number')) continue;
      const what = `${derivation.id} ${i + 1} ${side}: ${code}`;
      const names = Object.keys(scope).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
      const run = new Function('tf', ...names, `return ${code};`) as (...args: unknown[]) => unknown;
      const result = run(tf, ...names.map((name) => scope[name]));
      const got = result instanceof tf.Tensor ? [...result.dataSync()] : [result as number];
      const wanted = [expected].flat(3) as number[];
      assert.equal(got.length, wanted.length, what);
      // tf.js computes in single precision.
      const allowed = library === 'tf' ? 2e-4 : 1e-9;
      got.forEach((x, axis) => assert.ok(Math.abs(x - wanted[axis]) <= allowed * Math.max(1, Math.abs(wanted[axis])), `${what}: ${x}, not ${wanted[axis]}`));
      checked++;
    }
  }
  assert.ok(checked > 150, `only ${checked} sides were run`);
});

test('the rest is JavaScript that parses', () => {
  for (const { steps } of DERIVATIONS) for (const { left, right } of steps) for (const side of [left, right]) for (const library of ['Math', 'tf'] as const) {
    const code = javascript(side, { library });
    if (code !== null) assert.doesNotThrow(() => new Function(`return ${code};`), code);
  }
});
