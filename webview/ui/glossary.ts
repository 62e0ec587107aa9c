/** The symbols of the derivation: meaning, value at the scrubbed t, and the variables of the file that hold them. */
import { symbolAsUsed } from '../../core/derivations';
import { append, h, setText } from './dom';
import { linkButton } from './controls';
import { derivationFor, symbolsInUse } from './derivation';
import type { Range } from '../../core/code/types';
import { pageOf, type AppState } from './state';
import type { Store } from './store';
import { symbolInfo } from './symbol-info';
import { bindingsOf, type SymbolLinks } from './symbols';
import { renderTex } from './tex';
import { liveValue, valueNote, valueTime } from './values';
import { t } from './words';

export function glossary(store: Store<AppState>, links: SymbolLinks, reveal: (range: Range) => void): HTMLElement {
  const here = h('tbody', { 'aria-label': t('In this line') });
  const elsewhere = h('tbody', { class: 'elsewhere', 'aria-label': t('Elsewhere') });
  const heading = h('h2', {});
  const column = (name: string) => h('th', { scope: 'col' }, name);
  const element = h('section', { class: 'glossary', 'aria-label': t('Glossary of the symbols'), tabindex: 0 },
    heading,
    h('table', {}, h('thead', { class: 'visually-hidden' }, h('tr', {}, column(t('Symbol')), column(t('Value')), column(t('Meaning and variables')))), here, elsewhere));
  let values: { id: string; cell: HTMLElement }[] = [];
  let built = '';

  const row = (state: AppState, id: string): HTMLElement => {
    const info = symbolInfo(id);
    const symbol = h('span', { class: 'glossary-symbol' });
    renderTex(info ? symbolAsUsed(derivationFor(state).steps, info.id) : id, symbol, false);
    links.link(symbol, id, true);
    const cell = h('td', { class: 'glossary-value', title: valueNote(id) });
    values.push({ id, cell });
    const meaning = h('td', {}, h('span', { class: 'meaning' }, info ? t(info.meaning) : ''));
    for (const { name, holds, ranges } of bindingsOf(state, id)) {
      append(meaning, [' ', h('span', { class: 'binding' }, ranges[0] ? linkButton(name, t('Show {0} in the editor', name), () => reveal(ranges[0])) : name, holds ? ` = ${t(holds)}` : null)]);
    }
    return h('tr', {}, h('th', { scope: 'row' }, symbol), cell, meaning);
  };

  const build = (state: AppState) => {
    const symbols = symbolsInUse(state);
    values = [];
    here.replaceChildren(...symbols.here.map((id) => row(state, id)));
    elsewhere.replaceChildren(...symbols.elsewhere.map((id) => row(state, id)));
    element.scrollTop = 0;
    links.prune();
  };
  const fill = (state: AppState) => {
    setText(heading, pageOf(state) === 'playground' && state.resolved.quantities ? t('Symbols at t = {0}', valueTime(state)) : t('Symbols'));
    values.forEach(({ id, cell }) => setText(cell, liveValue(id, state) ?? ''));
  };

  store.on(['resolved', 'model', 'lost', 'derivationStep', 'chosen'], (state) => {
    const key = JSON.stringify([derivationFor(state).id, state.resolved.values.varianceType, state.derivationStep, state.model?.version, state.model?.uri, state.model?.finding.name]);
    if (key !== built) {
      built = key;
      build(state);
    }
    fill(state);
  });
  store.on(['tick'], fill);
  return element;
}
