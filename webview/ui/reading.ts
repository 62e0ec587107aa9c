/** The page of a family that has a derivation and no experiment: the derivation, what the file says, and the symbols. Nothing on it runs. */
import { h } from './dom';
import { fileSays } from './filesays';
import type { Reveal } from './host';
import type { AppState } from './state';
import type { Store } from './store';

export interface ReadingPage {
  element: HTMLElement;
  /** Takes derivation and glossary from the page that has them. */
  fill(): void;
}

export function readingPage(store: Store<AppState>, derivation: HTMLElement, glossary: HTMLElement, reveal: Reveal): ReadingPage {
  const file = fileSays(store, reveal);
  const element = h('main', { class: 'reading-page' });
  return { element, fill: () => element.replaceChildren(derivation, file, glossary) };
}
