import { test } from 'node:test';
import assert from 'node:assert/strict';
import { add, apply, children, conditional, definite, density, derivative, div, divergence, dot, expectation, fn, frobeniusSq, gaussian, gaussian1, gaussianFull, gradient, kl, letter, mul, neg, norm, normSq, num, PI, pow, product, sqrt, sub, sum, sumAfter, sym, symbolsOf, total, withChildren, type Expr } from '../../../core/formulas/expr';
import { spoken } from '../../../core/formulas/spoken';
import { FOLLOWS_T } from '../../../core/formulas/symbols';
import { symbolTex, tex } from '../../../core/formulas/tex';

const [a, b, s] = [sym('eta'), sym('T'), sym('sigma')];
const one = num(1);
const [x, z] = [sym('x'), sym('latent')];
const [encoder, prior] = [conditional('encoder', z, x), apply('prior', z)];

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
  ['Frobenius norm squared', frobeniusSq(sub(sym('firstCovariance'), sym('secondCovariance'))), '\\lVert \\boldsymbol{\\Sigma}_p - \\boldsymbol{\\Sigma}_q \\rVert_{\\mathrm{F}}^{2}'],
  ['length', mul(norm(sub(sym('xt'), sym('x0'))), a), '\\lVert \\mathbf{x}_t - \\mathbf{x}_0 \\rVert\\,\\eta'],
  ['the rest of a sum', sumAfter(letter('k'), b, sym('beta', 's'), 's'), '\\sum_{s=k+1}^{T} \\beta_s'],
  ['inner product', dot(sym('xt'), sym('x0')), '\\langle \\mathbf{x}_t,\\, \\mathbf{x}_0 \\rangle'],
  ['function of two', apply('epsilonTheta', sym('xt'), sym('t')), '\\boldsymbol{\\epsilon}_\\theta(\\mathbf{x}_t, t)'],
  ['gaussian with a sum as variance', gaussian(sym('xt'), sym('x0'), sub(one, a)), '\\mathcal{N}(\\mathbf{x}_t;\\, \\mathbf{x}_0,\\, (1 - \\eta)\\,\\mathbf{I})'],
  ['gaussian with variance 1', gaussian(sym('xt'), sym('x0'), one), '\\mathcal{N}(\\mathbf{x}_t;\\, \\mathbf{x}_0,\\, \\mathbf{I})'],
  ['conditional density', density('xPrev', 'xt', 'x0'), 'q(\\mathbf{x}_{t-1} \\mid \\mathbf{x}_t, \\mathbf{x}_0)'],
  ['first and last index', sub(sym('alphaBar', '1'), sym('alphaBar', 'T')), '\\bar{\\alpha}_1 - \\bar{\\alpha}_T'],
  ['logarithm', fn('log', sub(one, a)), '\\log(1 - \\eta)'],
  ['previous index', sym('beta', 't-1'), '\\beta_{t-1}'],
  ['number times π', mul(num(2), PI), '2\\,\\pi'],
  ['sum over k', sum(1, sym('mixtureSize'), mul(sym('mixtureWeight', 'k'), a), 'k'), '\\sum_{k=1}^{K} \\pi_k\\,\\eta'],
  ['another letter', sym('mixtureWeight', 'j'), '\\pi_j'],
  ['a letter that is in the subscript', sym('pointShare', 'i'), 'r_{ik}'],
  ['a subscript of several characters', sym('past', 'j'), 'x_{<j}'],
  ['a factor before a sum', mul(a, sum(1, b, sym('beta', 's'))), '\\eta \\sum_{s=1}^{T} \\beta_s'],
  ['minus a sum over s', sub(a, sum(1, b, sym('beta', 's'))), '\\eta - \\sum_{s=1}^{T} \\beta_s'],
  ['a sum over s before a factor', mul(sum(1, b, sym('beta', 's')), a), '\\left( \\sum_{s=1}^{T} \\beta_s \\right) \\eta'],
  ['sums in each other', total('anyContext', total('anyWord', apply('ngramCount', sym('anyContext'), sym('anyWord')))), '\\sum_{h} \\sum_{w} c(h, w)'],
  ['a function under a condition', encoder, 'q_\\phi(z \\mid \\mathbf{x})'],
  ['expectation', expectation('latent', encoder, fn('log', prior)), '\\mathbb{E}_{q_\\phi(z \\mid \\mathbf{x})}[\\log p(z)]'],
  ['expectation of a fraction', expectation('latent', prior, div(a, b)), '\\mathbb{E}_{p(z)}\\left[ \\frac{\\eta}{T} \\right]'],
  ['divergence', kl('latent', encoder, prior), 'D_{\\mathrm{KL}}(q_\\phi(z \\mid \\mathbf{x}) \\,\\Vert\\, p(z))'],
  ['derivative', derivative(x, fn('log', apply('evidence', x))), '\\frac{\\partial}{\\partial \\mathbf{x}} \\log p_\\theta(\\mathbf{x})'],
  ['derivative of a sum by one of a family', derivative(sym('logit', 'k'), add(a, b)), '\\frac{\\partial}{\\partial a_k} (\\eta + T)'],
  ['derivative before a factor', mul(derivative(a, a), b), '\\left( \\frac{\\partial}{\\partial \\eta} \\eta \\right) T'],
  ['second derivative', derivative(a, derivative(a, fn('log', a))), '\\frac{\\partial^{2}}{\\partial \\eta^{2}} \\log(\\eta)'],
  ['derivative of a vector', divergence('x', mul(a, x)), '\\nabla_{\\mathbf{x}} \\cdot (\\eta\\,\\mathbf{x})'],
  ['divergence of a gradient', divergence('x', gradient('x', apply('evidence', x))), '\\nabla_{\\mathbf{x}} \\cdot \\nabla_{\\mathbf{x}} p_\\theta(\\mathbf{x})'],
  ['integral between bounds', mul(a, definite('latent', one, b, add(sym('latent'), a))), '\\eta\\,\\int_{1}^{T} (z + \\eta) \\,\\mathrm{d}z'],
  ['square of a value of a function', pow(prior, 2), 'p(z)^{2}'],
  ['square of an increment', pow(sym('stateIncrement'), 2), '(\\Delta X)^{2}'],
  ['gaussian of one component', gaussian1(z, a, pow(s, 2)), '\\mathcal{N}(z;\\, \\eta,\\, \\sigma_t^{2})'],
  ['absolute value', fn('abs', sub(a, b)), '\\lvert \\eta - T \\rvert'],
];
for (const [what, expr, expected] of written) test(`TeX: ${what}`, () => assert.equal(tex(expr), expected));

test('htmlData wraps each symbol once, the power inside', () => {
  assert.equal(tex(mul(a, pow(s, 2)), { htmlData: true }), '\\htmlData{sym=eta}{\\eta}\\,\\htmlData{sym=sigma}{\\sigma_t^{2}}');
  assert.equal(tex(density('xt', 'x0'), { htmlData: true }), 'q(\\htmlData{sym=xt}{\\mathbf{x}_t} \\mid \\htmlData{sym=x0}{\\mathbf{x}_0})');
});

test('an index in brackets is replaced inside of them, and follows a sum over t', () => {
  assert.equal(symbolTex('orderedVariable'), 'x_{\\sigma(t)}');
  assert.equal(symbolTex('orderedVariable', 't'), 'x_{\\sigma(t)}');
  assert.equal(symbolTex('orderedVariable', 't-1'), 'x_{\\sigma(t-1)}');
  assert.ok(FOLLOWS_T.has('orderedVariable') && FOLLOWS_T.has('orderedPast'));
});

test('a symbol without time has no index to replace', () => {
  assert.throws(() => symbolTex('eta', 't-1'), /eta has no index/);
});

const said: [Expr, string][] = [
  [pow(sym('stateIncrement'), 2), 'open bracket delta capital X close bracket squared'],
  [sub(sym('stepPoint', 'i'), sym('stepLevel', 'j-1')), 'x i minus previous sigma j'],
  [sub(a, add(a, b)), 'eta minus open bracket eta plus capital T close bracket'],
  [div(a, b), 'eta over capital T'],
  [div(add(a, b), s), 'the fraction eta plus capital T, over sigma t, end of fraction'],
  [sqrt(sub(one, sym('alphaBar'))), 'the square root of 1 minus alpha bar t, end of root'],
  [sym('alphaBarPrev'), 'alpha bar at t minus one'],
  [sym('beta', 't-1'), 'previous beta'],
  [fn('log', sub(one, sym('alphaBar', 'T'))), 'the natural logarithm of 1 minus alpha bar capital T, end of natural logarithm'],
  [sym('alphaBar', '1'), 'alpha bar 1'],
  [product(1, sym('t'), sym('alpha', 's')), 'the product over s from 1 to t of alpha s'],
  [density('xPrev', 'xt', 'x0'), 'q of x at t minus one given x t and x nought'],
  [sumAfter(letter('k'), b, sym('beta', 's'), 's'), 'the sum over s from k plus 1 to capital T of beta s'],
  [norm(sub(a, b)), 'the length of eta minus capital T, end of length'],
  [frobeniusSq(sym('firstCovariance')), 'the squared Frobenius norm of capital Sigma p'],
  [add(sum(1, sym('mixtureSize'), mul(sym('mixtureWeight', 'j'), a), 'j'), b), 'open bracket the sum over j from 1 to capital K of pi j times eta close bracket plus capital T'],
  [total('latent', prior), 'the sum over all z of p of z'],
  [expectation('latent', encoder, prior), 'the expectation under q phi of z given x, of p of z, end of expectation'],
  [kl('latent', encoder, prior), 'the K L divergence from q phi of z given x, to p of z, end of divergence'],
  [derivative(sym('mixtureMean', 'j'), sub(a, b)), 'the derivative with respect to mu j of open bracket eta minus capital T close bracket, end of derivative'],
  [divergence('x', mul(a, x)), 'the divergence with respect to x of eta times x, end of divergence'],
  [definite('latent', one, b, a), 'the integral over z from 1 to capital T of eta, end of integral'],
  [sym('pointShare', 'i'), 'r i k'],
  [pow(add(a, b), 2), 'open bracket eta plus capital T close bracket squared'],
  [pow(fn('log', a), 2), 'open bracket the natural logarithm of eta close bracket squared'],
  [fn('log', pow(a, 2)), 'the natural logarithm of eta squared, end of natural logarithm'],
  [pow(fn('log', sub(a, b)), 2), 'the natural logarithm of eta minus capital T, end of natural logarithm squared'],
  [sym('iterate', 'k+1'), 'w index k plus 1, end of index'],
  [add(sym('iterate', 'k'), one), 'w k plus 1'],
  [gaussian(sym('xt'), sym('x0'), a), 'the normal density at x t, with mean x nought, and variance eta, end of density'],
  [gaussianFull(sym('xt'), sym('x0'), sym('firstCovariance')), 'the normal density at x t, with mean x nought, and covariance capital Sigma p, end of density'],
  [sym('curvature'), 'capital A'],
  [sym('codeKeep', 'j'), 'capital K tilde j'],
  [sym('likeliest'), 'theta M L'],
  [sym('lossPrior'), 'capital L capital T'],
  [apply('gammaFunction', mul(a, b)), 'the gamma function of open bracket eta times capital T close bracket'],
  [mul(apply('gammaFunction', a), b), 'the gamma function of eta times capital T'],
  [apply('encoderNetwork', apply('encoderNetwork', x)), 'f phi of f phi of x'],
  [apply('sameWord', apply('textWord', letter('t')), letter('i')), 'delta of open bracket word w of t and i close bracket'],
  [apply('pairCounts', letter('i'), letter('k')), 'the pair count of i and k'],
  [sym('pairTotal'), 'the number of all pairs'],
];
for (const [expr, words] of said) test(`spoken: ${words}`, () => assert.equal(spoken(expr), words));

test('symbolsOf lists each symbol once, in reading order', () => {
  assert.deepEqual(symbolsOf(add(mul(a, s), mul(a, b)), density('xt', 'x0')), ['eta', 'sigma', 'T', 'xt', 'x0']);
});

test('symbols that are summed over or moved by a derivative count', () => {
  assert.deepEqual(symbolsOf(total('latent', a), derivative(x, b)), ['latent', 'eta', 'x', 'T']);
});

test('a derivative is taken by a symbol, or by one of a family', () => {
  for (const by of [one, add(a, b), sym('beta', 't-1'), sym('beta', 'T')]) assert.throws(() => derivative(by, a), /taken by a symbol/);
});

test('parts taken out and put in again make the same expression', () => {
  for (const [, expr] of [...written, ...said.map(([e]) => ['', e] as const)]) assert.deepEqual(withChildren(expr, children(expr)), expr);
});
