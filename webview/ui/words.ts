/** The page's words. A page has one language, which it is told once, before it builds itself: so whatever shows text asks `t` of this module. */
import type { Language } from '../../core/l10n/language';
import { inEnglish, translator, type Bundle, type Translate } from '../../core/l10n/translate';
import { h, type Child } from './dom';

let spoken: Language = 'en';
let translate: Translate = inEnglish;

/** In the language of the page; English until it is told another, and in tests. */
export const t: Translate = (english, ...values) => translate(english, ...values);

/** For what is read out by tables of its own (formulas, symbols). */
export const language = (): Language => spoken;

/** For functions that are faster, or simpler, where nothing is to be translated. */
export const translation = (): Translate => translate;

export function speak(now: Language, bundle: Bundle | undefined): void {
  spoken = now;
  translate = now === 'en' ? inEnglish : translator(bundle);
}

/** Takes the words of `now` from where the host has them; where they cannot be had the page speaks English. */
export async function learn(now: Language, words: string | null, warn: (text: string) => void): Promise<void> {
  if (words !== null) {
    try {
      const response = await fetch(words);
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      speak(now, (await response.json()) as Bundle);
    } catch (error) {
      warn(`The words of ${now} could not be loaded, the page speaks English: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  document.documentElement.lang = spoken === 'zh-cn' ? 'zh-CN' : spoken;
}

/** One after the other, with what the language puts between sentences. */
export const sentences = (said: readonly string[]): string => said.join(t(' '));

/** A sentence with elements in it, wherever its translation puts them. */
export function pieces(english: string, ...values: Child[]): Child[] {
  return t(english).split(/\{(\d+)\}/).map((part, i) => (i % 2 === 0 ? part : values[Number(part)])).filter((part) => part !== '');
}

/** Elements side by side, with the comma of the language. */
export function joined(elements: readonly Node[]): HTMLElement {
  return h('span', {}, ...elements.flatMap((element, i) => [i > 0 ? t(', ') : null, element]));
}
