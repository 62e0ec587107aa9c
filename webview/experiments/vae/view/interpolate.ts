/** Between two examples: the decoded way from one posterior mean to the other. */
import { h, setHidden, setText } from '../../../ui/dom';
import { choice } from '../../../ui/plots/toggles';
import type { Theme } from '../../../ui/theme';
import { t } from '../../../ui/words';
import { decoder } from './decoder';
import { ExampleFigure } from './figure';
import { labelName } from './labels';
import { between, interpolated, type Way } from './latent';
import { PointPlane } from './pointplane';
import { Sheet } from './sheet';
import { Shell, slider } from './shell';
import type { VaeScene, VaeView } from './types';

const WAYS = ['linear', 'spherical'] as const;
/** Examples that are offered to choose from. */
const OFFERED = 60;

export function interpolateView(): VaeView {
  let scene: VaeScene | null = null;
  let theme: Theme | null = null;
  let visible = false;
  let asked = '';
  let steps = 9;
  let share = 0.5;
  let way: Way = WAYS[0];
  let ends: [number, number] = [0, 1];
  let next: 0 | 1 = 0;

  const strip = new Sheet({ label: t('Examples: choose two'), picked: (cell) => choose(cell), pointed: (cell) => tell(cell) });
  const row = new Sheet({ label: t('Decoded steps between the two examples') });
  const middle = new ExampleFigure(t('Between'));
  const plane = new PointPlane(t('The decoded way in the plane of the data; press to choose the nearest example'), (x, y) => choose(nearestExample(x, y)));
  const ask = decoder((values, { count }) => paint(values, count), () => shell.say(t('The model did not answer.')));
  const askMiddle = decoder((values) => scene?.map && middle.set(scene.map.examples, values), () => undefined);
  const count = slider({ label: t('Steps'), min: 3, max: 15, step: 1, value: steps, changed: (value) => {
    steps = value;
    again();
  } });
  const at = slider({ label: t('Way'), min: 0, max: 1, step: 0.01, value: share, text: (value) => `${Math.round(100 * value)} %`, changed: (value) => {
    share = value;
    decodeMiddle();
  } });
  const ways = choice(t('How it goes from one mean to the other'), WAYS, (value) => {
    way = value as Way;
    again();
  });
  const stripName = h('div', { class: 'vae-notice' });
  setText(stripName, t('Choose two examples: first A, then B, then A again.'));
  const shell = new Shell('interpolate', t('Interpolation'), ways.element, count.element, at.element);
  const main = h('div', { class: 'vae-column' }, h('div', { class: 'vae-between' }, row.element), stripName, h('div', { class: 'vae-strip' }, strip.element));
  shell.stage.append(h('div', { class: 'vae-split' }, h('div', { class: 'vae-main' }, main, plane.element), h('div', { class: 'vae-side' }, middle.element)));

  const again = () => {
    asked = '';
    refresh();
  };

  const choose = (example: number) => {
    if (example < 0) return;
    ends[next] = example;
    next = next === 0 ? 1 : 0;
    mark();
    again();
  };
  const mark = () => strip.mark([[ends[0], 'A'], [ends[1], 'B']]);

  const meanOf = (example: number, size: number) => scene!.map!.posterior.mean.subarray(example * size, (example + 1) * size);

  const nearestExample = (x: number, y: number): number => {
    const { values, count: n } = scene!.map!.examples;
    let [best, least] = [-1, Infinity];
    for (let i = 0; i < n; i++) {
      const distance = Math.hypot(values[2 * i] - x, values[2 * i + 1] - y);
      if (distance < least) [best, least] = [i, distance];
    }
    return best;
  };

  const decodeMiddle = () => {
    const ready = usable();
    if (!ready) return;
    const { model, size } = ready;
    middle.say(t('{0} % of the way from A to B', Math.round(100 * share)));
    askMiddle.ask({ model, z: between(meanOf(ends[0], size), meanOf(ends[1], size), share, way), count: 1 });
  };

  const usable = () => {
    const model = scene?.model;
    if (!scene?.map || !model || scene.map.posterior.mean.length !== scene.map.examples.count * model.latentSize) return null;
    return { model, size: model.latentSize, map: scene.map };
  };

  const refresh = () => {
    if (!scene || !visible) return;
    const ready = usable();
    shell.setEmpty(ready ? null : t('Train to see the way between two test examples decoded.'));
    if (!ready || asked === `${scene.revision}`) return;
    asked = `${scene.revision}`;
    const { model, size, map } = ready;
    ends = ends.map((example) => Math.min(example, map.examples.count - 1)) as [number, number];
    ask.ask({ model, z: interpolated(meanOf(ends[0], size), meanOf(ends[1], size), steps, way), count: steps });
    decodeMiddle();
    tell(null);
  };

  const paint = (values: Float32Array, n: number) => {
    const map = scene?.map;
    if (!map) return;
    const { image, values: data } = map.examples;
    setHidden(main, image === null);
    setHidden(plane.element, image !== null);
    if (image) row.set({ count: n, columns: n, parts: [{ values, image }], largest: 96 });
    else {
      const inputs = ends.flatMap((example) => [data[2 * example], data[2 * example + 1]]);
      plane.set(data, [{ kind: 'dots', xy: data, tone: 'data', size: 1.4, faint: true }, { kind: 'lines', xy: values, length: n, tone: 'model' }, { kind: 'dots', xy: values, tone: 'model', size: 2.5 }, { kind: 'dots', xy: inputs, tone: 'accent', size: 4 }]);
    }
  };

  const tell = (cell: number | null) => {
    if (!scene?.map) return;
    const named = (example: number) => {
      const label = labelName(scene!.map!, example);
      return label === null ? t('example {0}', example + 1) : t('example {0} (label {1})', example + 1, label);
    };
    shell.say(cell === null ? t('From A, {0}, to B, {1}: between their posterior means.', named(ends[0]), named(ends[1])) : t('{0}: press to make it {1}', named(cell), 'AB'[next]));
  };

  let offered: unknown = null;
  const offer = () => {
    const examples = scene?.map?.examples;
    if (!examples?.image || offered === examples || !visible) return;
    offered = examples;
    strip.set({ count: Math.min(OFFERED, examples.count), columns: null, parts: [{ values: examples.values, image: examples.image }], largest: 84, least: 20 });
    if (ends[0] === 0 && ends[1] === 1) ends = twoUnlike(examples.labels);
    mark();
  };

  return {
    element: shell.element,
    set(now) {
      if (scene?.model !== now.model) {
        ask.drop();
        askMiddle.drop();
        asked = '';
      }
      if (scene?.map?.posterior !== now.map?.posterior) asked = '';
      scene = now;
      offer();
      refresh();
    },
    setTheme(to) {
      theme = to;
      for (const part of [strip, row, middle, plane]) part.setTheme(theme);
    },
    show(now) {
      visible = now;
      offer();
      refresh();
    },
  };
}

/** The first example, and the next one of another label. */
function twoUnlike(labels: Uint8Array | null): [number, number] {
  const other = labels ? labels.findIndex((label, i) => i < OFFERED && label !== labels[0]) : 1;
  return [0, Math.max(1, other)];
}
