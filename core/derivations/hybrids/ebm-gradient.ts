/** The gradient of the log-likelihood of an energy-based model, what contrastive divergence leaves out of it, and the second derivative of log Z. */
import { add, apply, derivative, div, expectation, fn, kl, mul, neg, num, pow, sub, sym, total, type Expr } from '../../formulas/expr';
import { HINTON_2002 } from '../../formulas/sources';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { ebmGradientWorld } from '../worlds/ebm-gradient';

const [x, sample, theta, Z] = [sym('x'), sym('modelSample'), sym('parameters'), sym('partition')];
const log = (of: Expr): Expr => fn('log', of);
const exp = (of: Expr): Expr => fn('exp', of);
const slope = (of: Expr): Expr => derivative(theta, of);
const [energy, sampleEnergy] = [apply('energy', x), apply('energy', sample)];
const [model, sampleModel] = [apply('energyModel', x), apply('energyModel', sample)];
const [data, chain] = [apply('dataDistribution', x), apply('shortRun', x)];
const all = total('modelSample', exp(neg(sampleEnergy)));
const negativePhase = expectation('modelSample', sampleModel, slope(sampleEnergy));
const [underData, underModel, underChain] = [data, model, chain].map((under) => (body: Expr): Expr => expectation('x', under, body));
const [toModel, chainToModel] = [kl('x', data, model), kl('x', chain, model)];
const statistic = apply('statistic', x);
const meanStatistic = expectation('modelSample', sampleModel, apply('statistic', sample));
const variance = underModel(pow(sub(slope(energy), negativePhase), 2));

export const EBM_GRADIENT: Derivation = {
  id: 'ebm-gradient',
  title: 'The gradient of an energy-based model, line by line',
  shows:
    'How the derivative of log Z becomes a mean over samples of the model, and what contrastive divergence puts in its place. Then why the second derivative of log Z is a variance, as in every exponential family.',
  source: HINTON_2002('the section on learning by minimizing contrastive divergence; the gradient also in Song & Kingma 2021, arXiv 2101.03288, section on maximum likelihood training with MCMC'),
  prerequisites: [
    'An energy-based model gives each example one number, its energy; low energy means high density.',
    'Derivatives of logarithms and exponentials, and the product rule.',
    'Here θ is one parameter, the others are held fixed, the energy is twice differentiable in it, and an example is one of finitely many points. For densities the sums are integrals, and the energy must allow the derivative to be taken inside of them.',
  ],
  after: ['energy-based', 'mle-is-min-kl'],
  given: ['x', 'modelSample', 'parameters', 'energy', 'dataDistribution', 'shortRun'],
  cases: inWorlds(ebmGradientWorld),
  steps: [
    {
      label: 'From energies to probabilities',
      left: model, relation: 'equal', right: div(exp(neg(energy)), Z), kind: 'definition',
      why: 'The exponential makes every number positive, and the partition function Z makes them add up to 1. Papers that write f for −E mean the same model with the other sign.',
    },
    {
      label: 'The partition function',
      left: Z, relation: 'equal', right: all, kind: 'definition',
      why: 'The sum runs over everything that an example could be. Its points are called x⁻, so that they are not taken for the one example x. It depends on θ through every energy.',
    },
    {
      label: 'The log-likelihood of one example',
      left: log(model), relation: 'equal', right: sub(neg(energy), log(Z)), kind: 'numeric',
      why: 'The logarithm of the first line: it undoes the exponential and turns the quotient into a difference.',
    },
    {
      label: 'Its derivative has two parts',
      left: slope(log(model)), relation: 'equal', right: sub(neg(slope(energy)), slope(log(all))), kind: 'numeric',
      why: 'The derivative of a difference is the difference of the derivatives. Z was written out as the sum, because the sum shows where θ is. The first part is one pass of backpropagation; the second is worked out below.',
    },
    {
      label: 'The derivative of a logarithm',
      left: slope(log(all)), relation: 'equal', right: mul(div(num(1), Z), slope(all)), kind: 'numeric',
      why: 'The derivative of log u is one over u, times the derivative of u. Here u is Z.',
    },
    {
      label: 'Into the sum',
      left: slope(all), relation: 'equal', right: total('modelSample', slope(exp(neg(sampleEnergy)))), kind: 'numeric',
      why: 'The derivative of a finite sum is the sum of the derivatives.',
    },
    {
      label: 'The derivative of one exponential',
      left: slope(exp(neg(sampleEnergy))), relation: 'equal', right: neg(mul(exp(neg(sampleEnergy)), slope(sampleEnergy))), kind: 'numeric',
      why: 'The chain rule: the exponential stays as it is and is multiplied by the derivative of its exponent, −E.',
    },
    {
      label: 'Put together',
      left: slope(log(all)), relation: 'equal', right: neg(total('modelSample', mul(div(exp(neg(sampleEnergy)), Z), slope(sampleEnergy)))), kind: 'numeric',
      why: 'The last three lines in one. Z is the same for every term, so it may go inside of the sum.',
    },
    {
      label: 'The quotient is the model itself',
      left: slope(log(all)), relation: 'equal', right: neg(negativePhase), kind: 'numeric',
      why: 'By the first line each quotient is the probability that the model gives to x⁻. A sum weighted by probabilities is a mean. So the derivative of log Z needs samples of the model, but not Z.',
    },
    {
      label: 'The gradient of the log-likelihood',
      left: slope(log(model)), relation: 'equal', right: add(neg(slope(energy)), negativePhase), kind: 'numeric',
      why: 'The two minus signs of the second part make a plus. To raise the likelihood, lower the energy of the example and raise that of what the model itself makes.',
    },
    {
      label: 'For the whole data',
      left: slope(underData(log(model))), relation: 'equal', right: sub(negativePhase, underData(slope(energy))), kind: 'numeric',
      why: 'The mean over the data of the line above. The second part is the same for every example. The gradient is zero where data and model agree on the mean of ∂E.',
    },
    {
      label: 'The same as a divergence',
      left: slope(toModel), relation: 'equal', right: sub(underData(slope(energy)), negativePhase), kind: 'numeric',
      why: 'The divergence from data to model is a constant minus the mean log-likelihood, so its derivative has the opposite sign.',
    },
    {
      label: 'With another distribution in the place of the data',
      left: slope(chainToModel), relation: 'equal', right: sub(underChain(slope(energy)), negativePhase), kind: 'numeric',
      why: 'The same line with any fixed distribution in the place of the data. Take for it what a few steps of a Markov chain make of examples when the steps aim at the model.',
    },
    {
      label: 'Contrastive divergence (Hinton 2002)',
      left: slope(sub(toModel, chainToModel)), relation: 'equal', right: sub(underData(slope(energy)), underChain(slope(energy))), kind: 'numeric',
      why: 'The mean over the model is in both lines and cancels. What is left needs only data and the ends of short chains. In truth r moves with θ as well, since the chain aims at the model; r is held fixed here, and contrastive divergence leaves that part of the derivative out.',
    },
    {
      label: 'The derivative of a probability',
      left: slope(model), relation: 'equal', right: mul(model, slope(log(model))), kind: 'numeric',
      why: 'The derivative of a function is the function times the derivative of its logarithm. It serves the second derivative, which begins here.',
    },
    {
      label: 'The second derivative of log Z',
      left: slope(slope(log(all))), relation: 'equal', right: neg(slope(underModel(slope(energy)))), kind: 'numeric',
      why: 'The derivative of log Z was found above; it is differentiated once more. What the mean runs over may have any name, so x stands for x⁻ here.',
    },
    {
      label: 'The product rule under the mean',
      left: slope(underModel(slope(energy))), relation: 'equal', right: add(total('x', mul(slope(model), slope(energy))), underModel(slope(slope(energy)))), kind: 'numeric',
      why: 'Both the probabilities and what is averaged depend on θ. The product rule takes their derivatives one after the other.',
    },
    {
      label: 'Put the derivative of the probabilities in',
      left: total('x', mul(slope(model), slope(energy))), relation: 'equal', right: sub(pow(negativePhase, 2), underModel(pow(slope(energy), 2))), kind: 'numeric',
      why: 'The derivative of a probability is the probability times the gradient of the log-likelihood, −∂E plus the mean of ∂E. Multiplied by ∂E and summed, the mean comes out as a square.',
    },
    {
      label: 'A variance',
      left: variance, relation: 'equal', right: sub(underModel(pow(slope(energy), 2)), pow(negativePhase, 2)), kind: 'numeric',
      why: 'The variance is the mean square less the square of the mean. Here it is that of ∂E under the model.',
    },
    {
      label: 'The second derivative is a variance less a mean',
      left: slope(slope(log(all))), relation: 'equal', right: sub(variance, underModel(slope(slope(energy)))), kind: 'numeric',
      why: 'The last four lines together, with their signs. The last part vanishes where the energy is linear in θ.',
    },
    {
      label: 'An exponential family',
      left: energy, relation: 'equal', right: neg(mul(theta, statistic)), kind: 'definition',
      why: 'The energy is a fixed number for each example, times the parameter, with a minus sign. Then −∂E is that number, and the second derivative of E is zero.',
    },
    {
      label: 'The first derivative is a mean',
      left: slope(log(all)), relation: 'equal', right: underModel(statistic), kind: 'numeric',
      why: 'The derivative of log Z, with the statistic in the place of −∂E. So at the maximum of the likelihood model and data agree on the mean of the statistic.',
    },
    {
      label: 'The second derivative is a variance',
      left: slope(slope(log(all))), relation: 'equal', right: underModel(pow(sub(statistic, meanStatistic), 2)), kind: 'numeric',
      why: 'Only the variance is left. It is never negative, so log Z is convex in θ and the log-likelihood is concave: in an exponential family every local maximum is a global one. A network\'s energy is not linear in its parameters, and there this guarantee is lost.',
    },
  ],
};
