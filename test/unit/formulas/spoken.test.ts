import { test } from 'node:test';
import assert from 'node:assert/strict';
import { DERIVATIONS, RELATIONS, stepCondition, stepSpoken, type DerivationStep } from '../../../core/derivations';
import { FORMULAS, formulaSpoken, SYMBOLS, type SymbolId } from '../../../core/formulas';
import { add, apply, argmax, argmin, beside, children, conditional, crossEntropy, density, derivative, det, div, dot, entropy, expectation, fn, gaussian, gaussianFull, gradient, hadamard, integral, inverse, kl, kronecker, letter, mul, neg, normSq, num, PI, pow, power, product, sqrt, sub, sum, sym, total, trace, transpose, type Expr } from '../../../core/formulas/expr';
import { spoken, symbolSpoken } from '../../../core/formulas/spoken';
import { tex } from '../../../core/formulas/tex';
import { readBundle } from '../l10n/check';

const [a, b, s] = [sym('eta'), sym('T'), sym('sigma')];
const one = num(1);
const [x, z] = [sym('x'), sym('latent')];
const [encoder, prior] = [conditional('encoder', z, x), apply('prior', z)];
const A = sym('curvature');

const said: [Expr, string][] = [
  [sub(a, add(a, b)), 'eta 减 左括号 eta 加 大写 T 右括号'],
  [neg(add(a, b)), '负 左括号 eta 加 大写 T 右括号'],
  [mul(a, sub(one, a), b), 'eta 乘 左括号 1 减 eta 右括号 乘 大写 T'],
  [num(-0.5), '负 0.5'],
  [mul(num(2), PI), '2 乘 pi'],
  [div(a, b), 'eta 除以 大写 T'],
  [div(encoder, prior), 'q phi 左括号 z 给定 x 右括号 除以 p 左括号 z 右括号'],
  [div(add(a, b), s), '分式，分子 eta 加 大写 T，分母 sigma t，分式结束'],
  [sqrt(sym('alphaBar')), '根号 alpha bar t'],
  [sqrt(sub(one, sym('alphaBar'))), '根号下 1 减 alpha bar t，根号结束'],
  [sym('alphaBarPrev'), 'alpha bar 下标 t减一'],
  [sym('codeKeep', 'j'), '大写 K tilde j'],
  [sym('lossPrior'), '大写 L 大写 T'],
  [sym('likeliest'), 'theta M L'],
  [sym('xBeforeEnd'), 'x 下标 大写 T减一'],
  [sym('beta', 't-1'), 'beta 下标 t减一'],
  [sym('iterate', 'k+1'), 'w 下标 k加一'],
  [sym('alphaBar', 'T'), 'alpha bar 大写 T'],
  [sym('past', 'j'), 'x j 之前的所有元素'],
  [sym('pointShare', 'i'), 'r i k'],
  [sym('bestWordScore', 'i'), '最优 s i'],
  [sym('rivalHypothesis'), 'h 撇'],
  [pow(sym('sigma'), 2), 'sigma t 的平方'],
  [pow(add(a, b), 2), '左括号 eta 加 大写 T 右括号 的平方'],
  [pow(a, 3), 'eta 的 3 次方'],
  [pow(fn('cos', sub(a, b)), 2), '余弦 左括号 eta 减 大写 T 右括号 的平方'],
  [pow(fn('log', a), 2), '左括号 log eta 右括号 的平方'],
  [power(prior, sub(one, a)), 'p 左括号 z 右括号 的 左括号 1 减 eta 右括号 次方'],
  [fn('exp', a), 'e 的 eta 次方'],
  [fn('exp', neg(a)), 'e 的 左括号 负 eta 右括号 次方'],
  [fn('log', prior), 'log p 左括号 z 右括号'],
  [fn('log', sub(one, a)), 'log 左括号 1 减 eta 右括号'],
  [fn('min', a, b), '较小值 左括号 eta 与 大写 T 右括号'],
  [fn('abs', a), 'eta 的绝对值'],
  [fn('tanh', a), '双曲正切 eta'],
  [product(1, sym('t'), sym('alpha', 's')), '连乘 s 从 1 到 t，alpha s'],
  [add(sum(1, sym('mixtureSize'), mul(sym('mixtureWeight', 'j'), a), 'j'), b), '左括号 求和 j 从 1 到 大写 K，pi j 乘 eta 右括号 加 大写 T'],
  [total('latent', prior), '对所有 z 求和，p 左括号 z 右括号'],
  [integral('latent', prior), '对 z 积分，p 左括号 z 右括号，积分结束'],
  [argmax('parameter', prior), '使 p 左括号 z 右括号 最大的 theta'],
  [argmin('parameter', prior), '使 p 左括号 z 右括号 最小的 theta'],
  [expectation('latent', encoder, fn('log', prior)), '在 q phi 左括号 z 给定 x 右括号 下的期望，log p 左括号 z 右括号，期望结束'],
  [kl('latent', encoder, prior), 'KL 散度，从 q phi 左括号 z 给定 x 右括号，到 p 左括号 z 右括号，散度结束'],
  [crossEntropy('latent', encoder, prior), '交叉熵，q phi 左括号 z 给定 x 右括号，与 p 左括号 z 右括号，交叉熵结束'],
  [entropy('latent', prior), 'p 左括号 z 右括号 的熵'],
  [derivative(sym('mixtureMean', 'j'), sub(a, b)), '对 mu j 求导，eta 减 大写 T，求导结束'],
  [gradient('x', apply('evidence', x)), '对 x 求导，p theta 左括号 x 右括号，求导结束'],
  [normSq(sym('xt')), 'x t 的长度的平方'],
  [normSq(sub(sym('xt'), sym('x0'))), '长度的平方，x t 减 x 零，长度结束'],
  [dot(sym('xt'), sym('x0')), '内积，x t，与 x 零，内积结束'],
  [hadamard(a, b), 'eta 逐元素乘 大写 T'],
  [mul(transpose(sub(a, b)), inverse(A)), '左括号 eta 减 大写 T 右括号 的转置 乘 大写 A 的逆'],
  [sub(trace(A), det(A)), '大写 A 的迹 减 大写 A 的行列式'],
  [sub(letter('k'), kronecker('i', 'j')), 'k 减 delta i j'],
  [density('xPrev', 'xt', 'x0'), 'q 左括号 x 下标 t减一 给定 x t 与 x 零 右括号'],
  [apply('epsilonTheta', sym('xt'), sym('t')), 'epsilon theta 左括号 x t 与 t 右括号'],
  [gaussian(sym('xt'), sym('x0'), sub(one, a)), '正态密度，变量 x t，均值 x 零，方差 1 减 eta，密度结束'],
  [gaussianFull(sym('xt'), sym('x0'), A), '正态密度，变量 x t，均值 x 零，协方差 大写 A，密度结束'],
  [beside('x', 'the evidence lower bound', 'elbo'), '证据下界'],
];
for (const [expr, words] of said) test(`in Chinese: ${words}`, () => assert.equal(spoken(expr, 'zh-cn'), words));

const line: DerivationStep = { left: a, relation: 'at-most', right: b, why: '', kind: 'numeric', label: '' };

test('relations and settings are said in Chinese too', () => {
  assert.equal(stepSpoken(line, 'zh-cn'), 'eta 小于等于 大写 T');
  assert.equal(stepSpoken({ ...line, assuming: { eta: 0 } }, 'zh-cn'), '当 eta 等于 0 时，eta 小于等于 大写 T');
  assert.equal(stepSpoken({ ...line, assuming: { varianceType: 'fixed_small' } }, 'zh-cn'), '当方差为 fixed small 时，eta 小于等于 大写 T');
  assert.equal(stepSpoken({ ...line, assuming: { eta: 0 } }), 'for eta equal to 0: eta is at most capital T');
  assert.equal(stepCondition({ ...line, assuming: { eta: 0 } }, 'zh-cn'), '当 η = 0 时');
  assert.equal(stepCondition({ ...line, assuming: { varianceType: 'fixed_large' } }, 'zh-cn'), '当方差为 fixed_large 时');
});

/** What is read out in Latin letters in Chinese as well: names of Greek letters and accents, functions, norms, subscripts, settings. */
const LATIN = new Set('alpha beta gamma delta epsilon eta theta kappa lambda mu pi sigma tau phi omega ell bar hat tilde log sigmoid KL JS Frobenius data start end simple fixed small large rho'.split(' '));
const english = (words: string): string[] => (words.match(/[A-Za-z]{2,}/g) ?? []).filter((word) => !LATIN.has(word));
const count = (words: string, part: string | RegExp): number => words.split(part).length - 1;

function isChinese(words: string): void {
  assert.deepEqual(english(words), [], words);
  assert.doesNotMatch(words, /[\\_^{}]|undefined/);
  assert.equal(count(words, '左括号'), count(words, '右括号'), words);
  for (const [from, to] of [['分式，', '分式结束'], ['根号下 ', '根号结束'], ['的期望，', '期望结束'], [/KL 散度，|的散度，/, '散度结束'], ['求导，', '求导结束']]) assert.equal(count(words, from), count(words, to), words);
}

for (const derivation of DERIVATIONS) test(`${derivation.id} has no English words in its Chinese speech`, () => {
  for (const step of derivation.steps) {
    const words = stepSpoken(step, 'zh-cn');
    isChinese(words);
    assert.ok(words.includes(` ${RELATIONS[step.relation].spoken['zh-cn']} `), words);
  }
});
test('formulas have no English words in their Chinese speech', () => FORMULAS.forEach((formula) => isChinese(formulaSpoken(formula, 'zh-cn'))));
test('symbols have no English words in their Chinese names', () => {
  for (const id of Object.keys(SYMBOLS) as SymbolId[]) assert.deepEqual(english(symbolSpoken(id, undefined, 'zh-cn')), [], id);
});
test('the check finds English words', () => assert.deepEqual(english('the x 的 alpha of t'), ['the', 'of']));

test('every Chinese name is that of something that is said', () => {
  const besides = (expr: Expr): string[] => [...(expr.kind === 'beside' ? [expr.spoken] : []), ...children(expr).flatMap(besides)];
  const whole = new Set([...Object.values(SYMBOLS).map((symbol) => symbol.spoken), ...DERIVATIONS.flatMap(({ steps }) => steps.flatMap(({ left, right }) => [...besides(left), ...besides(right)]))]);
  const known = new Set([...whole, ...[...whole].flatMap((name) => name.split(' '))]);
  assert.deepEqual(Object.keys(readBundle('core/l10n/zh-cn/spoken.json')).filter((name) => !known.has(name)), []);
});

/** What is written in two ways and means one thing, and what is bold: a vector is called as its components are. */
const asHeard = (written: string): string =>
  written
    .replace(/\\(?:mathbf|boldsymbol)\{([^{}]*)\}/g, '$1')
    .replace(/\\nabla_\{([^{}]*)\}/g, '\\frac{\\partial}{\\partial $1}')
    .replace(/\\det (\w)/g, '\\lvert $1 \\rvert')
    .replace(/\s/g, '');

/** What a voice makes of different expressions in the same words; it does not tell "A" from "a". */
function heardAlike(expressions: readonly Expr[], language: 'en' | 'zh-cn'): string[][] {
  const written = new Map<string, Set<string>>();
  const hear = (expr: Expr): void => {
    const words = spoken(expr, language).toLowerCase();
    if (!written.has(words)) written.set(words, new Set());
    written.get(words)!.add(asHeard(tex(expr)));
    children(expr).forEach(hear);
  };
  expressions.forEach(hear);
  return [...written].filter(([, ways]) => ways.size > 1).map(([words, ways]) => [words, ...ways]);
}

test('no two expressions of a derivation are said alike', () => {
  for (const { id, steps } of DERIVATIONS) {
    for (const language of ['en', 'zh-cn'] as const) assert.deepEqual(heardAlike(steps.flatMap(({ left, right }) => [left, right]), language), [], id);
  }
});
test('what is said alike is found', () => {
  assert.deepEqual(heardAlike([sym('singularValue', 'i'), sym('stepLevel', 'i')], 'en'), []);
  assert.deepEqual(heardAlike([sym('outcome'), beside('y', 'x', 'x')], 'en'), [['x', 'x', 'y']]);
});
