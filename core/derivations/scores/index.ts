/** Scores: how they are learned, and the differential equations that they reverse. In the order in which they may be read. */
import type { Derivation } from '../types';
import { FORWARD_SDE } from './forward-sde';
import { ITO } from './ito';
import { REVERSE_SDE } from './reverse-sde';

export const SCORES: readonly Derivation[] = [ITO, FORWARD_SDE, REVERSE_SDE];
