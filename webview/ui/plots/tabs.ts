/** A strip of tabs with one panel in sight (WAI-ARIA tabs, selection follows focus). */
import { h, setAttributes, setHidden } from '../dom';
import { t } from '../words';

export interface Tab {
  id: string;
  label: string;
  element: HTMLElement;
}

export interface PlotTabs {
  element: HTMLElement;
  /** @throws RangeError for an id that no tab has. */
  select(id: string): void;
  readonly selected: string;
}

let strips = 0;

/** @param tabs at least one; the first is in sight. */
export function plotTabs(tabs: readonly Tab[], options: { label?: string; changed?(id: string): void } = {}): PlotTabs {
  const prefix = `tabs-${++strips}`;
  const buttons = tabs.map(({ id, label }) => h('button', { type: 'button', class: 'tab', role: 'tab', id: `${prefix}-${id}`, 'aria-controls': `${prefix}-${id}-panel` }, label));
  const panels = tabs.map(({ id, element }) => h('div', { class: 'tab-panel', role: 'tabpanel', id: `${prefix}-${id}-panel`, 'aria-labelledby': `${prefix}-${id}` }, element));
  const strip = h('div', { class: 'tab-strip', role: 'tablist', 'aria-label': options.label ?? t('Plots') }, ...buttons);
  let selected = -1;

  const show = (index: number) => {
    if (index === selected) return;
    selected = index;
    buttons.forEach((button, i) => setAttributes(button, { 'aria-selected': i === index ? 'true' : 'false', tabindex: i === index ? 0 : -1 }));
    panels.forEach((panel, i) => setHidden(panel, i !== index));
  };
  const choose = (index: number) => {
    if (index === selected) return;
    show(index);
    options.changed?.(tabs[index].id);
  };
  show(0);
  buttons.forEach((button, i) => button.addEventListener('click', () => choose(i)));
  strip.addEventListener('keydown', (event) => {
    const next = nextTab(event.key, selected, tabs.length);
    if (next === null) return;
    event.preventDefault();
    // The page has keys of its own.
    event.stopPropagation();
    choose(next);
    buttons[next].focus();
  });

  return {
    element: h('div', { class: 'tabs' }, strip, ...panels),
    select(id) {
      const index = tabs.findIndex((tab) => tab.id === id);
      if (index < 0) throw new RangeError(`There is no tab ${id}; there are ${tabs.map((tab) => tab.id).join(', ')}.`);
      show(index);
    },
    get selected() {
      return tabs[selected].id;
    },
  };
}

/** Where a key leads from a tab; arrows go around. Null: not a key of tabs. Pure. */
export function nextTab(key: string, from: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (from + 1) % count;
    case 'ArrowLeft':
      return (from + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
