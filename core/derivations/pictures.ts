/** The form in which the editor shows derivations and formulas without computing anything: words and pictures, made when the extension is built. */
import type { FamilyId } from '../code/vocabulary';
import type { Picture } from '../formulas/svg';
import type { SymbolId } from '../formulas/symbols';

export interface PicturedStep {
  label: string;
  /** Of lines that hold under one setting only. */
  condition: string | null;
  why: string;
  spoken: string;
  picture: Picture;
  /** In the order in which they appear. */
  symbols: readonly SymbolId[];
}

export interface PicturedDerivation {
  id: string;
  title: string;
  shows: string;
  source: string;
  steps: readonly PicturedStep[];
}

/** What of a derivation's words is made from its trees, in another language; steps in the same order. All else is in the language's words (dist/webview). */
export interface PicturedWords {
  steps: readonly { condition: string | null; spoken: string }[];
}

export interface PicturedFormula {
  id: string;
  title: string;
  convention: string | null;
  source: { paper: string; equation: string; url: string };
  spoken: string;
  picture: Picture;
}

/** What there is, and which belongs to what. */
export interface PictureIndex {
  derivations: readonly { id: string; title: string }[];
  ofFamily: Readonly<Record<FamilyId, string>>;
  /** Formulas of the registry that give a symbol its value, by symbol; schedules stand under β. */
  ofSymbol: Readonly<Partial<Record<SymbolId, readonly string[]>>>;
  /** What each symbol means. */
  meanings: Readonly<Partial<Record<SymbolId, string>>>;
}
