import { test } from 'node:test';
import assert from 'node:assert/strict';
import { add, apply, density, div, dot, fn, gaussian, mul, neg, normSq, num, pow, product, sqrt, sub, sum, sym, symbolsOf, type Expr } from '../../../core/formulas/expr';
import { spoken } from '../../../core/formulas/spoken';
import { symbolTex, tex } from '../../../core/formulas/tex';

const [a, b, s] = [sym('eta'), sym('T'), sym('sigma')];
const one = num(1);

const written: [string, Expr, string][] = [
  ['a sum of products needs no brackets', add(mul(a, b), b), '\\eta\\,T + T'],
  ['a sum as a factor does', mul(a, add(a, b)), '\\eta\\,(\\eta + T)'],
  ['minus a sum', sub(a, add(a, b)), '\\eta - (\\eta + T)'],
  ['minus a difference', sub(a, sub(a, b)), '\\eta - (\\eta - T)'],
  ['a difference first in a difference', sub(sub(a, b), b), '\\eta - T - T'],
  ['plus a difference', add(a, sub(b, one)), '\\eta + T - 1'],
  ['plus something negative', add(a, neg(b)), '\\eta + (-T)'],
  ['plus a negative number', add(a, num(-2)), '\\eta + (-2)'],
  ['times a negative', mul(a, neg(b)), '\\eta\\,(-T)'],
  ['minus a sum in front', neg(add(a, b)), '-(\\eta + T)'],
  ['minus a product in front', neg(mul(a, b)), '-\\eta\\,T'],
  ['fractions hold their sums', div(add(a, b), sub(a, b)), '\\frac{\\eta + T}{\\eta - T}'],
  ['brackets grow around fractions only', mul(a, sub(one, div(a, b))), '\\eta \\left( 1 - \\frac{\\eta}{T} \\right)'],
  ['roots hold their sums', sqrt(sub(one, a)), '\\sqrt{1 - \\eta}'],
  ['power of a symbol goes over its subscript', pow(s, 2), '\\sigma_t^{2}'],
  ['power of a sum', pow(add(a, b), 2), '(\\eta + T)^{2}'],
  ['power of a fraction', pow(div(a, b), 2), '\\left( \\frac{\\eta}{T} \\right)^{2}'],
  ['power of a power', pow(pow(a, 2), 3), '(\\eta^{2})^{3}'],
  ['power of a negative number', pow(num(-2), 2), '(-2)^{2}'],
  ['power of a function', pow(fn('cos', a), 2), '\\cos^{2}(\\eta)'],
  ['number times number', mul(num(2), num(3)), '2 \\cdot 3'],
  ['number times fraction is no mixed number', mul(num(2), div(one, num(3))), '2 \\cdot \\frac{1}{3}'],
  ['symbol times number', mul(a, num(3)), '\\eta \\cdot 3'],
  ['product over s', product(1, sym('t'), sym('alpha', 's')), '\\prod_{s=1}^{t} \\alpha_s'],
  ['sum of a sum', sum(1, sym('t'), add(sym('beta', 's'), one)), '\\sum_{s=1}^{t} (\\beta_s + 1)'],
  ['a product over s before another factor', mul(product(1, sym('t'), sym('alpha', 's')), a), '\\left( \\prod_{s=1}^{t} \\alpha_s \\right) \\eta'],
  ['length squared', normSq(sub(sym('xt'), sym('x0'))), '\\lVert \\mathbf{x}_t - \\mathbf{x}_0 \\rVert^{2}'],
  ['inner product', dot(sym('xt'), sym('x0')), '\\langle \\mathbf{x}_t,\\, \\mathbf{x}_0 \\rangle'],
  ['function of two', apply('epsilonTheta', sym('xt'), sym('t')), '\\boldsymbol{\\epsilon}_\\theta(\\mathbf{x}_t, t)'],
  ['gaussian with a sum as variance', gaussian(sym('xt'), sym('x0'), sub(one, a)), '\\mathcal{N}(\\mathbf{x}_t;\\, \\mathbf{x}_0,\\, (1 - \\eta)\\,\\mathbf{I})'],
  ['conditional density', density('xPrev', 'xt', 'x0'), 'q(\\mathbf{x}_{t-1} \\mid \\mathbf{x}_t, \\mathbf{x}_0)'],
  ['first and last index', sub(sym('alphaBar', '1'), sym('alphaBar', 'T')), '\\bar{\\alpha}_1 - \\bar{\\alpha}_T'],
  ['logarithm', fn('log', sub(one, a)), '\\log(1 - \\eta)'],
  ['previous index', sym('beta', 't-1'), '\\beta_{t-1}'],
];
for (const [what, expr, expected] of written) test(`TeX: ${what}`, () => assert.equal(tex(expr), expected));

test('htmlData wraps each symbol once, the power inside', () => {
  assert.equal(tex(mul(a, pow(s, 2)), { htmlData: true }), '\\htmlData{sym=eta}{\\eta}\\,\\htmlData{sym=sigma}{\\sigma_t^{2}}');
  assert.equal(tex(density('xt', 'x0'), { htmlData: true }), 'q(\\htmlData{sym=xt}{\\mathbf{x}_t} \\mid \\htmlData{sym=x0}{\\mathbf{x}_0})');
});

test('a symbol without time has no index to replace', () => {
  assert.throws(() => symbolTex('eta', 't-1'), /eta has no index/);
});

const said: [Expr, string][] = [
  [sub(a, add(a, b)), 'eta minus open bracket eta plus capital T close bracket'],
  [div(a, b), 'eta over capital T'],
  [div(add(a, b), s), 'the fraction eta plus capital T, over sigma t, end of fraction'],
  [sqrt(sub(one, sym('alphaBar'))), 'the square root of 1 minus alpha bar t, end of root'],
  [sym('alphaBarPrev'), 'previous alpha bar'],
  [sym('beta', 't-1'), 'previous beta'],
  [fn('log', sub(one, sym('alphaBar', 'T'))), 'the natural logarithm of 1 minus alpha bar capital T, end of natural logarithm'],
  [sym('alphaBar', '1'), 'alpha bar 1'],
  [product(1, sym('t'), sym('alpha', 's')), 'the product over s from 1 to t of alpha s'],
  [density('xPrev', 'xt', 'x0'), 'q of previous x given x t and x nought'],
  [pow(add(a, b), 2), 'open bracket eta plus capital T close bracket squared'],
];
for (const [expr, words] of said) test(`spoken: ${words}`, () => assert.equal(spoken(expr), words));

test('symbolsOf lists each symbol once, in reading order', () => {
  assert.deepEqual(symbolsOf(add(mul(a, s), mul(a, b)), density('xt', 'x0')), ['eta', 'sigma', 'T', 'xt', 'x0']);
});
