/** Size and channels of the images that a model is made for: by names, else by the shapes that the file writes down. */
import type { Expr } from '../../parse/ast';
import type { Told } from '../training/agree';
import { argumentOf } from '../training/survey';
import type { FileView, Place, Settings } from './family';
import { count, readNamed, type NamedRule } from './named';

const SIDES = count(8192);
const SIZE: NamedRule = { key: 'imageSize', names: ['imagesize', 'imgsize', 'imageresolution', 'imsize', 'imgsz', 'imagedim', 'imgdim', 'imgres', 'imageside', 'imagewidth', 'imgwidth', 'imageheight', 'imgheight'], fits: SIDES };
const CHANNELS: NamedRule = { key: 'channels', names: ['imagechannels', 'imgchannels', 'numchannels', 'nchannels', 'colorchannels', 'nc', 'numinputchannels'], fits: count(64) };
/** Where a shape is given: `Input(shape=(28, 28, 1))`, `input_shape=…`; where images are cut to a size: `Resize(64)`, `CenterCrop((64, 64))`. */
const SHAPES = /^(shape|input_?shape|image_?shape|img_?shape|batch_input_shape|batchInputShape|target_shape|targetShape)$/i;
const RESIZERS = /^(Resize|CenterCrop|RandomCrop|resize|RandomResizedCrop|resizeBilinear|resizeNearestNeighbor)$/;
const NO_TRAINING = /sampl|eval|test|valid|plot|visual|fid|kid|incept|metric/i;

export function readImages(view: FileView, place: Place, foreign?: RegExp): Settings {
  const shape = shapeOf(view);
  const size = readNamed(view, place, SIZE, foreign) ?? shape.size ?? resized(view);
  const channels = readNamed(view, place, CHANNELS, foreign) ?? shape.channels;
  return { ...(size && { imageSize: size }), ...(channels && { channels }) };
}

/** The one square shape of three that is written: height, width, channels, or channels first. */
function shapeOf(view: FileView): { size?: Told<number>; channels?: Told<number> } {
  const seen = new Map<string, { size: Told<number>; channels: Told<number> }>();
  for (const s of view.survey.settings) {
    if (!SHAPES.test(s.name) || s.definitions.some((d) => NO_TRAINING.test(d.name))) continue;
    const found = squareOf(view, s.value, s.name);
    if (found) seen.set(`${found.size.value}×${found.channels.value}`, found);
  }
  const [only] = seen.values();
  // Inner layers have shapes too: more channels than an image has.
  return seen.size === 1 ? only : {};
}

function squareOf(view: FileView, e: Expr, name: string): { size: Told<number>; channels: Told<number> } | null {
  if (e.kind !== 'sequence' || e.items.length !== 3) return null;
  const told = e.items.map((item): Told<number> | null => {
    const c = view.constants.number(item);
    return c && { value: c.value, source: c.source.name ? c.source : { ...c.source, name } };
  });
  if (told.some((t) => t === null)) return null;
  const [a, b, c] = told as Told<number>[];
  const image = (side: Told<number>, other: Told<number>, depth: Told<number>) => (side.value === other.value && side.value >= 4 && SIDES(side.value) && [1, 2, 3, 4].includes(depth.value) ? { size: side, channels: depth } : null);
  return image(a, b, c) ?? image(b, c, a);
}

function resized(view: FileView): Told<number> | undefined {
  const sizes: Told<number>[] = [];
  for (const s of view.survey.calls) {
    if (!RESIZERS.test(s.name) || s.definitions.some((d) => NO_TRAINING.test(d.name))) continue;
    const first = argumentOf(s.call, s.name === 'resize' && !s.path.startsWith('.') ? 1 : 0, 'size');
    const side = first?.kind === 'sequence' ? first.items[0] : first;
    const c = view.constants.number(side);
    if (c && SIDES(c.value)) sizes.push({ value: c.value, source: c.source.name ? c.source : { ...c.source, name: s.name } });
  }
  const [first] = sizes;
  return first && sizes.every((t) => t.value === first.value) ? first : undefined;
}
