/** What is known of a symbol, but for its id, which is its key in the table. */
export interface SymbolEntry {
  /** As typeset, e.g. `\bar\alpha_t`. */
  tex: string;
  /** What it means in one sentence. */
  meaning: string;
  /** Plain words for screen readers. */
  spoken: string;
  /** Usual code names, those of the best known library first. */
  codeNames: readonly string[];
  /** Index into the palette: the same colour in picture, plots, derivation and editor. */
  colour: number;
  /** Its value is a matrix: a product with it is one of matrices. */
  matrix?: true;
}

export type SymbolTable = Record<string, SymbolEntry>;
