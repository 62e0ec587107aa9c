/** What the file says of a model: what it is and where, its hyper-parameters with their lines, why it was recognised, what could not be read. */
import { retold } from '../../core/code/sentences';
import { FAMILIES } from '../../core/code/vocabulary';
import { frameworkInWords, kindInWords, placeInWords, settingsOf, withArticle, type Setting } from '../../core/code/words';
import { linkButton } from './controls';
import { append, h, setHidden, setText } from './dom';
import { evidenceList } from './evidence';
import type { Reveal } from './host';
import { lostNote, modelTitle } from './notes';
import { phrases } from './phrases';
import type { AppState } from './state';
import type { Store } from './store';
import { pieces, t, translation } from './words';

export function fileSays(store: Store<AppState>, reveal: Reveal): HTMLElement {
  const what = h('p', { class: 'what' });
  const rows = h('tbody', {});
  const column = (name: string) => h('th', { scope: 'col' }, name);
  const table = h('table', { class: 'settings-read' }, h('caption', { class: 'visually-hidden' }, t('Hyper-parameters that the file says')), h('thead', {}, h('tr', {}, column(t('Setting')), column(t('Value')), column(t('From')))), rows);
  const none = h('p', { class: 'none' }, t('The file says no hyper-parameter that could be read.'));
  const evidence = evidenceList(reveal);
  const why = h('div', {}, h('h3', {}, t('Why')), ...evidence.elements);
  const notes = h('ul', { class: 'unread' });
  const unread = h('div', {}, h('h3', {}, t('What could not be read')), notes);
  const row = ({ title, value, unit, origin, range }: Setting): HTMLElement => {
    const from = linkButton('', t('Show {0} in the editor', placeInWords(range, t)), () => reveal(range));
    append(from, phrases(origin));
    return h('tr', {}, h('th', { scope: 'row' }, title), h('td', { class: unit ? 'value quantity' : 'value' }, value, unit && h('span', { class: 'unit' }, ` ${unit}`)), h('td', { class: 'from' }, from));
  };
  store.on(['model', 'lost'], ({ model, lost }) => {
    [table, none, why, unread].forEach((part) => setHidden(part, true));
    if (!model) {
      setText(what, lost ? t('{0}.', lostNote(lost)) : '');
      return;
    }
    const { finding } = model;
    const noun = withArticle(FAMILIES[finding.family].title, t);
    what.replaceChildren();
    const kind = h('span', {}, ...phrases(kindInWords(finding, t)));
    const link = linkButton(modelTitle(model)!.place, t('Show the model in the editor'), () => reveal(finding.range));
    append(what, pieces('{0}: {1}, {2}, {3}.', h('b', {}, `${noun[0].toUpperCase()}${noun.slice(1)}`), kind, frameworkInWords(finding.framework), link));
    const settings = settingsOf(finding, t);
    rows.replaceChildren(...settings.map(row));
    setHidden(table, settings.length === 0);
    setHidden(none, settings.length > 0);
    evidence.show(finding);
    setHidden(why, false);
    notes.replaceChildren(...finding.notes.map((note) => h('li', {}, retold(note, translation()))));
    setHidden(unread, finding.notes.length === 0);
  });
  return h('section', { class: 'file-says', 'aria-labelledby': 'file-says', tabindex: 0 }, h('h2', { id: 'file-says' }, t('What the file says')), what, table, none, why, unread);
}
