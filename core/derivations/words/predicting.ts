/** What skip-gram and CBOW share: they differ in the vector that predicts, v of one word or h of several. */
import { add, div, dot, fn, mul, neg, sub, sum, sym, type Expr } from '../../formulas/expr';

export const V = sym('vocabularySize');
/** Output vector of the word that was observed. */
export const observed = sym('outputVector');
/** u_j */
export const wordVector = sym('wordVector', 'j');

const noiseVector = sym('noiseVector', 'k');
const negatives = sym('negatives');
const sigmoid = (of: Expr): Expr => fn('sigmoid', of);

/** exp⟨u_j, by⟩ / Σ_k exp⟨u_k, by⟩ */
export const softmax = (by: Expr): Expr => div(fn('exp', dot(wordVector, by)), sum(1, V, fn('exp', dot(sym('wordVector', 'k'), by)), 'k'));
/** log Σ_j exp⟨u_j, by⟩ */
export const logNormaliser = (by: Expr): Expr => fn('log', sum(1, V, fn('exp', dot(wordVector, by)), 'j'));
/** log σ(⟨u_o, by⟩) + Σ_k log σ(−⟨ũ_k, by⟩) */
export const negativeSampling = (by: Expr): Expr =>
  add(fn('log', sigmoid(dot(observed, by))), sum(1, negatives, fn('log', sigmoid(neg(dot(noiseVector, by)))), 'k'));
/** Its derivative. */
export const negativeSamplingGradient = (by: Expr): Expr =>
  sub(mul(sigmoid(neg(dot(observed, by))), observed), sum(1, negatives, mul(sigmoid(dot(noiseVector, by)), noiseVector), 'k'));
