/** Symbols of energies, and of diffusion that meets other models. */
import type { SymbolTable } from './table';

/** Code names: usual PyTorch code of energy-based models. */
const ENERGIES = {
  shortRun: {
    tex: 'r', spoken: 'r', colour: 7,
    meaning: 'The distribution of points that a few steps of a Markov chain make of examples, held fixed while the parameters move.',
    codeNames: ['x_k', 'short_run', 'neg_samples', 'fake_imgs'],
  },
  statistic: {
    tex: 'f', spoken: 'f', colour: 6,
    meaning: 'A statistic: a fixed number for each example, which an exponential family multiplies by its parameter.',
    codeNames: ['features', 'suff_stats', 'T'],
  },
} satisfies SymbolTable;

/** Code names: usual PyTorch code of Langevin samplers. */
const LANGEVIN = {
  wellCentre: {
    tex: '\\mathbf{c}', spoken: 'c', colour: 2,
    meaning: 'The centre of a quadratic energy: the point at which it is lowest.',
    codeNames: ['center', 'mu', 'mean'],
  },
  wellVariance: {
    tex: 'v', spoken: 'v', colour: 4,
    meaning: 'The variance of every component under the Gaussian that belongs to a quadratic energy.',
    codeNames: ['var', 'variance', 'temperature'],
  },
  langevinKeep: {
    tex: '\\rho', spoken: 'rho', colour: 3,
    meaning: 'What one Langevin step keeps of the way from the centre of a quadratic energy.',
    codeNames: ['decay', 'rho', 'contraction'],
  },
  runMean: {
    tex: '\\mathbf{m}_k', spoken: 'm k', colour: 7,
    meaning: 'The mean of the points of many Langevin chains after k steps.',
    codeNames: ['samples.mean(0)', 'mean', 'mu_k'],
  },
  runVariance: {
    tex: 'u_k', spoken: 'u k', colour: 0,
    meaning: 'The variance of every component over many Langevin chains after k steps.',
    codeNames: ['samples.var(0)', 'var', 'var_k'],
  },
  stationaryVariance: {
    tex: 'u_{\\infty}', spoken: 'u infinity', colour: 7,
    meaning: 'The variance at which Langevin steps of one fixed size leave every component in the long run.',
    codeNames: ['stationary_var', 'var_inf'],
  },
  negativeSample: {
    tex: '\\mathbf{x}^{-}_i', spoken: 'negative sample x i', colour: 5,
    meaning: 'The i-th of several independent samples of the model.',
    codeNames: ['x_neg', 'neg_x', 'fake_imgs', 'samples'],
  },
  negativeSamples: {
    tex: '\\mathbf{x}^{-}_{1:N}', spoken: 'the N negative samples', colour: 3,
    meaning: 'Several independent samples of the model together: one batch of negative examples.',
    codeNames: ['x_neg', 'neg_x', 'fake_imgs', 'samples'],
  },
  negativeCount: {
    tex: 'N', spoken: 'capital N', colour: 7,
    meaning: 'How many samples of the model are drawn for one estimate of the gradient.',
    codeNames: ['batch_size', 'n_samples', 'num_neg'],
  },
  batchDistribution: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 6,
    meaning: 'The distribution of several independent samples of an energy-based model together.',
    codeNames: ['sampler', 'sample_p_d', 'replay_buffer'],
  },
} satisfies SymbolTable;

export const HYBRID_SYMBOLS = { ...ENERGIES, ...LANGEVIN };
