/** What the fuzz tests know of each language. A new one is a line in `LANGUAGES`: its id, the fixtures that seed it, and scraps to put into them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { javascriptPrograms, pythonPrograms, type Programs } from './fuzz-programs';

export interface FuzzLanguage {
  id: string;
  /** Of fixtures anywhere below test/fixtures/code. */
  extensions: readonly string[];
  /** What is typed into a source, or stands in a row with others of its kind. */
  scraps: readonly string[];
  /** Before a row of scraps, so that the file is read at all. */
  head: string;
  /** Programs of a grammar. */
  programs?: Programs;
  /** Of all cases, in parts; 1 where it is not said. */
  share?: number;
}

const ANY = ['(', ')', '[', ']', '{', '}', ',', ':', ';', '\n', '\r\n', '\r', ' ', '    ', '\t', '\f', "'", '"', '\\', '=', '==', '*', '**', '*=', '-', '.', '@', '#', '0', '1', '-1', '0.02', '1e309', '9'.repeat(400), '0x', '1_000', 'T', 'x', 'betas', '\u0000',
  '\ufeff', '\u0007', '😀', '\ud800', '\udc00', 'é', '变量', 'β', '\u2028', '\u00a0', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'prototype', 'return ', 'yield ', 'await ', 'a'.repeat(300)];

const PYTHON = [...ANY, '"""', "'''", 'f"{x}"', 'f"{x!r:{w}}"', 'f"{', 'rb"', 'lambda: ', 'lambda x=x, *a, **k: ', 'self.', 'None', 'def f(f=f(f)):\n', 'def f(a, /, b, *, c=1, **k):\n    ', 'class A(A):\n', 'class A(B, metaclass=C):\n    ', 'while True:\n    ',
  'for i in range(10 ** 9):\n    ', 'for i in range(20):\n        ', 'if x:\n    ', 'else:\n', 'elif x:\n', 'try:\n', 'except E, e:\n', 'except* E:\n', 'finally:\n', 'with a as b, c as d:\n', 'match x:\n    case [1, *_]:\n', 'async def ', ':=', '->', '[::-1]', '[t]',
  '[:, None]', '[...]', '.append(', 'torch.cumprod(', 'np.cumprod(1 - ', 'torch.linspace(1e-4, 0.02, T)', 'torch.randn_like(', 'super().__init__()', 'print x', 'print >>f, x', 'exec "x"', '`x`', '<>', '0777', '0o17', '10L', "ur'x'", 'raise E, "m"', 'global x\n', 'nonlocal x\n',
  'import torch\n', 'from a import (b, c)\n', 'from . import *\n', 'import a.b as c\n', '[i for i in ', 'for x in y', 'x for x in range(9)', '{**d}', '*a, b = ', 'type X[T] = ', 'DDPMScheduler(', 'register_buffer("betas", ', '.parse_args()', 'add_argument("--T", default=5)', '@property\n',
  'if __name__ == "__main__":\n    ', 'isinstance(x, int)', 'not in ', ' is not ', 'x if y else z', '1j', '%%time\n', '!pip install x\n', '?\n', 'del x\n', 'assert x, "y"\n'];

const JAVASCRIPT = [...ANY, '`', '`${', '}`', '/*', '*/', '//', '=>', '(x) => ', '...', '?.', '??', '??=', '?', '!', '++', '--', '===', '|', '&&', '/', '/[/]/g', '<', '>', '</div>', '<div>', '<T,>', '<A b={c}>{d}</A>', '<>', '</>', "<p>don't {x}</p>", ' as any', ' satisfies X',
  'for (let i = 0; i < 1e9; i++) ', 'for (const x of y) ', 'for (const [a, {b = 1}] of y) ', 'for (;;) ', 'for (let i = T - 1; i >= 0; i--) {', 'while (true) ', 'do x(); while (y)\n', 'function f(a = f(f)) ', 'function* g() {', 'class A extends A ', 'class B { #p = 1; static { } get x() { return 1 } ',
  'this.', 'super(', 'new ', 'async ', 'const ', 'let ', 'var ', 'export ', 'export default ', 'import x from "y"\n', 'import * as tf from "@tensorflow/tfjs"\n', 'const {a: [b = b], ...c} = ', 'interface X { a: 1 }\n', 'type X<T> = T extends infer U ? U : never\n', 'enum E { A = 1 }\n', 'declare ',
  'namespace N {', '@dec() ', 'case ', 'default:', 'switch (t) {', 'if (x) ', 'else ', 'try { ', ' catch (e) {', ' finally {', 'throw ', 'label: ', 'break;', 'continue;', '.map((x, i) => ', '.reduce((a, b) => a * b, ', '.push(', '.fill(0)', 'Math.sqrt(', 'Math.min(...', 'tf.cumprod(', 'tf.sub(1, ',
  'tf.tidy(() => ', 'tf.linspace(1e-4, 0.02, T)', 'tf.randomNormal(', '.gather(t)', 'Array.from({ length: T }, ', 'new Float64Array(', 'useMemo(() => ', 'x!.y', 'NaN', 'Infinity', 'undefined', '10n', '07', '0b1', '#!/x\n', '<!--', 'a?.[0]?.(1)', 'yield* ', 'typeof ', 'void ', 'delete ', 'in ', 'instanceof '];

const JAVASCRIPT_HEAD = 'let p = 1; const noise = 1; p *= 1 - p; const q = Math.sqrt(1 - p);\n';

export const LANGUAGES: readonly FuzzLanguage[] = [
  { id: 'python', extensions: ['.py'], scraps: PYTHON, head: 'import torch\nx = torch.cumprod(torch.sqrt(1), 0)\n', programs: pythonPrograms, share: 12 },
  { id: 'typescript', extensions: ['.ts'], scraps: JAVASCRIPT, head: JAVASCRIPT_HEAD, programs: javascriptPrograms, share: 4 },
  { id: 'typescriptreact', extensions: ['.tsx', '.ts'], scraps: JAVASCRIPT, head: JAVASCRIPT_HEAD },
  { id: 'javascript', extensions: ['.js'], scraps: JAVASCRIPT, head: JAVASCRIPT_HEAD, programs: javascriptPrograms, share: 2 },
  { id: 'javascriptreact', extensions: ['.jsx', '.js', '.tsx'], scraps: JAVASCRIPT, head: JAVASCRIPT_HEAD },
];

/** Cases of each language, so that they are `total` together. */
export function sharesOf(total: number): { language: string; cases: number }[] {
  const parts = LANGUAGES.reduce((sum, { share = 1 }) => sum + share, 0);
  const out = LANGUAGES.map(({ id, share = 1 }) => ({ language: id, cases: Math.floor((total * share) / parts) }));
  out[0].cases += total - out.reduce((sum, { cases }) => sum + cases, 0);
  return out;
}

/** Sources of the language among the fixtures, whatever folders there are. */
export function seedsOf(language: FuzzLanguage): string[] {
  const root = path.join(process.cwd(), 'test/fixtures/code');
  const files = readdirSync(root, { recursive: true }).map(String).filter((file) => language.extensions.includes(path.extname(file))).sort();
  // Positive ones twice: what is found is where most can go wrong.
  return files.flatMap((file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    return /positive/.test(file) ? [text, text] : [text];
  });
}
