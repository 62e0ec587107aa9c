/** Scores: how they are learned, and the differential equations that they reverse. In the order in which they may be read. */
import type { Derivation } from '../types';
import { CLASSIFIER_FREE_GUIDANCE } from './classifier-free-guidance';
import { CLASSIFIER_GUIDANCE } from './classifier-guidance';
import { FORWARD_SDE } from './forward-sde';
import { ITO } from './ito';
import { LANGEVIN } from './langevin';
import { NCSN_ANNEALED } from './ncsn-annealed';
import { PROBABILITY_FLOW_ODE } from './probability-flow-ode';
import { REVERSE_SDE } from './reverse-sde';
import { SCORE_MATCHING_DENOISING } from './score-matching-denoising';
import { SCORE_MATCHING_EXPLICIT } from './score-matching-explicit';
import { SCORE_MATCHING_IMPLICIT } from './score-matching-implicit';
import { SCORE_MATCHING_SLICED } from './score-matching-sliced';
import { SDE_LIKELIHOOD } from './sde-likelihood';
import { VP_VE_LIMITS } from './vp-ve-limits';

export const SCORES: readonly Derivation[] = [
  SCORE_MATCHING_EXPLICIT, SCORE_MATCHING_IMPLICIT, SCORE_MATCHING_SLICED, SCORE_MATCHING_DENOISING, LANGEVIN, NCSN_ANNEALED,
  ITO, FORWARD_SDE, VP_VE_LIMITS, REVERSE_SDE, PROBABILITY_FLOW_ODE, SDE_LIKELIHOOD, CLASSIFIER_GUIDANCE, CLASSIFIER_FREE_GUIDANCE,
];
