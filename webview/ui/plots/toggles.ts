/** Small switches for the head of a plot, on native inputs: keyboard and screen readers come with them. */
import { h } from '../dom';
import { t } from '../words';

let groups = 0;

/** One of a few words; the first is chosen at the start. */
export function choice(label: string, values: readonly string[], changed: (value: string) => void): { element: HTMLElement } {
  const name = `choice-${++groups}`;
  const element = h('span', { class: 'choice', role: 'radiogroup', 'aria-label': label });
  values.forEach((value, i) => {
    const input = h('input', { type: 'radio', name, value, checked: i === 0 });
    input.addEventListener('change', () => changed(value));
    element.append(h('label', {}, input, h('span', {}, t(value))));
  });
  return { element };
}

export function toggle(text: string, title: string, changed: (on: boolean) => void): { element: HTMLElement; set(on: boolean): void } {
  const input = h('input', { type: 'checkbox', 'aria-label': title });
  input.addEventListener('change', () => changed(input.checked));
  return {
    element: h('span', { class: 'choice', title }, h('label', {}, input, h('span', {}, text))),
    set: (on) => (input.checked = on),
  };
}
