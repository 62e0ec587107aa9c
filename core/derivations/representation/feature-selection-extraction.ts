/** Selecting features and extracting new ones: how much variance each keeps, and why the best direction keeps at least as much as the best feature. */
import { div, dot, gradient, letter, mul, normSq, num, pow, sub, sum, sym, trace, transpose, type Expr, type Letter } from '../../formulas/expr';
import { JOLLIFFE_2002 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { featuresTight, featuresWorld } from '../worlds/features';

const [one, two] = [num(1), num(2)];
const [x, N, D, C, e, w, S] = [sym('dataPoint', 'i'), sym('dataSize'), sym('dimensions'), sym('covariance'), sym('coordinateVector', 'j'), sym('extractionDirection'), sym('selectionMatrix')];
const [v, lambda, first] = [sym('principalDirection', 'j'), sym('principalVariance', 'j'), sym('principalVariance', '1')];
const [vl, lambdaL] = [sym('principalDirection', 'l'), sym('principalVariance', 'l')];
const mean = (body: Expr): Expr => mul(div(one, N), sum(1, N, body, 'i'));
const overFeatures = (body: Expr, by: Letter = 'j'): Expr => sum(1, D, body, by);
/** aᵀ C a */
const kept = (a: Expr): Expr => mul(transpose(a), C, a);
const lost = (a: Expr): Expr => mean(normSq(sub(x, mul(dot(a, x), a))));
const share = (a: Expr, b: Expr): Expr => pow(dot(a, b), 2);
const length = mul(transpose(w), w);

export const FEATURE_SELECTION_EXTRACTION: Derivation = {
  id: 'feature-selection-extraction',
  title: 'Selecting features and extracting features',
  shows:
    'Selection keeps some of the given numbers of an example, extraction makes new ones as weighted sums. Both are projections, and by the Rayleigh quotient the best direction keeps at least as much variance as the best single feature.',
  source: JOLLIFFE_2002('sections 1.1 and 2.1'),
  prerequisites: [
    'The data is centred: each of its D features has the mean zero over the N examples.',
    'Inner product, trace, and eigenvectors of a symmetric matrix.',
    'Variance is a measure of how much is kept, not of how useful it is: a feature that varies little can be the one that matters for a task. It also depends on the units of the features, which is why they are often scaled first.',
  ],
  given: ['dataPoint', 'dataSize', 'dimensions', 'coordinateVector', 'extractionDirection', 'selectionMatrix', 'identityMatrix'],
  cases: inWorlds(featuresWorld, { tight: featuresTight }),
  steps: [
    {
      label: 'The covariance matrix',
      left: C, relation: 'equal', right: mean(mul(x, transpose(x))), kind: 'definition',
      why: 'The mean of the products of any two features. On its diagonal stand their variances. Some code divides by N − 1 instead, which changes all variances by the same factor.',
    },
    {
      label: 'Select feature j: the variance that is kept',
      left: mean(share(e, x)), relation: 'equal', right: kept(e), kind: 'numeric',
      why: 'The inner product with the direction e_j is the j-th entry of the example. Its square is e_j times the product matrix of the example times e_j, and the mean of the product matrices is C. The result is the j-th entry on the diagonal.',
    },
    {
      label: 'Extract along w: the variance that is kept',
      left: mean(share(w, x)), relation: 'equal', right: kept(w), kind: 'numeric',
      why: 'The same with any direction w of length 1. Selection is the special case in which w is the direction of a feature.',
    },
    {
      label: 'All the variance there is',
      left: mean(normSq(x)), relation: 'equal', right: trace(C), kind: 'numeric',
      why: 'The squared length of an example is the sum of its squared features, so its mean is the sum of all variances, which is the trace.',
    },
    {
      label: 'What selection loses',
      left: lost(e), relation: 'equal', right: sub(trace(C), kept(e)), kind: 'numeric',
      why: 'Kept is the projection on the axis of feature j; all other entries are put to zero. The mean squared error is the variance of the features that were left out.',
    },
    {
      label: 'What extraction loses',
      left: lost(w), relation: 'equal', right: sub(trace(C), kept(w)), kind: 'numeric',
      why: 'The example, less its projection on w, stands at right angles to w. So by Pythagoras the squared lengths of the two parts add up. To lose little is to keep much.',
    },
    {
      label: 'Principal directions',
      left: mul(C, v), relation: 'equal', right: mul(lambda, v), kind: 'definition',
      why: 'A symmetric matrix has D eigenvectors of length 1 at right angles to each other. They are sorted by their eigenvalues, the largest first; no eigenvalue of a covariance matrix is negative.',
    },
    {
      label: 'The variance along each of them',
      left: kept(v), relation: 'equal', right: lambda, kind: 'numeric',
      why: 'The line above, multiplied by the same vector from the left; its squared length is 1.',
    },
    {
      label: 'Two ways to add up all the variance',
      left: overFeatures(kept(e)), relation: 'equal', right: overFeatures(lambda), kind: 'numeric',
      why: 'Both are the trace: it is the sum over the features, and it is the sum of the eigenvalues. So features and principal directions have the same variance in total, but it is spread differently.',
    },
    {
      label: 'The shares of a direction add up to 1',
      left: overFeatures(share(v, w)), relation: 'equal', right: one, kind: 'numeric',
      why: 'The principal directions stand at right angles to each other and fill the space. So the squared components of w along them add up to its squared length, which is 1.',
    },
    {
      label: 'The variance along w is a weighted mean',
      left: kept(w), relation: 'equal', right: overFeatures(mul(lambda, share(v, w))), kind: 'numeric',
      why: 'w was written as the sum of its components. C multiplies each by its eigenvalue, and mixed terms vanish because of the right angles. The weights are the shares of the line above.',
    },
    {
      label: 'No direction keeps more than the first',
      left: kept(w), relation: 'at-most', right: first, kind: 'numeric',
      why: 'A weighted mean is at most the largest of its numbers. Both sides are equal if w is the first principal direction.',
    },
    {
      label: 'Where the Rayleigh quotient is stationary',
      left: gradient('extractionDirection', div(kept(w), length)), relation: 'equal', right: mul(div(two, length), sub(mul(C, w), mul(div(kept(w), length), w))), kind: 'numeric',
      why: 'Divided by the squared length, the quotient may be taken for vectors of any length but zero. By the rule for quotients its gradient is zero exactly where C w is a multiple of w: at the eigenvectors.',
    },
    {
      label: 'A feature as a mixture of principal directions',
      left: kept(e), relation: 'equal', right: overFeatures(mul(lambdaL, share(vl, e)), 'l'), kind: 'numeric',
      why: 'The weighted mean again, with the direction of a feature as w.',
    },
    {
      label: 'No feature keeps more than the best direction',
      left: kept(e), relation: 'at-most', right: first, kind: 'numeric',
      why: 'It holds for every direction, so for that of every feature. Extraction may choose among all directions, selection only among D of them.',
    },
    {
      label: 'By how much exactly',
      left: sub(first, kept(e)), relation: 'equal', right: overFeatures(mul(sub(first, lambdaL), share(vl, e)), 'l'), kind: 'numeric',
      why: 'The largest eigenvalue was taken as a weighted mean of itself. No term is negative. All are zero only if the feature lies along a direction with the largest variance, so if it is uncorrelated with every other feature and varies most.',
    },
    {
      label: 'Select k features',
      left: mul(S, transpose(S)), relation: 'equal', right: sym('identityMatrix'), kind: 'numeric',
      why: 'The rows of S are the directions of k different features: each has length 1, and two different ones have the inner product zero.',
    },
    {
      label: 'The variance that they keep',
      left: mean(normSq(mul(S, x))), relation: 'equal', right: trace(mul(S, C, transpose(S))), kind: 'numeric',
      why: 'S x lists the k selected entries. Its covariance matrix is S C Sᵀ, and the trace adds up the variances.',
    },
    {
      label: 'k features keep at most what k directions do',
      left: trace(mul(S, C, transpose(S))), relation: 'at-most', right: sum(1, letter('k'), lambda, 'j'), kind: 'numeric',
      why: 'The trace is a sum over principal directions, each eigenvalue with a weight: the squared length of the projection of v_j on the selected axes. No weight exceeds 1 and together they are k, so the sum is largest if the k largest eigenvalues have the weight 1. Selection has an advantage of its own: its numbers still are the features that were measured.',
    },
  ],
};
