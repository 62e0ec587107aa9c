/** The controls at the bottom: every setting with where its value came from. */
import { h, icon, setHidden, setText } from './dom';
import { linkButton, select, textField, type InputHandle } from './controls';
import { applies, GROUPS, PAGE_FIELDS, type ControlId, type PageField } from './fields';
import { describeOrigin } from './format';
import type { Reveal } from './host';
import { parseField, withOverride, type Resolved, type ValueOrigin } from './settings';
import type { Range } from '../../core/code/types';
import type { AppState } from './state';
import type { Store } from './store';
import { t } from './words';

export interface FormActions {
  /** Called with the new overrides after each change. */
  change(overrides: AppState['overrides']): void;
  reveal: Reveal;
}

export function form(store: Store<AppState>, actions: FormActions): HTMLElement {
  const rows = PAGE_FIELDS.map((field) => ({ group: field.group, ...row(field, store, actions) }));
  store.on(['resolved', 'model'], ({ resolved }) => rows.forEach(({ draw }) => draw(resolved)));
  const groups = GROUPS.map(({ id, title }) => {
    const element = h('fieldset', { class: 'field-group', 'data-group': id }, h('legend', {}, t(title)),
      h('div', { class: 'fields' }, ...rows.filter(({ group }) => group === id).map((entry) => entry.element)));
    return element;
  });
  return h('section', { class: 'settings', 'aria-label': t('Settings') }, h('h2', { class: 'visually-hidden' }, t('Settings')), ...groups);
}

function row(field: PageField, store: Store<AppState>, actions: FormActions): { element: HTMLElement; draw(resolved: Resolved): void } {
  const { id } = field;
  const inputId = `field-${id}`;
  const problemId = `problem-${id}`;
  const set = (value: number | string | undefined) => {
    const { overrides, model } = store.get();
    actions.change(withOverride(overrides, id, value, model?.finding ?? null));
  };
  const options = { id: inputId, label: t(field.title), hint: t(field.hint), onChange: (text: string) => set(parseField(id, text)) };
  const input: InputHandle = field.choices ? select({ ...options, choices: field.choices.map(({ value, label: name }) => ({ value, label: t(name) })) }) : textField({ ...options, numeric: true });
  const origin = h('span', { class: 'origin' });
  const problem = h('p', { class: 'problem', id: problemId, role: 'alert' });
  const label = h('span', { class: 'field-label', title: t(field.hint) }, t(field.title));
  label.addEventListener('click', () => input.element.focus());
  const element = h('div', { class: field.wide ? 'field wide' : 'field', 'data-field': id }, h('div', { class: 'field-head' }, label, origin), input.element, problem);
  let shown = '';
  return {
    element,
    draw(resolved) {
      setHidden(element, !applies(id, resolved.values));
      input.set(String(resolved.values[id]));
      const message = resolved.problems[id] ?? null;
      input.setProblem(message, problemId);
      setText(problem, message ?? '');
      setHidden(problem, message === null);
      const key = JSON.stringify(resolved.origins[id]);
      if (key === shown) return;
      shown = key;
      origin.replaceChildren(...originNodes(id, field, resolved.origins[id], actions, () => set(undefined)));
    },
  };
}

/** Of a link to where a value comes from. */
function whence(from: Extract<ValueOrigin, { range: Range }>): string {
  if (from.kind === 'library') return t('Left to the library by the call in line {0}: show in the editor', from.line);
  return from.name ? t('{0}, {1}: show in the editor', from.name, describeOrigin(from)) : t('{0}: show in the editor', describeOrigin(from));
}

function originNodes(id: ControlId, field: PageField, origin: ValueOrigin, actions: FormActions, reset: () => void): Node[] {
  const show = (from: Extract<ValueOrigin, { range: Range }>) =>
    linkButton(describeOrigin(from), whence(from), () => actions.reveal(from.range));
  if (origin.kind === 'default') return [document.createTextNode(t('default'))];
  if (origin.kind !== 'you') return [show(origin)];
  const { value, origin: from } = origin.beneath;
  const name = t(field.choices?.find((choice) => choice.value === value)?.label ?? String(value));
  const back = h('button', { type: 'button', class: 'reset', title: t('Back to {0} ({1})', name, describeOrigin(from)), 'aria-label': t('{0}: back to {1} ({2})', t(field.title), name, describeOrigin(from)), 'data-reset': id }, icon('reset'));
  back.addEventListener('click', reset);
  return [document.createTextNode(t('you')), back];
}
