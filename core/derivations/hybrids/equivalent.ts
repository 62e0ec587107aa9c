/** Mutants that mean the same as the line; see verify/equivalent.ts. */
export const EQUIVALENT_HYBRIDS: Readonly<Record<string, string>> = {
};
