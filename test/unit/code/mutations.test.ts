/** Cut, spliced and scrambled programs: the reader answers in time and never throws. Seeded, so a failure repeats. */
import { it } from 'node:test';
import { readPython } from '../../../core/code';
import { surviveDamage } from './damage';
import { fixtures } from './fixtures';

const CASES = 1000;

const SNIPPETS = ['(', ')', '[', ':', '\n', '    ', '\t', '"""', "'", '**', 'for i in range(10 ** 9):\n', 'while True:\n', 'lambda: ', 'self.', '*', '= ', ', ', 'None', '1e309', '-1', '0', 'def f(f=f(f)):\n', 'return ', 'yield ', '\\', '\u0007', '😀', 'T', 'betas', '[::-1]', '[t]', '.append(', 'torch.cumprod('];

it(`${CASES} damaged programs`, () => surviveDamage({ cases: CASES, seed: 20240607, sources: [...fixtures('positive'), ...fixtures('silent')], snippets: SNIPPETS, read: (text) => readPython(text) }));
