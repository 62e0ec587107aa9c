/**
 * The person's own images: a folder of PNG and JPEG files (sub-folders are labels), or arrays in IDX and NPY files, with or without labels and a
 * part to test on. What a file is, its first bytes tell; IDX files often have no extension.
 */
import { say, type Said } from '../l10n/translate';
import { firstOf, type Examples, type LabelledData } from '../math/examples';
import { DataError } from './dataError';
import { looksLikeIdx, readIdx } from './idx';
import { flattenAlpha, withoutNeedlessColour, type DecodedImage } from './image';
import { inflateStream, isGzip, unpacked, type Inflate } from './inflate';
import { inspectJpeg, looksLikeJpeg, type DecodeJpeg } from './jpeg';
import { looksLikeNpy, readNpyImages } from './npyImages';
import { decodePng, looksLikePng } from './png';
import { MAX_EXAMPLES_BYTES, MAX_SIDE, prepareImages, PREVIEW, usualSize, type PrepareOptions } from './prepare';
import { reduced } from './resample';
import { folderLabels, joinArrays, type ArrayFile } from './ownParts';
import { split } from './split';

export interface OwnFile {
  /** Relative to the folder that was opened, with forward slashes; the name of a single file. */
  path: string;
  bytes: Uint8Array;
}

export interface OwnTools {
  inflate?: Inflate;
  /** Null where JPEG cannot be decoded. */
  decodeJpeg: DecodeJpeg | null;
  signal?: { readonly aborted: boolean };
  progress?: (done: number, of: number) => void;
}

/** Images and labels that belong together. */
export interface OwnPart {
  images: DecodedImage[];
  labels: Uint8Array | null;
}

/** Read, and not yet brought to one size. */
export interface OwnSource {
  name: string;
  train: OwnPart;
  /** Null: a part of the others is held out. */
  test: OwnPart | null;
  labelNames: readonly string[] | null;
  notes: Said[];
}

export interface OwnData {
  data: LabelledData;
  /** The first images as they are trained on. */
  preview: Examples;
  /** What was done to the images, for the person to read; sentences without their full stop. */
  notes: Said[];
}

/** Photographs are reduced to this while they are read: more than any size that can be chosen. */
const KEPT_SIDE = 2 * MAX_SIDE;
const SHOWN = 3;

/** @throws DataError when nothing can be used; files that cannot be read beside others that can are left out, and named in the notes. */
export async function readOwn(name: string, files: readonly OwnFile[], { inflate = inflateStream, decodeJpeg, signal, progress }: OwnTools): Promise<OwnSource> {
  const images: DecodedImage[] = [];
  const arrays: ArrayFile[] = [];
  const problems: Said[] = [];
  const notes: Said[] = [];
  let bytes = 0;
  for (const [done, file] of files.entries()) {
    if (signal?.aborted) throw new DataError(say('Reading of images was stopped.'));
    try {
      const read = await readFile(file, inflate, decodeJpeg);
      if (read.kind === 'image') {
        images.push(read.image);
        bytes += read.image.pixels.length;
      } else arrays.push(read);
      if (read.kind === 'images' && read.unitRange) notes.push(say('{0}: the values lie in 0 to 1, and 1 is white', file.path));
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      problems.push(error.said);
    }
    if (bytes > MAX_EXAMPLES_BYTES) throw new DataError(say('The images need more than {0} MiB of memory ({1} of {2} files were read). Choose fewer images, or scale them down.', MAX_EXAMPLES_BYTES / 1024 / 1024, done + 1, files.length));
    progress?.(done + 1, files.length);
  }
  if (images.length === 0 && arrays.length === 0) throw new DataError(problems[0] ?? say('{0} holds no images. PNG, JPEG, IDX (.gz too) and NPY files can be read.', name));
  // An array that cannot be read was chosen for itself.
  if (images.length === 0 && problems.length > 0) throw new DataError(problems[0]);
  if (problems.length > 0) notes.push(say('{0} of {1} files are left out', problems.length, files.length), ...problems.slice(0, SHOWN));
  if (images.length > 0 && arrays.length > 0) throw new DataError(say('{0} holds images as files and as arrays ({1}). Choose one or the other.', name, arrays[0].path));
  const source = arrays.length > 0 ? joinArrays(arrays) : { ...folderLabels(images, notes), test: null };
  const count = source.train.images.length;
  if (count + (source.test?.images.length ?? 0) < 2 || (source.test && count < 1)) throw new DataError(say('{0} holds one image only: at least two are needed, one to train on and one to test on.', name));
  return { name, notes, ...source };
}

/** One size for all, and a part held out by the seed where the files bring none. @throws DataError */
export function prepareOwn(source: OwnSource, seed: number, options: Omit<PrepareOptions, 'labels'> = {}): OwnData {
  const { name, train, test, labelNames } = source;
  const all = test ? [...train.images, ...test.images] : train.images;
  // Both parts by the same rules, whatever is in them.
  const size = options.size ?? usualSize(train.images);
  const { examples, notes } = prepareImages(all, { ...options, size, labels: test ? null : train.labels });
  const parts = test ? cut(examples, train, test) : split(examples, seed);
  const data: LabelledData = { id: 'own', title: name, ...parts, labelNames, attribution: '' };
  const held = test ? say('{0} images to train on, {1} to test on', data.train.count, data.test.count) : say('{0} images to train on; {1}, chosen by the seed, are held out to test on', data.train.count, data.test.count);
  return { data, preview: firstOf(examples, PREVIEW), notes: [held, ...source.notes, ...notes] };
}

function cut(all: Examples, train: OwnPart, test: OwnPart): { train: Examples; test: Examples } {
  const border = train.images.length;
  const part = (from: number, to: number, { labels }: OwnPart): Examples => ({ ...all, count: to - from, values: all.values.slice(from * all.size, to * all.size), labels });
  return { train: part(0, border, train), test: part(border, all.count, test) };
}

type Read = { kind: 'image'; image: DecodedImage } | ArrayFile;

async function readFile({ path, bytes: packed }: OwnFile, inflate: Inflate, decodeJpeg: DecodeJpeg | null): Promise<Read> {
  if (packed.length === 0) throw new DataError(say('{0} is empty. Save or copy it again.', path));
  const bytes = isGzip(packed) ? await unpacked(packed, path, inflate) : packed;
  const says = (extension: RegExp) => extension.test(path.replace(/\.gz$/i, ''));
  const kept = (image: DecodedImage): Read => ({ kind: 'image', image: withoutNeedlessColour(reduced(image, KEPT_SIDE)) });
  // A file that begins like none of these is read as what its name says, for the message.
  if (looksLikePng(bytes) || says(/\.png$/i)) return kept(await decodePng(bytes, path, inflate));
  if (looksLikeJpeg(bytes) || says(/\.jpe?g$/i)) return kept(await readJpeg(bytes, path, decodeJpeg));
  if (looksLikeNpy(bytes) || says(/\.npy$/i)) return { path, ...readNpyImages(bytes, path) };
  if (looksLikeIdx(bytes) || says(/\.idx\d?$|ubyte$/i)) return { path, ...readIdx(bytes, path) };
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) throw new DataError(say('{0} is an archive (.npz or .zip). Unpack it and choose what is in it.', path));
  throw new DataError(say('{0} begins like no PNG, JPEG, IDX or NPY file, and nothing else can be read. Convert it to PNG.', path));
}

async function readJpeg(bytes: Uint8Array, path: string, decodeJpeg: DecodeJpeg | null): Promise<DecodedImage> {
  inspectJpeg(bytes, path);
  if (!decodeJpeg) throw new DataError(say('{0}: JPEG is read in the panel only. Convert it to PNG.', path));
  try {
    const { width, height, rgba } = await decodeJpeg(bytes);
    return { name: path, width, height, channels: 3, ...flattenAlpha(rgba) };
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(say('{0}: the JPEG file cannot be decoded: somewhere in its {1} bytes it is damaged. Save or copy the image again.', path, bytes.length));
  }
}
