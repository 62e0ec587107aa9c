/** Why a model was recognised as what it is: clause by clause, each with its line, and what to write where that is wrong. */
import type { Finding } from '../../core/code/types';
import { retold } from '../../core/code/sentences';
import { FAMILIES } from '../../core/code/vocabulary';
import { confidenceInWords, overruleInWords, withArticle } from '../../core/code/words';
import { append, h, setHidden, setText } from './dom';
import type { Reveal } from './host';
import { lineLink, phrases } from './phrases';
import type { AppState } from './state';
import type { Store } from './store';
import { t, translation } from './words';

export interface EvidenceList {
  elements: readonly HTMLElement[];
  show(finding: Finding): void;
}

export function evidenceList(reveal: Reveal): EvidenceList {
  const sure = h('p', {});
  const list = h('ol', { class: 'evidence' });
  const overrule = h('p', { class: 'overrule' });
  return {
    elements: [sure, list, overrule],
    show(finding) {
      setText(sure, t('Recognised as {0}: {1}.', withArticle(FAMILIES[finding.family].title, t), confidenceInWords(finding.confidence, t)));
      list.replaceChildren(...finding.evidence.map(({ text, range }) => h('li', {}, lineLink(range, reveal), h('span', {}, retold(text, translation())))));
      setHidden(list, finding.evidence.length === 0);
      const said = overruleInWords(finding, t);
      setHidden(overrule, said === null);
      overrule.replaceChildren();
      append(overrule, phrases(said ?? []));
    },
  };
}

/** In the playground, behind a heading: "Why this is a DDPM". */
export function whyThis(store: Store<AppState>, reveal: Reveal): HTMLElement {
  const heading = h('summary', {});
  const { elements, show } = evidenceList(reveal);
  const element = h('details', { class: 'why-this' }, heading, ...elements);
  store.on(['model'], ({ model }) => {
    setHidden(element, model === null);
    if (!model) return;
    setText(heading, t('Why this is {0}', withArticle(FAMILIES[model.finding.family].short, t)));
    show(model.finding);
  });
  return element;
}
