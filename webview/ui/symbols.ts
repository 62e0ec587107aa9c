/** One symbol in the page, one behaviour: pointing at it or focusing it highlights it here and in the editor. */
import type { Range, SymbolBinding } from '../../core/code/types';
import { symbolSpoken } from '../../core/formulas';
import { listed } from '../../core/l10n/translate';
import { h, setHidden, setText } from './dom';
import { liveValue, valueNote } from './values';
import type { AppState } from './state';
import type { Store } from './store';
import { symbolInfo } from './symbol-info';
import { symbolColour } from './theme';
import { language, t } from './words';

/** The variables of the file that hold a symbol, each name once: two functions may each have a local of that name. */
export function bindingsOf(state: AppState, symbol: string): SymbolBinding[] {
  const byName = new Map<string, SymbolBinding>();
  for (const binding of state.model?.finding.symbols ?? []) {
    if (binding.symbol !== symbol) continue;
    const key = `${binding.name} ${binding.holds ?? ''}`;
    const known = byName.get(key);
    byName.set(key, known ? { ...known, ranges: [...known.ranges, ...binding.ranges] } : binding);
  }
  return [...byName.values()];
}

const nowInWords = (value: string, note: string | null): string => (note ? t('now {0}, {1}', value, note) : t('now {0}', value));

function meaningOf(id: string): string {
  const info = symbolInfo(id);
  return info ? t(info.meaning) : id;
}

const CLEAR_AFTER_MS = 80;

export class SymbolLinks {
  private readonly title = h('div', { class: 'popover-meaning' });
  private readonly names = h('div', { class: 'popover-names' });
  private readonly value = h('div', { class: 'popover-value' });
  readonly popover = h('div', { class: 'popover', id: 'symbol-popover', role: 'tooltip', hidden: true }, this.title, this.value, this.names);
  private anchor: Element | null = null;
  private clearing: ReturnType<typeof setTimeout> | undefined;
  private readonly linked = new Set<HTMLElement>();

  /**
   * @param highlight asks the host to decorate the symbol's variables; null clears.
   * @param reveal shows a variable in the editor.
   */
  constructor(private readonly store: Store<AppState>, private readonly highlight: (symbol: string | null) => void, private readonly reveal: (range: Range) => void) {
    store.on(['symbol'], ({ symbol }) => this.mark(symbol));
    store.on(['tick', 'resolved', 'model'], () => this.fill());
    addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.anchor) return;
      // One press, one thing: what is open closes first, and the run goes on.
      event.preventDefault();
      this.close();
    });
    addEventListener('scroll', () => this.place(), { capture: true, passive: true });
    addEventListener('resize', () => this.place());
  }

  /** Makes an element stand for a symbol. `focusable` false leaves it to the pointer. */
  link(element: HTMLElement, id: string, focusable: boolean): void {
    const info = symbolInfo(id);
    element.dataset.sym = id;
    element.style.color = symbolColour(id);
    if (focusable) {
      element.tabIndex = 0;
      element.setAttribute('role', 'button');
      element.setAttribute('aria-label', info ? symbolSpoken(info.id, undefined, language()) : id);
    }
    element.addEventListener('pointerenter', () => this.open(element, id));
    element.addEventListener('pointerleave', () => document.activeElement !== element && this.close());
    element.addEventListener('focus', () => this.open(element, id));
    element.addEventListener('blur', () => this.close());
    element.addEventListener('click', (event) => this.activate(event, id));
    element.addEventListener('keydown', (event) => (event.key === 'Enter' || event.key === ' ') && this.activate(event, id));
    this.linked.add(element);
    element.classList.toggle('marked', this.store.get().symbol === id);
  }

  /** Elements that left the page are forgotten. */
  prune(): void {
    for (const element of this.linked) if (!element.isConnected) this.linked.delete(element);
    if (this.anchor && !this.anchor.isConnected) this.close();
  }

  /** The editor's cursor stands on a variable of this symbol; no popover, for nobody points here. */
  markFromEditor(symbol: string | null): void {
    if (!this.anchor) this.store.set({ symbol });
  }

  /** A press goes to where the file defines the variable; without one it is left to the line that holds the symbol. */
  private activate(event: Event, id: string): void {
    const range = bindingsOf(this.store.get(), id)[0]?.ranges[0];
    if (!range) return;
    event.preventDefault();
    event.stopPropagation();
    this.reveal(range);
  }

  private open(element: Element, id: string): void {
    if (this.anchor === element) return;
    this.anchor?.removeAttribute('aria-describedby');
    this.anchor = element;
    element.setAttribute('aria-describedby', this.popover.id);
    this.store.set({ symbol: id });
    clearTimeout(this.clearing);
    this.highlight(id);
    this.fill();
    setHidden(this.popover, false);
    this.place();
  }

  private close(): void {
    if (!this.anchor) return;
    this.anchor.removeAttribute('aria-describedby');
    this.anchor = null;
    setHidden(this.popover, true);
    this.store.set({ symbol: null });
    // On the way from one symbol to the next the editor's decorations need not go out and on again.
    this.clearing = setTimeout(() => this.highlight(null), CLEAR_AFTER_MS);
  }

  private fill(): void {
    const id = (this.anchor as HTMLElement | null)?.dataset.sym;
    if (!id) return;
    const state = this.store.get();
    const value = liveValue(id, state);
    setText(this.title, meaningOf(id));
    setText(this.value, value === null ? '' : nowInWords(value, valueNote(id)));
    setHidden(this.value, value === null);
    const bindings = bindingsOf(state, id);
    setText(this.names, bindings.length > 0 ? t('in your file: {0}', listed(bindings.map(({ name, holds }) => (holds ? t('{0} ({1})', name, t(holds)) : name)), t)) : t('no variable of the file holds it'));
    setHidden(this.names, state.model === null);
  }

  private mark(symbol: string | null): void {
    for (const element of this.linked) element.classList.toggle('marked', symbol !== null && element.dataset.sym === symbol);
  }

  /** Below the symbol, or above where there is no room; always inside the window. */
  private place(): void {
    if (!this.anchor || this.popover.hidden) return;
    const at = this.anchor.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.popover;
    const left = Math.min(Math.max(8, at.left + at.width / 2 - width / 2), innerWidth - width - 8);
    const below = at.bottom + 6;
    const top = below + height > innerHeight - 8 ? at.top - height - 6 : below;
    this.popover.style.left = `${Math.max(8, left)}px`;
    this.popover.style.top = `${Math.max(8, top)}px`;
  }
}
