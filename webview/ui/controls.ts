/**
 * The only place that knows @vscode/webview-ui-toolkit. The toolkit is deprecated upstream; whoever replaces it rewrites
 * this file and keeps the three functions and their handles.
 */
import {
  provideVSCodeDesignSystem, vsCodeButton, vsCodeDropdown, vsCodeOption, vsCodeTextField,
  type Button, type Dropdown, type TextField,
} from '@vscode/webview-ui-toolkit';
import { h, icon, setAttributes, type IconName } from './dom';

export interface ButtonHandle {
  element: HTMLElement;
  set(change: { label?: string; icon?: IconName; disabled?: boolean; title?: string; primary?: boolean }): void;
}

export interface ButtonOptions {
  label: string;
  icon?: IconName;
  /** Icon-only buttons carry the label for screen readers and as a tooltip. */
  appearance: 'primary' | 'secondary' | 'icon';
  title?: string;
  onPress(): void;
}

export interface InputHandle {
  element: HTMLElement;
  set(value: string): void;
  /** `id` of the element that shows the message; null when the value is fine. */
  setProblem(message: string | null, id: string): void;
}

export interface InputOptions {
  id: string;
  label: string;
  hint: string;
  onChange(value: string): void;
}

export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDropdown(), vsCodeOption(), vsCodeTextField());
}

export function button({ label, icon: iconName, appearance, title, onPress }: ButtonOptions): ButtonHandle {
  const element = document.createElement('vscode-button') as Button;
  element.setAttribute('appearance', appearance);
  let shown: { label: string; icon: IconName | undefined } | null = null;
  const draw = (next: { label: string; icon: IconName | undefined }) => {
    if (shown?.label === next.label && shown.icon === next.icon) return;
    shown = next;
    element.replaceChildren();
    if (next.icon) {
      const drawing = icon(next.icon);
      if (appearance !== 'icon') drawing.setAttribute('slot', 'start');
      element.append(drawing);
    }
    if (appearance === 'icon') element.setAttribute('aria-label', next.label);
    else element.append(next.label);
  };
  draw({ label, icon: iconName });
  element.title = title ?? (appearance === 'icon' ? label : '');
  element.addEventListener('click', () => {
    if (!element.disabled) onPress();
  });
  return {
    element,
    set(change) {
      draw({ label: change.label ?? shown!.label, icon: change.icon ?? shown!.icon });
      if (change.disabled !== undefined) element.disabled = change.disabled;
      if (change.title !== undefined && element.title !== change.title) element.title = change.title;
      if (change.primary !== undefined) element.setAttribute('appearance', change.primary ? 'primary' : 'secondary');
    },
  };
}

export function select(options: InputOptions & { choices: readonly { value: string; label: string }[] }): InputHandle {
  const element = document.createElement('vscode-dropdown') as Dropdown;
  setAttributes(element, { id: options.id, 'aria-label': options.label, title: options.hint });
  for (const { value, label } of options.choices) {
    const option = document.createElement('vscode-option');
    setAttributes(option, { value });
    option.append(label);
    element.append(option);
  }
  let wanted = '';
  const report = (value: string) => {
    if (value === wanted) return;
    wanted = value;
    options.onChange(value);
  };
  element.addEventListener('change', () => report(element.value));
  // An arrow key on a closed dropdown that goes back to the option it was last opened at selects it without an event.
  element.addEventListener('keyup', () => {
    const selected = element.selectedOptions[0];
    if (!element.open && selected) report(selected.value);
  });
  const apply = () => {
    if (element.value !== wanted) element.value = wanted;
  };
  return {
    element,
    set(value) {
      wanted = value;
      apply();
      // The dropdown knows its options only a moment after it was connected, and until then forgets the value.
      requestAnimationFrame(apply);
    },
    setProblem: (message, id) => setAttributes(element, { 'aria-invalid': message !== null, 'aria-describedby': message ? id : null }),
  };
}

export function textField(options: InputOptions & { numeric: boolean }): InputHandle {
  const element = document.createElement('vscode-text-field') as TextField;
  setAttributes(element, { id: options.id, title: options.hint, spellcheck: 'false' });
  // On each keystroke, so that the message comes and goes while typing; the run waits for the button or the key.
  element.addEventListener('input', () => options.onChange(element.value));
  const inner = () => element.shadowRoot?.querySelector('input');
  // When it is connected the toolkit names every field "Text field", and passes that on to the inner field in the next
  // frame; the name belongs on the inner field alone, which is what has the role.
  requestAnimationFrame(() => {
    element.removeAttribute('aria-label');
    requestAnimationFrame(() => {
      const field = inner();
      if (field) setAttributes(field, { 'aria-label': options.label, inputmode: options.numeric ? 'decimal' : null });
    });
  });
  return {
    element,
    set(value) {
      // What a person is typing is theirs: rewriting "1e-" as it parses would take the text from under them.
      if (document.activeElement === element && Number(element.value) === Number(value)) return;
      if (element.value !== value) element.value = value;
    },
    setProblem(message, id) {
      setAttributes(element, { 'aria-invalid': message === null ? null : 'true', 'aria-describedby': message ? id : null });
      // An id does not reach across the shadow root: the inner field gets the words themselves.
      const field = inner();
      if (field) setAttributes(field, { 'aria-description': message });
    },
  };
}

/** A quiet button that looks like a link: it acts in the page or the editor, it navigates nowhere. */
export function linkButton(text: string, title: string, onPress: () => void): HTMLButtonElement {
  const element = h('button', { type: 'button', class: 'link', title }, text);
  element.addEventListener('click', onPress);
  return element;
}

/** Whether a key press belongs to a field rather than to the page. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('vscode-text-field, vscode-dropdown, input:not([type="range"]), select, textarea, [contenteditable]') !== null;
}
