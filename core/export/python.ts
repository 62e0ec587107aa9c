/** Writing Python: literals and indentation. */

/** A string literal. JSON's are Python's, but for what is outside of the basic plane, which JSON leaves as it is and Python reads. */
export const pythonString = (text: string): string => JSON.stringify(text);

/** A number as Python reads it: JavaScript's shortest form, with a point where it is meant as a real number. */
export function pythonReal(value: number): string {
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** Every line but empty ones moved to the right by so many blocks of four spaces. */
export const indented = (text: string, blocks: number): string => text.replace(/^(?=.)/gm, ' '.repeat(4 * blocks));

/** Paragraphs of a program, two empty lines between them; empty ones are left out. */
export const paragraphs = (...parts: string[]): string => `${parts.map((part) => part.replace(/^\n+|\s+$/g, '')).filter(Boolean).join('\n\n\n')}\n`;
