/** The header line: which model, on which device, how fast. */
import { h, setAttributes, setHidden, setText } from './dom';
import { button, linkButton, select } from './controls';
import { lostNote, modelTitle } from './notes';
import { FAMILIES } from '../../core/code/vocabulary';
import { familyShown, pageOf, type AppState } from './state';
import type { Store } from './store';
import { reworded } from './sentences';
import { t } from './words';

export interface HeaderActions {
  reveal(): void;
  /** Another model of the same file, by its line. */
  choose(line: number): void;
  pin(pinned: boolean): void;
}

export function header(store: Store<AppState>, { reveal, choose, pin }: HeaderActions): HTMLElement {
  const what = h('h1', {});
  const name = h('span', { class: 'model-name' });
  const place = linkButton('', t('Show the model in the editor'), reveal);
  const gone = h('span', { class: 'badge warning', role: 'status' });
  const others = h('span', { class: 'siblings' });
  const pinButton = button({ label: t('Pin'), icon: 'pin', appearance: 'icon', onPress: () => pin(!store.get().pinned) });
  store.on(['pinned'], ({ pinned }) => {
    setAttributes(pinButton.element, { 'aria-pressed': String(pinned) });
    pinButton.element.classList.toggle('pressed', pinned);
    pinButton.set({ title: pinned ? t('Unpin: lenses of this file show their model here') : t('Pin: this panel keeps its model, a lens opens another') });
  });
  store.on(['model'], ({ model }) => {
    const siblings = model?.siblings ?? [];
    setHidden(others, siblings.length < 2);
    if (!model || siblings.length < 2) return;
    const picker = select({
      id: 'sibling', label: t('Model of this file'), hint: t('Models of this file'), choices: siblings.map(({ name: title, family, line }) => ({ value: String(line), label: [title, t(FAMILIES[family].short), t('line {0}', line)].join(' · ') })),
      onChange: (line) => choose(Number(line)),
    });
    picker.set(String(model.finding.range.line));
    others.replaceChildren(picker.element);
  });
  const device = h('span', { class: 'device', tabindex: 0 });
  const speed = h('span', { class: 'speed' });
  const machine = h('span', { class: 'machine' }, device, speed);
  store.on(['model', 'gone', 'lost', 'experiment'], ({ model, gone: isGone, lost, experiment }) => {
    const title = modelTitle(model);
    const family = familyShown({ model, lost });
    setText(what, t(FAMILIES[family ?? experiment ?? 'ddpm'].short));
    setHidden(machine, pageOf({ model, lost, experiment }) === 'reading');
    setText(name, title ? title.name : t('Playground'));
    setText(place, title?.place ?? '');
    setHidden(place, !title);
    const trouble = isGone ? t('no longer in the file · showing the last one') : lost ? lostNote(lost) : '';
    setText(gone, trouble);
    setHidden(gone, trouble === '');
  });
  store.on(['device'], ({ device: report }) => {
    setText(device, report?.label ?? '');
    setHidden(device, !report);
    if (report) {
      device.title = [reworded(report.why), t('Largest error of the self-test: {0}.', report.selfTestError.toExponential(1))].join('\n');
      device.setAttribute('aria-label', t('Device: {0}. {1}', report.label, reworded(report.why)));
    }
  });
  store.on(['stepsPerSecond'], ({ stepsPerSecond }) => setText(speed, stepsPerSecond === null ? '' : t('{0} steps/s', Math.round(stepsPerSecond))));
  return h('header', { class: 'header' }, what, name, place, others, pinButton.element, gone, h('span', { class: 'spacer' }), machine);
}
