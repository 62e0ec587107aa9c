/** Scores: how they are learned, and the differential equations that they reverse. In the order in which they may be read. */
import type { Derivation } from '../types';
import { CLASSIFIER_FREE_GUIDANCE } from './classifier-free-guidance';
import { CLASSIFIER_GUIDANCE } from './classifier-guidance';
import { LANGEVIN } from './langevin';
import { NCSN_ANNEALED } from './ncsn-annealed';
import { SCORE_MATCHING_DENOISING } from './score-matching-denoising';
import { SCORE_MATCHING_EXPLICIT } from './score-matching-explicit';
import { SCORE_MATCHING_IMPLICIT } from './score-matching-implicit';
import { SCORE_MATCHING_SLICED } from './score-matching-sliced';

export const SCORES: readonly Derivation[] = [
  SCORE_MATCHING_EXPLICIT,
  SCORE_MATCHING_IMPLICIT,
  SCORE_MATCHING_SLICED,
  SCORE_MATCHING_DENOISING,
  LANGEVIN,
  NCSN_ANNEALED,
  CLASSIFIER_GUIDANCE,
  CLASSIFIER_FREE_GUIDANCE,
];
