/** Python 2: what Python 3 cannot parse must not hide the statements around it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPython } from '../../../core/code';
import type { Stmt } from '../../../core/code/parse/ast';
import { parsePython } from '../../../core/code/parse/python';

/** Names that are assigned anywhere, in order, and what is returned or raised. */
function told(body: readonly Stmt[]): string[] {
  return body.flatMap((s): string[] => {
    switch (s.kind) {
      case 'assign': return s.targets.map((t) => (t.kind === 'name' ? t.name : t.kind));
      case 'function': case 'class': return [s.name, ...told(s.body)];
      case 'for': case 'while': case 'with': return told(s.body);
      case 'if': return [...told(s.then), ...told(s.otherwise)];
      case 'try': return [...told(s.body), ...s.handlers.flatMap(told), ...told(s.final)];
      case 'return': case 'raise': return [s.kind];
      default: return [];
    }
  });
}

describe('statements around what only Python 2 has', () => {
  const cases: [string, string[]][] = [
    ['a = 1\nprint "a", x\nb = 1\n', ['a', 'b']],
    ['a = 1\nprint x\nprint\nprint >>f, x\nprint "%d" % x,\nb = 1\n', ['a', 'b']],
    ['def f(x):\n    a = 1\n    print "a", x\n    for i in xrange(3):\n        print i,\n        b = i\n    return a\n', ['f', 'a', 'b', 'return']],
    ['try:\n    a = 1\nexcept (A, B), e:\n    print e\n    b = 2\nelse:\n    d = 2\nc = 3\n', ['a', 'd', 'b', 'c']],
    ['def f():\n    try:\n        a = 1\n    except E, e:\n        raise F, "m"\n    return a\n', ['f', 'a', 'raise', 'return']],
    ['exec "x = 1"\na = 1\nexec code in ns\nb = 1\n', ['a', 'b']],
    ['a = `x`\nb = 1\nif a <> b:\n    c = 10L\nd = 0xFFL\ne = ur"x"\n', ['a', 'b', 'c', 'd', 'e']],
    ['def f((a, b), c):\n    d = a\n    return d\ng = lambda (x, y): x\nh = 1\n', ['f', 'd', 'return', 'g', 'h']],
    ['with open("a") as f:\n    print f.read(),\n    a = 1\nwhile 1: print "x"; b = 1\n', ['a', 'b']],
  ];
  for (const [text, wanted] of cases) it(JSON.stringify(text), () => assert.deepEqual(told(parsePython(text)), wanted));
});

it('octal numbers and backticks', () => {
  const [a, b, c] = parsePython('a = 0755\nb = `a`\nc = 1 <> 2\n');
  assert.ok(a.kind === 'assign' && a.value.kind === 'number' && a.value.value === 0o755);
  assert.ok(b.kind === 'assign' && b.value.kind === 'unknown');
  assert.ok(c.kind === 'assign' && c.value.kind === 'compare' && c.value.op === '!=');
});

const MODEL = `import numpy as np
import theano

T = 120
betas = np.linspace(1e-4, 0.03, T)
print "betas from %f to %f" % (betas[0], betas[-1])
alphas_cumprod = np.cumprod(1.0 - betas)
print >>log, alphas_cumprod


def add_noise(x0, t, noise):
    if t <> 0:
        print "noise at", t
    try:
        a = alphas_cumprod[t]
    except IndexError, e:
        raise ValueError, "no such step"
    return np.sqrt(a) * x0 + np.sqrt(1 - a) * noise


def sample(net, n):
    x = np.random.randn(n, 2)
    for t in reversed(xrange(T)):
        print t,
        eps = net(x, t)
        x = (x - betas[t] / np.sqrt(1 - alphas_cumprod[t]) * eps) / np.sqrt(1 - betas[t])
        if t > 0:
            x = x + np.sqrt(betas[t]) * np.random.randn(n, 2)
    return x
`;

it('a model among print statements is found, with its settings', () => {
  const [finding, ...more] = readPython(MODEL).findings;
  assert.equal(more.length, 0);
  assert.equal(finding.hyperparameters.T?.value, 120);
  assert.equal(finding.hyperparameters.schedule?.value, 'linear');
  assert.equal(finding.hyperparameters.varianceType?.value, 'fixed_large');
  const modern = MODEL.replace(/print >>log, (.*)/g, 'print($1)').replace(/print (.*?),?$/gm, 'print($1)').replace('IndexError, e', 'IndexError as e').replace('ValueError, "no such step"', 'ValueError("no such step")').replace('<>', '!=').replace('xrange', 'range');
  assert.deepEqual(readPython(modern).findings.map((f) => [f.name, f.symbols.map((s) => [s.symbol, s.name])]), [[finding.name, finding.symbols.map((s) => [s.symbol, s.name])]]);
});
