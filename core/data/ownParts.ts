/** Which of the person's files belong together: images with their labels, what is trained on with what is tested on. */
import { say, type Said } from '../l10n/translate';
import { DataError } from './dataError';
import type { DecodedImage } from './image';
import type { OwnPart, OwnSource } from './own';

export type ArrayFile = { path: string } & ({ kind: 'images'; images: DecodedImage[]; /** 1 stands for white. */ unitRange?: boolean } | { kind: 'labels'; labels: Uint8Array });

/** As MNIST and most others name their files. */
const IS_TEST = /(?:^|[^a-z])(?:t10k|test|val|valid|validation)(?:[^a-z]|$)/i;
const MAX_LABELS = 256;

/** Of the folder that an image lies in; null for one beside the folders. */
const lastFolder = (path: string): string | null => path.split('/').at(-2) ?? null;

/** At most one file of images and one of labels to train on, and the same to test on. @throws DataError */
export function joinArrays(files: readonly ArrayFile[]): Pick<OwnSource, 'train' | 'test' | 'labelNames'> {
  const part = (test: boolean): OwnPart | null => {
    const of = files.filter(({ path }) => IS_TEST.test(path) === test);
    const images = of.filter((file) => file.kind === 'images');
    const labels = of.filter((file) => file.kind === 'labels');
    for (const same of [images, labels]) if (same.length > 1) throw new DataError(say('{0} and {1} are both arrays of one kind. Choose one file of images, with one of labels, and the same for a test set (with "test" in the name).', same[0].path, same[1].path));
    if (images.length === 0) return null;
    if (labels.length > 0 && labels[0].labels.length !== images[0].images.length) {
      throw new DataError(say('{0} has {1} images and {2} has {3} labels; there must be one label an image.', images[0].path, images[0].images.length, labels[0].path, labels[0].labels.length));
    }
    return { images: images[0].images, labels: labels[0]?.labels ?? null };
  };
  const [train, test] = [part(false), part(true)];
  if (train) return { train, test, labelNames: null };
  if (test) return { train: test, test: null, labelNames: null };
  throw new DataError(say('{0} holds labels only. Choose the file of images with it.', files[0].path));
}

/** Labels from the folders that images lie in, in the order of their names; none where all lie in one. */
export function folderLabels(images: DecodedImage[], notes: Said[]): Pick<OwnSource, 'train' | 'labelNames'> {
  const folders = images.map(({ name }) => lastFolder(name));
  const names = [...new Set(folders)].sort((a, b) => (a ?? '').localeCompare(b ?? '', 'en', { numeric: true }));
  if (names.length < 2 || names.includes(null)) return { train: { images, labels: null }, labelNames: null };
  if (names.length > MAX_LABELS) {
    notes.push(say('{0} sub-folders are more than {1}: they are not taken as labels', names.length, MAX_LABELS));
    return { train: { images, labels: null }, labelNames: null };
  }
  const numbers = new Map(names.map((name, i) => [name, i]));
  return { train: { images, labels: Uint8Array.from(folders, (folder) => numbers.get(folder)!) }, labelNames: names as string[] };
}
