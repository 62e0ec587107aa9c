/** Size and channels of the images that a model is made for: by names, else by the shapes that the file writes down. */
import type { Expr } from '../../parse/ast';
import { agreed, underName, type Told } from '../training/agree';
import { argumentOf, plain, type CallSite } from '../training/survey';
import type { FileView, Place, Settings } from './family';
import { isConvolution, sitesOf } from './latent/layers';
import { count, readNamed, type NamedRule } from './named';

/** All pixels of a small image are no side of one. */
const SIDES = (x: unknown): boolean => count(8192)(x) && x !== 784 && x !== 3072;
const SIZE: NamedRule = { key: 'imageSize', names: ['imagesize', 'imgsize', 'imageresolution', 'imsize', 'imgsz', 'imagedim', 'imgdim', 'imgres', 'imageside', 'imagewidth', 'imgwidth', 'imageheight', 'imgheight', 'imgrows', 'imgcols', 'imagerows', 'imagecols'], fits: SIDES };
const CHANNELS: NamedRule = { key: 'channels', names: ['imagechannels', 'imgchannels', 'numchannels', 'nchannels', 'colorchannels', 'nc', 'numinputchannels', 'imgchns', 'imgchan', 'imchan', 'imgch'], fits: count(64) };
/** Where a shape is given: `Input(shape=(28, 28, 1))`, `input_shape=…`; where images are cut to a size: `Resize(64)`, `CenterCrop((64, 64))`. */
const SHAPES = /^(shape|(\w+_)?(input|image|img|data|sample)_?shape|batch_input_shape|batchInputShape|target_shape|targetShape)$/i;
const RESIZERS = /^(Resize|CenterCrop|RandomCrop|resize|RandomResizedCrop|resizeBilinear|resizeNearestNeighbor)$/;
const NO_TRAINING = /sampl|eval|test|valid|plot|visual|fid|kid|incept|metric/i;
/** Whole batches whose shape is written out: `x.view(-1, 1, 28, 28)`, `torch.randn(n, 3, 32, 32)`, `tf.zeros([n, 28, 28, 1])`. */
const BATCHES = /^(view|reshape|randn|normal|randomNormal|random_normal|zeros|ones|rand|standard_normal|empty)$/;
type Image = { size: Told<number>; channels: Told<number> };

export function readImages(view: FileView, place: Place, foreign?: RegExp): Settings {
  const shape = shapeOf(view);
  const size = readNamed(view, place, SIZE, foreign) ?? pairOf(view) ?? shape.size ?? resized(view) ?? batchShape(view)?.size;
  const channels = readNamed(view, place, CHANNELS, foreign) ?? shape.channels ?? batchShape(view)?.channels ?? convolved(view, place, foreign);
  return { ...(size && { imageSize: size }), ...(channels && { channels }) };
}

/** `image_size = (28, 28)`. */
function pairOf(view: FileView): Told<number> | undefined {
  return agreed(view.survey.settings.flatMap((s) => {
    if (!SIZE.names.includes(plain(s.name)) || s.value.kind !== 'sequence' || s.value.items.length < 2 || s.definitions.some((d) => NO_TRAINING.test(d.name))) return [];
    const [a, b] = s.value.items.map((e) => view.constants.told(e, s.name));
    return a && b && a.value === b.value && SIDES(a.value) ? [a] : [];
  }));
}

/** The side of square images of one channel that are read as rows of `pixels` numbers, where the file writes them as a square: `28 * 28`, `SIDE ** 2`. */
export function sideOf(view: FileView, pixels: Told<unknown> | undefined): Told<number> | undefined {
  if (typeof pixels?.value !== 'number') return undefined;
  for (const s of view.survey.settings) { const told = rootOf(view, s.value, pixels.value); if (told) return told; }
  for (const s of view.survey.calls) for (const a of s.call.args) for (const e of a.value.kind === 'sequence' ? a.value.items : [a.value]) {
    const told = rootOf(view, e, pixels.value);
    if (told) return told;
  }
  return undefined;
}

function rootOf(view: FileView, e: Expr, pixels: number): Told<number> | undefined {
  if (e.kind !== 'binary' || (e.op !== '*' && e.op !== '**')) return undefined;
  const [a, b] = [view.constants.number(e.left), view.constants.number(e.right)];
  if (!a || !b || a.value < 8 || (e.op === '*' ? a.value !== b.value : b.value !== 2) || a.value ** 2 !== pixels) return undefined;
  return { value: a.value, source: underName(a.source, 'pixels') };
}

/** The one square shape of three that is written: height, width, channels, or channels first. */
function shapeOf(view: FileView): Partial<Image> {
  const seen = new Map<string, Image>();
  for (const s of view.survey.settings) {
    if (!SHAPES.test(s.name) || s.definitions.some((d) => NO_TRAINING.test(d.name))) continue;
    const found = s.value.kind === 'sequence' ? squareOf(view, s.value.items, s.name) : null;
    if (found) seen.set(`${found.size.value}×${found.channels.value}`, found);
  }
  const [only] = seen.values();
  // Inner layers have shapes too: more channels than an image has.
  return seen.size === 1 ? only : {};
}

/** The one shape of grey or coloured pictures that batches are given. */
function batchShape(view: FileView): Image | undefined {
  const seen = new Map<string, Image>();
  for (const s of view.survey.calls) {
    if (!BATCHES.test(s.name)) continue;
    const plain = s.call.args.filter((a) => !a.name && a.star === 0).map((a) => a.value);
    const items = plain.find((a) => a.kind === 'sequence' && a.items.length === 4) ?? s.call.args.find((a) => /^(shape|size)$/.test(a.name ?? ''))?.value;
    const shape = items?.kind === 'sequence' ? items.items : plain;
    const found = shape.length === 4 ? squareOf(view, shape.slice(1), 'shape') : null;
    if (found && found.size.value >= 16 && (found.channels.value === 1 || found.channels.value === 3)) seen.set(`${found.size.value}×${found.channels.value}`, found);
  }
  const [only] = seen.values();
  return seen.size === 1 ? only : undefined;
}

function squareOf(view: FileView, items: readonly Expr[], name: string): Image | null {
  if (items.length !== 3) return null;
  const told = items.map((item) => view.constants.told(item, name));
  if (told.some((t) => t === null)) return null;
  const [a, b, c] = told as Told<number>[];
  const image = (side: Told<number>, other: Told<number>, depth: Told<number>) => (side.value === other.value && side.value >= 4 && SIDES(side.value) && [1, 2, 3, 4].includes(depth.value) ? { size: side, channels: depth } : null);
  return image(a, b, c) ?? image(b, c, a);
}

/** Channels that the first convolution takes and the last one gives back: those of grey or coloured pictures; diffusers' networks say them. */
function convolved(view: FileView, place: Place, foreign?: RegExp): Told<number> | undefined {
  const told = (s: CallSite, position: number, keyword: string): Told<number> | undefined => {
    const c = view.constants.number(argumentOf(s.call, position, keyword));
    return c && (c.value === 1 || c.value === 3) ? { value: c.value, source: underName(c.source, keyword) } : undefined;
  };
  const network = view.survey.calls.filter((s) => s.name === 'UNet2DModel' && s.path.startsWith('diffusers'));
  if (network.length === 1) return told(network[0], -1, 'in_channels');
  const sites = sitesOf(view, place, foreign).filter((s) => isConvolution(s) && /^(Conv|ConvTranspose)\dd$/.test(s.name));
  if (sites.length < 2) return undefined;
  const [first, last] = [told(sites[0], 0, 'in_channels'), told(sites[sites.length - 1], 1, 'out_channels')];
  return first && first.value === last?.value ? first : undefined;
}

function resized(view: FileView): Told<number> | undefined {
  const sizes: Told<number>[] = [];
  for (const s of view.survey.calls) {
    if (!RESIZERS.test(s.name) || (s.name === 'resize' && s.call.args.length > 3) || s.definitions.some((d) => NO_TRAINING.test(d.name))) continue;
    const first = argumentOf(s.call, s.name === 'resize' && !s.path.startsWith('.') ? 1 : 0, 'size');
    const side = first?.kind === 'sequence' ? first.items[0] : first;
    const c = view.constants.number(side);
    if (c && SIDES(c.value)) sizes.push({ value: c.value, source: underName(c.source, s.name) });
  }
  const [first] = sizes;
  return first && sizes.every((t) => t.value === first.value) ? first : undefined;
}
