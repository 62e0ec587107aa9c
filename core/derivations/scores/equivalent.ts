/** Mutants that mean the same as the line; see verify/equivalent.ts. */
export const EQUIVALENT_SCORES: Readonly<Record<string, string>> = {
};
