/** Two networks against each other. */
import type { Family } from '../family';
import { GAN } from './gan';

export const ADVERSARIAL: readonly Family[] = [GAN];
