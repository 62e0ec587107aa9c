/** The labels of a cloud: pointing at one, or pressing it, lets its points stand out. */
import { h } from '../../../ui/dom';
import type { Theme } from '../../../ui/theme';
import { t } from '../../../ui/words';
import { labelColours, labelsOf, nameOfLabel, signOf, wantsSigns } from './labels';

export class LabelLegend {
  readonly element = h('div', { class: 'vae-legend', role: 'group', 'aria-label': t('Labels') });
  private readonly pressed = new Set<number>();
  private pointed: number | null = null;
  private shown = '';

  constructor(private readonly changed: (only: ReadonlySet<number> | null) => void) {}

  get only(): ReadonlySet<number> | null {
    const all = new Set(this.pressed);
    if (this.pointed !== null) all.add(this.pointed);
    return all.size > 0 ? all : null;
  }

  set(labels: Uint8Array | null, names: readonly string[] | null, theme: Theme): void {
    const present = labelsOf(labels);
    const key = JSON.stringify([present, names, theme.kind]);
    if (key === this.shown) return;
    this.shown = key;
    for (const label of this.pressed) if (!present.includes(label)) this.pressed.delete(label);
    this.element.replaceChildren(...present.map((label) => this.entry(label, nameOfLabel(names, label), theme)));
  }

  private entry(label: number, name: string, theme: Theme): HTMLElement {
    const colours = labelColours(theme);
    const mark = wantsSigns(theme) ? h('span', { class: 'vae-sign', 'aria-hidden': 'true' }, signOf(label) === name ? '●' : signOf(label)) : h('span', { class: 'vae-dot', 'aria-hidden': 'true' });
    mark.style.color = colours[label % colours.length];
    const element = h('button', { type: 'button', 'aria-pressed': String(this.pressed.has(label)), title: t('Only {0}: point at it, or press to keep it', name) }, mark, name);
    const point = (now: number | null) => {
      this.pointed = now;
      this.changed(this.only);
    };
    element.addEventListener('pointerenter', () => point(label));
    element.addEventListener('pointerleave', () => point(null));
    element.addEventListener('click', () => {
      if (!this.pressed.delete(label)) this.pressed.add(label);
      element.setAttribute('aria-pressed', String(this.pressed.has(label)));
      this.changed(this.only);
    });
    return element;
  }
}
