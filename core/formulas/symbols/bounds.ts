/** Further symbols of evidence lower bounds. */
import type { SymbolTable } from './table';

export const BOUND_SYMBOLS = {
  modelJoint: {
    tex: 'p_\\theta', spoken: 'p theta', colour: 2,
    meaning: 'The joint probability that the whole model gives to an example together with its latent variable.',
    codeNames: ['log_joint', 'log_pxz', 'joint'],
  },
  densityRatio: {
    tex: 'r', spoken: 'r', colour: 4,
    meaning: 'By how much the encoder finds a latent variable more probable than the true posterior does: a quotient.',
    codeNames: ['ratio', 'r', 'log_ratio'],
  },
} satisfies SymbolTable;
