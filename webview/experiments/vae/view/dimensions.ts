/** What each latent dimension says: its mean divergence as a bar, the collapsed ones marked and counted. */
import { h } from '../../../ui/dom';
import { formatNumber } from '../../../ui/format';
import { choice } from '../../../ui/plots/toggles';
import { t } from '../../../ui/words';
import { dimensionName } from './axes';
import { byDivergence, COLLAPSED, klOfPosterior, usedCount } from './latent';
import { vaeLinks, type VaeLinks } from './links';
import { Shell } from './shell';
import type { VaeScene, VaeView } from './types';
import { ticks } from './viewport';

const ORDERS = ['by KL', 'by index'] as const;

export function dimensionsView(links: VaeLinks = vaeLinks()): VaeView {
  let scene: VaeScene | null = null;
  let visible = false;
  let order: string = ORDERS[0];
  let shown: ArrayLike<number> | null = null;
  let width = 0;

  const orders = choice(t('Order'), ORDERS, (value) => {
    order = value;
    shown = null;
    refresh();
  });
  const count = h('span', { class: 'vae-count' });
  const scale = h('div', { class: 'vae-scale', 'aria-hidden': 'true' });
  const bars = h('div', { class: 'vae-dimensions-bars', role: 'group', 'aria-label': t('KL of each latent dimension') });
  const shell = new Shell('dimensions', t('KL of each latent dimension'), orders.element, count);
  shell.stage.append(scale, bars);
  new ResizeObserver(([entry]) => {
    if (Math.round(entry.contentRect.width) === width) return;
    width = Math.round(entry.contentRect.width);
    shown = null;
    refresh();
  }).observe(bars);
  bars.addEventListener('keydown', (event) => {
    const items = [...bars.children] as HTMLElement[];
    const at = items.indexOf(event.target as HTMLElement);
    const to = event.key === 'ArrowLeft' ? at - 1 : event.key === 'ArrowRight' ? at + 1 : event.key === 'Home' ? 0 : event.key === 'End' ? items.length - 1 : -1;
    if (at < 0 || !items[to]) return;
    focus(items, to);
    items[to].focus();
    event.preventDefault();
    event.stopPropagation();
  });
  links.changed(() => {
    for (const item of bars.children) item.classList.toggle('picked', (item as HTMLElement).dataset.dimension === String(links.dimension));
  });

  const values = (): ArrayLike<number> | null => {
    if (scene?.bound) return scene.bound.klPerDimension;
    const map = scene?.map;
    return map ? klOfPosterior(map.posterior, map.posterior.mean.length / map.examples.count) : null;
  };

  const general = () => t('Collapsed below {0} nats: there q(z|x) is the prior, whatever the input. Press a bar to see what its dimension does.', COLLAPSED);

  const refresh = () => {
    if (!scene || !visible) return;
    const source = scene.bound ?? scene.map;
    shell.setEmpty(source ? null : t('Train to see which latent dimensions are used.'));
    if (!source) return;
    const kl = values()!;
    if (shown && shown.length === kl.length && Array.from(kl).every((value, i) => value === shown![i])) return;
    shown = Array.from(kl);
    const most = Math.max(COLLAPSED * 2, ...Array.from(kl));
    const room = most * 1.04;
    count.textContent = t('{0} of {1} dimensions are used', usedCount(kl), kl.length);
    const sequence = order === ORDERS[0] ? byDivergence(kl) : Array.from({ length: kl.length }, (_, i) => i);
    const focused = [...bars.children].indexOf(bars.ownerDocument.activeElement as Element);
    // Names that would touch are left out, not squeezed.
    const every = Math.max(1, Math.ceil((28 * kl.length) / Math.max(1, width - 44)));
    const items = sequence.map((dimension, i) => barOf(dimension, kl[dimension], room, i % every === 0, every === 1 && width > 44 + 38 * kl.length));
    bars.replaceChildren(...items);
    focus(items, Math.max(0, focused));
    if (focused >= 0) items[Math.min(focused, items.length - 1)]?.focus();
    scale.replaceChildren(...ticks(0, room, 5).map((value) => {
      const line = h('span', {}, h('i', {}, formatNumber(value)));
      line.style.bottom = `${(100 * value) / room}%`;
      return line;
    }));
    shell.say(general());
  };

  const focus = (items: readonly HTMLElement[], to: number) => items.forEach((item, i) => (item.tabIndex = i === Math.min(to, items.length - 1) ? 0 : -1));

  const barOf = (dimension: number, kl: number, room: number, named: boolean, numbered: boolean): HTMLElement => {
    const collapsed = kl < COLLAPSED;
    const fill = h('span', { class: 'vae-bar-fill' });
    fill.style.height = `${(100 * Math.max(0, kl)) / room}%`;
    if (numbered) fill.append(h('span', { class: 'vae-bar-number', 'aria-hidden': 'true' }, kl.toFixed(2)));
    const said = collapsed ? t('{0}: {1} nats, collapsed', dimensionName(dimension), formatNumber(kl)) : `${dimensionName(dimension)}: ${formatNumber(kl)} ${t('nats')}`;
    const item = h('button', { type: 'button', class: 'vae-bar-item', 'aria-label': said, title: said, 'data-dimension': dimension }, fill, named ? h('span', { class: 'vae-bar-name', 'aria-hidden': 'true' }, dimensionName(dimension)) : null);
    item.classList.toggle('collapsed', collapsed);
    item.classList.toggle('picked', links.dimension === dimension);
    item.addEventListener('click', () => {
      links.pick({ dimension });
      links.open('traverse');
    });
    for (const name of ['pointerenter', 'focus']) item.addEventListener(name, () => shell.say(said));
    item.addEventListener('pointerleave', () => shell.say(general()));
    return item;
  };

  return {
    element: shell.element,
    set(next) {
      scene = next;
      refresh();
    },
    // Colours come from the style sheet.
    setTheme: () => undefined,
    show(now) {
      visible = now;
      refresh();
    },
  };
}
