/** MNIST and Fashion-MNIST, out of the four IDX files in which each is published: a part of each ships, the whole sets have the same form. */
import { say } from '../l10n/translate';
import type { Examples, LabelledData } from '../math/examples';
import { DataError } from './dataError';
import { readIdxArray } from './idx';
import { inflateStream, unpacked, type Inflate } from './inflate';

export interface ImageSet {
  id: string;
  title: string;
  labelNames: readonly string[] | null;
  attribution: string;
}

export const FASHION_LABELS = ['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'] as const;

export const SHIPPED = [
  { id: 'mnist', title: 'MNIST', labelNames: null, attribution: 'MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, CC BY-SA 3.0; a part of it.' },
  { id: 'fashion-mnist', title: 'Fashion-MNIST', labelNames: FASHION_LABELS, attribution: 'Fashion-MNIST by Zalando Research, © 2017 Zalando SE, MIT License; a part of it.' },
] as const satisfies readonly ImageSet[];

export type ShippedId = (typeof SHIPPED)[number]['id'];

export const PARTS = ['train-images', 'train-labels', 'test-images', 'test-labels'] as const;
export type Part = (typeof PARTS)[number];

export const shippedFile = (id: string, part: Part): string => `${id}-${part}.idx.gz`;
/** Of all sets. */
export const SHIPPED_FILES: readonly string[] = SHIPPED.flatMap(({ id }) => PARTS.map((part) => shippedFile(id, part)));

/** @param fetchBytes the bytes of one of {@link SHIPPED_FILES}. @throws DataError */
export function loadShipped(id: ShippedId, fetchBytes: (file: string) => Promise<Uint8Array>, inflate: Inflate = inflateStream): Promise<LabelledData> {
  return loadIdxSet(id, (part) => fetchBytes(shippedFile(id, part)), inflate);
}

/** A set out of any four files of its form, packed or not. @throws DataError */
export async function loadIdxSet(id: ShippedId, fetchPart: (part: Part) => Promise<Uint8Array>, inflate: Inflate = inflateStream): Promise<LabelledData> {
  const set = SHIPPED.find((known) => known.id === id);
  if (!set) throw new RangeError(`There is no image set "${id}"; known are ${SHIPPED.map((known) => known.id).join(', ')}.`);
  const arrays = await Promise.all(PARTS.map(async (part) => readIdxArray(await unpacked(await fetchPart(part), shippedFile(id, part), inflate), shippedFile(id, part))));
  const examples = (of: number, labels: number): Examples => {
    const { shape: [count, height, width], data } = arrays[of];
    if (arrays[of].shape.length !== 3) throw new DataError(say('{0}: the array has shape ({1}). Images need (n, height, width), or that with 1, 3 or 4 channels.', shippedFile(id, PARTS[of]), arrays[of].shape.join(', ')));
    if (arrays[labels].data.length !== count) throw new DataError(say('{0} images and {1} labels do not belong together: there must be one label an image.', count, arrays[labels].data.length));
    return { count, size: height * width, image: { height, width, channels: 1 }, values: data, labels: arrays[labels].data };
  };
  return { ...set, train: examples(0, 1), test: examples(2, 3) };
}
