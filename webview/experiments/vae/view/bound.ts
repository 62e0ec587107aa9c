/** −ELBO = reconstruction + KL, and beside it the tighter importance weighted bounds: the gap between them is seen. */
import { h } from '../../../ui/dom';
import { formatNumber } from '../../../ui/format';
import { t } from '../../../ui/words';
import { gapsOf, histogram, quantileOf } from './series';
import { Shell } from './shell';
import type { Bound } from '../runtime/types';
import type { VaeScene, VaeView } from './types';

const BINS = 40;

export function boundView(): VaeView {
  let scene: VaeScene | null = null;
  let visible = false;
  let shown: Bound | null | undefined;
  const shell = new Shell('bound', t('The bound and its gap'));
  const body = h('div', { class: 'vae-bound-body' });
  shell.stage.append(body);

  const refresh = () => {
    if (!scene || !visible || shown === scene.bound) return;
    shown = scene.bound;
    shell.setEmpty(shown ? null : t('Train, or wait for the first evaluation, to see the bound term by term.'));
    if (!shown) return;
    body.replaceChildren(whole(shown), magnified(shown), spread(shown));
    shell.say(t('Means over {0} test examples, in nats.', shown.count));
  };

  return {
    element: shell.element,
    set(next) {
      scene = next;
      refresh();
    },
    setTheme: () => undefined,
    show(now) {
      visible = now;
      refresh();
    },
  };
}

/** From 0 on: what the bound is made of. */
function whole(bound: Bound): HTMLElement {
  const total = bound.reconstruction + bound.kl;
  const most = Math.max(total, 1e-9);
  const numbers = [total, bound.reconstruction, bound.kl].map(formatNumber);
  return h('div', {}, h('p', { class: 'vae-sum' }, t('−ELBO {0} = reconstruction {1} + KL {2}', ...numbers)), h('div', { class: 'vae-rows' },
    h('span', {}, t('−ELBO')),
    h('div', { class: 'vae-track', role: 'img', 'aria-label': t('−ELBO {0} = reconstruction {1} + KL {2}', ...numbers) },
      segment('reconstruction', Math.max(0, bound.reconstruction) / most, t('reconstruction {0}', formatNumber(bound.reconstruction))),
      segment('kl', bound.kl / most, t('KL {0}', formatNumber(bound.kl)))),
    h('b', { class: 'vae-value' }, formatNumber(total))));
}

/** Only the last stretch, where the bounds differ. */
function magnified(bound: Bound): HTMLElement {
  const gaps = gapsOf(bound);
  if (gaps.length === 0) return h('p', { class: 'vae-notice' }, t('No importance weighted bound was asked for.'));
  const total = bound.reconstruction + bound.kl;
  const least = Math.min(total, ...gaps.map(({ value }) => value));
  const span = Math.max(total - least, 1e-3);
  const from = Math.max(Math.min(0, least), least - 0.35 * span);
  const share = (value: number) => (value - from) / (total - from || 1);
  const rows = gaps.flatMap(({ k, value, gap }) => [
    h('span', {}, `−log p̂, k = ${k}`),
    h('div', { class: 'vae-track', role: 'img', 'aria-label': t('k = {0}: {1}, tighter by {2}', k, formatNumber(value), formatNumber(gap)) },
      segment('estimate', share(value), formatNumber(value)), segment('gap', Math.max(0, 1 - share(value)), t('gap {0}', formatNumber(gap)))),
    h('span', { class: 'vae-value' }, formatNumber(value)),
  ]);
  return h('div', {},
    h('p', { class: 'vae-notice' }, t('Importance weighted bounds (Burda et al. 2016): log p̂ = log (1/k) Σ w is the closer to log p(x) the larger k is. The bars begin at {0}.', formatNumber(from))),
    h('div', { class: 'vae-rows' }, h('span', {}, t('−ELBO')), h('div', { class: 'vae-track' }, segment('reconstruction', 1, '')), h('b', { class: 'vae-value' }, formatNumber(total)), ...rows));
}

/** −ELBO of each example: which ones the model finds hard. */
function spread({ reconstructions, kls }: Bound): HTMLElement {
  const each = Float64Array.from(reconstructions, (value, i) => value + kls[i]);
  // A few examples far out would press all others into one bar.
  const far = quantileOf(each, 0.995);
  const inside = each.filter((value) => value <= far);
  const { from, width, counts } = histogram(inside, BINS);
  if (counts.length === 0) return h('div');
  const most = Math.max(...counts);
  const mean = each.reduce((sum, value) => sum + value, 0) / each.length;
  const bars = counts.map((count, i) => {
    const bar = h('div', { title: t('{0} to {1} nats: {2} examples', formatNumber(from + i * width), formatNumber(from + (i + 1) * width), count) });
    bar.style.height = `${(100 * count) / most}%`;
    return bar;
  });
  const line = h('div', { class: 'vae-mean' });
  line.style.insetInlineStart = `${Math.min(100, (100 * (mean - from)) / (BINS * width))}%`;
  const name = t('−ELBO of each example, the mean dashed');
  return h('div', {}, h('p', { class: 'vae-notice' }, name), h('div', { class: 'vae-histogram', role: 'img', 'aria-label': t('{0}: {1} on average', name, formatNumber(mean)) }, ...bars, line),
    h('div', { class: 'vae-ends' }, h('span', {}, formatNumber(from)), h('span', {}, `${formatNumber(from + BINS * width)} ${t('nats')}`)));
}

function segment(kind: string, share: number, words: string): HTMLElement {
  const element = h('div', { class: `vae-segment ${kind}`, title: words }, h('span', {}, words));
  element.style.width = `${100 * share}%`;
  return element;
}
