/** Jensen's inequality for the logarithm, by the line that touches it. */
import { apply, derivative, div, expectation, fn, num, sub, sym, type Expr } from '../../formulas/expr';
import { COVER_THOMAS_2006 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { divergenceTight, divergenceWorld } from '../worlds/divergences';

const [zero, one] = [num(0), num(1)];
const [u, x, mean] = [sym('positiveNumber'), sym('outcome'), sym('functionMean')];
const [p, f] = [apply('firstDistribution', x), apply('positiveFunction', x)];
const gap = (at: Expr): Expr => apply('tangentGap', at);
const log = (of: Expr): Expr => fn('log', of);
const E = (body: Expr): Expr => expectation('outcome', p, body);
const ratio = div(f, mean);

export const JENSEN: Derivation = {
  id: 'jensen',
  title: 'Jensen\'s inequality for the logarithm',
  shows:
    'Why the logarithm of a mean is at least the mean of the logarithms. One fact is enough: the logarithm never rises above the line that touches it at 1.',
  source: COVER_THOMAS_2006('section 2.6'),
  prerequisites: [
    'The derivative of the logarithm.',
    'The mean of a function under a distribution; a constant may be taken out of it.',
    'All values of the function are greater than zero, so that their logarithms exist. All means that are taken are finite.',
  ],
  given: ['positiveNumber', 'outcome', 'firstDistribution', 'positiveFunction'],
  cases: inWorlds(divergenceWorld, { tight: divergenceTight }),
  steps: [
    {
      label: 'The slope of the logarithm',
      left: derivative(u, log(u)), relation: 'equal', right: div(one, u), kind: 'numeric',
      why: 'At u = 1 the logarithm is 0 and its slope is 1. So the line u − 1 touches the curve there: same height, same slope.',
    },
    {
      label: 'How far the curve lies below that line',
      left: gap(u), relation: 'equal', right: sub(sub(u, one), log(u)), kind: 'definition',
      why: 'The height of the line less the height of the curve gets a name, g. At u = 1 it is zero.',
    },
    {
      label: 'The slope of the gap',
      left: derivative(u, gap(u)), relation: 'equal', right: sub(one, div(one, u)), kind: 'numeric',
      why: 'The derivative of the line above. It is negative for u below 1, zero at 1 and positive beyond, so g falls until u = 1 and rises from there.',
    },
    {
      label: 'The gap is never negative',
      left: gap(u), relation: 'at-least', right: zero, kind: 'numeric',
      why: 'A function that falls until 1 and rises from there has its smallest value at 1, and that value is 0. At every other u it is greater: the inequality is strict there.',
    },
    {
      label: 'The logarithm stays below its tangent',
      left: log(u), relation: 'at-most', right: sub(u, one), kind: 'numeric',
      why: 'The definition of g was put in and the logarithm taken to the other side. Both sides are equal only at u = 1.',
    },
    {
      label: 'The mean of a function',
      left: mean, relation: 'equal', right: E(f), kind: 'definition',
      why: 'Now a random x with the distribution p, and a function f whose values are greater than zero. Its mean gets a name.',
    },
    {
      label: 'Use the tangent at every x',
      left: log(ratio), relation: 'at-most', right: sub(ratio, one), kind: 'numeric',
      why: 'The inequality was used with f(x) over its mean in the place of u, which is greater than zero. Both sides are equal only where f(x) is the mean.',
    },
    {
      label: 'The mean of the ratio is 1',
      left: E(ratio), relation: 'equal', right: one, kind: 'numeric',
      why: 'The mean of f does not depend on x, so it may be taken out of the mean; what is left is the mean over itself.',
    },
    {
      label: 'Take the mean of both sides',
      left: E(log(ratio)), relation: 'at-most', right: zero, kind: 'numeric',
      why: 'What holds at every x holds for means, since the weights p(x) are not negative. On the right the mean of the ratio is 1, and 1 − 1 is 0.',
    },
    {
      label: 'Split the logarithm',
      left: E(log(ratio)), relation: 'equal', right: sub(E(log(f)), log(mean)), kind: 'numeric',
      why: 'The logarithm of a quotient is a difference. The logarithm of the mean is the same for every x, so its mean is itself.',
    },
    {
      label: 'Jensen\'s inequality',
      left: log(E(f)), relation: 'at-least', right: E(log(f)), kind: 'numeric',
      why: 'The last two lines together, with the mean written out. The logarithm of a mean is at least the mean of the logarithms. For concave functions other than the logarithm the same argument holds with their tangents.',
    },
    {
      label: 'By how much exactly',
      left: sub(log(E(f)), E(log(f))), relation: 'equal', right: E(gap(ratio)), kind: 'numeric',
      why: 'The mean of g at f(x) over its mean: the line part of g gives 1 − 1 and drops out, the logarithms are left. Since g is zero only at 1, both sides of Jensen\'s inequality are equal only if f(x) is the same for every x that can occur.',
    },
    {
      label: 'Geometric and arithmetic mean',
      left: fn('exp', E(log(f))), relation: 'at-most', right: E(f), kind: 'numeric',
      why: 'The exponential of both sides, which keeps their order because it grows. On the left stands the geometric mean of f, on the right the arithmetic one.',
    },
    {
      label: 'The inverse of a mean',
      left: div(one, mean), relation: 'at-most', right: E(div(one, f)), kind: 'numeric',
      why: 'Take 1 over f as the function. Then by the line above its mean is at least its geometric mean, which is 1 over that of f; and that in turn is at least 1 over the mean of f. So a positive estimate that is right on average but varies has an inverse that is too large on average, and by Jensen\'s inequality a logarithm that is too small.',
    },
  ],
};
