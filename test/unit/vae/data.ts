/** Small data that are drawn from a seed. */
import type { Examples, ImageShape, LabelledData } from '../../../core/math/examples';
import { createRandom } from '../../../core/math/random';

/** Images of a bright bar that stands somewhere, with a little noise: something to learn. */
export function bars(count: number, image: ImageShape, seed = 5): Examples {
  const { height, width, channels } = image;
  const size = height * width * channels;
  const random = createRandom(seed);
  const at = random.uniform('at', 0, count);
  const noise = random.uniform('noise', 0, count * size);
  const values = Uint8Array.from({ length: count * size }, (_, i) => {
    const x = Math.floor((i % size) / channels) % width;
    return Math.floor(60 * noise[i]) + (x === Math.floor(at[Math.floor(i / size)] * width) ? 180 : 0);
  });
  return { count, size, image, values, labels: null };
}

export function points(count: number, seed = 5): Examples {
  return { count, size: 2, image: null, values: createRandom(seed).normals('points', 0, 2 * count), labels: null };
}

export const labelled = (train: Examples): LabelledData => ({ id: 'own', title: 'own', train, test: train, labelNames: null, attribution: '' });
