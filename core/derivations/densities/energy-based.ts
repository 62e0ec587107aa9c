/** Maximum likelihood of a density that is known only up to its partition function. */
import { add, apply, derivative, fn, neg, sym, total } from '../../formulas/expr';
import { SONG_KINGMA_2021 } from '../../formulas/sources';
import { ENERGY_DENSITY, ENERGY_GRADIENT, LANGEVIN_STEP, negativePhase } from '../../formulas/densities';
import { lineOf } from '../line';
import type { Derivation } from '../types';
import { inWorlds } from '../worlds/cases';
import { energyWorld } from '../worlds/energy-based';

const [x, sample, theta, Z] = [sym('x'), sym('modelSample'), sym('parameters'), sym('partition')];
const energy = apply('energy', x);
const density = apply('energyModel', x);
const sampleEnergy = apply('energy', sample);
const all = total('modelSample', fn('exp', neg(sampleEnergy)));

export const ENERGY_BASED: Derivation = {
  id: 'energy-based',
  title: 'Training and sampling an energy-based model',
  shows:
    'Why the loss is the energy of data minus the energy of samples, although the partition function cannot be computed. And why a sample can be drawn without it.',
  source: SONG_KINGMA_2021('maximum likelihood training with MCMC'),
  prerequisites: [
    'A network gives each example one number, its energy. It is smooth, and so large far away that the partition function and all means are finite.',
    'Derivatives of logarithms and exponentials.',
    'Training makes the negative log-likelihood of the data small.',
  ],
  after: ['mle-is-min-kl'],
  given: ['x', 'energy', 'parameters'],
  cases: inWorlds(energyWorld),
  steps: [
    {
      label: 'From energies to a density',
      ...lineOf(ENERGY_DENSITY), kind: 'definition',
      why: 'Low energy means high density. The exponential makes it positive, and the partition function makes it add up to 1. Some papers write f for −E.',
    },
    {
      label: 'The partition function',
      left: Z, relation: 'equal', right: all, kind: 'definition',
      why: 'The sum over everything that an example could be; for continuous examples it is an integral. For images nobody can compute it.',
    },
    {
      label: 'The negative log-likelihood',
      left: neg(fn('log', density)), relation: 'equal', right: add(energy, fn('log', Z)), kind: 'numeric',
      why: 'The logarithm undoes the exponential. The first term is one pass through the network, the second one is the trouble.',
    },
    {
      label: 'The derivative of the trouble',
      left: derivative(theta, fn('log', all)), relation: 'equal', right: neg(negativePhase), kind: 'numeric',
      why: 'The derivative of a logarithm has the partition function in its denominator. Divided by it, each exponential under the sum is the density of the model again, so that the sum is a mean over samples of the model, x⁻.',
    },
    {
      label: 'The gradient of the loss',
      ...lineOf(ENERGY_GRADIENT), kind: 'numeric',
      why: 'Both terms together: push the energy of data down and that of the model\'s own samples up. In code the loss is the mean energy of data minus the mean energy of samples, with the samples detached; its value is no likelihood, only its gradient counts.',
    },
    {
      label: 'The score does without the partition function',
      left: derivative(x, fn('log', density)), relation: 'equal', right: neg(derivative(x, energy)), kind: 'numeric',
      why: 'The partition function is the same for every x, so it drops out of the derivative by x. The direction in which the density grows is known from the network alone.',
    },
    {
      label: 'A Langevin step',
      ...lineOf(LANGEVIN_STEP), kind: 'definition',
      why: 'Go down the energy a little and add noise of variance λ: z times the root of λ. After many small steps the points are distributed nearly as the model. Song & Kingma write ε² for λ. Code often sets step size and noise apart, with far less noise than this, which samples at a lower temperature.',
    },
  ],
};
