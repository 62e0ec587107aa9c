/** The score of a density, what it is not, and the distance of two scores (Hyvärinen 2005). */
import { add, apply, definite, div, dot, expectation, fn, gradient, integral, mul, neg, normSq, num, sub, sym, type Expr } from '../../formulas/expr';
import { HYVARINEN_2005 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { explicitTight, explicitWorld } from '../worlds/score-matching-explicit';

const one = num(1);
const half = div(one, num(2));
const log = (of: Expr): Expr => fn('log', of);
const [x, a, tau, J] = [sym('x'), sym('otherPoint'), sym('pathShare'), sym('explicitLoss')];
const data = apply('dataDistribution', x);
const score = apply('dataScore', x);
const network = apply('scoreNetwork', x);
const [model, energy] = [apply('energyModel', x), apply('energy', x)];
const all = integral('x', fn('exp', neg(energy)));
const way = sub(x, a);
const along = definite('pathShare', num(0), one, dot(apply('dataScore', add(a, mul(tau, way))), way));
const mean = (body: Expr): Expr => expectation('x', data, body);

export const SCORE_MATCHING_EXPLICIT: Derivation = {
  id: 'score-matching-explicit',
  title: 'The score of a density, and explicit score matching',
  shows:
    'What the score is, why it needs no normalising constant, and that it still determines the density. Then the Fisher divergence: how far the score of a model is from that of the data.',
  source: HYVARINEN_2005('section 2 (the name "explicit": Vincent 2011)'),
  prerequisites: [
    'The gradient of a function points to where it grows fastest.',
    'The density of the data is smooth, and greater than zero wherever its logarithm is taken. The means below are finite.',
    'An energy-based model gives each example one number, its energy. Its density is the exponential of minus the energy, divided by a constant that as a rule cannot be computed.',
  ],
  given: ['x', 'dataDistribution', 'energy', 'parameters', 'scoreNetwork', 'otherPoint', 'pathShare'],
  cases: inWorlds(explicitWorld, { tight: explicitTight }),
  steps: [
    {
      label: 'The score',
      left: score, relation: 'equal', right: gradient('x', log(data)), kind: 'definition',
      why: 'The score is the gradient of the log-density by the example x: a vector with as many components as the example. Beware of the name. Some lecture notes call the log-likelihood log p(x | θ) itself the score, and statistics calls its gradient by the parameters θ the score. In score matching and diffusion it is always the gradient by x.',
    },
    {
      label: 'The score is a relative slope',
      left: score, relation: 'equal', right: mul(div(one, data), gradient('x', data)), kind: 'numeric',
      why: 'The chain rule for the logarithm. Each component of the score says at which relative rate the density changes along its axis. It exists only where the density is greater than zero.',
    },
    {
      label: 'The slope of the density from the score',
      left: gradient('x', data), relation: 'equal', right: mul(data, score), kind: 'numeric',
      why: 'The line above multiplied by the density. The objectives of score matching rest on this form.',
    },
    {
      label: 'A model with an energy',
      left: model, relation: 'equal', right: div(fn('exp', neg(energy)), sym('partition')), kind: 'definition',
      why: 'As in an energy-based model: low energy means high density, and Z makes the density integrate to 1.',
    },
    {
      label: 'Its normalising constant',
      left: sym('partition'), relation: 'equal', right: all, kind: 'definition',
      why: 'The integral runs over everything that an example could be. It has to be finite. It depends on the parameters but not on the example in question. For images nobody can compute it.',
    },
    {
      label: 'Its log-density',
      left: log(model), relation: 'equal', right: sub(neg(energy), log(sym('partition'))), kind: 'numeric',
      why: 'The logarithm undoes the exponential and turns the quotient into a difference.',
    },
    {
      label: 'What statistics calls the score',
      left: apply('parameterScore', x), relation: 'equal', right: gradient('parameters', log(model)), kind: 'definition',
      why: 'The gradient by the parameters, for one fixed example. This is what maximum likelihood sets to zero on average over the data. It is another vector, with as many components as there are parameters.',
    },
    {
      label: 'It needs the constant',
      left: apply('parameterScore', x), relation: 'equal', right: sub(neg(gradient('parameters', energy)), gradient('parameters', log(all))), kind: 'numeric',
      why: 'The log-density was put in, with the constant written out. It changes with the parameters, so its gradient stays.',
    },
    {
      label: 'The score of the model',
      left: network, relation: 'equal', right: gradient('x', log(model)), kind: 'definition',
      why: 'The gradient by the example, for fixed parameters. A network may also put out this vector directly, without an energy. Then it need not be the gradient of anything.',
    },
    {
      label: 'It does without the constant',
      left: network, relation: 'equal', right: neg(gradient('x', energy)), kind: 'numeric',
      why: 'The constant is the same for every example, so the gradient of its logarithm by x is zero. What was impossible to compute is gone.',
    },
    {
      label: 'Nothing is lost: differences of the log-density',
      left: sub(log(data), log(apply('dataDistribution', a))), relation: 'equal', right: along, kind: 'numeric',
      why: 'Along the straight way from a to x, the derivative of the log-density by τ is the inner product of the score with the way. The integral of a derivative is the difference of the values at both ends. The density must be greater than zero on the whole way.',
    },
    {
      label: 'The density from its score',
      left: data, relation: 'equal', right: mul(apply('dataDistribution', a), fn('exp', along)), kind: 'numeric',
      why: 'Solved for the density at x. Only its value at one point a is left open, and that follows since a density integrates to 1. So two smooth densities that are greater than zero everywhere and have the same score are the same.',
    },
    {
      label: 'How far two scores are apart',
      left: J, relation: 'equal', right: mul(half, mean(normSq(sub(network, score)))), kind: 'definition',
      why: 'Half the mean squared distance of the two vectors over the data: the Fisher divergence, up to the factor ½, which some papers leave out. Minimising it over the parameters is explicit score matching.',
    },
    {
      label: 'It is never negative',
      left: J, relation: 'at-least', right: num(0), kind: 'numeric',
      why: 'Half of a mean of squares. It is zero just if both scores agree wherever the data has density, up to a set of probability zero. Where the data has no density, nothing is asked of the model. That is the weak place of score matching: with islands of data the share of each island is not seen.',
    },
    {
      label: 'Multiply out the square',
      left: J, relation: 'equal', right: add(sub(mul(half, mean(normSq(network))), mean(dot(network, score))), mul(half, mean(normSq(score)))), kind: 'numeric',
      why: 'The squared length of a difference. The first term needs only the network and samples of the data. The last one does not depend on the network. The middle one still contains the unknown score of the data; implicit, sliced and denoising score matching differ in how they get rid of it.',
    },
  ],
};
