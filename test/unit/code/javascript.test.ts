/** TypeScript and JavaScript: every fixture against the finding beside it, every near miss against silence. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { mayHoldDiffusionJavascript, read, symbolAt } from '../../../core/code';
import { makeBetas } from '../../../core/math/schedules';
import type { ScheduleName } from '../../../core/math/schedules';
import { summary } from './fixtures';
import { javascriptExpected, javascriptFixture, javascriptFixtures } from './javascript-fixtures';

describe('positive fixtures', () => {
  for (const { file, language, text } of javascriptFixtures('positive')) {
    it(file, () => {
      const { findings, skipped } = read(text, language);
      assert.equal(skipped, undefined);
      assert.deepEqual(findings.map(summary), javascriptExpected(file));
      for (const f of findings) {
        assert.ok(f.evidence.length > 0 && f.confidence > 0.5 && f.confidence <= 1);
        for (const b of f.symbols) for (const r of b.ranges) {
          const word = text.slice(r.from, r.to);
          // A field that the class body declares stands there without `this`.
          assert.ok(word === b.name || `this.${word}` === b.name, `"${word}" stands where ${b.name} should`);
        }
      }
    });
  }
});

describe('near misses stay silent', () => {
  for (const { file, language, text } of javascriptFixtures('silent')) {
    it(file, () => assert.deepEqual(read(text, language).findings.map((f) => `${f.kind} ${f.name}: ${f.evidence.map((e) => e.text).join('; ')}`), []));
  }
});

describe('one wrong sign or root and the formula is gone', () => {
  const mutants: [string, string, string][] = [
    ['script_plain.js', 'b) => 1 - b', 'b) => 1 + b'],
    ['script_plain.js', 'Math.sqrt(1 - alphaBars[t])', '(1 - alphaBars[t])'],
    ['factory_closures.ts', 'running *= 1 - betas[i]', 'running *= betas[i]'],
    ['fill_loop.ts', '(1 - beta[i])', '(1 - beta[i]) ** 2'],
    ['cosine_schedule.ts', 'this.alphaBars.sqrt()', 'this.alphaBars'],
    ['cosine_schedule.ts', 'this.betas.neg().add(1)', 'this.betas.add(1)'],
    ['function_train.js', 'x0.mul(a.sqrt())', 'x0.mul(a)'],
    ['broken_but_readable.ts', 'noise.mul(a.neg().add(1).sqrt())', 'noise.mul(a.neg().add(1))'],
    ['required_T.ts', 'cumprod(sub(1, betas), 0)', 'cumprod(sub(1, betas), 0, true)'],
    ['predicts_x0.ts', 'x.mul(ct)', 'x.sub(ct)'],
    ['object_methods.js', 'bar *= 1 - beta', 'bar -= beta'],
  ];
  for (const [file, from, to] of mutants) {
    it(`${file}: ${from} → ${to}`, () => {
      const language = file.endsWith('.ts') ? 'typescript' : 'javascript';
      const text = javascriptFixture(file);
      assert.ok(text.includes(from));
      assert.equal(read(text, language).findings.length, 1);
      // What trains a network to find noise is a diffusion model still, but not one of whose schedule anything is said.
      for (const f of read(text.replaceAll(from, to), language).findings) {
        assert.deepEqual([f.hyperparameters.schedule, f.symbols], [undefined, []]);
        for (const e of f.evidence) assert.doesNotMatch(e.text, /Ho et al/);
      }
    });
  }
});

describe('the schedule is read by value', () => {
  const ratio = (f: string) => `Array.from({ length: T }, (_, i) => Math.min(1 - ${f}(i + 1) / ${f}(i), 0.999))`;
  const sources: Record<Exclude<ScheduleName, 'custom'>, string> = {
    linear: 'tf.linspace(B0, B1, T)',
    linear_scaled: 'tf.linspace((1000 / T) * B0, (1000 / T) * B1, T)',
    scaled_linear: 'tf.linspace(Math.sqrt(B0), Math.sqrt(B1), T).square()',
    cosine: `(() => { const f = i => Math.cos(((i / T + 0.008) / 1.008) * Math.PI / 2) ** 2; return tf.tensor1d(${ratio('f')}); })()`,
    sigmoid: 'tf.linspace(-6, 6, T).sigmoid().mul(B1 - B0).add(B0)',
    sigmoid_alpha_bar: `(() => { const s = x => 1 / (1 + Math.exp(-x)); const f = i => (s(3) - s(-3 + 6 * i / T)) / (s(3) - s(-3)); return tf.tensor1d(${ratio('f')}); })()`,
  };
  for (const [name, source] of Object.entries(sources)) {
    for (const T of [40, 137, 1000]) {
      it(`${name}, T = ${T}`, () => {
        const text = `import * as tf from '@tensorflow/tfjs';\nconst T = ${T};\nconst [B0, B1] = [0.0003, 0.017];\nconst q = ${source};\nconst r = tf.cumprod(tf.scalar(1).sub(q));\n`
          + 'export const f = (a, k, e) => r.gather(k).sqrt().mul(a).add(tf.sub(1, r.gather(k)).sqrt().mul(e));\nconst noise = tf.randomNormal([2]);\n';
        const { findings: [finding] } = read(text, 'javascript');
        assert.ok(finding);
        const h = finding.hyperparameters;
        assert.equal(h.schedule?.value, name);
        assert.deepEqual([h.T?.value, h.T?.line], [T, 2]);
        assert.equal(h.betas, undefined);
        if (name !== 'cosine' && name !== 'sigmoid_alpha_bar') {
          assert.ok(Math.abs(h.betaStart!.value - 0.0003) < 1e-12 && Math.abs(h.betaEnd!.value - 0.017) < 1e-12);
          assert.equal(h.betaStart!.line, 3);
        }
        makeBetas({ name: h.schedule!.value as ScheduleName, T, betaStart: h.betaStart?.value, betaEnd: h.betaEnd?.value });
      });
    }
  }

  it('the product of every prefix, T = 1000', () => {
    const text = javascriptFixture('predicts_x0.ts').replace('loadNet(), 150', 'loadNet(), 1000');
    assert.equal(read(text, 'typescript').findings[0]?.hyperparameters.T?.value, 1000);
  });

  it('an option chooses the branch', () => {
    const text = javascriptFixture('dispatch_switch.ts');
    const h = read(text.replace("schedule = 'cosine', objective = 'v_prediction'", "schedule = 'linear', objective = 'epsilon'"), 'typescript').findings[0].hyperparameters;
    assert.deepEqual([h.schedule?.value, h.betaEnd?.value, h.predictionType?.value], ['linear', 0.02, 'epsilon']);
    const open = read(text.replace("schedule = 'cosine'", 'schedule'), 'typescript').findings[0];
    assert.equal(open.hyperparameters.schedule, undefined);
    assert.ok(open.notes.some((n) => n.includes('schedule')));
  });
});

describe('texts', () => {
  const basic = javascriptFixture('class_tfjs.ts');
  const places = (text: string) => read(text, 'typescript').findings.map((f) => [f.name, f.range.line, Object.entries(f.hyperparameters).map(([k, h]) => [k, h.value, h.line]), f.symbols.map((b) => [b.symbol, b.name, b.ranges.map((r) => [r.line, r.column])])]);

  it('CRLF and a BOM change nothing; offsets are those of the text as given', () => {
    const plain = places(basic);
    assert.equal(plain.length, 1);
    assert.deepEqual(places(basic.replaceAll('\n', '\r\n')), plain);
    for (const text of [basic, basic.replaceAll('\n', '\r\n'), `\ufeff${basic}`, `/* 日本語 😀 */\n${basic}`]) {
      const T = read(text, 'typescript').findings[0].hyperparameters.T!;
      assert.equal(text.slice(T.range.from, T.range.to), '250');
    }
  });

  it('renaming every variable keeps every binding', () => {
    const names: [string, string][] = [['betas', 'qq'], ['alphasCumprod', 'zork'], ['noise', 'blub'], ['eps', 'w2'], ['timesteps', 'many'], ['betaStart', 'lo'], ['betaEnd', 'hi'], ['x0', 'clean']];
    let renamed = basic;
    for (const [from, to] of names) renamed = renamed.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), to);
    const back = (name: string) => names.reduce((s, [from, to]) => s.replaceAll(new RegExp(`\\b${to}\\b`, 'g'), from), name);
    const list = (text: string, rename: (s: string) => string) => read(text, 'typescript').findings[0].symbols.map((b) => [b.symbol, b.holds, rename(b.name), b.ranges.map((r) => r.line)]);
    assert.deepEqual(list(renamed, back), list(basic, (s) => s));
  });

  it('types, casts and `!` make no difference', () => {
    const erased = basic.replace(/interface Config \{[^}]*\}/, '').replaceAll(/ as tf\.\w+/g, '!').replaceAll(/\?: number|: tf\.\w+|: number/g, '').replaceAll(/private readonly (betas|alphasCumprod);/g, '');
    const hyper = (text: string) => Object.entries(read(text, 'typescript').findings[0].hyperparameters).map(([k, h]) => [k, h.value]);
    assert.deepEqual(hyper(erased), hyper(basic));
  });

  it('the symbol at an offset', () => {
    const { findings } = read(basic, 'typescript');
    assert.equal(symbolAt(findings, basic.indexOf('xt = '))?.binding.symbol, 'xt');
    assert.equal(symbolAt(findings, basic.indexOf('this.alphasCumprod.gather') + 7)?.binding.symbol, 'alphaBar');
    assert.equal(symbolAt(findings, basic.indexOf('import')), null);
  });

  it('JSX is read in the JSX languages, and JavaScript is JSX too', () => {
    const jsx = javascriptFixture('react_demo.tsx').replace(': { point: number; noise: number }', '').replace('<number>', '').replaceAll(/: number(\[\])?/g, '');
    for (const language of ['javascript', 'javascriptreact']) assert.equal(read(jsx, language).findings[0]?.hyperparameters.T?.value, 90);
  });

  it('damage at the end leaves what stands before it; other languages are not read', () => {
    for (const tail of ['\nclass {{{ ((', '\nconst s = `never closed', '\n/* never closed', '\n}}}}))]', '\nexport default function (']) {
      assert.equal(read(basic + tail, 'typescript').findings[0]?.hyperparameters.T?.value, 250, tail);
    }
    assert.deepEqual(read(basic, 'plaintext').findings, []);
    assert.match(read(`\u0000${basic}`, 'typescript').skipped!, /binary, not TypeScript/);
    assert.match(read(`${basic}//${'x\n'.repeat(1_100_000)}`, 'typescript').skipped!, /million characters/);
  });

  it('a minified megabyte is skipped, and quickly', () => {
    const line = basic.replaceAll(/\s+/g, ' ');
    const big = line.repeat(Math.ceil(1e6 / line.length));
    const start = performance.now();
    assert.deepEqual(read(big, 'javascript'), { findings: [] });
    assert.ok(performance.now() - start < 1000);
  });

  it('nesting, recursion and endless loops end in time', () => {
    const head = 'let p = 1; const noise = 1 - Math.sqrt(2); p *= noise;\n';
    const cases = [
      `y = ${'('.repeat(3000)}1${')'.repeat(3000)}`, `y = ${'['.repeat(3000)}`, `y = ${'1 + '.repeat(900)}1`, `y = ${'f('.repeat(1500)}`, `y = x${'.a()'.repeat(900)}`,
      'if (a) '.repeat(600), `${'{'.repeat(2000)}`, 'for (;;) { p = p + 1; }', 'for (let i = 0; i < 1e12; i++) p *= i;', 'while (true) p++;', 'do { p *= 2 } while (p)',
      'function f(n) { return f(n + 1) * f(n + 2); }\nf(0);', 'const a = new Float32Array(1e12);', 'const b = Array.from({ length: 1e9 }, (_, i) => i);', 'const c = []; c[1e9] = 3; c.push(c); c.map((v) => c.map((w) => c.map((x) => x)));',
      'const o = { m() { return this.m(); } }; o.m();', 'class A extends A { b = new A(); }\nnew A();', 'const g = () => g; g()()()();', 'let { a: { b: [d = d] = d } = d } = d;',
      'const h = [1, 2, 3].reduce((s, v) => s + h);', 'switch (p) { case 1: case 2: p; default: case 3: }', 'x = a ? b : c ? '.repeat(300), '`${'.repeat(500), 'const z = 2 ** 2 ** 2 ** 2 ** 2 ** 2;',
    ];
    for (const text of cases) {
      const start = performance.now();
      assert.deepEqual(read(head + text, 'typescript'), { findings: [] }, text.slice(0, 40));
      assert.ok(performance.now() - start < 4000, `${text.slice(0, 40)} took ${performance.now() - start} ms`);
    }
  });
});

it('the sample in samples/', () => {
  const [f, ...more] = read(readFileSync('samples/ddpm_tfjs.ts', 'utf8'), 'typescript').findings;
  assert.equal(more.length, 0);
  const h = f.hyperparameters;
  assert.deepEqual([f.kind, f.name, f.framework, h.T?.value, h.schedule?.value, h.betaStart?.value, h.betaEnd?.value, h.predictionType?.value, h.varianceType?.value],
    ['class', 'DDPM', 'tfjs', 100, 'linear', 0.001, 0.1, 'epsilon', 'fixed_large']);
  assert.ok(f.range.line < 20);
});

describe('ordinary code', () => {
  it('the prefilter passes every positive', () => {
    for (const { file, text } of javascriptFixtures('positive')) assert.ok(mayHoldDiffusionJavascript(text), file);
  });

  it('libraries are skipped, nearly all of them without being parsed', () => {
    const files = ['node_modules/@tensorflow/tfjs-core/dist/ops', 'node_modules/katex/src', 'node_modules/uplot/dist', 'node_modules/typescript/lib']
      .flatMap((dir) => readdirSync(dir).filter((f) => /\.([cm]?js|ts)$/.test(f)).map((f) => path.join(dir, f)));
    assert.ok(files.length > 300, `${files.length} files`);
    let passed = 0;
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      if (mayHoldDiffusionJavascript(text)) passed++;
      assert.deepEqual(read(text, file.endsWith('.ts') ? 'typescript' : 'javascript').findings, [], file);
    }
    assert.ok(passed <= files.length / 100, `${passed} of ${files.length} files are parsed`);
  });
});
