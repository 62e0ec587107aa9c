/** A button that opens a menu (WAI-ARIA menu button): arrow keys move, Escape and a click elsewhere close it. */
import { h, setAttributes, setHidden } from './dom';
import { button, type ButtonOptions } from './controls';

export interface MenuItem {
  id: string;
  label: string;
  title: string;
  onPress(): void;
}

export interface Menu {
  element: HTMLElement;
  /** Items that cannot be chosen now; without any that can, the button itself is off. */
  disable(ids: ReadonlySet<string>): void;
}

export function menu(options: Omit<ButtonOptions, 'onPress'>, items: readonly MenuItem[]): Menu {
  const entries = items.map(({ id, label, title, onPress }) => {
    const element = h('button', { type: 'button', role: 'menuitem', class: 'menu-item', tabindex: -1, title, 'data-item': id }, h('span', {}, label));
    element.addEventListener('click', () => {
      close(true);
      onPress();
    });
    return { id, element };
  });
  const list = h('div', { class: 'menu', role: 'menu', 'aria-label': options.label, hidden: true }, ...entries.map(({ element }) => element));
  const opener = button({ ...options, onPress: () => (list.hidden ? open() : close(true)) });
  setAttributes(opener.element, { 'aria-haspopup': 'menu', 'aria-expanded': 'false' });
  const element = h('div', { class: 'menu-holder' }, opener.element, list);

  const enabled = () => entries.map((entry) => entry.element).filter((entry) => !entry.disabled);
  function open(): void {
    setHidden(list, false);
    // Towards the side where there is room.
    list.classList.remove('leftwards');
    list.classList.toggle('leftwards', list.getBoundingClientRect().right > document.documentElement.clientWidth);
    opener.element.setAttribute('aria-expanded', 'true');
    enabled()[0]?.focus();
    document.addEventListener('pointerdown', outside, true);
  }
  function close(refocus: boolean): void {
    if (list.hidden) return;
    setHidden(list, true);
    opener.element.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', outside, true);
    if (refocus) opener.element.focus();
  }
  function outside(event: Event): void {
    if (!element.contains(event.target as Node)) close(false);
  }
  list.addEventListener('keydown', (event) => {
    const choices = enabled();
    const at = choices.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: choices.length - 1 }[event.key];
    if (to !== undefined) choices[(to + choices.length) % choices.length]?.focus();
    else if (event.key === 'Escape') close(true);
    else if (event.key === 'Tab') return close(false);
    else return;
    event.preventDefault();
    // The page's own keys mean other things.
    event.stopPropagation();
  });

  return {
    element,
    disable(ids) {
      entries.forEach((entry) => (entry.element.disabled = ids.has(entry.id)));
      opener.set({ disabled: entries.every((entry) => ids.has(entry.id)) });
    },
  };
}

