/**
 * Something at rest, as bytes: a safetensors file, so that any tool can look into it, with words beside its numbers and a checksum over both. The browser's storage and
 * the command line keep the same bytes.
 */
import { checksum } from './checksum';
import { readSafetensors, SafetensorsError, writeSafetensors, type NamedTensor } from './safetensors';

/** The bytes are cut, damaged or of another version. */
export class CheckpointError extends Error {
  override name = 'CheckpointError';
}

type About = Readonly<Record<string, string>>;
type Tensors<Name extends string> = Readonly<Record<Name, NamedTensor>>;

/** @param format raise it when the meaning of a part changes: an older file is then refused instead of misread. */
export function seal<Name extends string>(format: string, about: About, tensors: Tensors<Name>): Uint8Array {
  const all = { format, ...about };
  const arrays = Object.values<NamedTensor>(tensors).map(({ data }) => data);
  return writeSafetensors({ tensors, metadata: { ...all, checksum: checksumOf(all, arrays) } });
}

/**
 * @param names of the tensors, in the order in which they were sealed.
 * @throws CheckpointError which says what is wrong with the bytes.
 */
export function unseal<Name extends string>(format: string, bytes: Uint8Array, names: readonly Name[]): { about: About; tensors: Record<Name, Float32Array> } {
  const { tensors, metadata } = read(bytes);
  const { checksum: written, ...about } = metadata;
  if (about.format !== format) throw new CheckpointError(about.format === undefined ? 'it is no checkpoint' : `it is of version ${about.format}, and this program reads version ${format}`);
  if (names.some((name) => !tensors[name])) throw new CheckpointError('a part of it is missing');
  const arrays = names.map((name) => tensors[name].data);
  if (written !== checksumOf(about, arrays)) throw new CheckpointError('its checksum does not fit: it was damaged');
  return { about, tensors: Object.fromEntries(names.map((name, i) => [name, arrays[i]])) as Record<Name, Float32Array> };
}

function read(bytes: Uint8Array) {
  try {
    return readSafetensors(bytes);
  } catch (error) {
    if (error instanceof SafetensorsError) throw new CheckpointError(`it cannot be read (${error.message})`);
    throw error;
  }
}

function checksumOf(about: About, arrays: readonly Float32Array[]): string {
  const text = JSON.stringify(Object.entries(about).sort(([a], [b]) => (a < b ? -1 : 1)));
  const codes = Uint16Array.from(text, (character) => character.charCodeAt(0));
  return [codes, ...arrays].map(checksum).join('-');
}
