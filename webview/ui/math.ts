/** The derivation of the sampling update, step by step, beside the picture. */
import { derivation, stepSpoken, stepSymbols, stepTex } from '../../core/derivations';
import { h, setHidden, setText } from './dom';
import { button } from './controls';
import type { AppState } from './state';
import type { Store } from './store';
import type { SymbolLinks } from './symbols';
import { renderTex, SYMBOL_SELECTOR } from './tex';

export interface DerivationPane {
  element: HTMLElement;
  /** Brings the derivation into view and into focus: the command *Show Derivation*. */
  focus(): void;
}

const derivationFor = (sampler: unknown) => derivation(sampler === 'ddim' ? 'ddim-sampling' : 'ddpm-sampling');

/** The symbols of all steps, in order of appearance. */
export function symbolsOf(sampler: unknown): string[] {
  return [...new Set(derivationFor(sampler).steps.flatMap((step) => [...stepSymbols(step)]))];
}

export function derivationPane(store: Store<AppState>, links: SymbolLinks): DerivationPane {
  const title = h('h2', {});
  const source = h('p', { class: 'source' });
  const lines = h('ol', { class: 'lines', tabindex: 0, 'aria-label': 'Steps of the derivation; left and right arrow move between them' });
  const go = (by: number) => {
    const { derivationStep, resolved } = store.get();
    const last = derivationFor(resolved.values.sampler).steps.length - 1;
    store.set({ derivationStep: Math.min(last, Math.max(0, Math.min(last, derivationStep) + by)) });
  };
  const previous = button({ label: 'Previous step', icon: 'previous', appearance: 'icon', onPress: () => go(-1) });
  const next = button({ label: 'Next step', icon: 'next', appearance: 'icon', onPress: () => go(1) });
  const count = h('span', { class: 'step-count', role: 'status' });
  const element = h('section', { class: 'derivation', 'aria-label': 'Derivation' },
    h('div', { class: 'pane-head' }, title, h('span', { class: 'stepper' }, previous.element, count, next.element)), source, lines);

  const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
  lines.addEventListener('keydown', (event) => {
    const by = moves[event.key];
    if (by === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    go(by);
    lines.focus();
  });

  let shown: ReturnType<typeof derivationFor> | null = null;
  let items: { item: HTMLElement; why: HTMLElement }[] = [];

  const build = (current: NonNullable<typeof shown>) => {
    setText(title, current.title);
    setText(source, current.source);
    items = current.steps.map((step, index) => {
      const formula = h('div', { class: 'formula', role: 'group', 'aria-label': stepSpoken(step) });
      renderTex(stepTex(step), formula, true);
      const why = h('p', { class: 'why' }, step.why);
      const item = h('li', { class: 'line' }, formula, why);
      item.addEventListener('click', () => store.set({ derivationStep: index }));
      return { item, why };
    });
    lines.replaceChildren(...items.map(({ item }) => item));
  };

  /** Only the current line's symbols stand in the tab order; those of a dozen lines would be a hundred stops. */
  const draw = ({ resolved, derivationStep }: AppState) => {
    const current = derivationFor(resolved.values.sampler);
    const changed = shown !== current;
    if (changed) {
      shown = current;
      build(current);
    }
    const at = Math.min(derivationStep, current.steps.length - 1);
    items.forEach(({ item, why }, index) => {
      const isCurrent = index === at;
      item.classList.toggle('current', isCurrent);
      item.classList.toggle('later', index > at);
      item.setAttribute('aria-current', isCurrent ? 'step' : 'false');
      setHidden(why, !isCurrent);
      item.querySelectorAll<HTMLElement>(SYMBOL_SELECTOR).forEach((symbol) => {
        if (changed) links.link(symbol, symbol.dataset.sym!, true);
        symbol.tabIndex = isCurrent ? 0 : -1;
      });
    });
    links.prune();
    setText(count, `step ${at + 1} of ${current.steps.length}`);
    previous.set({ disabled: at === 0 });
    next.set({ disabled: at === current.steps.length - 1 });
    const line = items[at].item;
    // Scrolls the pane alone: `scrollIntoView` would move the whole page under the reader.
    if (lines.scrollHeight > lines.clientHeight) lines.scrollTop = line.offsetTop - lines.offsetTop - Math.max(0, (lines.clientHeight - line.offsetHeight) / 2);
  };
  let samplerShown: unknown;
  store.on(['derivationStep', 'resolved'], (state) => {
    const key = `${String(state.resolved.values.sampler)} ${state.derivationStep}`;
    if (key === samplerShown) return;
    samplerShown = key;
    draw(state);
  });

  return {
    element,
    focus() {
      element.scrollIntoView({ block: 'nearest' });
      lines.focus();
    },
  };
}
