/** Phrases of core/code/words as text and names of code, and lines of the file as something to press. */
import { placeInWords, type Phrase } from '../../core/code/words';
import type { Range } from '../../core/code/types';
import { linkButton } from './controls';
import { h, type Child } from './dom';
import type { Reveal } from './host';
import { t } from './words';

export const phrases = (said: readonly Phrase[]): Child[] => said.map(({ text, code }) => (code ? h('code', {}, text) : text.replace(/\b(line|cell) (?=\d)/g, '$1\u00a0')));

export function lineLink(range: Range, reveal: Reveal): HTMLButtonElement {
  return linkButton(placeInWords(range, t), t('Show {0} in the editor', placeInWords(range, t)), () => reveal(range));
}
