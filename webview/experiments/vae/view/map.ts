/** The latent map: the means of the watched examples, and the decoder under the pointer. */
import { button } from '../../../ui/controls';
import { h, setHidden, setText } from '../../../ui/dom';
import { formatNumber } from '../../../ui/format';
import type { Theme } from '../../../ui/theme';
import { t } from '../../../ui/words';
import { AxesPicker, axisNames } from './axes';
import { decoder } from './decoder';
import { ExampleFigure, exampleValues } from './figure';
import { labelName } from './labels';
import { klOfExample, klOfPosterior } from './latent';
import { LabelLegend } from './legend';
import { vaeLinks, type VaeLinks } from './links';
import { MapCanvas } from './mapcanvas';
import { ellipseOf, lift, project, type Plane } from './plane';
import { Shell } from './shell';
import type { VaeScene, VaeView } from './types';

export function mapView(links: VaeLinks = vaeLinks()): VaeView {
  let scene: VaeScene | null = null;
  let theme: Theme | null = null;
  let visible = false;
  let stale = true;
  let plane: Plane | null = null;
  let xy: Float32Array = new Float32Array(0);
  let kind = '';
  let hovered: number | null = null;
  /** What is decoded: a place, and the example whose other dimensions it keeps. */
  let probe: { x: number; y: number; base: number | null } | null = null;

  const decoded = new ExampleFigure(t('Decoded'));
  const original = new ExampleFigure(t('Example'));
  const ask = decoder((values) => scene?.map && decoded.set(scene.map.examples, values), () => decoded.say(t('The model did not answer.')));
  const axes = new AxesPicker(() => replan());
  const legend = new LabelLegend(() => cloud(false));
  const [nameX, nameY] = [h('span', { class: 'vae-axis vae-axis-x' }), h('span', { class: 'vae-axis vae-axis-y' })];
  const map = new MapCanvas(t('Latent map. Arrow keys move the place that is decoded, Shift with arrow keys the map; plus and minus zoom, 0 shows all; Enter takes the nearest example.'), {
    pointed(example) {
      hovered = example;
      showExample();
    },
    probed(x, y, example) {
      probe = { x, y, base: example };
      links.pick({ example });
      decode();
      showExample();
    },
    ellipse: (example) => (plane && scene?.map ? ellipseOf(plane, rowOf(scene.map.posterior.logVariance, example)) : null),
  }, nameX, nameY);
  const zoom = [
    button({ label: '+', appearance: 'secondary', title: t('Zoom in (plus)'), onPress: () => map.zoom(1.4) }),
    button({ label: '−', appearance: 'secondary', title: t('Zoom out (minus)'), onPress: () => map.zoom(1 / 1.4) }),
    button({ label: t('Fit'), appearance: 'secondary', title: t('Show all points (0)'), onPress: () => map.fit() }),
    button({ label: t('Previous example'), icon: 'previous', appearance: 'icon', onPress: () => stepExample(-1) }),
    button({ label: t('Next example'), icon: 'next', appearance: 'icon', onPress: () => stepExample(1) }),
  ];
  for (const [i, word] of [[0, t('Zoom in (plus)')], [1, t('Zoom out (minus)')]] as const) zoom[i].element.setAttribute('aria-label', word);
  const side = h('div', { class: 'vae-side' }, decoded.element, original.element);
  const shell = new Shell('map', t('Latent map'), axes.element, h('span', { class: 'button-pair' }, ...zoom.map(({ element }) => element)), legend.element);
  shell.stage.append(h('div', { class: 'vae-split' }, h('div', { class: 'vae-main' }, map.element), side));

  const size = () => scene?.map ? scene.map.posterior.mean.length / scene.map.examples.count : 0;
  const rowOf = (values: Float32Array, example: number) => values.subarray(example * size(), (example + 1) * size());

  const stepExample = (by: number) => {
    if (!scene?.map) return;
    const { count } = scene.map.examples;
    take(((links.example ?? (by > 0 ? -1 : 0)) + by + count) % count);
  };

  const take = (example: number) => {
    probe = { x: xy[2 * example], y: xy[2 * example + 1], base: example };
    links.pick({ example });
    map.mark(example, probe);
    decode();
    showExample();
  };

  const decode = () => {
    const model = scene?.model;
    if (!model || !plane || !probe || !scene?.map || model.latentSize !== plane.size) return;
    const z = lift(plane, probe.x, probe.y, probe.base === null ? null : rowOf(scene.map.posterior.mean, probe.base));
    decoded.say(t('Decoded here'), place(z));
    ask.ask({ model, z, count: 1 });
  };

  const showExample = () => {
    if (!scene?.map) return;
    const { map: watched } = scene;
    const example = hovered ?? links.example;
    if (example === null || example >= watched.examples.count) {
      original.set(watched.examples, null);
      original.say(t('Example'), t('Point at a dot to see its example.'));
      return shell.say(t('Drag a point, or click anywhere, and see it decoded. The wheel zooms, dragging the background moves the map.'));
    }
    const [mean, logVariance] = [rowOf(watched.posterior.mean, example), rowOf(watched.posterior.logVariance, example)];
    original.set(watched.examples, watched.examples.image ? watched.examples.values : exampleValues(watched.examples, example), watched.examples.image ? example : 0);
    const label = labelName(watched, example);
    original.say(label === null ? t('Example {0}', example + 1) : t('Example {0}, label {1}', example + 1, label), place(mean));
    shell.say(t('Example {0}: KL(q(z|x) ‖ p(z)) = {1} nats; the ellipses hold q(z|x) within 1σ and 2σ.', example + 1, formatNumber(klOfExample(mean, logVariance))));
  };

  const cloud = (fresh: boolean) => {
    if (scene?.map) map.set({ xy, labels: scene.map.examples.labels, only: legend.only }, fresh);
  };

  const replan = () => {
    if (!scene?.map || !theme) return;
    const { posterior, examples, labelNames } = scene.map;
    plane = axes.planeOf(posterior.mean, size(), scene.bound?.klPerDimension ?? klOfPosterior(posterior, size()));
    xy = plane.size === 1 ? spread(project(plane, posterior.mean)) : project(plane, posterior.mean);
    const now = `${plane.kind} ${plane.size} ${plane.dimensions?.join() ?? ''}`;
    const [x, y] = axisNames(plane);
    setText(nameX, x);
    setText(nameY, y);
    setHidden(nameY, y === '');
    legend.set(examples.labels, labelNames, theme);
    const fresh = now !== kind;
    kind = now;
    if (fresh) probe = null;
    cloud(fresh);
    if (!probe) startAt();
    decode();
    showExample();
  };

  /** Something is decoded at once: the example that was picked elsewhere, or the middle. */
  const startAt = () => {
    const example = links.example !== null && 2 * links.example < xy.length ? links.example : null;
    probe = example === null ? { x: 0, y: 0, base: null } : { x: xy[2 * example], y: xy[2 * example + 1], base: example };
    map.mark(example, probe);
  };

  const refresh = () => {
    if (!scene || !theme || !visible || !stale) return;
    stale = false;
    shell.setEmpty(scene.map ? null : t('Train to see where the encoder puts the test examples.'));
    replan();
  };

  return {
    element: shell.element,
    set(next) {
      stale ||= scene?.revision !== next.revision || scene.map !== next.map || scene.model !== next.model;
      if (scene?.model !== next.model) ask.drop();
      scene = next;
      refresh();
    },
    setTheme(next) {
      theme = next;
      for (const part of [map, decoded, original]) part.setTheme(next);
      stale = true;
      refresh();
    },
    show(now) {
      visible = now;
      refresh();
    },
  };
}

/** Latents as they are read: the first eight. */
export function place(z: ArrayLike<number>): string {
  const shown = Array.from(z).slice(0, 8).map((value) => value.toFixed(2).replace('-', '−'));
  return `z = (${shown.join(', ')}${z.length > 8 ? ', …' : ''})`;
}

/** One latent dimension has no second: points are spread upwards, the same way each time, so that they do not hide each other. */
function spread(xy: Float32Array): Float32Array {
  for (let i = 0; 2 * i < xy.length; i++) xy[2 * i + 1] = ((i * 0.618034) % 1) - 0.5;
  return xy;
}
