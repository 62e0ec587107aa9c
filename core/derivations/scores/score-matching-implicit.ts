/** Hyvärinen's trick: the unknown score of the data is integrated away, on the line and then in every direction. */
import { add, apply, definite, derivative, div, dot, expectation, fn, gradient, integral, jacobian, mul, neg, normSq, num, pow, sub, sum, sym, trace, transpose, type Expr } from '../../formulas/expr';
import { HYVARINEN_2005 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { implicitLimit, implicitWorld } from '../worlds/score-matching-implicit';

const half = div(num(1), num(2));
const log = (of: Expr): Expr => fn('log', of);

const [u, R] = [sym('outcome'), sym('cutoff')];
const at = (of: Expr): Expr => mul(apply('firstDistribution', of), apply('lineNetwork', of));
const [p, s] = [apply('firstDistribution', u), apply('lineNetwork', u)];
const by = (body: Expr): Expr => derivative(u, body);
const cut = (body: Expr): Expr => definite('outcome', neg(R), R, body);
const ends = sub(at(R), at(neg(R)));
const line = (body: Expr): Expr => expectation('outcome', p, body);
const lineConstant = mul(half, line(pow(by(log(p)), 2)));

const [x, e] = [sym('x'), sym('axisDirection', 'j')];
const data = apply('dataDistribution', x);
const network = apply('scoreNetwork', x);
const mean = (body: Expr): Expr => expectation('x', data, body);
const score = apply('dataScore', x);
const slope = gradient('x', data);
const along = mul(transpose(e), mul(jacobian('x', network), e));
const eachAxis = (body: Expr): Expr => sum(1, sym('dimensions'), body, 'j');
const divergence = trace(jacobian('x', network));
const constant = mul(half, mean(normSq(score)));

export const SCORE_MATCHING_IMPLICIT: Derivation = {
  id: 'score-matching-implicit',
  title: 'Implicit score matching: integration by parts',
  shows:
    'How the unknown score of the data leaves the objective, so that samples of the data are enough to fit the score of a model. First on the line with every line between, then the sum over all dimensions.',
  source: HYVARINEN_2005('section 2, theorem 1 and its proof in appendix A'),
  prerequisites: [
    'The score is the gradient of the log-density, and the Fisher divergence is half the mean squared distance of two scores.',
    'The density has continuous derivatives everywhere, and it is greater than zero wherever its logarithm is taken.',
    'The model\'s score has continuous derivatives, the means and integrals below converge absolutely, and the density times the model\'s score goes to zero far away in every direction.',
  ],
  after: ['score-matching-explicit'],
  given: ['outcome', 'firstDistribution', 'lineNetwork', 'cutoff', 'x', 'dataDistribution', 'scoreNetwork', 'axisDirection', 'dimensions'],
  cases: inWorlds(implicitWorld, { limit: implicitLimit }),
  steps: [
    {
      label: 'On the line: the squared distance',
      left: mul(half, line(pow(sub(s, by(log(p))), 2))), relation: 'equal',
      right: add(sub(mul(half, line(pow(s, 2))), line(mul(s, by(log(p))))), lineConstant), kind: 'numeric',
      why: 'An example is one number x at first, p is the density of the data, and its score is a derivative. The square of the difference was multiplied out. The first mean can be estimated from samples and the last one does not depend on the model. Only the middle one is a problem.',
    },
    {
      label: 'The density cancels',
      left: line(mul(s, by(log(p)))), relation: 'equal', right: integral('outcome', mul(s, by(p))), kind: 'numeric',
      why: 'A mean is an integral with the density p as weight. The derivative of log p is the derivative of p over p, so the weight cancels. The logarithm is gone, and a derivative of p is left.',
    },
    {
      label: 'Product rule',
      left: by(mul(p, s)), relation: 'equal', right: add(mul(s, by(p)), mul(p, by(s))), kind: 'numeric',
      why: 'The derivative of the density times the model\'s score: each factor is differentiated once.',
    },
    {
      label: 'Integrate from −R to R',
      left: ends, relation: 'equal', right: add(cut(mul(s, by(p))), cut(mul(p, by(s)))), kind: 'numeric',
      why: 'The integral of a derivative is the difference of the values at both ends. On the right the integral of the sum was split in two.',
    },
    {
      label: 'Integration by parts',
      left: cut(mul(s, by(p))), relation: 'equal', right: sub(ends, cut(mul(p, by(s)))), kind: 'numeric',
      why: 'The line above solved for the integral with the derivative of the density. The derivative now stands on the model, which we know.',
    },
    {
      label: 'The ends vanish',
      left: cut(mul(s, by(p))), relation: 'approaches', right: neg(integral('outcome', mul(p, by(s)))), kind: 'numeric',
      why: 'R goes to infinity. The density times the model\'s score goes to zero at both ends; this is a condition, and where the data stops at an edge with a density greater than zero it fails. The cut integrals become integrals over the whole line.',
    },
    {
      label: 'The cross term without the data\'s score',
      left: line(mul(s, by(log(p)))), relation: 'equal', right: neg(line(by(s))), kind: 'numeric',
      why: 'The limit was put into the second line. The right side is a mean over the data of something that depends on the model alone.',
    },
    {
      label: 'The objective on the line',
      left: mul(half, line(pow(sub(s, by(log(p))), 2))), relation: 'equal', right: add(line(add(mul(half, pow(s, 2)), by(s))), lineConstant), kind: 'numeric',
      why: 'Put into the first line: two minus signs make a plus. Up to a constant the squared distance is a mean that samples can estimate.',
    },
    {
      label: 'In D dimensions: the score of the data',
      left: score, relation: 'equal', right: gradient('x', log(data)), kind: 'definition',
      why: 'Examples are vectors again, and the score is the gradient of the log-density.',
    },
    {
      label: 'The Fisher divergence',
      left: sym('explicitLoss'), relation: 'equal', right: mul(half, mean(normSq(sub(network, score)))), kind: 'definition',
      why: 'Half the mean squared distance of the two scores, as in explicit score matching.',
    },
    {
      label: 'Multiply out the square',
      left: sym('explicitLoss'), relation: 'equal', right: add(sub(mul(half, mean(normSq(network))), mean(dot(network, score))), constant), kind: 'numeric',
      why: 'The squared length of a difference. As on the line, only the inner product of the two scores is a problem.',
    },
    {
      label: 'The density cancels',
      left: mean(dot(network, score)), relation: 'equal', right: integral('x', dot(network, slope)), kind: 'numeric',
      why: 'The score is the gradient of the density over the density, and the weight of the mean cancels it.',
    },
    {
      label: 'Component by component',
      left: integral('x', dot(network, slope)), relation: 'equal', right: eachAxis(integral('x', mul(dot(network, e), dot(slope, e)))), kind: 'numeric',
      why: 'An inner product is the sum of the products of components. The j-th component of a vector is its inner product with the unit vector along axis j. The integral of a sum is the sum of the integrals.',
    },
    {
      label: 'One component by parts',
      left: integral('x', mul(dot(network, e), dot(slope, e))), relation: 'equal', right: neg(integral('x', mul(data, along))), kind: 'numeric',
      why: 'With all other components held fixed this is the statement on the line, along axis j. Then the others are integrated over as well. The j-th component of the model\'s score is differentiated by the j-th component of x: an entry on the diagonal of the matrix of all derivatives.',
    },
    {
      label: 'The entries on the diagonal',
      left: eachAxis(along), relation: 'equal', right: divergence, kind: 'numeric',
      why: 'Their sum is the trace of the matrix of derivatives, which is also called the divergence of the model\'s score.',
    },
    {
      label: 'The cross term without the data\'s score',
      left: mean(dot(network, score)), relation: 'equal', right: neg(mean(divergence)), kind: 'numeric',
      why: 'The last four lines together: the sum over all components, with the integral written as a mean again.',
    },
    {
      label: 'The implicit objective (theorem 1)',
      left: sym('implicitLoss'), relation: 'equal', right: mean(add(mul(half, normSq(network)), divergence)), kind: 'definition',
      why: 'What depends on the model. The first term wants the score to be short at the data, the second wants the field to run together there. Both can be estimated from samples. Unlike the Fisher divergence it may be negative.',
    },
    {
      label: 'The same up to a constant (theorem 1)',
      left: sym('explicitLoss'), relation: 'equal', right: add(sym('implicitLoss'), constant), kind: 'numeric',
      why: 'The cross term put into the multiplied square. The last term depends on the data alone, so both objectives have the same minimiser and the same gradient by the parameters. The price is the trace: it takes as many backward passes as there are dimensions, which sliced score matching avoids.',
    },
  ],
};
