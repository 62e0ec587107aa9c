/** The data of the VAE's page: what ships is fetched, one's own are opened, brought to one size and shown before they are trained on. */
import { prepareOwn, type OwnSource } from '../../../core/data/own';
import type { Examples } from '../../../core/math/examples';
import { OWN_DATA } from '../../experiments/vae/manifest';
import { toRgba } from '../../experiments/vae/view/pixels';
import { button, select } from '../controls';
import { h, setHidden, setText } from '../dom';
import type { HostChannel } from '../host';
import type { Store } from '../store';
import { sentences, t } from '../words';
import { dataProblem, openOwnImages, saidInWords, type ShippedData } from './images';
import type { VaeState } from './state';
import { grouped } from '../format';

const SIDES = ['auto', '16', '28', '32', '48', '64'] as const;
const COLOURS = ['auto', 'grey', 'colour'] as const;

/** Keeps `data` of the state in step with the settings. @param changed other data are there: what was trained is not of these. */
export function followData(store: Store<VaeState>, shipped: ShippedData, changed: () => void): void {
  let asked = '';
  const take = (data: VaeState['data'], problem: string | null) => {
    const other = store.get().data !== null && store.get().data !== data;
    store.set({ data, dataProblem: problem });
    if (other) changed();
  };
  store.on(['resolved', 'own'], ({ resolved, own, data }) => {
    const { data: id, seed } = resolved.values;
    if (id === OWN_DATA) {
      asked = OWN_DATA;
      if (data !== own) take(own, own ? null : t('Open images of your own first: files or a folder.'));
      return;
    }
    const wanted = `${id} ${seed}`;
    if (wanted === asked) return;
    asked = wanted;
    shipped.load(String(id), typeof seed === 'number' && Number.isInteger(seed) ? seed : 1).then(
      (loaded) => wanted === asked && take(loaded, null),
      (error: unknown) => wanted === asked && take(null, dataProblem(error)),
    );
  });
}

/** What stands in the form where one's own data are chosen; else whom to thank for those that ship. */
export function dataBar(store: Store<VaeState>, channel: HostChannel, log: (text: string) => void): HTMLElement {
  const credit = h('p', { class: 'data-credit' });
  const said = h('p', { class: 'own-text', role: 'status' });
  const problem = h('p', { class: 'own-problem', role: 'alert' });
  const preview = h('canvas', { class: 'own-preview', width: 1, height: 1, role: 'img', 'aria-label': t('The first images as they are trained on'), hidden: true });
  let source: OwnSource | null = null;
  let [side, colour]: [(typeof SIDES)[number], (typeof COLOURS)[number]] = ['auto', 'auto'];
  let reading: AbortController | null = null;

  const prepare = () => {
    if (!source) return;
    try {
      const { data, preview: first, notes } = prepareOwn(source, 1, { size: side === 'auto' ? null : { width: Number(side), height: Number(side) }, colour });
      store.set({ own: data });
      setText(said, sentences(notes.map((note) => t('{0}.', saidInWords(note)))));
      setText(problem, '');
      paintExamples(preview, first);
      setHidden(preview, false);
    } catch (error) {
      setText(problem, dataProblem(error));
    }
  };
  const open = async (kind: 'files' | 'folder') => {
    reading?.abort();
    const mine = (reading = new AbortController());
    try {
      const opened = await openOwnImages(channel, kind, mine.signal, ({ phase, done, of }) => setText(said, phase === 'reading' ? t('reading {0} of {1} files', done, of) : t('decoding {0} of {1} files', done, of)));
      if (!opened || reading !== mine) return;
      source = opened;
      prepare();
    } catch (error) {
      setText(said, '');
      setText(problem, dataProblem(error));
      log(`own data: ${String(error)}`);
    } finally {
      if (reading === mine) reading = null;
    }
  };
  const files = button({ label: t('Open files…'), appearance: 'secondary', title: t('Images (PNG, JPEG), or an IDX or NPY file of images'), onPress: () => void open('files') });
  const folder = button({ label: t('Open folder…'), appearance: 'secondary', title: t('A folder of images; its sub-folders are their labels'), onPress: () => void open('folder') });
  const sides = select({ id: 'own-side', label: t('Size'), hint: t('Pixels of each side; images are scaled and their middle is taken'), choices: SIDES.map((value) => ({ value, label: value === 'auto' ? t('most common size') : `${value} × ${value}` })), onChange: (value) => { side = value as typeof side; prepare(); } });
  const colours = select({ id: 'own-colour', label: t('Colour'), hint: t('Grey images train faster'), choices: COLOURS.map((value) => ({ value, label: t(value) })), onChange: (value) => { colour = value as typeof colour; prepare(); } });
  sides.set(side);
  colours.set(colour);
  const own = h('div', { class: 'own-bar' }, files.element, folder.element, sides.element, colours.element, said, problem, preview);
  store.on(['resolved', 'data'], ({ resolved, data }) => {
    setHidden(own, resolved.values.data !== OWN_DATA);
    setText(credit, data && data.id !== OWN_DATA ? sentences([t('{0} examples to train on, {1} held out.', grouped(data.train.count), grouped(data.test.count)), data.attribution]) : '');
  });
  return h('div', { class: 'field data-bar' }, own, credit);
}

/** Side by side, pixel for pixel; the style sheet makes them larger. */
export function paintExamples(canvas: HTMLCanvasElement, { image, count, values }: Examples): void {
  if (!image) return;
  const { height, width } = image;
  canvas.width = count * (width + 1);
  canvas.height = height;
  const context = canvas.getContext('2d')!;
  const pixels = context.createImageData(width, height);
  for (let n = 0; n < count; n++) {
    toRgba(values, n, image, pixels.data);
    context.putImageData(pixels, n * (width + 1), 0);
  }
}
