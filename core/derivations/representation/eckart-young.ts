/** Why cutting off small singular values gives the best matrix of a lower rank, measured in squared entries. */
import { add, frobeniusSq, letter, mul, normSq, num, pow, sub, sum, sumAfter, sym, transpose, type Expr } from '../../formulas/expr';
import { ECKART_YOUNG_1936 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { rankTight, rankWorld } from '../worlds/singular';

const [one, k] = [num(1), letter('k')];
const [A, Ak, B, Q, Z, I, D] = [sym('anyMatrix'), sym('truncatedMatrix'), sym('lowRankMatrix'), sym('columnBasis'), sym('rankFactor'), sym('identityMatrix'), sym('dimensions')];
const [sigma, u, v, share, edge] = [sym('singularValue', 'j'), sym('leftVector', 'j'), sym('rightVector', 'j'), sym('keptShare', 'j'), sym('singularValue', 'k')];
const [Qt, deficit] = [transpose(Q), sym('spaceDeficit')];
const square = (of: Expr): Expr => pow(of, 2);
const all = (body: Expr): Expr => sum(1, D, body, 'j');
const firstK = (body: Expr): Expr => sum(1, k, body, 'j');
const rest = (body: Expr): Expr => sumAfter(k, D, body, 'j');
const term = mul(sigma, u, transpose(v));
const [total, discarded] = [all(square(sigma)), rest(square(sigma))];
const projected = mul(Q, Qt, A);
const weighted = all(mul(square(sigma), share));
const missing = add(firstK(mul(sub(square(sigma), square(edge)), sub(one, share))), rest(mul(sub(square(edge), square(sigma)), share)), mul(square(edge), sub(k, all(share))));

export const ECKART_YOUNG: Derivation = {
  id: 'eckart-young',
  title: 'The best matrix of a lower rank',
  shows:
    'Among all matrices of rank at most k, the one that keeps the k largest singular values is nearest to a given matrix in the Frobenius norm. Its squared error is the sum of the squared singular values that were cut off, and no other matrix has a smaller one.',
  source: ECKART_YOUNG_1936('the theorem; the proof by projections is the one of textbooks'),
  prerequisites: [
    'The singular value decomposition, with the singular values sorted, the largest first.',
    'The squared Frobenius norm is the sum of the squares of all entries.',
    'k is a number from 1 to D, and D is the number of columns of A, which has at least as many rows.',
  ],
  after: ['svd-geometry'],
  given: ['dimensions', 'singularValue', 'leftVector', 'rightVector', 'identityMatrix'],
  cases: inWorlds(rankWorld, { tight: rankTight }),
  steps: [
    {
      label: 'The matrix by its singular values',
      left: A, relation: 'equal', right: all(term), kind: 'definition',
      why: 'The singular value decomposition as a sum. The vectors u_j have length 1 and stand at right angles to each other, and so do the v_j.',
    },
    {
      label: 'Keep the k largest',
      left: Ak, relation: 'equal', right: firstK(term), kind: 'definition',
      why: 'The sum broken off after k terms. Its columns are combinations of u_1 to u_k, so its rank is at most k.',
    },
    {
      label: 'What was cut off',
      left: sub(A, Ak), relation: 'equal', right: rest(term), kind: 'numeric',
      why: 'The terms after the first k. This is a singular value decomposition again.',
    },
    {
      label: 'The norm of the whole matrix',
      left: frobeniusSq(A), relation: 'equal', right: total, kind: 'numeric',
      why: 'The squared Frobenius norm is the sum of the squared singular values.',
    },
    {
      label: 'The error of the truncated matrix',
      left: frobeniusSq(sub(A, Ak)), relation: 'equal', right: discarded, kind: 'numeric',
      why: 'The same for what was cut off. What remains to be shown is that nobody can do better.',
    },
    {
      label: 'Any matrix of rank at most k',
      left: B, relation: 'equal', right: mul(Q, Z), kind: 'definition',
      why: 'The columns of such a matrix lie in a space of k dimensions. The columns of Q are directions at right angles that span this space, or a larger one of k dimensions, and Z has the coordinates.',
    },
    {
      label: 'The basis',
      left: mul(Qt, Q), relation: 'equal', right: I, kind: 'definition',
      why: 'The k columns of Q have length 1 and stand at right angles to each other.',
    },
    {
      label: 'Two parts of the error',
      left: frobeniusSq(sub(A, B)), relation: 'equal', right: add(frobeniusSq(sub(A, projected)), frobeniusSq(sub(mul(Qt, A), Z))), kind: 'numeric',
      why: 'The difference was split into A minus its projection on the space, and the projection minus B, which lies in the space. Column by column the two stand at right angles, so by Pythagoras the squares add up. In the second part Q may be left out since it keeps lengths.',
    },
    {
      label: 'The part that no coordinates can change',
      left: frobeniusSq(sub(A, projected)), relation: 'equal', right: sub(frobeniusSq(A), frobeniusSq(mul(Qt, A))), kind: 'numeric',
      why: 'Pythagoras once more: A is its projection plus what stands at right angles to it. So for a given space the best choice is Z = QᵀA, and what counts is how much of A the space keeps.',
    },
    {
      label: 'The share of each left vector that the space keeps',
      left: share, relation: 'equal', right: normSq(mul(Qt, u)), kind: 'definition',
      why: 'The squared length of the projection of u_j on the space.',
    },
    {
      label: 'What the space keeps of A',
      left: frobeniusSq(mul(Qt, A)), relation: 'equal', right: weighted, kind: 'numeric',
      why: 'Qᵀ A is the sum of the terms σ_j (Qᵀu_j) v_jᵀ. The v_j stand at right angles to each other, so the squared norms of the terms add up.',
    },
    {
      label: 'No share is above 1',
      left: share, relation: 'at-most', right: one, kind: 'numeric',
      why: 'A projection is never longer than the vector. They are equal where u_j lies in the space.',
    },
    {
      label: 'Together they are at most k',
      left: all(share), relation: 'at-most', right: k, kind: 'numeric',
      why: 'The sum counts the squared components of the k columns of Q along the left vectors. Each column has length 1, so it adds at most 1. It is less where a column leaves the space of the left vectors.',
    },
    {
      label: 'What is missing from the best shares',
      left: deficit, relation: 'equal', right: missing, kind: 'definition',
      why: 'If all k shares go to the k largest singular values, nothing is missing. Else Δ counts what the first k lack and what the later ones have instead, each compared with σ_k², and the part of the k shares that nobody has. No term is negative: the first k squares are at least σ_k², the later ones are at most that, no share is above 1, and the shares are at most k together.',
    },
    {
      label: 'What the space keeps, by what is missing',
      left: weighted, relation: 'equal', right: sub(firstK(square(sigma)), deficit), kind: 'numeric',
      why: 'Δ was multiplied out: the terms with σ_k² cancel, since the sum of the missing shares of the first k, less the shares of the later ones, is k less the sum of all shares. What is left of Δ is the sum of the first k squares less the weighted sum.',
    },
    {
      label: 'So a space of k dimensions keeps at most this',
      left: frobeniusSq(mul(Qt, A)), relation: 'at-most', right: firstK(square(sigma)), kind: 'numeric',
      why: 'Δ is not negative. Both sides are equal if the space is that of u_1 to u_k.',
    },
    {
      label: 'The error of any matrix of rank at most k, exactly',
      left: frobeniusSq(sub(A, B)), relation: 'equal', right: add(discarded, deficit, frobeniusSq(sub(mul(Qt, A), Z))), kind: 'numeric',
      why: 'All parts put together: the squared norm of A is the sum over all squared singular values, of which the first k were taken away. What the space misses and what the coordinates miss is added.',
    },
    {
      label: 'The theorem of Eckart and Young',
      left: frobeniusSq(sub(A, B)), relation: 'at-least', right: discarded, kind: 'numeric',
      why: 'The last two parts of the error are not negative. The truncated matrix reaches the bound, so it is a best one; if σ_k is larger than σ_{k+1}, or k is D, it is the only one. The same matrix is best in the operator norm as well, which needs another proof.',
    },
  ],
};
