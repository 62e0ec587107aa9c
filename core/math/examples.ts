/** Examples that a model of images or points is trained on. */
import { checksum } from './checksum';

export interface ImageShape {
  height: number;
  width: number;
  /** 1: grey; 3: red, green, blue, channels last. */
  channels: number;
}

export interface Examples {
  count: number;
  /** Numbers an example: height · width · channels of an image, 2 of a point. */
  size: number;
  /** Null for points. */
  image: ImageShape | null;
  /** [count, size]: pixels as bytes, 0 … 255, which stand for 0 … 1; points as floats. */
  values: Uint8Array | Float32Array;
  /** One a example; null where none are known. */
  labels: Uint8Array | null;
}

export interface LabelledData {
  id: string;
  title: string;
  train: Examples;
  /** Held out; never trained on. */
  test: Examples;
  /** By label; null where the numbers say it all. */
  labelNames: readonly string[] | null;
  /** Whom to thank, and the licence; shown beside the data. Empty for the person's own. */
  attribution: string;
}

/** The first of them, over the same memory. */
export function firstOf(examples: Examples, most: number): Examples {
  const count = Math.min(most, examples.count);
  return { ...examples, count, values: examples.values.subarray(0, count * examples.size), labels: examples.labels && examples.labels.subarray(0, count) };
}

const keys = new WeakMap<Examples, string>();

/** Tells examples apart by their number and all that they hold; computed once. */
export function examplesKey(examples: Examples): string {
  let key = keys.get(examples);
  if (key === undefined) keys.set(examples, (key = `${examples.count} ${checksum(examples.values)}`));
  return key;
}
