/** Draw an image and see it encoded: its place on the map, its reconstruction, its terms of the bound. */
import { button } from '../../../ui/controls';
import { h, setHidden, setText } from '../../../ui/dom';
import { formatNumber } from '../../../ui/format';
import { toggle } from '../../../ui/plots/toggles';
import type { Theme } from '../../../ui/theme';
import { t } from '../../../ui/words';
import { autoencoder } from './decoder';
import { ExampleFigure, exampleValues } from './figure';
import { Ink } from './ink';
import { labelName } from './labels';
import { klOfExample } from './latent';
import { vaeLinks, type VaeLinks } from './links';
import { place } from './map';
import { drawProbe } from './mapcanvas';
import { toRgba } from './pixels';
import { planeOfAxes, planeOfMeans, project, type Plane } from './plane';
import { PointPlane } from './pointplane';
import { Scatter } from './scatter';
import { Shell } from './shell';
import { rasterise } from './strokes';
import { reconstructionTerm } from './terms';
import type { VaeScene, VaeView } from './types';
import { fitted, toScreen } from './viewport';

export function drawView(links: VaeLinks = vaeLinks()): VaeView {
  let scene: VaeScene | null = null;
  let theme: Theme | null = null;
  let visible = false;
  let base: { example: number; values: Float32Array } | null = null;
  let point: Float32Array | null = null;
  let plane: Plane | null = null;
  let mean: Float32Array | null = null;

  const ink = new Ink(t('Sheet to draw on. Arrow keys move the pen, the space bar lowers and lifts it, Backspace undoes a stroke.'), () => encode());
  const pick = new PointPlane(t('Press a place of the plane to encode it'), (x, y) => {
    point = Float32Array.of(x, y);
    encode();
  });
  const seen = new ExampleFigure(t('As the encoder sees it'));
  const made = new ExampleFigure(t('Reconstruction'));
  const [klCell, termCell, sumCell] = [h('td'), h('td'), h('td')];
  const termName = h('th', { scope: 'row' });
  const sumRow = h('tr', { class: 'total' }, h('th', { scope: 'row' }, t('together')), sumCell);
  const terms = h('table', { class: 'vae-terms' }, h('tbody', {},
    h('tr', {}, termName, termCell), h('tr', {}, h('th', { scope: 'row' }, 'KL(q(z|x) ‖ p(z))'), klCell), sumRow));
  const where = h('div', { class: 'vae-numbers' });
  const thumb = h('canvas', { role: 'img', 'aria-label': t('Where it lies among the test examples') });
  const thumbFrame = h('div', { class: 'vae-thumb' }, thumb);
  const scatter = new Scatter();
  const ask = autoencoder(({ posterior, values }, { values: input }) => {
    if (!scene?.map) return;
    made.set(scene.map.examples, values);
    mean = posterior.mean;
    const kl = klOfExample(posterior.mean, posterior.logVariance);
    const term = reconstructionTerm(input, values, scene.map.examples.image !== null);
    setText(termName, scene.map.examples.image ? t('cross-entropy at z = μ') : t('squared error at z = μ'));
    setText(termCell, formatNumber(term));
    setText(klCell, formatNumber(kl));
    // A squared error and nats do not add up.
    setHidden(sumRow, scene.map.examples.image === null);
    setText(sumCell, `${formatNumber(term + kl)} ${t('nats')}`);
    setText(where, place(posterior.mean));
    drawThumb();
  }, () => shell.say(t('The model did not answer.')));

  const eraser = toggle(t('eraser'), t('Strokes take away instead of adding'), (on) => (ink.erases = on));
  const tools = h('span', { class: 'vae-bar' },
    button({ label: t('Clear'), appearance: 'secondary', onPress: () => begin(null) }).element,
    button({ label: t('Undo'), appearance: 'secondary', title: t('Take back the last stroke (Backspace on the sheet)'), onPress: () => ink.undo() }).element, eraser.element);
  const take = button({ label: t('Take a test example'), appearance: 'secondary', title: t('Begin with a test example: the one picked on the map, then the next ones'), onPress: () => begin(base ? base.example + 1 : (links.example ?? 0)) });
  const shell = new Shell('draw', t('Draw and encode'), tools, take.element);
  const grid = h('div', { class: 'vae-draw-grid' }, h('div', { class: 'vae-draw-sheet' }, ink.element, pick.element), seen.element, made.element, h('div', { class: 'vae-draw-terms' }, terms, where), thumbFrame);
  shell.stage.append(grid);
  new ResizeObserver(() => drawThumb()).observe(thumbFrame);

  const begin = (example: number | null) => {
    const examples = scene?.map?.examples;
    if (!examples) return;
    if (example === null) {
      base = null;
      point = null;
      return ink.start(null);
    }
    const index = example % examples.count;
    const values = exampleValues(examples, index);
    if (!examples.image) {
      base = { example: index, values };
      point = values;
      return encode();
    }
    base = { example: index, values };
    const under = h('canvas', { width: examples.image.width, height: examples.image.height });
    const pixels = new ImageData(examples.image.width, examples.image.height);
    toRgba(values, 0, examples.image, pixels.data);
    under.getContext('2d')!.putImageData(pixels, 0, 0);
    ink.start(under);
  };

  const encode = () => {
    const map = scene?.map;
    if (!map || !visible) return;
    const { image } = map.examples;
    const values = image ? rasterise(ink.drawn, image, base?.values ?? null) : point;
    const empty = values === null || (image !== null && ink.drawn.length === 0 && !base);
    if (!image) pick.set(map.examples.values, [{ kind: 'dots', xy: map.examples.values, tone: 'data', size: 1.6, faint: true }, { kind: 'dots', xy: point ?? [], tone: 'accent', size: 4 }]);
    seen.set(map.examples, empty ? null : values);
    const label = base ? labelName(map, base.example) : null;
    shell.say(!image ? t('Press anywhere in the plane: that point is encoded and decoded.')
      : empty ? t('Draw with the mouse, a pen or the keys. The drawing is scaled and centred as those of MNIST are.')
        : base === null ? t('Scaled to 20 of 28 pixels, centre of mass in the middle, as in MNIST.')
          : label === null ? t('Over example {0}; nothing is scaled or moved.', base.example + 1) : t('Over example {0}, label {1}; nothing is scaled or moved.', base.example + 1, label));
    if (empty || !scene?.model) {
      ask.drop();
      mean = null;
      made.set(map.examples, null);
      for (const cell of [klCell, termCell, sumCell]) setText(cell, '–');
      setText(where, '');
      return drawThumb();
    }
    ask.ask({ model: scene.model, values });
  };

  const drawThumb = () => {
    const map = scene?.map;
    const [width, height, ratio] = [thumbFrame.clientWidth, thumbFrame.clientHeight, devicePixelRatio];
    if (!map || !theme || !plane || width < 20 || height < 20) return;
    thumb.width = Math.round(width * ratio);
    thumb.height = Math.round(height * ratio);
    const xy = project(plane, map.posterior.mean);
    const view = fitted(xy, width, height);
    const g = thumb.getContext('2d')!;
    scatter.paint(g, view, theme, { xy, labels: map.examples.labels, only: null }, true);
    if (mean?.length === plane.size) drawProbe(g, ...toScreen(view, ...(project(plane, mean) as unknown as [number, number])), theme);
  };

  const refresh = () => {
    if (!scene || !visible) return;
    shell.setEmpty(scene.map && scene.model ? null : t('Train to draw an image and see it encoded.'));
    if (!scene.map || !scene.model) return;
    const { examples, posterior } = scene.map;
    const size = posterior.mean.length / examples.count;
    plane = size <= 2 ? planeOfAxes(size) : planeOfMeans(posterior.mean, size, plane);
    scatter.forget();
    setHidden(ink.element, examples.image === null);
    setHidden(tools, examples.image === null);
    setHidden(pick.element, examples.image !== null);
    if (examples.image) {
      ink.element.style.aspectRatio = `${examples.image.width} / ${examples.image.height}`;
      setText(termName, t('cross-entropy at z = μ'));
    }
    encode();
  };

  return {
    element: shell.element,
    set(next) {
      const fresh = scene?.revision !== next.revision || scene.map !== next.map || scene.model !== next.model;
      if (scene?.model !== next.model) ask.drop();
      if (scene?.map && next.map && scene.map.examples !== next.map.examples) {
        base = null;
        point = null;
        scene = next;
        ink.start(null);
      }
      scene = next;
      if (fresh) refresh();
    },
    setTheme(next) {
      theme = next;
      scatter.forget();
      for (const part of [ink, pick, seen, made]) part.setTheme(next);
      drawThumb();
    },
    show(now) {
      visible = now;
      refresh();
    },
  };
}
