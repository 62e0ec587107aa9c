/** Images for the VAE in the page: those that ship, and the person's own out of the editor. */
import { DataError } from '../../../core/data/dataError';
import type { DecodeJpeg } from '../../../core/data/jpeg';
import { readOwn, type OwnFile, type OwnSource } from '../../../core/data/own';
import { pointData } from '../../../core/data/pointData';
import { loadShipped, type ShippedId } from '../../../core/data/shipped';
import type { Said } from '../../../core/l10n/translate';
import { datasetOf, isDatasetId } from '../../../core/math/datasets';
import type { LabelledData } from '../../../core/math/examples';
import type { HostMethods, PageAssets } from '../../../core/protocol/messages';
import type { HostChannel } from '../host';
import { fetchBytes } from '../compute/files';
import { t } from '../words';

type Batch = HostMethods['openImages']['event'];

/** What ships is fetched once, and again after a failure. */
export class ShippedData {
  private readonly loaded = new Map<string, Promise<LabelledData>>();

  constructor(private readonly assets: Pick<PageAssets, 'images'>) {}

  /** @param id of IMAGE_SETS or POINT_SETS. @param seed of the draw of points. */
  load(id: string, seed: number): Promise<LabelledData> {
    if (isDatasetId(id)) return Promise.resolve(pointData(datasetOf(id).id, seed));
    let data = this.loaded.get(id);
    if (!data) {
      data = loadShipped(id as ShippedId, (file) => fetchBytes(this.assets.images[file]));
      data.catch(() => this.loaded.delete(id));
      this.loaded.set(id, data);
    }
    return data;
  }
}

/** By the browser's own decoder, turned as the camera was held. */
export const decodeJpeg: DecodeJpeg = async (bytes) => {
  const bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)], { type: 'image/jpeg' }), { colorSpaceConversion: 'none' });
  try {
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true });
    // Whoever asked says which file it was.
    if (!context) throw new TypeError();
    context.drawImage(bitmap, 0, 0);
    const { width, height, data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    return { width, height, rgba: new Uint8Array(data.buffer) };
  } finally {
    bitmap.close();
  }
};

export interface OpeningProgress {
  phase: 'reading' | 'decoding';
  done: number;
  of: number;
}

/**
 * Asks for the person's own images and reads them; null when they dismissed the dialog or stopped. Make them one size, as often as wanted, with `prepareOwn` of core/data/own.ts.
 * @throws DataError, or what the host says in words already.
 */
export async function openOwnImages(channel: Pick<HostChannel, 'call'>, kind: 'files' | 'folder', signal?: AbortSignal, progress: (state: OpeningProgress) => void = () => {}): Promise<OwnSource | null> {
  const files: OwnFile[] = [];
  const picked = await channel.call('openImages', { kind }, {
    signal,
    onEvent: (batch: Batch) => {
      files.push(...batch.files);
      progress({ phase: 'reading', done: files.length, of: batch.total });
    },
  });
  if (!picked) return null;
  try {
    return await readOwn(picked.name, files, { decodeJpeg, signal, progress: (done, of) => progress({ phase: 'decoding', done, of }) });
  } catch (error) {
    if (signal?.aborted) return null;
    throw error;
  }
}

/** In the language of the page. */
export const saidInWords = (said: Said): string => said.in(t);

/** What went wrong with data, in the language of the page. */
export function dataProblem(error: unknown): string {
  if (error instanceof DataError) return saidInWords(error.said);
  return error instanceof Error ? error.message : String(error);
}
