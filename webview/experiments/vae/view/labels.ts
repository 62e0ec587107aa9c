/** How labels are told apart: colours that hold on both kinds of background, and signs where colour is not enough. Pure. */
import type { Theme } from '../../../ui/theme';
import type { Watched } from './types';

/** After Okabe and Ito, and Tol: told apart with the common kinds of colour blindness too. At least 3 : 1 on their backgrounds, which a test computes. */
export const LABEL_COLOURS = {
  light: ['#0072b2', '#b85c00', '#00805c', '#332288', '#c2185b', '#7d7400', '#6e6e6e', '#882255', '#1597bb', '#5d4037'],
  dark: ['#56b4e9', '#e69f00', '#1fbf8f', '#f0e442', '#ff8a65', '#9fa8ff', '#bdbdbd', '#e58fc5', '#00c8d7', '#c49a6c'],
} as const;

export function labelColours({ kind }: Theme): readonly string[] {
  return kind === 'light' || kind === 'high-contrast-light' ? LABEL_COLOURS.light : LABEL_COLOURS.dark;
}

/** In high contrast points are signs, not dots. */
export const wantsSigns = ({ kind }: Theme): boolean => kind.startsWith('high-contrast');

const SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
export const signOf = (label: number): string => SIGNS[label % SIGNS.length];

export function labelName({ examples, labelNames }: Watched, index: number): string | null {
  const label = examples.labels?.[index];
  return label === undefined ? null : nameOfLabel(labelNames, label);
}

export const nameOfLabel = (names: readonly string[] | null, label: number): string => names?.[label] ?? String(label);

/** Those that occur, ascending. */
export function labelsOf(labels: Uint8Array | null): number[] {
  return labels ? [...new Set(labels)].sort((a, b) => a - b) : [];
}
