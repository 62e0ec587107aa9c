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

export const HYBRID_SYMBOLS = { ...ENERGIES };
