/** The symbols of the mathematics: one id each, the same in derivations, pictures, panel and editor. */

export type SymbolId =
  | 'T' | 't' | 'beta' | 'alpha' | 'alphaBar' | 'alphaBarPrev' | 'betaTilde' | 'sigma' | 'eta'
  | 'x0' | 'xt' | 'xPrev' | 'epsilon' | 'epsilonTheta' | 'x0Theta' | 'z' | 'mu' | 'muTheta';

export interface SymbolInfo {
  id: SymbolId;
  /** As typeset, e.g. `\bar\alpha_t`. */
  tex: string;
  /** What it means in one sentence. */
  meaning: string;
  /** Plain words for screen readers. */
  spoken: string;
  /** Usual code names, diffusers first. */
  codeNames: readonly string[];
  /** Index into the palette: the same colour in picture, plots, derivation and editor. */
  colour: number;
}
