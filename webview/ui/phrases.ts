/** Phrases of core/code/words as text and names of code, and lines of the file as something to press. */
import type { Phrase } from '../../core/code/words';
import type { Range } from '../../core/code/types';
import { linkButton } from './controls';
import { h, type Child } from './dom';

export const phrases = (said: readonly Phrase[]): Child[] => said.map(({ text, code }) => (code ? h('code', {}, text) : text.replace(/line (\d)/, 'line\u00a0$1')));

export function lineLink(range: Range, reveal: (range: Range) => void): HTMLButtonElement {
  return linkButton(`line ${range.line}`, `Show line ${range.line} in the editor`, () => reveal(range));
}
