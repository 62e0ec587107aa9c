/** Grammars of plausible numerics: schedules, what follows from them, formulas, networks, loops, in the shapes that people give them and in some that nobody does. */
import fc from 'fast-check';

export type Programs = fc.Arbitrary<string>;

const NAMES = ['betas', 'beta', 'alphas', 'abar', 'x', 'y', 't', 'n', 'noise', 'eps', 'self', 'T', 'model', 'net', 'α', '噪声', 'constructor', '__proto__', 'x1', '_'];
const NUMBERS = ['0', '1', '2', '0.5', '1e-4', '0.02', '1.', '.5', '1e3', '200', '-1', '3.14', '50', '1e308', '100000'];
const OPERATORS = ['+', '-', '*', '/', '**', '%'];

const name = fc.constantFrom(...NAMES);
const num = fc.constantFrom(...NUMBERS);

/** Of an expression with `depth` levels below it. */
function expressions(functions: readonly string[], leaves: readonly string[], more: (sub: fc.Arbitrary<string>) => fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.letrec<{ e: string }>((tie) => ({
    e: fc.oneof({ maxDepth: 4, withCrossShrink: true, depthIdentifier: 'expression' },
      { weight: 3, arbitrary: name },
      { weight: 2, arbitrary: num },
      { weight: 1, arbitrary: fc.constantFrom(...leaves) },
      { weight: 4, arbitrary: fc.tuple(tie('e'), fc.constantFrom(...OPERATORS), tie('e')).map(([a, op, b]) => `${a} ${op} ${b}`) },
      { weight: 2, arbitrary: tie('e').map((e) => `(${e})`) },
      { weight: 4, arbitrary: fc.tuple(fc.constantFrom(...functions), fc.array(tie('e'), { maxLength: 3 })).map(([f, args]) => `${f}(${args.join(', ')})`) },
      { weight: 2, arbitrary: fc.tuple(tie('e'), tie('e')).map(([a, b]) => `${a}[${b}]`) },
      { weight: 1, arbitrary: fc.array(tie('e'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`) },
      ...more(tie('e')).map((arbitrary) => ({ weight: 1, arbitrary })),
    ),
  })).e;
}

const pythonExpression = expressions(
  ['np.cumprod', 'torch.cumprod', 'np.sqrt', 'torch.linspace', 'np.linspace', 'np.arange', 'torch.randn_like', 'torch.cat', 'np.append', 'range', 'len', 'min', 'max', 'sum', 'reversed', 'list', 'enumerate', 'zip', 'model', 'self.model', 'extract', 'torch.clip', 'F.pad', 'np.cos', 'f', 'A', 'math.sqrt', 'x.append', 'F.mse_loss', 'torch.where'],
  ['None', 'True', 'self.betas', 'self.abar[t]', 'betas[:-1]', 'betas[::-1]', 'x[:, None]', '"linear"', "f'{x}'", '*x', '1 - betas', 'torch.cumprod(1 - betas, 0)', 'np.linspace(1e-4, 0.02, 200)', '{}'],
  (e) => [
    fc.tuple(e, e, e).map(([a, b, c]) => `(${a} if ${b} else ${c})`), fc.tuple(e, name, e).map(([a, x, b]) => `[${a} for ${x} in ${b}]`), fc.tuple(name, e).map(([x, a]) => `(lambda ${x}: ${a})`), e.map((a) => `-${a}`), fc.tuple(e, name).map(([a, x]) => `${a}.${x}`),
    fc.tuple(e, e).map(([a, b]) => `${a} < ${b}`), fc.tuple(e, e).map(([a, b]) => `(${a} or ${b})`), fc.tuple(name, e).map(([x, a]) => `(${x} := ${a})`), fc.tuple(e, name, e).map(([a, x, b]) => `{${a}: ${x} for ${x} in ${b}}`), fc.tuple(name, e).map(([x, a]) => `dict(${x}=${a})`),
  ],
);

const javascriptExpression = expressions(
  ['tf.cumprod', 'tf.linspace', 'tf.sub', 'tf.randomNormal', 'tf.sqrt', 'Math.sqrt', 'Math.max', 'Math.pow', 'Math.cos', 'model.predict', 'Array.from', 'new Float64Array', 'new Array', 'f', 'new A', 'this.step', 'x.map', 'x.push', 'x.slice', 'x.concat', 'betas.gather', 'tf.tidy', 'tf.concat', 'x.at'],
  ['null', 'undefined', 'this.betas', 'this.abar[t]', '"linear"', '`${x}`', '...x', '1 - betas[t]', 'tf.cumprod(tf.sub(1, betas))', 'tf.linspace(1e-4, 0.02, 200)', '{}', '() => 0', '(x, i) => x * i', '(p, b) => p * (1 - b)', '{ length: 100 }'],
  (e) => [
    fc.tuple(e, e, e).map(([a, b, c]) => `(${a} ? ${b} : ${c})`), fc.tuple(name, e).map(([x, a]) => `((${x}) => ${a})`), fc.tuple(name, e).map(([x, a]) => `((${x}) => { return ${a}; })`), e.map((a) => `-${a}`), fc.tuple(e, name).map(([a, x]) => `${a}.${x}`), fc.tuple(e, name).map(([a, x]) => `${a}?.${x}`),
    fc.tuple(e, e).map(([a, b]) => `${a} ?? ${b}`), fc.tuple(e, e).map(([a, b]) => `${a} === ${b}`), fc.tuple(name, e).map(([x, a]) => `(${x} = ${a})`), fc.tuple(name, e).map(([x, a]) => `({ ${x}: ${a}, [${x}]: ${x}, ...${x} })`), name.map((x) => `${x}++`),
  ],
);

type Lines = readonly string[];
const indented = (body: readonly Lines[], by = '    ') => body.flat().map((line) => by + line);

function statements(make: (body: fc.Arbitrary<Lines>) => fc.Arbitrary<Lines>[], simple: fc.Arbitrary<Lines>): fc.Arbitrary<Lines> {
  return fc.letrec<{ s: Lines }>((tie) => {
    const body = fc.array(tie('s'), { minLength: 1, maxLength: 3 }).map((list) => list.flat());
    return { s: fc.oneof({ maxDepth: 3, withCrossShrink: true, depthIdentifier: 'statement' }, { weight: 6, arbitrary: simple }, ...make(body).map((arbitrary) => ({ weight: 1, arbitrary }))) };
  }).s;
}

const p = pythonExpression;
const pythonStatement = statements(
  (body) => [
    fc.tuple(p, body).map(([e, b]) => [`if ${e}:`, ...indented([b])]), fc.tuple(p, body, body).map(([e, b, c]) => [`if ${e}:`, ...indented([b]), 'else:', ...indented([c])]), fc.tuple(name, p, body).map(([x, e, b]) => [`for ${x} in ${e}:`, ...indented([b])]), fc.tuple(p, body).map(([e, b]) => [`while ${e}:`, ...indented([b])]),
    fc.tuple(name, p, body).map(([x, e, b]) => [`for ${x} in reversed(range(${e})):`, ...indented([b])]), fc.tuple(name, fc.array(fc.tuple(name, p), { maxLength: 3 }), body).map(([f, ps, b]) => [`def ${f}(${ps.map(([x, e], i) => (i % 2 ? `${x}=${e}` : x)).join(', ')}):`, ...indented([b])]),
    fc.tuple(name, name, body).map(([a, b, c]) => [`class ${a}(${b}):`, '    def __init__(self, T=100, betas=None):', ...indented([c], '        ')]), fc.tuple(body, body).map(([a, b]) => ['try:', ...indented([a]), 'except ValueError as e:', ...indented([b])]), fc.tuple(p, name, body).map(([e, x, b]) => [`with ${e} as ${x}:`, ...indented([b])]),
  ],
  fc.oneof(fc.tuple(name, p).map(([x, e]) => [`${x} = ${e}`]), fc.tuple(name, p).map(([x, e]) => [`self.${x} = ${e}`]), fc.tuple(name, p).map(([x, e]) => [`${x} *= ${e}`]), p.map((e) => [e]), p.map((e) => [`return ${e}`]), fc.tuple(name, name, p).map(([x, y, e]) => [`${x}, ${y} = ${e}`]), fc.tuple(name, p, p).map(([x, i, e]) => [`${x}[${i}] = ${e}`]),
    fc.tuple(p, p).map(([a, b]) => [`x = np.sqrt(abar[t]) * ${a} + np.sqrt(1 - abar[t]) * ${b}`]), fc.constantFrom(['break'], ['continue'], ['pass'], ['yield x'], ['import torch'])),
);

const PYTHON_CORE = ['import numpy as np, math, torch\nfrom torch import nn\nT = 60\nbetas = np.linspace(1e-4, 0.02, T)\nabar = np.cumprod(1 - betas)\n', 'import math\nbetas = [0.001 + 0.0002 * i for i in range(80)]\nabar = []\np = 1.0\nfor b in betas:\n    p *= 1 - b\n    abar.append(p)\nz = math.sqrt(p)\n', 'import torch\nsqrt = torch.sqrt\nx = 1\nx *= 2\n'];
export const pythonPrograms: Programs = fc.tuple(fc.constantFrom(...PYTHON_CORE), fc.array(pythonStatement, { minLength: 1, maxLength: 7 })).map(([head, body]) => head + body.flat().join('\n') + '\n');

const j = javascriptExpression;
const javascriptStatement = statements(
  (body) => [
    fc.tuple(j, body).map(([e, b]) => [`if (${e}) {`, ...indented([b]), '}']), fc.tuple(j, body, body).map(([e, b, c]) => [`if (${e}) {`, ...indented([b]), '} else {', ...indented([c]), '}']), fc.tuple(name, j, body).map(([x, e, b]) => [`for (const ${x} of ${e}) {`, ...indented([b]), '}']),
    fc.tuple(name, j, body).map(([x, e, b]) => [`for (let ${x} = 0; ${x} < ${e}; ${x}++) {`, ...indented([b]), '}']), fc.tuple(name, j, body).map(([x, e, b]) => [`for (let ${x} = ${e}; ${x} >= 0; ${x} -= 1) {`, ...indented([b]), '}']), fc.tuple(j, body).map(([e, b]) => [`while (${e}) {`, ...indented([b]), '}']),
    fc.tuple(name, fc.array(fc.tuple(name, j), { maxLength: 3 }), body).map(([f, ps, b]) => [`function ${f}(${ps.map(([x, e], i) => (i % 2 ? `${x} = ${e}` : x)).join(', ')}) {`, ...indented([b]), '}']), fc.tuple(name, name, body).map(([a, b, c]) => [`class ${a} extends ${b} {`, '    constructor(T = 100) {', '        super();', ...indented([c], '        '), '    }', '}']),
    fc.tuple(name, body).map(([f, b]) => [`const ${f} = (t) => {`, ...indented([b]), '};']), fc.tuple(j, j, body).map(([e, l, b]) => [`switch (${e}) {`, `    case ${l}:`, ...indented([b], '        '), '        break;', '    default:', '}']), fc.tuple(body, body).map(([a, b]) => ['try {', ...indented([a]), '} catch (e) {', ...indented([b]), '}']),
  ],
  fc.oneof(fc.tuple(name, j).map(([x, e]) => [`const ${x} = ${e};`]), fc.tuple(name, j).map(([x, e]) => [`this.${x} = ${e}`]), fc.tuple(name, j).map(([x, e]) => [`${x} *= ${e};`]), j.map((e) => [`${e};`]), j.map((e) => [`return ${e};`]), fc.tuple(name, name, j).map(([x, y, e]) => [`const [${x}, { ${y} = 1 }] = ${e};`]), fc.tuple(name, j, j).map(([x, i, e]) => [`${x}[${i}] = ${e};`]),
    fc.tuple(j, j).map(([a, b]) => [`x = Math.sqrt(abar[t]) * ${a} + Math.sqrt(1 - abar[t]) * ${b};`]), fc.constantFrom(['break;'], ['continue;'], [';'], ['yield x;'], ['import * as tf from "@tensorflow/tfjs";'])),
);

const JAVASCRIPT_CORE = ["import * as tf from '@tensorflow/tfjs';\nconst betas = tf.linspace(1e-4, 0.02, 60);\nconst abar = tf.cumprod(tf.sub(1, betas));\nlet noise = 1; noise *= Math.sqrt(1 - noise);\n", 'const T = 80;\nconst betas = Array.from({ length: T }, (_, i) => 0.001 + 0.0002 * i);\nconst abar = [];\nlet p = 1, noise = Math.sqrt(2);\nfor (const b of betas) { p *= 1 - b; abar.push(p); }\n'];
export const javascriptPrograms: Programs = fc.tuple(fc.constantFrom(...JAVASCRIPT_CORE), fc.array(javascriptStatement, { minLength: 1, maxLength: 7 })).map(([head, body]) => head + body.flat().join('\n') + '\n');
