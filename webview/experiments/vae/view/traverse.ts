/** One row a latent dimension: it goes from −reach to reach, the others stay. */
import { setHidden } from '../../../ui/dom';
import { formatNumber } from '../../../ui/format';
import { choice } from '../../../ui/plots/toggles';
import { t } from '../../../ui/words';
import { dimensionName } from './axes';
import { decoder } from './decoder';
import { byDivergence, COLLAPSED, evenly, klOfPosterior, traversalLatents } from './latent';
import { vaeLinks, type VaeLinks } from './links';
import { PointPlane } from './pointplane';
import { watchedOf } from './samples';
import { Sheet } from './sheet';
import { Shell, slider } from './shell';
import type { VaeScene, VaeView } from './types';

const STARTS = ['prior mean', 'picked example'] as const;
const COLUMNS = 11;
/** More rows than these are no picture; of more dimensions the most telling ones are shown. */
const MOST_ROWS = 24;

export function traverseView(links: VaeLinks = vaeLinks()): VaeView {
  let scene: VaeScene | null = null;
  let visible = false;
  let asked = '';
  let start: string = STARTS[0];
  let reach = 3;
  let order: number[] = [];
  let kl: Float32Array | null = null;
  let positions: number[] = [];

  const sheet = new Sheet({ label: t('Traversal of each latent dimension'), pointed: (cell) => tell(cell), picked: (cell) => pick(cell) });
  const plane = new PointPlane(t('Traversal of each latent dimension, as paths in the plane of the data'));
  const ask = decoder((values) => paint(values), () => shell.say(t('The model did not answer.')));
  const from = choice(t('The other dimensions'), STARTS, (value) => {
    start = value;
    again();
  });
  const span = slider({ label: t('Reach'), min: 1, max: 5, step: 0.5, value: reach, text: (value) => `±${formatNumber(value)}`, changed: (value) => {
    reach = value;
    again();
  } });
  const shell = new Shell('traverse', t('Traversal'), from.element, span.element);
  shell.stage.append(sheet.element, plane.element);

  const again = () => {
    asked = '';
    refresh();
  };
  links.changed(again);

  const base = (size: number): Float32Array => {
    const { map } = scene!;
    const example = links.example ?? 0;
    if (start !== STARTS[1] || !map || map.posterior.mean.length !== map.examples.count * size) return new Float32Array(size);
    return map.posterior.mean.slice(example * size, (example + 1) * size);
  };

  const refresh = () => {
    if (!scene || !visible) return;
    const { model, revision, map, bound } = scene;
    shell.setEmpty(model && watchedOf(scene) ? null : t('Train to see what each latent dimension does.'));
    if (!model || !watchedOf(scene) || asked === `${revision}`) return;
    asked = `${revision}`;
    const size = model.latentSize;
    const known = bound?.klPerDimension ?? (map && map.posterior.mean.length === map.examples.count * size ? klOfPosterior(map.posterior, size) : null);
    kl = known?.length === size ? known : null;
    order = (kl ? byDivergence(kl) : Array.from({ length: size }, (_, i) => i)).slice(0, MOST_ROWS);
    // The dimension that was picked in the bars is among them, whatever it says.
    if (links.dimension !== null && links.dimension < size && !order.includes(links.dimension)) order[order.length - 1] = links.dimension;
    positions = evenly(COLUMNS, reach);
    ask.ask({ model, z: traversalLatents(base(size), order, positions), count: order.length * COLUMNS });
  };

  const paint = (values: Float32Array) => {
    const watched = scene && watchedOf(scene);
    if (!watched) return;
    const { image, values: data } = watched.examples;
    setHidden(sheet.element, image === null);
    setHidden(plane.element, image !== null);
    if (image) {
      sheet.set({
        count: order.length * COLUMNS, columns: COLUMNS, parts: [{ values, image }], largest: 64, tall: true, rowNames: order.map(rowName),
        columnNames: positions.map((value) => value.toFixed(1).replace('-', '−')),
      });
      const row = links.dimension === null ? -1 : order.indexOf(links.dimension);
      sheet.mark(row < 0 ? [] : [[row * COLUMNS, '▸']]);
    } else {
      const lines = order.map((dimension, row) => ({ kind: 'lines', xy: values.subarray(row * COLUMNS * 2, (row + 1) * COLUMNS * 2), length: COLUMNS, tone: row === 0 ? 'model' : 'accent', strong: dimension === links.dimension }) as const);
      plane.set(data, [{ kind: 'dots', xy: data, tone: 'data', size: 1.4, faint: true }, ...lines, ...lines.map(({ xy, tone }) => ({ kind: 'dots', xy, tone, size: 2.5 }) as const)]);
    }
    tell(null);
  };

  const rowName = (dimension: number): string => {
    if (!kl) return dimensionName(dimension);
    const name = `${dimensionName(dimension)}  ${kl[dimension].toFixed(2)}`;
    return kl[dimension] < COLLAPSED ? t('{0} collapsed', dimensionName(dimension)) : name;
  };

  const pick = (cell: number) => links.pick({ dimension: order[Math.floor(cell / COLUMNS)] });

  const tell = (cell: number | null) => {
    if (cell !== null) return shell.say(`${dimensionName(order[Math.floor(cell / COLUMNS)])} = ${positions[cell % COLUMNS].toFixed(2).replace('-', '−')}`);
    const size = scene?.model?.latentSize ?? 0;
    const said = [kl ? t('Beside each dimension its KL in nats, the most telling one first.') : '', order.length < size ? t('{0} of {1} dimensions are shown.', order.length, size) : ''];
    if (start === STARTS[1]) said.push(t('Start: example {0}; pick another one on the map.', (links.example ?? 0) + 1));
    shell.say(said.filter(Boolean).join(' '));
  };

  return {
    element: shell.element,
    set(next) {
      if (scene?.model !== next.model) ask.drop();
      if (scene?.model !== next.model || scene.bound !== next.bound) asked = '';
      scene = next;
      refresh();
    },
    setTheme(theme) {
      sheet.setTheme(theme);
      plane.setTheme(theme);
    },
    show(now) {
      visible = now;
      refresh();
    },
  };
}
