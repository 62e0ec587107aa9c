/** The derivation, step by step: beside the picture that of the sampling update, on the page to read that of the family. */
import { stepCondition, stepSpoken, stepTex, type Derivation, type DerivationStep } from '../../core/derivations';
import { formulaById } from '../../core/formulas';
import { h, setAttributes, setHidden, setText } from './dom';
import { button } from './controls';
import type { AppState } from './state';
import type { Store } from './store';
import { derivationFor } from './derivation';
import type { Contents } from './contents';
import type { LineTools } from './linetools';
import type { SymbolLinks } from './symbols';
import { renderTex, sizeFor, SYMBOL_SELECTOR } from './tex';
import { language, t } from './words';

export interface DerivationPane {
  element: HTMLElement;
  /** Brings the derivation into view and into focus: the command *Show Derivation*. */
  focus(): void;
}

/** Typesetting a whole derivation takes longer than a frame may: it goes on after the next. */
const SLICE_MS = 12;

interface Item {
  step: DerivationStep;
  item: HTMLElement;
  formula: HTMLElement;
  why: HTMLElement;
  /** Width for which the formula was set; 0 before, and while the line is not shown. */
  width: number;
}

/** Lines that are formulas of the registry say by which id, and what others mean by the same name. */
function formulaId({ formula }: DerivationStep): HTMLElement | null {
  if (formula === undefined) return null;
  const { title, convention } = formulaById(formula);
  return h('code', { class: 'formula-id', title: convention ? t('{0}: {1}', t(title), t(convention)) : t(title) }, formula);
}

/** Scrolls the list alone: `scrollIntoView` would move the whole page under the reader. */
function bringIntoView(line: HTMLElement): void {
  const column = line.parentElement;
  if (!column || column.scrollHeight <= column.clientHeight) return;
  const [inner, outer] = [line.getBoundingClientRect(), column.getBoundingClientRect()];
  if (inner.top < outer.top) column.scrollTop += inner.top - outer.top;
  else if (inner.bottom > outer.bottom) column.scrollTop += Math.min(inner.bottom - outer.bottom, inner.top - outer.top);
}

export function derivationPane(store: Store<AppState>, links: SymbolLinks, tools: LineTools, all: Contents): DerivationPane {
  const title = h('h2', {});
  const shows = h('p', { class: 'shows' });
  const source = h('p', { class: 'source' });
  const lines = h('ol', { class: 'lines', tabindex: 0, 'aria-label': t('Steps of the derivation; left and right arrow move between them, w folds and unfolds the reason, n takes another random world') });
  const go = (by: number) => {
    const { derivationStep } = store.get();
    const last = derivationFor(store.get()).steps.length - 1;
    store.set({ derivationStep: Math.min(last, Math.max(0, Math.min(last, derivationStep) + by)) });
  };
  const previous = button({ label: t('Previous step'), icon: 'previous', appearance: 'icon', onPress: () => go(-1) });
  const next = button({ label: t('Next step'), icon: 'next', appearance: 'icon', onPress: () => go(1) });
  const count = h('span', { class: 'step-count', role: 'status' });
  const why = button({ label: t('Why'), appearance: 'secondary', title: t('The reason of the line that is read (w)'), onPress: () => store.set({ why: !store.get().why }) });
  const element = h('section', { class: 'derivation', 'aria-label': t('Derivation') },
    h('div', { class: 'pane-head' }, title, h('span', { class: 'stepper' }, all.opener.element, tools.actions, why.element, previous.element, count, next.element)), all.element, shows, source, lines);

  const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
  lines.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'n') store.set({ world: store.get().world + 1 });
    if (event.key === 'w') store.set({ why: !store.get().why });
    const by = moves[event.key];
    if (by === undefined) return;
    event.preventDefault();
    go(by);
    lines.focus();
  });

  let shown: Derivation | null = null;
  let items: Item[] = [];

  const build = (current: Derivation) => {
    setText(title, t(current.title));
    setText(shows, t(current.shows));
    setText(source, t('{0}, {1}', current.source.paper, t(current.source.equation)));
    items = current.steps.map((step, index) => {
      const formula = h('div', { class: 'formula', role: 'group', 'aria-label': stepSpoken(step, language()) });
      const why = h('p', { class: 'why' }, t(step.why));
      const words = stepCondition(step, language());
      const condition = words ? h('span', { class: 'condition' }, words) : null;
      const item = h('li', { class: 'line' }, h('p', { class: 'line-label' }, t(step.label), condition, formulaId(step)), formula, why);
      item.addEventListener('click', () => store.set({ derivationStep: index }));
      return { step, item, formula, why, width: 0 };
    });
    lines.replaceChildren(...items.map(({ item }) => item));
  };

  const place = () => Math.min(store.get().derivationStep, items.length - 1);

  /** On one line where it fits, broken before the relation where it does not, and then smaller before it has to scroll. */
  let pending: ReturnType<typeof setTimeout> | undefined;
  const typeset = () => {
    clearTimeout(pending);
    pending = undefined;
    const begun = performance.now();
    // The current line first, then on from it: what is read next is there first.
    for (const line of [...items.slice(place()), ...items.slice(0, place())]) {
      const { step, formula } = line;
      // A line that is not shown has no width; it is set when it is.
      if (formula.clientWidth === line.width || formula.clientWidth === 0) continue;
      if (performance.now() - begun > SLICE_MS) {
        pending = setTimeout(() => {
          typeset();
          stops();
          if (pending === undefined) bringIntoView(items[place()].item);
        });
        break;
      }
      line.width = formula.clientWidth;
      formula.style.fontSize = '';
      renderTex(stepTex(step), formula, true);
      if (formula.scrollWidth > formula.clientWidth) renderTex(stepTex(step, { stacked: true }), formula, true);
      const share = line.width / formula.scrollWidth;
      if (share < 1) formula.style.fontSize = `${sizeFor(share)}em`;
      formula.querySelectorAll<HTMLElement>(SYMBOL_SELECTOR).forEach((symbol) => links.link(symbol, symbol.dataset.sym!, true));
    }
    links.prune();
  };

  /** Only the current line's symbols stand in the tab order; those of a dozen lines would be a hundred stops. */
  const stops = () => items.forEach(({ item }, index) =>
    item.querySelectorAll<HTMLElement>(SYMBOL_SELECTOR).forEach((symbol) => (symbol.tabIndex = index === place() ? 0 : -1)));

  const draw = (current: Derivation) => {
    if (shown !== current) {
      shown = current;
      build(current);
    }
    const at = place();
    const unfolded = store.get().why;
    setAttributes(why.element, { 'aria-expanded': String(unfolded) });
    items.forEach(({ item, why: reason }, index) => {
      item.classList.toggle('current', index === at);
      setAttributes(item, { 'aria-current': index === at ? 'step' : null });
      setHidden(reason, index !== at || !unfolded);
    });
    tools.show(current, items[at].step);
    items[at].item.append(tools.numbers);
    typeset();
    stops();
    setText(count, t('step {0} of {1}', at + 1, items.length));
    previous.set({ disabled: at === 0 });
    next.set({ disabled: at === items.length - 1 });
    bringIntoView(items[at].item);
  };
  // What was measured in a stand-in font is measured again in KaTeX' own.
  document.fonts.addEventListener('loadingdone', () => {
    items.forEach((line) => (line.width = 0));
    typeset();
    stops();
  });
  new ResizeObserver(() => {
    typeset();
    stops();
  }).observe(lines);
  let drawn = '';
  store.on(['derivationStep', 'resolved', 'model', 'lost', 'chosen', 'why'], (state) => {
    const current = derivationFor(state);
    const place = `${state.derivationStep} ${state.why}`;
    if (current === shown && place === drawn) return;
    drawn = place;
    draw(current);
  });

  // They come when the network has answered, and make the line higher.
  store.on(['probe'], () => items[place()] && bringIntoView(items[place()].item));

  return {
    element,
    focus() {
      element.scrollIntoView({ block: 'nearest' });
      lines.focus();
    },
  };
}
