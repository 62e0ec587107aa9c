/** The contents: all derivations in reading order, found by name or symbol, or as a map of what stands on what. */
import { derivationById, DERIVATION_GROUPS, type Derivation } from '../../core/derivations';
import { findDerivations } from '../../core/derivations/find';
import { button, linkButton, type ButtonHandle } from './controls';
import { derivationFor, derivationOfModel } from './derivation';
import { derivationMap } from './derivationmap';
import { h, setAttributes, setHidden, setText } from './dom';
import type { AppState } from './state';
import type { Store } from './store';
import { joined, pieces, t, translation } from './words';

export interface Contents {
  opener: ButtonHandle;
  element: HTMLElement;
}

export function contents(store: Store<AppState>): Contents {
  const search = h('input', { type: 'search', class: 'contents-search', placeholder: t('Search by name or symbol'), 'aria-label': t('Search derivations by name or symbol') });
  const list = h('div', { class: 'contents-list' });
  /** Searching leads back to the list. */
  let mapped = false;
  const map = button({ label: t('Map'), appearance: 'secondary', title: t('What leads to this derivation, and what builds on it'), onPress: () => turn(!mapped) });
  const wholeBox = h('input', { type: 'checkbox' });
  const whole = h('label', { class: 'map-whole', hidden: true }, wholeBox, ' ', t('all derivations'));
  const element = h('nav', { class: 'contents', 'aria-label': t('Contents of all derivations'), hidden: true }, h('div', { class: 'contents-head' }, search, map.element, whole), list);
  const opener = button({ label: t('Contents'), appearance: 'secondary', title: t('All derivations'), onPress: () => show(element.hidden !== false) });
  setAttributes(opener.element, { 'aria-expanded': 'false' });

  function show(open: boolean): void {
    setHidden(element, !open);
    opener.element.setAttribute('aria-expanded', String(open));
    if (!open) return;
    fill();
    search.focus();
  }
  const turn = (toMap: boolean) => {
    mapped = toMap;
    map.set({ label: mapped ? t('List') : t('Map'), title: mapped ? t('All derivations by group') : t('What leads to this derivation, and what builds on it') });
    setHidden(whole, !mapped);
    fill();
  };
  const choose = (chosen: string | null) => {
    show(false);
    store.set({ chosen, derivationStep: 0 });
  };
  const entry = (derivation: Derivation, chosen: string | null): HTMLElement => {
    const { id, title, shows, steps, after = [] } = derivation;
    const link = linkButton(t(title), t(shows), () => choose(chosen));
    setAttributes(link, { 'aria-current': derivationFor(store.get()).id === id ? 'page' : null, 'data-derivation': id });
    const count = h('span', { class: 'contents-lines' }, t('{0} lines', steps.length));
    // The map of what stands on what, as far as one entry sees it.
    const before = after.length === 0 ? null : h('span', { class: 'contents-after' }, ...pieces('after {0}', joined(after.map((other) => linkButton(t(derivationById(other).title), t('Read before: {0}', other), () => choose(other))))));
    return h('li', {}, link, ' ', count, before);
  };
  const fill = () => {
    if (mapped) {
      const { id } = derivationFor(store.get());
      // One goes on from here to the next, so the map stays.
      list.replaceChildren(derivationMap(id, wholeBox.checked, (other) => store.set({ chosen: other, derivationStep: 0 })));
      list.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
      return;
    }
    const query = search.value;
    const own = derivationOfModel(store.get());
    const groups = DERIVATION_GROUPS.map(({ title, derivations }) => ({ title, found: findDerivations(derivations, query, translation()) })).filter(({ found }) => found.length > 0);
    const parts = groups.flatMap(({ title, found }) => [h('h3', {}, t(title)), h('ul', {}, ...found.map((d) => entry(d, d.id)))]);
    if (query === '') parts.unshift(h('h3', {}, t('Of this model')), h('ul', {}, entry(own, null)));
    const none = h('p', { role: 'status' }, '');
    if (groups.length === 0) setText(none, t('No derivation speaks of “{0}”.', query));
    list.replaceChildren(...parts, none);
    list.scrollTop = 0;
  };
  search.addEventListener('input', () => (mapped ? turn(false) : fill()));
  wholeBox.addEventListener('change', fill);
  store.on(['chosen', 'model', 'lost', 'resolved'], () => {
    if (mapped && !element.hidden) fill();
  });
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    show(false);
    opener.element.focus();
  });
  return { opener, element };
}
