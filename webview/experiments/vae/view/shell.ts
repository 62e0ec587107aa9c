/** What all views have: a bar of controls, a stage whose size does not depend on what it holds, a line that reads it, and what is said while there is nothing. */
import { h, setHidden, setText, type Child } from '../../../ui/dom';
import { formatNumber } from '../../../ui/format';
import './view.css';

export class Shell {
  readonly element: HTMLElement;
  readonly bar = h('div', { class: 'vae-bar' });
  readonly stage = h('div', { class: 'vae-stage' });
  /** Spoken when it changes. */
  readonly line = h('p', { class: 'vae-line', role: 'status' });
  private readonly message = h('p', { class: 'plot-empty vae-empty', hidden: true });

  constructor(id: string, label: string, ...controls: Child[]) {
    this.bar.append(...controls.filter((child): child is Node => child instanceof Node));
    this.stage.append(this.message);
    this.element = h('section', { class: `vae-view vae-${id}`, 'aria-label': label }, this.bar, this.stage, this.line);
  }

  /** Null: there is something to see. */
  setEmpty(text: string | null): void {
    setHidden(this.message, text === null);
    if (text !== null) setText(this.message, text);
    this.element.classList.toggle('empty', text !== null);
    // What is not seen takes no focus either.
    for (const child of this.stage.children) if (child !== this.message && child instanceof HTMLElement) child.inert = text !== null;
    this.bar.inert = text !== null;
  }

  say(text: string): void {
    setText(this.line, text);
  }
}

export interface SliderOptions {
  label: string;
  min: number;
  max: number;
  step: number;
  value: number;
  text?: (value: number) => string;
  changed(value: number): void;
}

/** A native slider with its name before and its value after it. */
export function slider({ label, min, max, step, value, text = formatNumber, changed }: SliderOptions): { element: HTMLElement; set(value: number): void } {
  const input = h('input', { type: 'range', min, max, step, 'aria-label': label });
  const output = h('span', { class: 'vae-slider-value' });
  const show = (now: number) => {
    input.value = String(now);
    input.style.setProperty('--share', String((now - min) / (max - min)));
    input.setAttribute('aria-valuetext', text(now));
    setText(output, text(now));
  };
  input.addEventListener('input', () => {
    show(Number(input.value));
    changed(Number(input.value));
  });
  show(value);
  return { element: h('label', { class: 'vae-slider' }, h('span', { class: 'vae-slider-name' }, label), input, output), set: show };
}
