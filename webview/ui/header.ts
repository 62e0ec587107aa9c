/** The header line: which model, on which device, how fast. */
import { h, setHidden, setText } from './dom';
import { linkButton } from './controls';
import { lostNote, modelTitle } from './notes';
import type { AppState } from './state';
import type { Store } from './store';

export function header(store: Store<AppState>, reveal: () => void): HTMLElement {
  const name = h('span', { class: 'model-name' });
  const place = linkButton('', 'Show the model in the editor', reveal);
  const gone = h('span', { class: 'badge warning', role: 'status' });
  const device = h('span', { class: 'device', tabindex: 0 });
  const speed = h('span', { class: 'speed' });
  store.on(['model', 'gone', 'lost'], ({ model, gone: isGone, lost }) => {
    const title = modelTitle(model);
    setText(name, title ? title.name : 'Playground');
    setText(place, title?.place ?? '');
    setHidden(place, !title);
    const trouble = isGone ? 'no longer in the file · showing the last one' : lost ? lostNote(lost) : '';
    setText(gone, trouble);
    setHidden(gone, trouble === '');
  });
  store.on(['device'], ({ device: report }) => {
    setText(device, report?.label ?? '');
    setHidden(device, !report);
    if (report) {
      device.title = `${report.why}\nLargest error of the self-test: ${report.selfTestError.toExponential(1)}.`;
      device.setAttribute('aria-label', `Device: ${report.label}. ${report.why}`);
    }
  });
  store.on(['stepsPerSecond'], ({ stepsPerSecond }) => setText(speed, stepsPerSecond === null ? '' : `${Math.round(stepsPerSecond)} steps/s`));
  return h('header', { class: 'header' }, h('h1', {}, 'DDPM'), name, place, gone, h('span', { class: 'spacer' }), h('span', { class: 'machine' }, device, speed));
}
