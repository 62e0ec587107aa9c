/** Copied formulas are run by Python and must give the number that the tree gives. */
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { DERIVATIONS } from '../../../core/derivations';
import { formulaById, symbolsOf } from '../../../core/formulas';
import { evaluate, type World } from '../../../core/formulas/evaluate';
import { add, apply, children, definite, derivatives, det, divergence, dot, fn, inverse, letter, mul, neg, norm, normSq, num, pow, power, sub, sum, sumAfter, sym, trace, transpose, type Expr } from '../../../core/formulas/expr';
import { python } from '../../../core/formulas/python';
import { isMatrix, isVector } from '../../../core/formulas/values';

const alpha = sym('alpha');

test('brackets are where Python needs them', () => {
  const written: [Expr, string][] = [
    [mul(add(alpha, num(1)), alpha), '(alpha + 1) * alpha'],
    [sub(alpha, add(alpha, num(1))), 'alpha - (alpha + 1)'],
    [neg(pow(alpha, 2)), '-alpha ** 2'],
    [pow(neg(alpha), 2), '(-alpha) ** 2'],
    [pow(alpha, -1), 'alpha ** (-1)'],
    [mul(alpha, neg(alpha)), 'alpha * -alpha'],
    [sub(alpha, neg(alpha)), 'alpha - -alpha'],
    [power(alpha, add(alpha, num(1))), 'alpha ** (alpha + 1)'],
    [fn('sigmoid', neg(alpha)), '1 / (1 + np.exp(--alpha))'],
    [sum(1, sym('t'), mul(letter('s'), sym('beta', 's'))), 'sum(s * betas[s - 1] for s in range(1, t + 1))'],
    [sumAfter(letter('k'), sym('t'), sym('beta', 's'), 's'), 'sum(betas[s - 1] for s in range(k + 1, t + 1))'],
    [pow(sym('curvature'), 2), 'np.linalg.matrix_power(curvature, 2)'],
    [norm(sub(sym('xt'), sym('x0'))), 'np.linalg.norm(xt - x0)'],
    [sym('alphaBar', 'T'), 'alpha_bars[-1]'],
    [normSq(sub(sym('xt'), sym('x0'))), 'np.sum((xt - x0) ** 2)'],
  ];
  for (const [expr, code] of written) assert.equal(python(expr).code, code);
  assert.deepEqual(python(fn('log', alpha)).imports, ['import numpy as np']);
  assert.equal(python(mul(alpha, sym('beta')), { names: (id) => (id === 'beta' ? 'betas[t]' : undefined) }).code, 'alpha * betas[t]');
  assert.match(python(formulaById('ddpm.mean.epsilon').expression).code, /epsilon_theta\(xt, t\)/);
});

/** What Python can be given as plain data: no functions, draws or derivatives. */
const FREE = new Set<Expr['kind']>(['apply', 'density', 'total', 'integral', 'expectation', 'kl', 'entropy', 'crossEntropy', 'argmax', 'argmin', 'derivative', 'gaussian', 'beside']);
const isPlain = (e: Expr): boolean => !FREE.has(e.kind) && !(e.kind === 'symbol' && e.index === 'T') && children(e).every(isPlain);
const MOST_MEMBERS = 40;

/** Assignments of everything that the expression speaks of. */
function given(expr: Expr, world: World): string[] {
  const value = (v: unknown): string => (typeof v === 'number' ? String(v).replace('Infinity', 'np.inf').replace('NaN', 'np.nan') : `np.array(${JSON.stringify(v).replaceAll('null', 'np.nan')})`);
  const lines: string[] = [];
  const attempt = (e: Expr): unknown => {
    try {
      return evaluate(e, world);
    } catch {
      return undefined;
    }
  };
  for (const letterName of ['i', 'j', 'k', 's', 'l', 'm', 'n', 't'] as const) {
    const n = world.letter?.(letterName);
    if (n !== undefined) lines.push(`${letterName} = ${n}`);
  }
  for (const id of symbolsOf(expr)) {
    const [alone] = [attempt(sym(id))];
    if (alone !== undefined) lines.push(`${python(sym(id)).code} = ${value(alone)}`);
    for (const index of ['t-1', '0'] as const) {
      const member = attempt(sym(id, index));
      if (member !== undefined) lines.push(`${python(sym(id, index)).code} = ${value(member)}`);
    }
    const members: unknown[] = [];
    for (let n = 1; n <= MOST_MEMBERS; n++) {
      let member: unknown;
      try {
        member = world.symbol(id, 'k', n);
      } catch { /* beyond the last */ }
      // Some families begin at 2.
      if (member === undefined && n > 1) break;
      members.push(member ?? NaN);
    }
    if (members.length > 1 || members.some((m) => typeof m !== 'number' || !Number.isNaN(m))) lines.push(`${python(sym(id, 'k')).code.replace(/\[.*/, '')} = ${value(members)}`);
  }
  return lines;
}

test('every plain side of every line gives in Python what the tree gives', () => {
  const checks: { what: string; script: string; expected: unknown }[] = [];
  for (const derivation of DERIVATIONS) derivation.steps.forEach((step, i) => {
    const [here] = derivation.cases(step);
    const world = here.world(3);
    for (const side of ['left', 'right'] as const) {
      const expr = step[side];
      if (expr.kind === 'symbol' || !isPlain(expr)) continue;
      const { code, imports } = python(expr);
      checks.push({ what: `${derivation.id} ${i + 1} ${side}: ${code}`, script: [...imports, 'import numpy as np', ...given(expr, world), `result = ${code}`].join('\n'), expected: evaluate(expr, world) });
    }
  });
  assert.ok(checks.length > 50, `only ${checks.length} sides can be run`);
  const runner = 'import json, sys\nfor c in json.load(sys.stdin):\n    scope = {}\n    try:\n        exec(c, scope)\n        r = scope["result"]\n        print(json.dumps(r.tolist() if hasattr(r, "tolist") else float(r)))\n    except Exception as e:\n        print(json.dumps(repr(e)))\n';
  const { stdout, stderr, status } = spawnSync('python3', ['-c', runner], { input: JSON.stringify(checks.map((c) => c.script)), encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.equal(status, 0, stderr);
  stdout.trim().split('\n').forEach((line, n) => {
    const { what, expected } = checks[n];
    const got: unknown = JSON.parse(line);
    assert.equal(typeof got, typeof expected, `${what}: ${String(got)}`);
    const [a, b] = [got, expected].map((v) => (typeof v === 'number' ? [v] : (v as (number | number[])[]).flat()));
    assert.equal(a.length, b.length, what);
    a.forEach((x, axis) => assert.ok(Math.abs(x - b[axis]) <= 1e-9 * Math.max(1, Math.abs(b[axis])), `${what}: ${x}, not ${b[axis]}`));
  });
});

test('the rest is Python that compiles', () => {
  const sides = DERIVATIONS.flatMap(({ steps }) => steps.flatMap(({ left, right }) => [python(left).code, python(right).code]));
  const { stdout, stderr } = spawnSync('python3', ['-c', 'import json, sys\nfor c in json.load(sys.stdin):\n    try:\n        compile(c, "", "eval")\n    except SyntaxError as e:\n        print(c, e)\n'], { input: JSON.stringify(sides), encoding: 'utf8' });
  assert.equal(stdout + stderr, '');
});

test('matrices', () => {
  const x = sym('xt');
  assert.equal(python(mul(transpose(x), mul(inverse(mul(x, transpose(x))), x))).code, 'xt @ (np.linalg.inv(np.outer(xt, xt)) @ xt)');
  assert.equal(python(fn('log', det(mul(x, transpose(x))))).code, 'np.log(np.linalg.det(np.outer(xt, xt)))');
  const velocity = apply('flowVelocity', sym('flowPoint'), sym('continuousTime'));
  assert.deepEqual(python(divergence('flowPoint', velocity)), { code: 'np.trace(jacfwd(lambda flow_point: flow_velocity(flow_point, continuous_time))(flow_point))', imports: ['import numpy as np', 'from jax import jacfwd'] });
  assert.equal(python(derivatives('flowPoint', velocity)).code, 'jacfwd(lambda flow_point: flow_velocity(flow_point, continuous_time))(flow_point)');
  assert.equal(python(definite('earlierTime', num(0), num(1), apply('betaAt', sym('earlierTime')))).code, 'quad(lambda earlier_time: beta_at(earlier_time), 0, 1)[0]');
  assert.equal(python(trace(inverse(mul(x, transpose(x))))).code, 'np.trace(np.linalg.inv(np.outer(xt, xt)))');
  assert.ok(isMatrix([[1]]) && isVector([1]) && !isVector(1));
  assert.equal(python(dot(x, x)).code, 'xt @ xt');
});
