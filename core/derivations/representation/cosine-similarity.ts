/** Cosine similarity: its bounds, its relation to distance, what it does not see, and its gradient. */
import { add, apply, div, dot, fn, gradient, mul, neg, norm, normSq, num, pow, sub, sym, type Expr } from '../../formulas/expr';
import { JURAFSKY } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { similarityTight, similarityWorld } from '../worlds/similarity';

const [one, two] = [num(1), num(2)];
const [a, b, aHat, bHat, c, g, eta] = [sym('firstVector'), sym('secondVector'), sym('firstUnit'), sym('secondUnit'), sym('positiveNumber'), sym('cosineGradient'), sym('learningRate')];
const cos = (of: Expr, other: Expr): Expr => apply('cosine', of, other);
const both = cos(a, b);
const square = (of: Expr): Expr => pow(of, 2);
const product = dot(a, b);
const rest = sub(a, mul(div(product, normSq(b)), b));

export const COSINE_SIMILARITY: Derivation = {
  id: 'cosine-similarity',
  title: 'Cosine similarity',
  shows:
    'Why the cosine of the angle between two vectors lies between −1 and 1, how it is related to their distance, and that it does not see their lengths. Then its gradient, which turns a vector but never shortens it.',
  source: JURAFSKY('chapter on vector semantics, section on cosine for measuring similarity'),
  prerequisites: [
    'Inner product and length of vectors. Neither vector is zero, else the cosine has no value; code adds a small number to the denominator.',
    'A squared length is never negative.',
  ],
  given: ['firstVector', 'secondVector', 'positiveNumber', 'learningRate'],
  cases: inWorlds(similarityWorld, { tight: similarityTight }),
  steps: [
    {
      label: 'Definition',
      left: both, relation: 'equal', right: div(product, mul(norm(a), norm(b))), kind: 'definition',
      why: 'The inner product, divided by both lengths. Word vectors are compared in this way, and in contrastive learning and attention with normalised vectors the same number is the score.',
    },
    {
      label: 'A vector of length 1',
      left: aHat, relation: 'equal', right: div(a, norm(a)), kind: 'definition',
      why: 'The direction of a alone: what normalising a vector leaves of it.',
    },
    {
      label: 'And the other one',
      left: bHat, relation: 'equal', right: div(b, norm(b)), kind: 'definition',
      why: 'The direction of b, with the length 1 as well.',
    },
    {
      label: 'The inner product of the directions',
      left: both, relation: 'equal', right: dot(aHat, bHat), kind: 'numeric',
      why: 'Numbers may be taken out of an inner product. So after normalising, code needs one matrix product for all pairs.',
    },
    {
      label: 'What is left of a beside b',
      left: normSq(rest), relation: 'equal', right: sub(normSq(a), div(square(product), normSq(b))), kind: 'numeric',
      why: 'From a its projection on b was taken away, and the square multiplied out. The mixed term is twice the squared length of the projection, of which one half is given back by the last one.',
    },
    {
      label: 'Cauchy and Schwarz',
      left: square(product), relation: 'at-most', right: mul(normSq(a), normSq(b)), kind: 'numeric',
      why: 'The left side of the line above is a squared length and not negative. The line was multiplied by the squared length of b. Both sides are equal only if nothing is left, so if one vector is a multiple of the other.',
    },
    {
      label: 'So the cosine lies between −1 and 1',
      left: fn('abs', both), relation: 'at-most', right: one, kind: 'numeric',
      why: 'The root of both sides, divided by both lengths. It is 1 for vectors that point the same way and −1 for opposite ones. At right angles the inner product is zero and so is the cosine.',
    },
    {
      label: 'By how much exactly',
      left: sub(one, square(both)), relation: 'equal', right: div(normSq(rest), normSq(a)), kind: 'numeric',
      why: 'The line before Cauchy and Schwarz, divided by the squared length of a. This is the squared sine of the angle: the share of a that does not lie along b.',
    },
    {
      label: 'Squared distance, multiplied out',
      left: normSq(sub(a, b)), relation: 'equal', right: sub(add(normSq(a), normSq(b)), mul(two, product)), kind: 'numeric',
      why: 'The inner product of the difference with itself.',
    },
    {
      label: 'The law of cosines',
      left: normSq(sub(a, b)), relation: 'equal', right: sub(add(normSq(a), normSq(b)), mul(two, norm(a), norm(b), both)), kind: 'numeric',
      why: 'The definition was solved for the inner product and put in. At right angles the last term is zero, and this is the theorem of Pythagoras.',
    },
    {
      label: 'For vectors of length 1',
      left: normSq(sub(aHat, bHat)), relation: 'equal', right: sub(two, mul(two, both)), kind: 'numeric',
      why: 'Both squared lengths are 1. So among vectors of length 1 the nearest one is the one with the largest cosine, and a search for nearest neighbours serves both.',
    },
    {
      label: 'The length of a vector does not matter',
      left: cos(mul(c, a), b), relation: 'equal', right: both, kind: 'numeric',
      why: 'A factor above zero stands above and below and cancels. So the length of a word vector, which tends to have to do with the frequency of the word, is not seen.',
    },
    {
      label: 'The sign does',
      left: cos(neg(a), b), relation: 'equal', right: neg(both), kind: 'numeric',
      why: 'The opposite vector has the same length, and the inner product changes its sign.',
    },
    {
      label: 'A distance does see the length',
      left: normSq(sub(mul(c, a), a)), relation: 'equal', right: mul(square(sub(c, one)), normSq(a)), kind: 'numeric',
      why: 'A vector and a positive multiple of it have the cosine 1, however far apart they are. So 1 minus the cosine is no distance: it can be zero for different vectors. Nor does it satisfy the triangle inequality, not even for vectors of length 1.',
    },
    {
      label: 'The gradient by the first vector',
      left: gradient('firstVector', both), relation: 'equal', right: sub(div(b, mul(norm(a), norm(b))), mul(both, div(a, normSq(a)))), kind: 'numeric',
      why: 'The product rule: the inner product has the gradient b, and 1 over the length of a has the gradient −a over the third power of the length.',
    },
    {
      label: 'In terms of directions',
      left: g, relation: 'equal', right: div(sub(bHat, mul(both, aHat)), norm(a)), kind: 'definition',
      why: 'One over the length of a was taken out, and the gradient gets a name. The bracket is the direction of b, less its projection on a.',
    },
    {
      label: 'The two parts cancel along a',
      left: dot(a, bHat), relation: 'equal', right: mul(both, dot(a, aHat)), kind: 'numeric',
      why: 'The inner product of a with the first part of the bracket is the same as with the second. So the gradient stands at right angles to a: along a there is nothing to gain.',
    },
    {
      label: 'How long the gradient is',
      left: normSq(g), relation: 'equal', right: div(sub(one, square(both)), normSq(a)), kind: 'numeric',
      why: 'The squared length of the bracket is 1 − cos². So of two vectors with the same direction the longer one has the smaller gradient, and the gradient vanishes for vectors that point the same way, and for opposite ones too.',
    },
    {
      label: 'A step turns the vector and makes it longer',
      left: normSq(add(a, mul(eta, g))), relation: 'equal', right: add(normSq(a), mul(square(eta), normSq(g))), kind: 'numeric',
      why: 'The step stands at right angles to a, so by Pythagoras the squares add up. Unless the gradient is zero, every plain step of gradient ascent or descent on a cosine makes the vector longer, and so its later gradients smaller, unless it is normalised or decayed in between.',
    },
  ],
};
