/** Symbols of beginnings and of representation: coins, mixtures, codes, singular vectors. */
import type { SymbolTable } from './table';

/** Code names: NumPy and SciPy, then Pyro. */
const BELIEFS = {
  headCount: {
    tex: 'k', spoken: 'k', colour: 6, codeNames: ['k', 'heads', 'successes', 'n_heads'],
    meaning: 'How many of the tosses were heads.',
  },
  priorHeads: {
    tex: 'a', spoken: 'a', colour: 0, codeNames: ['a', 'alpha', 'alpha0', 'concentration1'],
    meaning: 'The first number of a Beta distribution: it acts as heads that were seen before.',
  },
  priorTails: {
    tex: 'b', spoken: 'b', colour: 1, codeNames: ['b', 'beta', 'beta0', 'concentration0'],
    meaning: 'The second number of a Beta distribution: it acts as tails that were seen before.',
  },
  betaFunction: {
    tex: '\\mathrm{B}', spoken: 'the Beta function', colour: 3, codeNames: ['scipy.special.beta', 'betaln', 'lbeta'],
    meaning: 'The Beta function: what a Beta distribution is divided by so that it integrates to 1.',
  },
  beliefMean: {
    tex: '\\bar{\\theta}', spoken: 'theta bar', colour: 3, codeNames: ['posterior_mean', 'theta_mean', 'mean'],
    meaning: 'The mean of the posterior of the parameter.',
  },
  nextObservation: {
    tex: "x'", spoken: 'x prime', colour: 0, codeNames: ['x_new', 'x_next', 'new_obs'],
    meaning: 'The next observation, which has not been made yet.',
  },
  nextPredictive: {
    tex: 'p', spoken: 'p', colour: 6, codeNames: ['posterior_predictive', 'predictive', 'pred'],
    meaning: 'The posterior predictive: how probable the next observation is when only the data is known.',
  },
  posteriorCentre: {
    tex: '\\mu_N', spoken: 'mu capital N', colour: 6, codeNames: ['mu_n', 'post_mean', 'loc'],
    meaning: 'The mean of a Gaussian posterior after all N observations.',
  },
  posteriorSpread: {
    tex: '\\sigma_N', spoken: 'sigma capital N', colour: 0, codeNames: ['sigma_n', 'post_std', 'scale'],
    meaning: 'The standard deviation of a Gaussian posterior after all N observations.',
  },
  estimateDensity: {
    tex: 'p', spoken: 'p', colour: 5, codeNames: ['sampling_distribution', 'standard_error', 'sem'],
    meaning: 'How an estimate is distributed over repeated samples when the parameter is fixed.',
  },
} satisfies SymbolTable;

export const REPRESENTATION_SYMBOLS = { ...BELIEFS };
