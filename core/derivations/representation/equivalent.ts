/** Mutants that mean the same as the line; see verify/equivalent.ts. */
export const EQUIVALENT_REPRESENTATION: Readonly<Record<string, string>> = {
};
