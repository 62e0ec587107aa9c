/** Decodings of draws from the prior. */
import { setHidden } from '../../../ui/dom';
import { t } from '../../../ui/words';
import { PointPlane } from './pointplane';
import { Sheet } from './sheet';
import { Shell } from './shell';
import type { VaeScene, VaeView, Watched } from './types';

export function samplesView(): VaeView {
  let scene: VaeScene | null = null;
  let visible = false;
  let shown: unknown = null;
  const sheet = new Sheet({ label: t('Samples: decodings of draws from the prior') });
  const plane = new PointPlane(t('Samples: decodings of draws from the prior'));
  const shell = new Shell('samples', t('Samples'));
  shell.stage.append(sheet.element, plane.element);

  const refresh = () => {
    if (!scene || !visible || shown === scene.samples) return;
    const watched = watchedOf(scene);
    const { samples } = scene;
    const ready = samples !== null && watched !== null;
    shell.setEmpty(ready ? null : t('Train to see draws from the prior decoded.'));
    shown = samples;
    if (!ready) return;
    const { image, size, values } = watched.examples;
    const count = samples.length / size;
    setHidden(sheet.element, image === null);
    setHidden(plane.element, image !== null);
    if (image) sheet.set({ count, parts: [{ values: samples, image }], columns: null, largest: 84, least: 48 });
    else plane.set(values, [{ kind: 'dots', xy: values, tone: 'data', size: 1.4, faint: true }, { kind: 'dots', xy: samples, tone: 'model', size: 1.6 }]);
    shell.say(image ? t('{0} draws z ~ N(0, I), decoded: the mean of p(x|z).', count) : t('Squares: {0} draws z ~ N(0, I), decoded. Circles: test examples.', count));
  };

  return {
    element: shell.element,
    set(next) {
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

/** Examples that tell what the data are like. */
export const watchedOf = ({ map, pairs }: VaeScene): Watched | null => map ?? pairs;
