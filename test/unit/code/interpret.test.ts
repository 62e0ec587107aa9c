/** The interpreter against numbers worked out by other means: NumPy's documented results and plain loops. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsePython } from '../../../core/code/parse/python';
import { LineMap } from '../../../core/code/parse/lines';
import { Machine } from '../../../core/code/interpret/machine';
import { execute } from '../../../core/code/interpret/statements';
import { provenanceNodes } from '../../../core/code/interpret/values';
import type { Value } from '../../../core/code/interpret/values';

function run(text: string): Map<string, Value> {
  const body = parsePython(text);
  const m = new Machine(body);
  execute(m, body, { scope: m.module, returns: [], self: null });
  return m.module.names;
}

/** The variable `r` as plain data; 'unknown' for what the interpreter does not know. */
function result(text: string): unknown {
  const plain = (v: Value | undefined): unknown => {
    if (!v) return undefined;
    switch (v.kind) {
      case 'number': case 'string': case 'boolean': return v.value;
      case 'none': return null;
      case 'array': return Array.from(v.data);
      case 'sequence': return v.items.map(plain);
      case 'dict': return Object.fromEntries([...v.entries].map(([k, x]) => [k, plain(x)]));
      default: return 'unknown';
    }
  };
  return plain(run(text).get('r'));
}

function near(actual: unknown, wanted: number[]): void {
  assert.ok(Array.isArray(actual), String(actual));
  assert.equal(actual.length, wanted.length);
  wanted.forEach((w, i) => assert.ok(Math.abs((actual[i] as number) - w) <= 1e-12, `${i}: ${String(actual[i])} instead of ${w}`));
}

describe('values', () => {
  const cases: [string, unknown][] = [
    ['r = 7 // 2 * 3 - -1 % 5', 5], ['r = 2 ** 3 ** 2', 512], ['r = -2 ** 2', -4], ['r = int(1e3)', 1000], ['r = 1_000', 1000], ['r = 0x10', 16],
    ['a, (b, *c) = 1, (2, 3, 4)\nr = [a, b, c]', [1, 2, 'unknown']], ['r = x = 5\nr += 2', 7], ['r = [i * j for i in range(3) for j in range(2) if i != 1]', [0, 0, 0, 2]],
    ['r = 3 if "a" == "b" else 4', 4], ['r = "lin" "ear"', 'linear'], ['r = {"a": 1, **{"b": 2}}', { a: 1, b: 2 }], ['r = dict(a=1).get("b", 9)', 9], ['r = [5, 6, 7][-1]', 7],
    ['def f(a, b=2, *c, d=4, **e):\n    return [a, b, c, d, e]\nr = f(1, 3, 5, d=6, g=7)', [1, 3, [5], 6, { g: 7 }]],
    ['def f(n):\n    if n == 0:\n        return 1\n    return 2\nr = [f(0), f(1)]', [1, 2]],
    ['class A:\n    k = 3\n    def __init__(self, n=2):\n        self.n = n\n    @property\n    def m(self):\n        return self.n * self.k\n    @staticmethod\n    def s(x):\n        return x + 1\nr = [A(5).m, A().m, A.s(1)]', [15, 6, 2]],
    ['class A:\n    def __init__(self, n):\n        self.n = n\nclass B(A):\n    def __init__(self):\n        super().__init__(4)\nr = B().n', 4],
    ['total = 1\nfor i in range(1, 6):\n    if i == 3:\n        continue\n    total *= i\nr = total', 40], ['n = 0\nwhile n < 10:\n    n += 3\nr = n', 12],
    ['from collections import namedtuple\nP = namedtuple("P", ["a", "b"])\nr = P(1, b=2).b', 2],
    ['r = (lambda a, b=3: a * b)(2)', 6], ['import os\nr = os.cpu_count()', 'unknown'], ['r = undefined + 1', 'unknown'], ['r = open("x").read()', 'unknown'],
    ['import random\nr = 1 if random.random() > 2 else 1', 1],
  ];
  for (const [text, wanted] of cases) it(text.split('\n').join('; '), () => assert.deepEqual(result(text), wanted));
});

describe('arrays', () => {
  const cases: [string, number[]][] = [
    ['np.linspace(0, 1, 5)', [0, 0.25, 0.5, 0.75, 1]], ['np.linspace(0, 1, 4, endpoint=False)', [0, 0.25, 0.5, 0.75]], ['torch.linspace(2, 3, steps=1)', [2]],
    ['np.arange(5, 0, -2)', [5, 3, 1]], ['torch.arange(3) / 2', [0, 0.5, 1]], ['np.cumprod([1, 2, 3, 4])', [1, 2, 6, 24]], ['np.cumsum(np.array([1, 2, 3]))', [1, 3, 6]],
    ['np.append(1.0, np.arange(4)[:-1])', [1, 0, 1, 2]], ['F.pad(torch.arange(3), (1, 0), value=9.0)', [9, 0, 1, 2]], ['torch.cat([torch.ones(2), torch.zeros(1)])', [1, 1, 0]],
    ['torch.flip(torch.arange(3), [0])', [2, 1, 0]], ['np.arange(6)[::-2]', [5, 3, 1]], ['np.arange(6)[-3:]', [3, 4, 5]], ['np.arange(4)[[0, 2]] if False else np.arange(4)[np.array([0, 2])]', [0, 2]],
    ['torch.arange(3).pow(2).add(1).sqrt().square()', [1, 2, 5]], ['np.clip(np.arange(4), 1, 2)', [1, 1, 2, 2]], ['torch.arange(4).clamp(min=2)', [2, 2, 2, 3]], ['np.where(True, np.arange(2), 0)', [0, 1]],
    ['torch.full((3,), 0.5) ** 2', [0.25, 0.25, 0.25]], ['1 / (1 + torch.arange(2))', [1, 0.5]], ['np.exp(np.log(np.array([2., 3.])))', [2, 3]], ['torch.tensor([0.]).sigmoid()', [0.5]],
    ['torch.arange(3).unsqueeze(1)[:, None].squeeze().to("cuda").float()', [0, 1, 2]],
  ];
  for (const [source, wanted] of cases) it(source, () => near(result(`import numpy as np, torch\nimport torch.nn.functional as F\nr = ${source}`), wanted));

  it('a matrix is unknown, not guessed', () => {
    assert.equal(result('import torch\nr = torch.arange(3)[:, None] * torch.arange(3)'), 'unknown');
    assert.equal(result('import torch\nr = torch.linspace(0, 1, n)'), 'unknown');
  });
});

describe('provenance and places', () => {
  it('a value leads back to where its parts were written', () => {
    const text = 'import torch\nSTEPS = 2 * 30\ndef f(lo=1e-3, hi=0.1):\n    return torch.linspace(lo, hi, STEPS)\nr = torch.cumprod(1 - f(), 0)\n';
    const r = run(text).get('r')!;
    assert.equal(r.prov?.op, 'cumprod');
    const written = provenanceNodes(r).filter((v) => v.src).map((v) => [text.slice(v.src!.span.from, v.src!.span.to), v.src!.origin, v.src!.name]);
    for (const wanted of [['2 * 30', 'folded', 'STEPS'], ['1e-3', 'default', 'lo'], ['0.1', 'default', 'hi']]) assert.ok(written.some((w) => w.join() === wanted.join()), `${wanted.join()} in ${JSON.stringify(written)}`);
  });

  it('lines and columns', () => {
    const map = new LineMap('ab\r\nc\rd\n\ne');
    assert.deepEqual([0, 2, 4, 5, 6, 8, 9].map((o) => map.line(o)), [1, 1, 2, 2, 3, 4, 5]);
    assert.deepEqual(map.range(4, 7), { from: 4, to: 7, line: 2, column: 0, endLine: 3, endColumn: 1 });
  });
});
