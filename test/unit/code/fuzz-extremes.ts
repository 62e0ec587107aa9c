/** Texts that no person writes, and some that a few do: very deep, very long, very many of one thing, and definitions that go round in circles. */

export interface Extreme {
  name: string;
  /** Of about so many characters. */
  make(size: number): string;
  /** Once is all there is of it. */
  fixed?: boolean;
}

const deep = (open: string, inner: string, close: string) => (size: number) => {
  const n = Math.floor((size - inner.length) / (open.length + close.length));
  return open.repeat(n) + inner + close.repeat(n);
};
const many = (unit: (i: number) => string) => (size: number) => {
  const out: string[] = [];
  for (let i = 0, n = 0; n < size; i++) {
    out.push(unit(i));
    n += out[i].length;
  }
  return out.join('');
};
const blocks = (head: (i: number) => string, step: string) => (size: number) => {
  const out: string[] = [];
  for (let i = 0, n = 0; n < size && i < 2500; i++) {
    out.push(step.repeat(i) + head(i));
    n += out[i].length;
  }
  return out.join('\n') + '\n';
};

export const PYTHON_EXTREMES: readonly Extreme[] = [
  { name: 'parentheses', make: (n) => `y = ${deep('(', '1', ')')(n)}\n` },
  { name: 'open brackets', make: (n) => `y = ${'['.repeat(n)}\n` },
  { name: 'closing brackets', make: (n) => `y = ${')'.repeat(n)}\n` },
  { name: 'open braces', make: (n) => `y = ${'{'.repeat(n)}\n` },
  { name: 'lists', make: (n) => `y = ${deep('[', '', ']')(n)}\n` },
  { name: 'calls', make: (n) => `y = ${deep('f(', '', ')')(n)}\n` },
  { name: 'subscripts', make: (n) => `y = x${'[0]'.repeat(n / 3)}\n` },
  { name: 'attributes', make: (n) => `y = x${'.a'.repeat(n / 2)}\n` },
  { name: 'method chain', make: (n) => `y = x${'.a()'.repeat(n / 4)}\n` },
  { name: 'sum', make: (n) => `y = ${'1 + '.repeat(n / 4)}1\n` },
  { name: 'powers', make: (n) => `y = ${'2 ** '.repeat(n / 5)}2\n` },
  { name: 'minus', make: (n) => `y = ${'-'.repeat(n)}1\n` },
  { name: 'not', make: (n) => `y = ${'not '.repeat(n / 4)}1\n` },
  { name: 'comparisons', make: (n) => `y = ${'1 < '.repeat(n / 4)}1\n` },
  { name: 'and or', make: (n) => `y = ${'a and b or '.repeat(n / 11)}1\n` },
  { name: 'conditional', make: (n) => `y = ${'a if b else '.repeat(n / 12)}1\n` },
  { name: 'lambda', make: (n) => `y = ${'lambda: '.repeat(n / 8)}1\n` },
  { name: 'comprehensions', make: (n) => `y = ${deep('[x for x in ', 'z', ']')(n)}\n` },
  { name: 'clauses', make: (n) => `y = [x ${'for x in x '.repeat(n / 11)}]\n` },
  { name: 'f-strings', make: (n) => `y = ${deep("f'{", 'x', "}'")(n)}\n` },
  { name: 'dicts', make: (n) => `y = ${deep('{1: ', '0', '}')(n)}\n` },
  { name: 'targets', make: (n) => `${'y = '.repeat(n / 4)}1\n` },
  { name: 'await', make: (n) => `y = ${'await '.repeat(n / 6)}x\n` },
  { name: 'strings in a row', make: (n) => `y = ${"'a' ".repeat(n / 4)}\n` },
  { name: 'if in if', make: blocks(() => 'if a:', ' ') },
  { name: 'def in def', make: blocks((i) => `def f${i}(a):`, ' ') },
  { name: 'class in class', make: blocks((i) => `class A${i}(B):`, ' ') },
  { name: 'elif', make: (n) => `if a:\n    y = 1\n${'elif b:\n    y = 2\n'.repeat(n / 18)}` },
  { name: 'decorators', make: (n) => `${'@d\n'.repeat(n / 3)}def f(): pass\n` },
  { name: 'a line of a million characters', make: (n) => `y = [${'0.5, '.repeat(n / 5)}]\n` },
  { name: 'a long comment', make: (n) => `# ${'x'.repeat(n)}\n` },
  { name: 'a long string', make: (n) => `y = "${'x'.repeat(n)}"\n` },
  { name: 'an unclosed string', make: (n) => `y = """${'x\n'.repeat(n / 2)}` },
  { name: 'quotes', make: (n) => `y = ${"'".repeat(n)}\n` },
  { name: 'backslashes', make: (n) => `y = 1 ${'\\\n'.repeat(n / 2)}\n` },
  { name: 'a long name', make: (n) => `${'a'.repeat(n)} = 1\n` },
  { name: 'many names', make: many((i) => `name_${i} = ${i}\n`) },
  { name: 'names on a line', make: (n) => `${many((i) => `name_${i}, `)(n)} = z\n` },
  { name: 'many functions', make: many((i) => `def f${i}(a, b=${i}):\n    return f${i + 1}(a * b)\n`) },
  { name: 'many classes', make: many((i) => `class A${i}(A${i + 1}):\n    def __init__(self):\n        self.b = A${i + 2}()\n`) },
  { name: 'parameters', make: (n) => `def f(${many((i) => `a${i}=${i}, `)(n)}):\n    return a1\n` },
  { name: 'a huge number', make: (n) => `y = ${'9'.repeat(n)}\n` },
  { name: 'blank lines', make: (n) => '\n'.repeat(n) },
  { name: 'form feeds', make: (n) => '\f'.repeat(n) },
  { name: 'carriage returns', make: (n) => 'x = 1\r'.repeat(n / 6) },
  { name: 'spaces', make: (n) => ' '.repeat(n) + 'x = 1\n' },
  { name: 'tabs', make: (n) => '\t'.repeat(n) + 'x = 1\n' },
  { name: 'semicolons', make: (n) => 'x = x * 2; '.repeat(n / 11) + '\n' },
  { name: 'spaces after a name', make: (n) => `x${' '.repeat(n)}\n` },
  { name: 'equals signs', make: (n) => `x ${'='.repeat(n)}\n` },
  { name: 'colons', make: (n) => `x${':'.repeat(n)}\n` },
  { name: 'surrogates', make: (n) => '\ud800'.repeat(n) },
  { name: 'ideographs', make: (n) => '变'.repeat(n) + ' = 1\n' },
  { name: 'open defs', make: (n) => 'def f('.repeat(n / 6) + '\n' },
  { name: 'defs with open heads', make: (n) => 'def f(a,\n'.repeat(n / 9) },
  { name: 'statements of module level', make: (n) => 'x = torch.sqrt(x * 0.5)\n'.repeat(n / 24) },
  { name: 'a list that holds itself', fixed: true, make: () => 'a = []\na.append(a)\nb = torch.tensor(a)\nc = np.array([a, a])\nd = {}\nd["d"] = d\nprint(a == a, sum(a), list(a), min(a), torch.cat(a))\nfor x in a:\n    a.extend(a)\n' },
  { name: 'growing lists', fixed: true, make: () => 'a = [1, 2]\nfor i in range(20000):\n    a = a + a\n    a += a\n    a.extend(a)\n' },
  { name: 'growing strings', fixed: true, make: () => 's = "ab"\nfor i in range(20000):\n    s = s + s\n' },
  { name: 'a nest of shared lists', fixed: true, make: () => `a = [1]\n${'a = [a, a]\n'.repeat(300)}b = torch.tensor(a)\nc = b * a\n` },
  { name: 'recursion', fixed: true, make: () => 'def f(n):\n    return f(n + 1) * f(n + 2)\nf(0)\ndef g(x):\n    return h(x) + h(x)\ndef h(x):\n    return g(x) - g(x)\ng(1)\nk = lambda: k() * k()\nk()\n' },
  { name: 'a tree of calls', fixed: true, make: () => Array.from({ length: 30 }, (_, i) => `def f${i}(x):\n    return f${i + 1}(x) + f${i + 1}(x) + f${i + 1}(x)\n`).join('') + 'f0(1)\n' },
  { name: 'classes that need each other', fixed: true, make: () => 'class A(B):\n    def __init__(self):\n        self.b = B()\n        super().__init__()\nclass B(A):\n    def __init__(self):\n        self.a = A()\n        super().__init__()\nclass C(C):\n    c = C()\n    def __init__(self): self.c = C(); self.d = self.c.c.c\n    @property\n    def p(self): return self.p\nA()\nC().p\nA.__init__ = B.__init__\n' },
  { name: 'a class that inherits from itself', fixed: true, make: () => 'while "linear":\n    class x(x):\n        def __init__(self, T=100):\n            self.T = T\nwhile 1:\n    class y(y, y):\n        T = 3\n' },
  { name: 'endless loops', fixed: true, make: () => 'while True:\n    x = x * 2\nfor i in range(10 ** 18):\n    x *= i\nfor i in range(1e999):\n    pass\nfor i in range(0, 9, 1e-300):\n    pass\nwhile 1: pass\n' },
  { name: 'loops without a body', fixed: true, make: () => 'while (lambda b: b):\n    for _ in reversed(range(1e3)):\n        pass\n' + 'while (lambda b: b):\n    list(range(1000))\n'.repeat(100) },
  { name: 'long arrays again and again', fixed: true, make: () => 'for i in range(1000):\n    x = np.zeros(20000) * 2\n'.repeat(300) },
  { name: 'loops in loops', fixed: true, make: () => `${Array.from({ length: 12 }, (_, i) => `${' '.repeat(i)}for i${i} in range(20000):\n`).join('')}${' '.repeat(12)}x = x * i0\n` },
  { name: 'comprehensions over much', fixed: true, make: () => 'x = [[[i for i in range(9999)] for j in range(9999)] for k in range(9999)]\ny = [0] * 10 ** 18\nz = torch.zeros(10 ** 12)\nw = np.linspace(0, 1, 10 ** 9)\nv = np.pad(np.ones(9), (10 ** 9, 10 ** 9))\nu = list(range(10 ** 18))\nt = [1] * -1\ns = torch.ones(3)[::0]\nr = torch.ones(3)[::-1.5]\nq = [1] * 0.5\nl = []\nl.insert(1e18, 2)\nl.insert(float("nan"), 2)\n' },
  { name: 'matrices', fixed: true, make: () => 'a = np.ones(300)\nb = a[:, None] * a[None, :]\nc = a.reshape(-1, 0)\nd = a.reshape(0)\ne = a.reshape(float("inf"))\nf = a.view(-1, -1)\ng = a.unsqueeze(1e9)\nh = a.unsqueeze(-9)\ni = a[float("nan")]\nj = a[1e99]\nk = a[0.5]\na[0.5] = 1\na[-1e9] = 2\na[1e9] = 3\n' },
  { name: 'numbers at the end of the scale', fixed: true, make: () => 'a = 2 ** 2 ** 2 ** 2 ** 2 ** 2\nb = 10 ** 400\nc = -b\nd = b - b\ne = [d, d, d]\nf = np.cumprod(1 - np.array(e))\ng = range(d)\nh = int(b)\ni = round(d)\nj = 0xFFFFFFFFFFFFFFFFFFFFFFFF\nk = 1e-400\nl = torch.linspace(d, b, 9)\nm = torch.arange(0, b)\nn = torch.arange(0, 1, k)\n' },
];

export const JAVASCRIPT_EXTREMES: readonly Extreme[] = [
  { name: 'parentheses', make: (n) => `y = ${deep('(', '1', ')')(n)};\n` },
  { name: 'open brackets', make: (n) => `y = ${'['.repeat(n)}\n` },
  { name: 'open braces', make: (n) => `${'{'.repeat(n)}\n` },
  { name: 'closing braces', make: (n) => `${'}'.repeat(n)}\n` },
  { name: 'blocks', make: deep('{', '', '}') },
  { name: 'arrays', make: (n) => `y = ${deep('[', '', ']')(n)}\n` },
  { name: 'objects', make: (n) => `y = ${deep('{a:', '0', '}')(n)}\n` },
  { name: 'calls', make: (n) => `y = ${deep('f(', '', ')')(n)}\n` },
  { name: 'chain', make: (n) => `y = x${'.a()'.repeat(n / 4)}\n` },
  { name: 'optional chain', make: (n) => `y = x${'?.[0]'.repeat(n / 5)}\n` },
  { name: 'sum', make: (n) => `y = ${'1 + '.repeat(n / 4)}1\n` },
  { name: 'powers', make: (n) => `y = ${'2 ** '.repeat(n / 5)}2\n` },
  { name: 'commas', make: (n) => `y = (${'1, '.repeat(n / 3)}1)\n` },
  { name: 'assignments', make: (n) => `${'y = '.repeat(n / 4)}1\n` },
  { name: 'not', make: (n) => `y = ${'!'.repeat(n)}1\n` },
  { name: 'typeof', make: (n) => `y = ${'typeof '.repeat(n / 7)}1\n` },
  { name: 'new', make: (n) => `y = ${'new '.repeat(n / 4)}X\n` },
  { name: 'conditionals', make: (n) => `y = ${'a ? b : '.repeat(n / 8)}1\n` },
  { name: 'arrows', make: (n) => `y = ${'x => '.repeat(n / 5)}1\n` },
  { name: 'arrows with bodies', make: (n) => `y = ${deep('() => { return ', '1', '}')(n)}\n` },
  { name: 'functions', make: (n) => deep('function f() {', '', '}')(n) },
  { name: 'classes', make: (n) => deep('class A { m() {', '', '}}')(n) },
  { name: 'templates', make: (n) => `y = ${deep('`${', 'x', '}`')(n)}\n` },
  { name: 'open templates', make: (n) => `y = ${'`${'.repeat(n / 3)}\n` },
  { name: 'JSX', make: (n) => `y = ${deep('<a>', '', '</a>')(n)}\n` },
  { name: 'open JSX', make: (n) => `y = ${'<a b={'.repeat(n / 6)}\n` },
  { name: 'generics', make: (n) => `let y: ${deep('A<', 'B', '>')(n)};\n` },
  { name: 'function types', make: (n) => `let y: ${'(a: b) => '.repeat(n / 10)}c;\n` },
  { name: 'conditional types', make: (n) => `type Y = ${'A extends B ? C : '.repeat(n / 18)}D;\n` },
  { name: 'patterns', make: (n) => `const ${deep('[', 'a', ']')(n)} = b;\n` },
  { name: 'object patterns', make: (n) => `const ${deep('{a:', 'a', '}')(n)} = b;\n` },
  { name: 'pattern parameters', make: (n) => `function f(${deep('[', 'a', ']')(n)}) {}\n` },
  { name: 'else if', make: (n) => `if (a) {}${' else if (b) {}'.repeat(n / 14)}\n` },
  { name: 'if in if', make: (n) => `${'if (a) '.repeat(n / 7)}b();\n` },
  { name: 'labels', make: (n) => `${'a: '.repeat(n / 3)}b();\n` },
  { name: 'for in for', make: (n) => `${'for (;;) '.repeat(n / 9)}b();\n` },
  { name: 'cases', make: (n) => `switch (a) { ${'case b: '.repeat(n / 8)} c(); }\n` },
  { name: 'cases with bodies', make: (n) => `switch (a) { ${'case b: c(); break; '.repeat(n / 20)} }\n` },
  { name: 'namespaces', make: (n) => deep('namespace A {', '', '}')(n) },
  { name: 'decorators', make: (n) => `${'@d '.repeat(n / 3)}class A {}\n` },
  { name: 'await', make: (n) => `y = ${'await '.repeat(n / 6)}x\n` },
  { name: 'spreads', make: (n) => `y = [${'...'.repeat(n / 3)}x]\n` },
  { name: 'slashes', make: (n) => `y = ${'/ '.repeat(n / 2)}\n` },
  { name: 'regular expressions', make: (n) => `y = ${'/[/]/ + '.repeat(n / 8)}1\n` },
  { name: 'comments', make: (n) => '/* x */\n'.repeat(n / 8) },
  { name: 'an open comment', make: (n) => `/*${' x\n'.repeat(n / 3)}` },
  { name: 'quotes', make: (n) => `y = ${"'".repeat(n)}\n` },
  { name: 'many constants', make: many((i) => `const name${i} = ${i} * 0.5;\n`) },
  { name: 'constants of one declaration', make: (n) => `const ${many((i) => `n${i} = ${i}, `)(n)}z = 1;\n` },
  { name: 'many functions', make: many((i) => `function f${i}(a, b = ${i}) { return f${i + 1}(a * b); }\n`) },
  { name: 'many closures', make: many((i) => `const f${i} = (a) => (b) => a * b * Math.sqrt(${i});\n`) },
  { name: 'many classes', make: many((i) => `class A${i} extends A${i + 1} { x = new A${i + 2}(); }\n`) },
  { name: 'parameters', make: (n) => `function f(${many((i) => `a${i} = ${i}, `)(n)}b) { return b; }\n` },
  { name: 'a long name', make: (n) => `${'a'.repeat(n)} = 1\n` },
  { name: 'numbers', make: (n) => `y = [${'0.5,\n'.repeat(n / 5)}];\n` },
  { name: 'spaces', make: (n) => `x${' '.repeat(n)}=1\n` },
  { name: 'carriage returns', make: (n) => 'x = 1\r'.repeat(n / 6) },
  { name: 'surrogates', make: (n) => '\ud800'.repeat(n) },
  { name: 'statements of module level', make: (n) => 'x = Math.sqrt(x * 0.5);\n'.repeat(n / 24) },
  { name: 'lists that hold themselves', fixed: true, make: () => 'const a = [];\na.push(a);\na.push(...a);\nconst b = tf.tensor(a);\nconst d = {};\nd.d = d;\nconst e = { ...d, d };\nMath.max(...a);\na.concat(a, a);\nfor (const x of a) a.push(x);\na.map((x) => a.map((y) => a.push(y)));\n' },
  { name: 'growing lists', fixed: true, make: () => 'let a = [1, 2];\nfor (let i = 0; i < 20000; i++) { a = [...a, ...a]; a = a.concat(a); a.push(...a); a.unshift(...a); }\n' },
  { name: 'recursion', fixed: true, make: () => 'function f(n) { return f(n + 1) * f(n + 2); }\nf(0);\nconst g = (x) => h(x) + h(x);\nconst h = (x) => g(x) - g(x);\ng(1);\nconst k = () => () => k()();\nk();\n' },
  { name: 'classes that need each other', fixed: true, make: () => 'class A extends B { b = new B(); constructor() { super(); this.a = new A(); } }\nclass B extends A { a = new A(); get p() { return this.p; } }\nclass C extends C { static c = new C(); }\nnew A(); new C(); new B().p;\n' },
  { name: 'endless loops', fixed: true, make: () => 'while (true) { x *= 2; }\nfor (;;) { x *= 2; }\nfor (let i = 0; i < 1e18; i++) x *= i;\nfor (let i = 0; i < 9; i += 1e-300) x *= i;\nfor (let i = 0; i < 9; i += 0) x *= i;\ndo { x *= 2; } while (1);\nfor (let i = 9; i >= 0; i -= NaN) x *= i;\n' },
  { name: 'arrays of every length', fixed: true, make: () => 'new Array(1e18); new Array(-1); new Array(0.5); new Float64Array(1e9); Array.from({ length: 1e18 }); Array.from({ length: -1 }, (x) => x); Array.from({ length: NaN }); tf.zeros([1e12]); tf.linspace(0, 1, 1e12); tf.range(0, 1, 0); [1, 2].at(1e99); [1][NaN]; [1][-1]; "a".repeat(1e18); x = []; x[1e9] = 1; x[-1] = 2; x[0.5] = 3; x.length = 1e9; x.fill(x); x.set(x, 1e9);\n' },
];
