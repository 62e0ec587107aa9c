/** Cut, spliced and scrambled TypeScript: the reader answers in time and never throws. Seeded, so a failure repeats. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { read } from '../../../core/code';
import { javascriptFixtures } from './javascript-fixtures';

const CASES = 600;
const LIMIT_MS = 3000;

/** mulberry32 */
function generator(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const SNIPPETS = ['(', ')', '[', ']', '{', '}', ';', ',', '\n', '`', '`${', "'", '"', '/*', '*/', '//', '=>', '...', '?.', '??', '?', ':', '!', '**', '++', 'for (let i = 0; i < 1e9; i++) ', 'while (true) ', 'function f(a = f(f)) ',
  'class A extends A ', 'this.', 'super(', 'return ', 'yield ', 'await ', 'new ', 'async ', 'const {a: [b = b]} = ', '<T,>', ' as any', '\u0007', '😀', 'T', 'betas', '.map((x, i) => ', '.reduce((a, b) => ', 'tf.cumprod(', 'tf.tidy(() => ', '.gather(t)', 'case ', 'switch (t) {', '1e309', '-1', '0'];

it(`${CASES} damaged programs`, () => {
  const sources = [...javascriptFixtures('positive'), ...javascriptFixtures('silent')];
  const random = generator(20250611);
  const pick = <V>(list: readonly V[]) => list[Math.floor(random() * list.length)];
  const at = (text: string) => Math.floor(random() * (text.length + 1));
  let found = 0;
  for (let i = 0; i < CASES; i++) {
    const source = pick(sources);
    let { text } = source;
    for (let k = Math.floor(random() * 4); k >= 0; k--) {
      const a = at(text);
      const b = Math.min(text.length, a + Math.floor(random() * 60));
      switch (Math.floor(random() * 5)) {
        case 0: text = text.slice(0, a); break;
        case 1: text = text.slice(0, a) + text.slice(b); break;
        case 2: text = text.slice(0, a) + pick(SNIPPETS) + text.slice(a); break;
        case 3: { const other = pick(sources).text; text = text.slice(0, a) + other.slice(at(other)); break; }
        default: text = text.slice(0, a) + text.slice(a, b).split('').reverse().join('') + text.slice(b);
      }
    }
    const start = performance.now();
    const result = read(text, source.language);
    assert.equal(result.skipped, undefined, `case ${i}: ${result.skipped}\n${text}`);
    assert.ok(performance.now() - start < LIMIT_MS, `case ${i} took ${performance.now() - start} ms\n${text}`);
    for (const f of result.findings) {
      found++;
      JSON.stringify(f);
      for (const b of f.symbols) for (const r of b.ranges) assert.ok(r.from < r.to && r.to <= text.length, `case ${i}: range outside the text`);
    }
  }
  // Damage that leaves the model whole must leave the finding: the loop is not a test of empty answers.
  assert.ok(found > CASES / 20, `only ${found} findings`);
});
