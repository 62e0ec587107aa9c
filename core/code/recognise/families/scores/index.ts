/** Models of the score, and diffusion whose schedule is out of sight. */
import type { Family } from '../family';
import { DDPM } from './ddpm';
import { SCORE_SDE } from './score-sde';

export const SCORES: readonly Family[] = [SCORE_SDE, DDPM];
