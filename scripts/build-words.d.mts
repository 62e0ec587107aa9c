/** @returns English text → that of the language; rejects where two files translate one text differently. */
export function wordsOf(root: string, language: string): Promise<Record<string, string>>;
export function buildWords(root: string, out: string): Promise<void>;
