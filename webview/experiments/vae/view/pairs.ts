/** Inputs above, what the model makes of them below. */
import { toggle } from '../../../ui/plots/toggles';
import { setHidden } from '../../../ui/dom';
import { formatNumber } from '../../../ui/format';
import type { Theme } from '../../../ui/theme';
import { t } from '../../../ui/words';
import { labelName } from './labels';
import { differences, topOf } from './pixels';
import { PointPlane } from './pointplane';
import { Sheet } from './sheet';
import { Shell } from './shell';
import type { VaeScene, VaeView } from './types';

const MOST_POINTS = 400;

export function pairsView(): VaeView {
  let scene: VaeScene | null = null;
  let visible = false;
  let shown: unknown = null;
  let difference = false;
  let components = false;
  let shownPca: Float32Array | null = null;

  const sheet = new Sheet({ label: t('Inputs and their reconstructions'), pointed: (cell) => tell(cell) });
  const plane = new PointPlane(t('Inputs and their reconstructions, with a line between the two'));
  const both = toggle(t('difference'), t('Show reconstruction minus input below: orange is too bright, blue too dark'), (on) => {
    difference = on;
    shown = null;
    refresh();
  });
  const pca = toggle(t('PCA'), t('Show below what as many principal components make of the inputs'), (on) => {
    components = on;
    shown = null;
    refresh();
  });
  const shell = new Shell('pairs', t('Inputs and their reconstructions'), both.element, pca.element);
  shell.stage.append(sheet.element, plane.element);

  const tell = (cell: number | null) => {
    const pairs = scene?.pairs;
    if (!pairs) return shell.say('');
    const { examples, reconstructions } = pairs;
    if (!examples.image) return shell.say(t('Circles: inputs. Squares: reconstructions. Mean distance {0}.', formatNumber(meanDistance(examples.values, reconstructions, examples.count))));
    if (cell === null) {
      if (shownPca) return shell.say(difference ? t('Above the inputs, below them the reconstructions, those of PCA, and the difference: orange is too bright, blue too dark.') : t('Above the inputs, below them the reconstructions and those of PCA.'));
      return shell.say(difference ? t('Above the inputs, below them the reconstructions and the difference: orange is too bright, blue too dark.') : t('Above the inputs, below them the reconstructions.'));
    }
    const label = labelName(pairs, cell);
    const error = formatNumber(squaredError(examples.values, reconstructions, cell, examples.size));
    const told = label === null ? t('Example {0}: squared error {1}', cell + 1, error) : t('Example {0}, label {1}: squared error {2}', cell + 1, label, error);
    shell.say(shownPca ? t('{0}; of PCA {1}', told, formatNumber(squaredError(examples.values, shownPca, cell, examples.size))) : told);
  };

  const refresh = () => {
    if (!scene || !visible) return;
    if (components && scene.pairs?.examples.image) scene.baseline.want();
    const projections = components ? (scene.baseline.found?.reconstructions ?? null) : null;
    if (shown === scene.pairs && shownPca === projections) return;
    shownPca = projections;
    const { pairs } = scene;
    shown = pairs;
    shell.setEmpty(pairs ? null : t('Train to see what the model makes of test examples.'));
    if (!pairs) return;
    const { examples: { image, values, count, size }, reconstructions } = pairs;
    setHidden(sheet.element, image === null);
    setHidden(both.element, image === null);
    setHidden(pca.element, image === null);
    setHidden(plane.element, image !== null);
    if (image) {
      const parts = [{ values, image }, { values: reconstructions, image }];
      if (projections?.length === count * size) parts.push({ values: projections, image });
      if (difference) parts.push({ values: differences(values, reconstructions, count, image), image: { ...image, channels: 3 } });
      sheet.set({ count, parts, columns: null, least: 12 });
    } else {
      const some = <T extends Float32Array | Uint8Array>(all: T) => all.subarray(0, 2 * MOST_POINTS);
      plane.set(values, [
        { kind: 'links', xy: some(values), to: some(reconstructions), tone: 'accent' },
        { kind: 'dots', xy: some(values), tone: 'data', size: 2.2 },
        { kind: 'dots', xy: some(reconstructions), tone: 'model', size: 2 },
      ]);
    }
    tell(null);
  };

  return {
    element: shell.element,
    set(next) {
      scene = next;
      refresh();
    },
    setTheme(theme: Theme) {
      sheet.setTheme(theme);
      plane.setTheme(theme);
    },
    show(now) {
      visible = now;
      refresh();
    },
  };
}

function squaredError(inputs: ArrayLike<number>, outputs: ArrayLike<number>, index: number, size: number): number {
  const top = topOf(inputs);
  let sum = 0;
  for (let i = index * size; i < (index + 1) * size; i++) sum += (outputs[i] - inputs[i] / top) ** 2;
  return sum;
}

function meanDistance(inputs: ArrayLike<number>, outputs: ArrayLike<number>, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.hypot(outputs[2 * i] - inputs[2 * i], outputs[2 * i + 1] - inputs[2 * i + 1]);
  return sum / Math.max(1, count);
}
