/** KaTeX into the DOM, strict except for the one extension by which a symbol keeps its id. */
import katex from 'katex';
import 'katex/dist/katex.min.css';

/** The attribute that `\htmlData{sym=…}` leaves on a symbol. */
export const SYMBOL_SELECTOR = '[data-sym]';

/** Share of the usual size that formulas may shrink to. */
const SMALLEST = 0.65;

/** The size, in em, of a formula of which this share of the width fits. */
export const sizeFor = (share: number): number => Math.max(SMALLEST, Math.floor(share * 100 - 1) / 100);

/** For copying: MathML alone, with its namespace. */
export function mathml(tex: string, displayMode = true): string {
  const holder = document.createElement('div');
  katex.render(tex, holder, { displayMode, output: 'mathml', throwOnError: true });
  return new XMLSerializer().serializeToString(holder.querySelector('math')!);
}

/** @throws katex.ParseError for TeX that KaTeX does not know or holds unsafe. */
export function renderTex(tex: string, target: HTMLElement, displayMode: boolean): void {
  katex.render(tex, target, {
    displayMode,
    // The spoken form is our own label; MathML beside it would be read twice, and its symbols cannot be focused.
    output: 'html',
    throwOnError: true,
    strict: (code: string) => (code === 'htmlExtension' ? 'ignore' : 'error'),
    trust: (context) => context.command === '\\htmlData',
  });
  // KaTeX hides its HTML from assistive technology because it expects MathML beside it; here it holds focusable symbols.
  target.querySelectorAll('[aria-hidden]').forEach((element) => element.removeAttribute('aria-hidden'));
}
