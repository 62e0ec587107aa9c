/** Unpacking of gzip and of zlib's deflate, by what browsers, workers and Node all have. */
import { say } from '../l10n/translate';
import { DataError } from './dataError';

/** Rejects with {@link TooLong} beyond `limit` bytes, and with any other error for damaged or cut data. */
export type Inflate = (bytes: Uint8Array, format: 'gzip' | 'deflate', limit: number) => Promise<Uint8Array>;

export class TooLong extends Error {
  override name = 'TooLong';
}

/** What one packed file may become: the full MNIST is 47 MB. */
export const MAX_UNPACKED = 1024 * 1024 * 1024;

export const inflateStream: Inflate = async (bytes, format, limit) => {
  const stream = new DecompressionStream(format);
  const writer = stream.writable.getWriter();
  // What goes wrong while writing shows itself while reading, too; nobody waits for these two.
  writer.write(bytes as Uint8Array<ArrayBuffer>).catch(() => {});
  writer.close().catch(() => {});
  const reader = stream.readable.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > limit) {
      reader.cancel().catch(() => {});
      throw new TooLong(`More than ${limit} bytes.`);
    }
    chunks.push(part.value);
  }
  if (chunks.length === 1) return chunks[0];
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
};

export const isGzip = (bytes: Uint8Array): boolean => bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The bytes themselves, or what a gzip file holds. @throws DataError */
export async function unpacked(bytes: Uint8Array, file: string, inflate: Inflate, limit = MAX_UNPACKED): Promise<Uint8Array> {
  if (!isGzip(bytes)) return bytes;
  try {
    return await inflate(bytes, 'gzip', limit);
  } catch (error) {
    if (error instanceof TooLong) throw new DataError(say('{0}: unpacks to more than {1} MiB. Keep fewer images in the file.', file, Math.floor(limit / 1024 / 1024)));
    throw new DataError(say('{0}: the gzip file is cut or damaged somewhere in its {1} bytes. Download or pack it again.', file, bytes.length));
  }
}
