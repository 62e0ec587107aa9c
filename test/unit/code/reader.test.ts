/** What the reader does with files that are no clean Python, and what it tells of places. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mayHoldDiffusion, read, readPython, symbolAt } from '../../../core/code';
import { recogniseFiles } from '../../../cli/recognise';
import { fixture, fixtures } from './fixtures';

const basic = fixture('class_basic');

/** Findings without offsets: line endings and a BOM move them, but change no line. */
const shape = (text: string) => readPython(text).findings.map((f) => [f.name, f.range.line, Object.entries(f.hyperparameters).map(([k, h]) => [k, h.value, h.line]), f.symbols.map((b) => [b.symbol, b.name, b.ranges.map((r) => [r.line, r.column])])]);

describe('texts', () => {
  it('CRLF, CR, tabs and a BOM change nothing', () => {
    const plain = shape(basic);
    assert.equal(plain.length, 1);
    assert.deepEqual(shape(basic.replaceAll('\n', '\r\n')), plain);
    assert.deepEqual(shape('# é\n' + basic).length, 1);
    assert.deepEqual(shape('\ufeff' + basic), plain);
    assert.deepEqual(shape(basic.replaceAll('    ', '\t')).map(([name, line, h]) => [name, line, h]), plain.map(([name, line, h]) => [name, line, h]));
  });

  it('offsets are those of the text as given', () => {
    for (const text of [basic, basic.replaceAll('\n', '\r\n'), '\ufeff' + basic, '"""日本語 😀"""\n' + basic]) {
      const [f] = readPython(text).findings;
      const T = f.hyperparameters.T!;
      assert.equal(text.slice(T.range.from, T.range.to), '300');
      const lines = text.split(/\r\n|\n/);
      assert.equal(lines[T.range.line - 1].slice(T.range.column, T.range.endColumn), '300');
    }
  });

  it('too large and binary are refused in words', () => {
    const big = readPython(basic + '\n# ' + 'x'.repeat(10_000_000));
    assert.deepEqual(big.findings, []);
    assert.match(big.skipped!, /10\.0 million characters/);
    const binary = readPython('\u0000\u0001\u0002PNG cumprod sqrt torch DDPMScheduler');
    assert.deepEqual(binary.findings, []);
    assert.match(binary.skipped!, /binary/);
    assert.match(readPython('\ufffd'.repeat(500)).skipped!, /binary/);
  });

  it('broken code keeps what can be read', () => {
    const cut = fixture('script_module');
    const broken = cut + '\n\ndef (((:\n  class x(\n"""never closed\n';
    assert.equal(readPython(broken).findings[0]?.hyperparameters.T?.value, 140);
  });

  it('nesting and repetition end in time', () => {
    const head = 'import torch\nx = torch.cumprod(torch.sqrt(1), 0)\n';
    const cases = [
      `y = ${'('.repeat(3000)}1${')'.repeat(3000)}`, `y = ${'['.repeat(3000)}`, `y = ${'1 + '.repeat(20000)}1`, `y = ${'f('.repeat(2000)}`,
      Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}if a:`).join('\n'), 'while True:\n    x = x + 1\n', 'for i in range(10 ** 12):\n    x *= i\n',
      'def f(n):\n    return f(n + 1) * f(n + 2)\nf(0)\n', 'x = [[[i for i in range(9999)] for j in range(9999)] for k in range(9999)]', 'x = [0] * 10 ** 9\n', 'x = torch.zeros(10 ** 12)\n',
      'x = 2 ** 2 ** 2 ** 2 ** 2 ** 2\n', 'def g(a):\n    a.append(a)\n    return a\ng([])\n', `x${'.a'.repeat(5000)}`, `y = ${'-'.repeat(5000)}1`, `y = ${'not '.repeat(5000)}1`, `y = ${'lambda: '.repeat(3000)}1`,
      'class A(A):\n    def __init__(self):\n        self.b = A()\n        super().__init__()\nA()\n',
    ];
    for (const text of cases) {
      const start = performance.now();
      const result = readPython(head + text);
      assert.deepEqual(result, { findings: [] }, text.slice(0, 40));
      assert.ok(performance.now() - start < 4000, `${text.slice(0, 40)} took ${performance.now() - start} ms`);
    }
  });

  it('the prefilter passes every positive and stops ordinary code', () => {
    for (const { name, text } of fixtures('positive')) assert.ok(mayHoldDiffusion(text), name);
    assert.equal(mayHoldDiffusion('import torch\nprint(torch.ones(3))\n'), false);
    assert.equal(mayHoldDiffusion('def f(x):\n    return x ** 0.5\n'), false);
  });

  it('other languages are not read', () => {
    assert.equal(read(basic, 'python').findings.length, 1);
    assert.deepEqual(read(basic, 'plaintext').findings, []);
  });
});

describe('symbols', () => {
  const { findings } = readPython(basic);

  it('at an offset', () => {
    const at = (needle: string, shift = 0) => symbolAt(findings, basic.indexOf(needle) + shift)?.binding;
    assert.equal(at('noisy = ')?.symbol, 'xt');
    assert.equal(at('self.abar[t]', 6)?.symbol, 'alphaBar');
    assert.equal(at('eps = torch')?.symbol, 'epsilon');
    assert.equal(at('import'), undefined);
  });

  it('a same-named variable of an unrelated function is not bound', () => {
    const text = basic + '\n\ndef other(betas, eps, x, t):\n    betas = sorted(betas)\n    return betas, eps, x, t\n';
    const start = basic.length;
    for (const f of readPython(text).findings) for (const b of f.symbols) for (const r of b.ranges) assert.ok(r.from < start, `${b.name} is bound in an unrelated function`);
  });

  it('renaming every variable keeps every binding', () => {
    const names: [string, string][] = [['betas', 'qq'], ['abar', 'zork'], ['noisy', 'w2'], ['eps', 'blub'], ['timesteps', 'many'], ['beta_start', 'lo'], ['beta_end', 'hi']];
    let renamed = basic;
    for (const [from, to] of names) renamed = renamed.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), to);
    const back = (name: string) => names.reduce((s, [from, to]) => s.replaceAll(new RegExp(`\\b${to}\\b`, 'g'), from), name);
    const list = (text: string, rename: (s: string) => string) => readPython(text).findings[0].symbols.map((b) => [b.symbol, b.holds, rename(b.name), b.ranges.map((r) => r.line)]);
    assert.deepEqual(list(renamed, back), list(basic, (s) => s));
  });
});

describe('recogniseFiles', () => {
  const files: Record<string, string> = { 'a.py': basic, 'b.py': 'print(1)\n', 'c.bin.py': '\u0000\u0000' };
  const result = recogniseFiles(['a.py', 'missing.py', 'b.py', 'c.bin.py'], (p) => {
    if (!(p in files)) throw new Error('no such file');
    return files[p];
  });

  it('lists findings and problems as plain JSON', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(result)), result);
    assert.equal(result.findings.length, 1);
    const [f] = result.findings;
    assert.deepEqual([f.file, f.family, f.name, f.line, f.framework], ['a.py', 'ddpm', 'Diffusion', 6, 'pytorch']);
    assert.deepEqual(f.hyperparameters.T, { value: 300, unit: 'steps', line: 7, origin: 'default', name: 'timesteps' });
    assert.ok(f.evidence.length > 0);
    assert.deepEqual(result.problems.map((p) => p.file), ['missing.py', 'c.bin.py']);
    assert.match(result.problems[0].message, /cannot be read: no such file/);
  });
});
