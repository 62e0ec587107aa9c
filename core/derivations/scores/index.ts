/** Scores: how they are learned, and the differential equations that they reverse. In the order in which they may be read. */
import type { Derivation } from '../types';
import { FORWARD_SDE } from './forward-sde';
import { ITO } from './ito';
import { PROBABILITY_FLOW_ODE } from './probability-flow-ode';
import { REVERSE_SDE } from './reverse-sde';
import { SDE_LIKELIHOOD } from './sde-likelihood';
import { VP_VE_LIMITS } from './vp-ve-limits';

export const SCORES: readonly Derivation[] = [ITO, FORWARD_SDE, VP_VE_LIMITS, REVERSE_SDE, PROBABILITY_FLOW_ODE, SDE_LIKELIHOOD];
