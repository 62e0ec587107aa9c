/** The decoded manifold: what the decoder makes of a grid over the plane (Kingma & Welling 2014, fig. 4). */
import { setHidden } from '../../../ui/dom';
import { formatNumber } from '../../../ui/format';
import { choice } from '../../../ui/plots/toggles';
import { t } from '../../../ui/words';
import { AxesPicker, axisNames } from './axes';
import { decoder } from './decoder';
import { evenly, gridLatents, klOfPosterior, quantiles } from './latent';
import type { Plane } from './plane';
import { PointPlane } from './pointplane';
import { watchedOf } from './samples';
import { Sheet } from './sheet';
import { Shell, slider } from './shell';
import type { VaeScene, VaeView } from './types';

const SPACINGS = ['quantiles', 'even'] as const;

export function manifoldView(): VaeView {
  let scene: VaeScene | null = null;
  let visible = false;
  let asked = '';
  let side = 15;
  let reach = 3;
  let spacing: string = SPACINGS[0];
  let plane: Plane | null = null;
  let positions: number[] = [];

  const sheet = new Sheet({ label: t('Decoded manifold'), pointed: (cell) => tell(cell) });
  const mesh = new PointPlane(t('Decoded manifold: a grid of the latent plane in the plane of the data'));
  const ask = decoder((values, { count }) => paint(values, count), () => shell.say(t('The model did not answer.')));
  const axes = new AxesPicker(() => again());
  const width = slider({ label: t('Columns'), min: 5, max: 30, step: 1, value: side, changed: (value) => redo(() => (side = value)) });
  const span = slider({ label: t('Reach'), min: 0.5, max: 5, step: 0.5, value: reach, text: (value) => `±${formatNumber(value)}`, changed: (value) => redo(() => (reach = value)) });
  const spacings = choice(t('Spacing of the grid'), SPACINGS, (value) => redo(() => {
    spacing = value;
    setHidden(span.element, spacing === SPACINGS[0]);
  }));
  span.element.hidden = true;
  const shell = new Shell('manifold', t('Decoded manifold'), axes.element, spacings.element, width.element, span.element);
  shell.stage.append(sheet.element, mesh.element);

  const redo = (change: () => void) => {
    change();
    again();
  };
  const again = () => {
    asked = '';
    refresh();
  };

  const refresh = () => {
    if (!scene || !visible) return;
    const { model, revision } = scene;
    const watched = watchedOf(scene);
    shell.setEmpty(model && watched ? null : t('Train to see what the decoder makes of the latent plane.'));
    if (!model || !watched || asked === `${revision}`) return;
    asked = `${revision}`;
    const { latentSize } = model;
    const means = scene.map && scene.map.posterior.mean.length === scene.map.examples.count * latentSize ? scene.map.posterior : null;
    plane = axes.planeOf(means?.mean ?? new Float32Array(latentSize), latentSize, scene.bound?.klPerDimension ?? (means ? klOfPosterior(means, latentSize) : null));
    // The grid is of the prior: around 0, whatever the mean of the examples is.
    plane = { ...plane, origin: new Float64Array(latentSize) };
    positions = spacing === SPACINGS[0] ? quantiles(side) : evenly(side, reach);
    ask.ask({ model, z: gridLatents(plane, positions), count: side * side });
  };

  const paint = (values: Float32Array, count: number) => {
    const watched = scene && watchedOf(scene);
    if (!watched || !plane) return;
    const { image, values: data } = watched.examples;
    const columns = Math.round(Math.sqrt(count));
    setHidden(sheet.element, image === null);
    setHidden(mesh.element, image !== null);
    if (image) sheet.set({ count, columns, parts: [{ values, image }], largest: 56, gap: 0 });
    else mesh.set(data, [{ kind: 'dots', xy: data, tone: 'data', size: 1.4, faint: true }, { kind: 'lines', xy: values, length: columns, tone: 'model' }, { kind: 'lines', xy: turned(values, columns), length: columns, tone: 'model' }]);
    tell(null);
  };

  const tell = (cell: number | null) => {
    if (!plane || positions.length === 0) return;
    const [x, y] = axisNames(plane);
    const axesText = y === '' || plane.size === 1 ? t('To the right: {0}.', x) : t('To the right: {0}; upwards: {1}.', x, y);
    if (cell === null) {
      const how = spacing === SPACINGS[0] ? t('Equal shares of N(0, 1) between neighbours.') : t('Equal steps between neighbours.');
      return shell.say(plane.size > 2 ? `${axesText} ${how} ${t('All other directions at 0.')}` : `${axesText} ${how}`);
    }
    const n = positions.length;
    shell.say(t('({0}, {1}) of the plane', positions[cell % n].toFixed(2), positions[n - 1 - Math.floor(cell / n)].toFixed(2)).replaceAll('-', '−'));
  };

  return {
    element: shell.element,
    set(next) {
      if (scene?.model !== next.model) ask.drop();
      if (scene?.model !== next.model || scene.map?.posterior !== next.map?.posterior) asked = '';
      scene = next;
      refresh();
    },
    setTheme(theme) {
      sheet.setTheme(theme);
      mesh.setTheme(theme);
    },
    show(now) {
      visible = now;
      refresh();
    },
  };
}

/** Points of a square grid, column by column. */
function turned(points: Float32Array, side: number): Float32Array {
  const out = new Float32Array(points.length);
  for (let i = 0; 2 * i < points.length; i++) {
    const to = (i % side) * side + Math.floor(i / side);
    out[2 * to] = points[2 * i];
    out[2 * to + 1] = points[2 * i + 1];
  }
  return out;
}
