/** How far samples are from real data, in multiples of what another draw of real data would have: a line of text with small bars. */
import type { CloudId } from '../../experiments/ddpm/view-scene';
import { h, setHidden } from '../dom';
import { formatNumber } from '../format';
import { cloudMark } from './marks';
import { barShare, multipleText, type Measured } from './multiples';
import { t } from '../words';

export interface MetricsRow {
  id: CloudId;
  /** Null while it is being measured. */
  slicedWasserstein: Measured | null;
  mmd: Measured | null;
}

export interface MetricsLine {
  element: HTMLElement;
  /** One row a cloud; none shows that nothing was measured. */
  set(rows: readonly MetricsRow[]): void;
}

export const METRICS = [
  { key: 'slicedWasserstein', name: 'SW', title: 'Sliced Wasserstein distance to held-out data' },
  { key: 'mmd', name: 'MMD', title: 'Maximum mean discrepancy to held-out data' },
] as const;

export function metricsLine(): MetricsLine {
  const empty = h('p', { class: 'metrics-empty' }, t('Not measured yet.'));
  const list = h('div', { class: 'metrics-rows' });
  const element = h('section', { class: 'metrics', 'aria-label': t('Distance to real data') }, empty, list);
  return {
    element,
    set(rows) {
      setHidden(empty, rows.length > 0);
      setHidden(list, rows.length === 0);
      list.replaceChildren(...rows.map((row) => h('div', { class: 'metrics-row' },
        cloudMark(row.id), rows.length > 1 ? h('span', { class: 'metrics-run' }, row.id) : null,
        ...METRICS.map(({ key, name, title }) => metric(name, t(title), row[key])))));
    },
  };
}

function metric(name: string, title: string, measured: Measured | null): HTMLElement {
  const words = measured ? multipleText(measured) : t('measuring…');
  const bar = h('span', { class: 'metric-bar' });
  const fill = h('span', { class: 'metric-fill' });
  fill.style.inlineSize = `${100 * (measured ? barShare(measured) : 0)}%`;
  bar.append(fill);
  const detail = measured ? t('{0}: {1}; real draws: {2}. The bar ends at 100 ×, its middle is 10 ×.', title, formatNumber(measured.value), formatNumber(measured.real)) : title;
  return h('span', { class: 'metric', title: detail, role: 'group', 'aria-label': t('{0}: {1}', title, words) },
    h('span', { class: 'metric-name' }, name), h('span', { class: 'metric-value' }, words), bar);
}
