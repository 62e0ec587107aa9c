/** Runs that were kept, with the settings in which they differ: which of them the curves show. */
import { button } from '../controls';
import { h, setHidden } from '../dom';
import type { Store } from '../store';
import { t } from '../words';
import { differences } from './runs';
import { grouped } from '../format';
import type { VaeState } from './state';

export function runList(store: Store<VaeState>): HTMLElement {
  const rows = h('tbody', {});
  const column = (name: string) => h('th', { scope: 'col' }, name);
  const table = h('table', { class: 'run-list' }, h('caption', {}, t('Runs')),
    h('thead', {}, h('tr', {}, column(t('Shown')), column(t('Run')), column(t('Steps')), column(t('−ELBO held out')), column(t('Differs in')), column(''))), rows);
  store.on(['runs', 'trained'], ({ runs, trained }) => {
    setHidden(table, runs.length === 0);
    const unlike = differences([...runs.map(({ settings }) => settings), ...(trained ? [trained] : [])]);
    rows.replaceChildren(...runs.map((run, i) => {
      const box = h('input', { type: 'checkbox', 'aria-label': t('Show {0} in the curves', run.name) });
      box.checked = run.shown;
      box.addEventListener('change', () => store.set({ runs: store.get().runs.map((other) => (other.id === run.id ? { ...other, shown: box.checked } : other)) }));
      const forget = button({ label: t('Forget {0}', run.name), icon: 'reset', appearance: 'icon', onPress: () => store.set({ runs: store.get().runs.filter(({ id }) => id !== run.id) }) });
      const bound = run.bound ? (run.bound.reconstruction + run.bound.kl).toFixed(2) : '–';
      return h('tr', {}, h('td', {}, box), h('th', { scope: 'row' }, run.name), h('td', { class: 'quantity' }, grouped(run.step)), h('td', { class: 'quantity' }, bound.replace('-', '−')), h('td', {}, unlike[i].join(' · ') || '–'), h('td', {}, forget.element));
    }));
  });
  return table;
}
