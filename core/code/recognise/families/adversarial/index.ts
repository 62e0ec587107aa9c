/** Two networks against each other. */
import type { Family } from '../family';

export const ADVERSARIAL: readonly Family[] = [];
