/**
 * The eight symbol colours: one per `SymbolInfo.colour`, the same in picture, plots, derivation and editor.
 * Each stands at least 4.5 : 1 (WCAG AA) against its backgrounds; a test computes it.
 */
export interface Palette {
  /** For backgrounds near white. */
  light: readonly string[];
  /** For backgrounds near black, both dark and high contrast. */
  dark: readonly string[];
}

export const PALETTE: Palette = {
  light: ['#0b5fbf', '#b3261e', '#1b6e3c', '#7a3ea8', '#9a4a00', '#00666b', '#b0126f', '#5c6100'],
  dark: ['#6cb6ff', '#ff8a80', '#7fd39a', '#cfa3f5', '#f5b369', '#5fd3d0', '#ff92cf', '#d3d36b'],
};
