/** Cut, spliced and scrambled TypeScript: the reader answers in time and never throws. Seeded, so a failure repeats. */
import { it } from 'node:test';
import { read } from '../../../core/code';
import { surviveDamage } from './damage';
import { javascriptFixtures } from './javascript-fixtures';

const CASES = 600;

const SNIPPETS = ['(', ')', '[', ']', '{', '}', ';', ',', '\n', '`', '`${', "'", '"', '/*', '*/', '//', '=>', '...', '?.', '??', '?', ':', '!', '**', '++', 'for (let i = 0; i < 1e9; i++) ', 'while (true) ', 'function f(a = f(f)) ',
  'class A extends A ', 'this.', 'super(', 'return ', 'yield ', 'await ', 'new ', 'async ', 'const {a: [b = b]} = ', '<T,>', ' as any', '\u0007', '😀', 'T', 'betas', '.map((x, i) => ', '.reduce((a, b) => ', 'tf.cumprod(', 'tf.tidy(() => ', '.gather(t)', 'case ', 'switch (t) {', '1e309', '-1', '0'];

it(`${CASES} damaged programs`, () => surviveDamage({ cases: CASES, seed: 20250611, sources: [...javascriptFixtures('positive'), ...javascriptFixtures('silent')], snippets: SNIPPETS, read: (text, { language }) => read(text, language) }));
