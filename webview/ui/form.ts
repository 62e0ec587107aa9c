/** The controls at the bottom: every setting with where its value came from. Which settings there are is for the experiment to say. */
import type { Range } from '../../core/code/types';
import { h, icon, setHidden, setText } from './dom';
import { linkButton, select, textField, type InputHandle } from './controls';
import { describeOrigin } from './format';
import type { Reveal } from './host';
import type { ValueOrigin } from './origins';
import { t } from './words';

export interface FormField<Id extends string = string> {
  id: Id;
  title: string;
  hint: string;
  group: string;
  /** Choices in order; none for what is typed. */
  choices: readonly { value: string; label: string }[] | null;
  /** In wide grids, fields with long values get two columns. */
  wide: boolean;
}

/** Of one field, as it stands. */
export interface FieldState {
  value: number | string;
  origin: ValueOrigin;
  problem: string | null;
  /** Whether it changes anything under the other values. */
  applies: boolean;
}

export interface FormActions<Id extends string> {
  /** What was typed or chosen; undefined takes back what lies beneath. */
  set(id: Id, text: string | undefined): void;
  reveal: Reveal;
}

export interface Form<Id extends string> {
  element: HTMLElement;
  draw(state: (id: Id) => FieldState): void;
}

/** @param after put at the end of a group's fields, by group. */
export function form<Id extends string>(
  groups: readonly { id: string; title: string }[], fields: readonly FormField<Id>[], actions: FormActions<Id>, after: Readonly<Record<string, readonly HTMLElement[]>> = {},
): Form<Id> {
  const rows = fields.map((field) => ({ field, ...row(field, actions) }));
  const elements = groups.map(({ id, title }) =>
    h('fieldset', { class: 'field-group', 'data-group': id }, h('legend', {}, t(title)),
      h('div', { class: 'fields' }, ...rows.filter(({ field }) => field.group === id).map(({ element }) => element), ...(after[id] ?? []))));
  return {
    element: h('section', { class: 'settings', 'aria-label': t('Settings') }, h('h2', { class: 'visually-hidden' }, t('Settings')), ...elements),
    draw: (state) => rows.forEach(({ field, draw }) => draw(state(field.id))),
  };
}

function row<Id extends string>(field: FormField<Id>, actions: FormActions<Id>): { element: HTMLElement; draw(state: FieldState): void } {
  const { id } = field;
  const inputId = `field-${id}`;
  const problemId = `problem-${id}`;
  const options = { id: inputId, label: t(field.title), hint: t(field.hint), onChange: (text: string) => actions.set(id, text) };
  const input: InputHandle = field.choices ? select({ ...options, choices: field.choices.map(({ value, label: name }) => ({ value, label: t(name) })) }) : textField({ ...options, numeric: true });
  const origin = h('span', { class: 'origin' });
  const problem = h('p', { class: 'problem', id: problemId, role: 'alert' });
  const label = h('span', { class: 'field-label', title: t(field.hint) }, t(field.title));
  label.addEventListener('click', () => input.element.focus());
  const element = h('div', { class: field.wide ? 'field wide' : 'field', 'data-field': id }, h('div', { class: 'field-head' }, label, origin), input.element, problem);
  let shown = '';
  return {
    element,
    draw({ value, origin: from, problem: message, applies }) {
      setHidden(element, !applies);
      input.set(String(value));
      input.setProblem(message, problemId);
      setText(problem, message ?? '');
      setHidden(problem, message === null);
      const key = JSON.stringify(from);
      if (key === shown) return;
      shown = key;
      origin.replaceChildren(...originNodes(field, from, actions));
    },
  };
}

/** Of a link to where a value comes from. */
function whence(from: Extract<ValueOrigin, { range: Range }>): string {
  if (from.kind === 'library') return t('Left to the library by the call in line {0}: show in the editor', from.line);
  return from.name ? t('{0}, {1}: show in the editor', from.name, describeOrigin(from)) : t('{0}: show in the editor', describeOrigin(from));
}

function originNodes<Id extends string>(field: FormField<Id>, origin: ValueOrigin, actions: FormActions<Id>): Node[] {
  if (origin.kind === 'default') return [document.createTextNode(t('default'))];
  if (origin.kind !== 'you') return [linkButton(describeOrigin(origin), whence(origin), () => actions.reveal(origin.range))];
  const { value, origin: from } = origin.beneath;
  const name = t(field.choices?.find((choice) => choice.value === value)?.label ?? String(value));
  const back = h('button', { type: 'button', class: 'reset', title: t('Back to {0} ({1})', name, describeOrigin(from)), 'aria-label': t('{0}: back to {1} ({2})', t(field.title), name, describeOrigin(from)), 'data-reset': field.id }, icon('reset'));
  back.addEventListener('click', () => actions.set(field.id, undefined));
  return [document.createTextNode(t('you')), back];
}
