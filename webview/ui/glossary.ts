/** The symbols of the derivation: meaning, value at the scrubbed t, and the variables of the file that hold them. */
import { h, setText } from './dom';
import { linkButton } from './controls';
import { symbolsOf } from './math';
import type { Range } from '../../core/code/types';
import type { AppState } from './state';
import type { Store } from './store';
import { symbolInfo } from './symbol-info';
import { bindingsOf, type SymbolLinks } from './symbols';
import { renderTex } from './tex';
import { liveValue } from './values';

export function glossary(store: Store<AppState>, links: SymbolLinks, reveal: (range: Range) => void): HTMLElement {
  const body = h('tbody', {});
  const element = h('section', { class: 'glossary', 'aria-label': 'Glossary of the symbols' },
    h('h2', {}, 'Symbols'),
    h('table', {}, h('thead', { class: 'visually-hidden' }, h('tr', {}, h('th', {}, 'Symbol'), h('th', {}, 'Meaning and variables'), h('th', {}, 'Value'))), body));
  let values: { id: string; cell: HTMLElement }[] = [];
  let built = '';

  const build = (state: AppState) => {
    const symbols = symbolsOf(state.resolved.values.sampler);
    values = [];
    body.replaceChildren(...symbols.map((id) => {
      const info = symbolInfo(id);
      const symbol = h('span', { class: 'glossary-symbol' });
      renderTex(info?.tex ?? id, symbol, false);
      links.link(symbol, id, true);
      const names = bindingsOf(state, id).map(({ name, holds, ranges }) =>
        h('span', { class: 'binding' }, ranges[0] ? linkButton(name, `Show ${name} in the editor`, () => reveal(ranges[0])) : name, holds ? ` = ${holds}` : null));
      const cell = h('td', { class: 'glossary-value' });
      values.push({ id, cell });
      return h('tr', {}, h('th', { scope: 'row' }, symbol), h('td', {}, h('span', { class: 'meaning' }, info?.meaning ?? ''), names.length > 0 && h('span', { class: 'bindings' }, ...names)), cell);
    }));
    links.prune();
  };
  const fill = (state: AppState) => values.forEach(({ id, cell }) => setText(cell, liveValue(id, state) ?? ''));

  store.on(['resolved', 'model'], (state) => {
    const key = JSON.stringify([state.resolved.values.sampler, state.model?.version, state.model?.uri, state.model?.finding.name]);
    if (key !== built) {
      built = key;
      build(state);
    }
    fill(state);
  });
  store.on(['tick'], fill);
  return element;
}
