/** Principal component analysis by variance and by error, and why a linear autoencoder finds the same space. */
import { add, apply, div, frobeniusSq, gradient, inverse, letter, mul, normSq, num, sub, sum, sumAfter, sym, trace, transpose, type Expr } from '../../formulas/expr';
import { BALDI_HORNIK_1989 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { linearTight, linearWorld } from '../worlds/linear-autoencoder';

const [one, two, k] = [num(1), num(2), letter('k')];
const [x, N, D, C, Q, I, W, B, best, Vk, G] = [sym('dataPoint', 'i'), sym('dataSize'), sym('dimensions'), sym('covariance'), sym('columnBasis'), sym('identityMatrix'), sym('encoderMatrix'), sym('decoderMatrix'), sym('bestEncoder'), sym('leadingDirections'), sym('codeMixing')];
const [v, lambda, edge, share] = [sym('principalDirection', 'j'), sym('principalVariance', 'j'), sym('principalVariance', 'k'), sym('keptShare', 'j')];
const [Qt, Bt, Vkt] = [Q, B, Vk].map(transpose);
const deficit = sym('spaceDeficit');
const mean = (body: Expr): Expr => mul(div(one, N), sum(1, N, body, 'i'));
const all = (body: Expr): Expr => sum(1, D, body, 'j');
const firstK = (body: Expr): Expr => sum(1, k, body, 'j');
const rest = (body: Expr): Expr => sumAfter(k, D, body, 'j');
const kept = trace(mul(Qt, C, Q));
const projection = mul(Q, Qt, x);
const error = mean(normSq(sub(x, projection)));
const loss = (decoder: Expr, encoder: Expr): Expr => apply('linearLoss', decoder, encoder);
const missing = add(firstK(mul(sub(lambda, edge), sub(one, share))), rest(mul(sub(edge, lambda), share)));
const whole = add(rest(lambda), deficit);

export const PCA_LINEAR_AUTOENCODER: Derivation = {
  id: 'pca-linear-autoencoder',
  title: 'Principal components and the linear autoencoder',
  shows:
    'The space in which data varies most is the space from which it is reconstructed best, and both are spanned by the leading eigenvectors of the covariance matrix. A linear autoencoder with squared error has the same optimum, and its loss there is the sum of the discarded eigenvalues.',
  source: BALDI_HORNIK_1989('the theorem on the landscape of the error; Bourlard & Kamp 1988 for the same by singular values'),
  prerequisites: [
    'The data is centred, so that no biases are needed, and its covariance matrix has an inverse.',
    'Eigenvectors of a symmetric matrix, traces, and projections.',
    'k is the number of units of the code, less than the D components of an example. The columns of the decoder are linearly independent.',
  ],
  after: ['feature-selection-extraction', 'eckart-young'],
  given: ['dataPoint', 'dataSize', 'dimensions', 'identityMatrix', 'encoderMatrix', 'decoderMatrix', 'codeMixing', 'leadingDirections'],
  cases: inWorlds(linearWorld, { tight: linearTight }),
  steps: [
    {
      label: 'The covariance matrix',
      left: C, relation: 'equal', right: mean(mul(x, transpose(x))), kind: 'definition',
      why: 'The mean of the products of any two components. The factor 1/N may be 1/(N − 1) in other code, which scales all variances alike.',
    },
    {
      label: 'Its eigenvectors',
      left: mul(C, v), relation: 'equal', right: mul(lambda, v), kind: 'definition',
      why: 'The principal directions: of length 1, at right angles to each other, sorted by eigenvalue with the largest first.',
    },
    {
      label: 'Any k directions',
      left: mul(Qt, Q), relation: 'equal', right: I, kind: 'definition',
      why: 'The columns of Q have length 1 and stand at right angles. Qᵀx has the k coordinates of an example in this space, and Q Qᵀx is its projection on the space.',
    },
    {
      label: 'Pythagoras, for one example',
      left: normSq(sub(x, projection)), relation: 'equal', right: sub(normSq(x), normSq(mul(Qt, x))), kind: 'numeric',
      why: 'The projection and the rest stand at right angles, so their squared lengths add up to that of the example. The projection is as long as its coordinates are, since Q keeps lengths.',
    },
    {
      label: 'The variance in the space',
      left: mean(normSq(mul(Qt, x))), relation: 'equal', right: kept, kind: 'numeric',
      why: 'The squared length of the coordinates is the trace of Qᵀx xᵀQ. The mean goes inside and makes the covariance matrix.',
    },
    {
      label: 'All the variance',
      left: mean(normSq(x)), relation: 'equal', right: trace(C), kind: 'numeric',
      why: 'The squared lengths of all examples: the same with the whole space in the place of a part of it.',
    },
    {
      label: 'Least error is most variance',
      left: error, relation: 'equal', right: sub(trace(C), kept), kind: 'numeric',
      why: 'The mean of the line with Pythagoras. The trace of C does not depend on Q. So the space that keeps the most variance is the one with the smallest error of reconstruction, and the other way round.',
    },
    {
      label: 'The share of each principal direction in the space',
      left: share, relation: 'equal', right: normSq(mul(Qt, v)), kind: 'definition',
      why: 'The squared length of the projection of v_j on the space.',
    },
    {
      label: 'The variance as a weighted sum',
      left: kept, relation: 'equal', right: all(mul(lambda, share)), kind: 'numeric',
      why: 'C is the sum of λ_j v_j v_jᵀ. Each term gives the trace λ_j times the squared length of Qᵀv_j.',
    },
    {
      label: 'No share is above 1',
      left: share, relation: 'at-most', right: one, kind: 'numeric',
      why: 'A projection is never longer than the vector.',
    },
    {
      label: 'The shares add up to k',
      left: all(share), relation: 'equal', right: k, kind: 'numeric',
      why: 'The sum counts the squared components of the k columns of Q along all D principal directions. Each column has length 1 and adds 1.',
    },
    {
      label: 'What is missing from the best shares',
      left: deficit, relation: 'equal', right: missing, kind: 'definition',
      why: 'If the first k directions have the share 1 and the others none, nothing is missing. Else Δ counts what the first k lack and what the later ones have instead, each compared with λ_k. No term is negative: the first k eigenvalues are at least λ_k and the later ones at most, and no share is above 1.',
    },
    {
      label: 'The variance, by what is missing',
      left: kept, relation: 'equal', right: sub(firstK(lambda), deficit), kind: 'numeric',
      why: 'Δ was multiplied out. The terms with λ_k cancel, because the shares add up to k: what the first k lack, the later ones have. What is left of Δ is the sum of the first k eigenvalues less the weighted sum.',
    },
    {
      label: 'The most variance',
      left: kept, relation: 'at-most', right: firstK(lambda), kind: 'numeric',
      why: 'Δ is not negative. Both sides are equal if the space is that of the first k principal directions.',
    },
    {
      label: 'The least error of a projection',
      left: error, relation: 'at-least', right: rest(lambda), kind: 'numeric',
      why: 'The trace of C is the sum of all eigenvalues, and at most the first k of them can be kept. Those that are left are the discarded eigenvalues.',
    },
    {
      label: 'A linear autoencoder',
      left: loss(B, W), relation: 'equal', right: mean(normSq(sub(x, mul(B, W, x)))), kind: 'definition',
      why: 'The encoder multiplies by W, the decoder by B. Nothing is asked of the two matrices: they need not be transposes of each other, and their rows and columns need not stand at right angles.',
    },
    {
      label: 'Its gradient by the encoder',
      left: gradient('encoderMatrix', loss(B, W)), relation: 'equal', right: mul(two, sub(mul(Bt, B, W), Bt), C), kind: 'numeric',
      why: 'For one example it is −2 Bᵀ(x − B W x)xᵀ. The mean over the examples turns x xᵀ into C.',
    },
    {
      label: 'The best encoder for a given decoder',
      left: best, relation: 'equal', right: mul(inverse(mul(Bt, B)), Bt), kind: 'definition',
      why: 'The gradient is zero if BᵀB W = Bᵀ, because C has an inverse. The columns of B are linearly independent, so BᵀB has one too. This is the pseudo-inverse of the decoder.',
    },
    {
      label: 'No other encoder is better',
      left: loss(B, W), relation: 'equal', right: add(loss(B, best), mean(normSq(mul(B, sub(W, best), x)))), kind: 'numeric',
      why: 'With the best encoder the error stands at right angles to all columns of B, and the change that another encoder makes lies in their space. So the squares add up, and what is added is never negative.',
    },
    {
      label: 'Decoding the best code is a projection',
      left: mul(B, best), relation: 'equal', right: mul(Q, Qt), kind: 'numeric',
      why: 'From here on Q is a basis, at right angles, of the space of the columns of B. The product B W* takes every vector of this space to itself and everything at right angles to it to zero.',
    },
    {
      label: 'The loss of the best encoder',
      left: loss(B, best), relation: 'equal', right: error, kind: 'numeric',
      why: 'The projection was put into the loss. So a linear autoencoder can choose nothing but a space of k dimensions.',
    },
    {
      label: 'The loss of any linear autoencoder, exactly',
      left: loss(B, W), relation: 'equal', right: add(whole, mean(normSq(mul(B, sub(W, best), x)))), kind: 'numeric',
      why: 'The error of the space, which is that of the best space and Δ, and what the encoder adds to it. If space and encoder are both best, all but the first sum is zero.',
    },
    {
      label: 'So it is never below the discarded eigenvalues',
      left: loss(B, W), relation: 'at-least', right: rest(lambda), kind: 'numeric',
      why: 'The two other terms are not negative. The rest of the theorem of Baldi and Hornik is that if all eigenvalues differ, every stationary point that does not reach this bound is a saddle point: there are no local minima to get stuck in.',
    },
    {
      label: 'Principal components reach it',
      left: loss(Vk, Vkt), relation: 'equal', right: rest(lambda), kind: 'numeric',
      why: 'With the first k principal directions as the columns of the decoder and the rows of the encoder nothing is missing: the loss is the sum of the discarded eigenvalues.',
    },
    {
      label: 'But the weights are not determined',
      left: loss(mul(Vk, G), mul(inverse(G), Vkt)), relation: 'equal', right: loss(Vk, Vkt), kind: 'numeric',
      why: 'Any matrix G with an inverse may be put into the decoder and its inverse into the encoder; the two cancel. So training finds the space of the principal components, but its units need not be the components themselves, nor in their order, nor at right angles.',
    },
    {
      label: 'A penalty on the weights makes a difference',
      left: frobeniusSq(mul(Vk, G)), relation: 'equal', right: trace(mul(transpose(G), G)), kind: 'numeric',
      why: 'V_k keeps lengths, so the squared norm of the decoder is that of G. In the same way that of the encoder is the one of the inverse of G. Their sum is smallest if G is a turn, with all singular values 1. So a small penalty on the weights of both matrices takes some of the freedom away, but it prefers no turn of the code to another.',
    },
  ],
};
