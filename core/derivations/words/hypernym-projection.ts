/** From special to general words by a linear projection (Fu et al. 2014), and why an offset alone does less. */
import { add, apply, div, gradient, inverse, letter, mul, normSq, num, sub, sum, sym, transpose, type Expr } from '../../formulas/expr';
import { FU_2014 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { contentedWorld, hypernymWorld } from '../worlds/hypernyms';

const [one, two] = [num(1), num(2)];
const [N, K, Phi, best, loss, o, bestOffset, longProjection] = (['relationPairs', 'clusters', 'projection', 'bestProjection', 'projectionLoss', 'offset', 'bestOffset', 'extendedProjection'] as const).map((id) => sym(id));
const [x, y, long, X, Y] = [sym('hyponymVector', 'i'), sym('hypernymVector', 'i'), sym('extendedVector', 'i'), sym('hyponymMatrix'), sym('hypernymMatrix')];
const ofCluster = sym('clusterProjection', 'k');
const member = apply('inCluster', letter('i'), letter('k'));
const over = (body: Expr): Expr => sum(1, N, body, 'i');
const mean = (body: Expr): Expr => mul(div(one, N), over(body));
const error = (by: Expr, of: Expr = x): Expr => sub(mul(by, of), y);
const outer = (a: Expr, b: Expr): Expr => mul(a, transpose(b));
const [inputs, products] = [outer(X, X), outer(Y, X)];
const shifted = (by: Expr): Expr => sub(add(x, by), y);
const perPair = (matrix: Expr): Expr => mul(div(one, N), normSq(matrix));

export const HYPERNYM_PROJECTION: Derivation = {
  id: 'hypernym-projection',
  title: 'From special to general words by a projection',
  shows:
    'How the matrix that carries the vectors of words like "dog" to those of words like "animal" follows from least squares, and that it is the best one. Then why one offset for all pairs does no better than a matrix with a constant, and why a matrix for each cluster of pairs does no worse than one for all.',
  source: FU_2014('section 3'),
  prerequisites: [
    'For N pairs of words the vectors are known: x of the special word, the hyponym, and y of the general word, the hypernym.',
    'Products, transposes and inverses of matrices. A vector is a column; a column times a row is a matrix.',
    'The squared length of a matrix is the sum of the squares of all its entries.',
  ],
  given: ['hyponymVector', 'hypernymVector', 'relationPairs', 'projection', 'hyponymMatrix', 'hypernymMatrix', 'offset', 'extendedVector', 'clusters', 'inCluster'],
  cases: inWorlds(hypernymWorld, { tight: contentedWorld }),
  steps: [
    {
      label: 'What is made small',
      left: loss, relation: 'equal', right: mean(normSq(error(Phi))), kind: 'definition',
      why: 'Φ is one matrix for all pairs; Fu et al. call it a uniform linear projection. Its error is the mean squared distance between projected special words and their general words.',
    },
    {
      label: 'One pair, multiplied out',
      left: normSq(error(Phi)), relation: 'equal', right: add(sub(mul(transpose(x), transpose(Phi), Phi, x), mul(two, mul(transpose(y), Phi, x))), normSq(y)), kind: 'numeric',
      why: 'The square of a difference of vectors. The transpose of a product is the product of the transposes in the other order. The error is quadratic in Φ.',
    },
    {
      label: 'Its gradient',
      left: gradient('projection', normSq(error(Phi))), relation: 'equal', right: mul(two, outer(error(Phi), x)), kind: 'numeric',
      why: 'The entry in row r and column c of Φ multiplies entry c of x and adds to entry r of the error. So its derivative is twice the product of those two, and all together are a column times a row.',
    },
    {
      label: 'The gradient of the whole',
      left: gradient('projection', mean(normSq(error(Phi)))), relation: 'equal', right: mul(div(two, N), over(outer(error(Phi), x))), kind: 'numeric',
      why: 'Gradients add up. A step of gradient descent in code uses a few pairs of this sum.',
    },
    {
      label: 'Where it vanishes',
      left: mul(best, over(outer(x, x))), relation: 'equal', right: over(outer(y, x)), kind: 'definition',
      why: 'The best matrix is written with a hat. The gradient is zero if both parts of its sum are the same; the matrix does not depend on the pair and was taken out. These are the normal equations.',
    },
    {
      label: 'Collect the inputs',
      left: inputs, relation: 'equal', right: over(outer(x, x)), kind: 'numeric',
      why: 'X has the vectors of the special words as its columns. A matrix times its transpose is the sum of column times row over all columns.',
    },
    {
      label: 'Collect the products',
      left: products, relation: 'equal', right: over(outer(y, x)), kind: 'numeric',
      why: 'The same with the general words as the columns of Y.',
    },
    {
      label: 'The solution',
      left: best, relation: 'equal', right: mul(products, inverse(inputs)), kind: 'numeric',
      why: 'Both sides of the normal equations were multiplied by the inverse from the right. It exists if the vectors of the special words span the whole space, which takes at least as many pairs as they have entries. Fu et al. find the matrix by stochastic gradient descent instead.',
    },
    {
      label: 'The error in matrices',
      left: loss, relation: 'equal', right: perPair(sub(mul(Phi, X), Y)), kind: 'numeric',
      why: 'The columns of ΦX are the projected words. The squares of all entries are the squares of all columns together.',
    },
    {
      label: 'How much another matrix loses',
      left: loss, relation: 'equal', right: add(perPair(sub(mul(best, X), Y)), perPair(mul(sub(Phi, best), X))), kind: 'numeric',
      why: 'The difference was written as one to the best matrix and one from there. By the normal equations the errors of the best matrix times the transpose of X are zero, so the mixed term vanishes: Pythagoras.',
    },
    {
      label: 'No matrix does better',
      left: loss, relation: 'at-least', right: perPair(sub(mul(best, X), Y)), kind: 'numeric',
      why: 'The second square is never negative, so the point where the gradient vanishes is the minimum. If the columns of X span the space, the square is zero for the best matrix alone.',
    },
    {
      label: 'Now only an offset',
      left: gradient('offset', mean(normSq(shifted(o)))), relation: 'equal', right: mul(div(two, N), over(shifted(o))), kind: 'numeric',
      why: 'The other model: y is x plus a vector o that is the same for all pairs, as for analogies. The gradient of a squared length is twice the vector.',
    },
    {
      label: 'The best offset',
      left: bestOffset, relation: 'equal', right: mean(sub(y, x)), kind: 'definition',
      why: 'The gradient is zero if N times the offset is the sum of all differences. So the best offset is their mean.',
    },
    {
      label: 'What is left of the error',
      left: mean(normSq(shifted(bestOffset))), relation: 'equal', right: sub(mean(normSq(sub(y, x))), normSq(bestOffset)), kind: 'numeric',
      why: 'The mean square less the square of the mean. It is zero only if all pairs have the same difference. Fu et al. show that for hypernyms they have not: the offset of one kind of pair is unlike that of another.',
    },
    {
      label: 'A matrix with a constant',
      left: mul(longProjection, over(outer(long, long))), relation: 'equal', right: over(outer(y, long)), kind: 'definition',
      why: 'A matrix alone carries zero to zero and cannot add an offset. So an entry 1 is appended to every x; the matrix gets one more column, which is added to every word. These are the normal equations of its best values.',
    },
    {
      label: 'By how much it is better than an offset',
      left: sub(over(normSq(shifted(bestOffset))), over(normSq(error(longProjection, long)))), relation: 'equal', right: over(normSq(sub(mul(longProjection, long), add(x, bestOffset)))), kind: 'numeric',
      why: 'The offset model is one such matrix: the identity, with the offset as the last column. So its error exceeds the best one by the squared differences of what the two models give, as in the line on other matrices.',
    },
    {
      label: 'An offset is never better',
      left: over(normSq(error(longProjection, long))), relation: 'at-most', right: over(normSq(shifted(bestOffset))), kind: 'numeric',
      why: 'Squares are not negative. Both sides are equal if the identity with the offset already solves the normal equations. This is about the pairs that were used for the fit; on new pairs a matrix with many entries may do worse.',
    },
    {
      label: 'Every pair is in one cluster',
      left: sum(1, K, member, 'k'), relation: 'equal', right: one, kind: 'numeric',
      why: 'Fu et al. sort the pairs by their differences y − x with k-means. c is 1 for the cluster that a pair is in and 0 for all others.',
    },
    {
      label: 'A matrix for each cluster',
      left: mul(ofCluster, over(mul(member, outer(x, x)))), relation: 'equal', right: over(mul(member, outer(y, x))), kind: 'definition',
      why: 'The normal equations of the pairs of one cluster. Fu et al. call it a piecewise linear projection. Each cluster needs enough pairs for its own inverse.',
    },
    {
      label: 'Clusters never fit worse',
      left: sum(1, K, over(mul(member, normSq(error(ofCluster)))), 'k'), relation: 'at-most', right: over(normSq(error(best))), kind: 'numeric',
      why: 'The one matrix for all pairs may be used in every cluster, and the best matrix of a cluster is at least as good there. The errors of all clusters add up to the left side. Both are equal if one matrix is best for every cluster.',
    },
  ],
};
