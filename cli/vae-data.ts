/** Examples for a VAE: a set that ships, the whole of it, a set of points, or files of one's own. */
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { DataError } from '../core/data/dataError';
import { prepareOwn, readOwn, type OwnFile } from '../core/data/own';
import { pointData } from '../core/data/pointData';
import { loadIdxSet, loadShipped, SHIPPED, type Part, type ShippedId } from '../core/data/shipped';
import { split } from '../core/data/split';
import { inEnglish } from '../core/l10n/translate';
import { datasetOf } from '../core/math/datasets';
import type { LabelledData } from '../core/math/examples';
import { PointsError, readPoints } from '../core/math/points';
import { OWN_DATA, type VaeSettings } from '../webview/experiments/vae/manifest';
import { UsageError } from './usage';
import { isPointSet } from './vae-options';

export interface GivenData {
  id: VaeSettings['data'];
  data: LabelledData;
}

/** As each set is published. */
const PUBLISHED: Record<Part, string> = { 'train-images': 'train-images-idx3-ubyte', 'train-labels': 'train-labels-idx1-ubyte', 'test-images': 't10k-images-idx3-ubyte', 'test-labels': 't10k-labels-idx1-ubyte' };

const say = (sentence: string) => { process.stderr.write(`data: ${sentence}\n`); };

/**
 * @param full a folder with the four IDX files of the whole set, packed or not.
 * @throws UsageError which says what is wrong, and where.
 */
export async function vaeDataFrom(name: string, full: string | undefined, seed: number): Promise<GivenData> {
  const shipped = SHIPPED.find(({ id }) => id === name);
  if (full !== undefined && !shipped) throw new UsageError(`--full is the folder of a whole ${SHIPPED.map(({ id }) => id).join(' or ')}; "${name}" is read as it is.`);
  try {
    if (shipped) return { id: shipped.id, data: await imageSet(shipped.id, full) };
    if (isPointSet(name)) return { id: name as VaeSettings['data'], data: pointData(datasetOf(name).id, seed) };
    return { id: OWN_DATA, data: await own(name, seed) };
  } catch (error) {
    if (error instanceof DataError || error instanceof PointsError) throw new UsageError(error.message);
    if (error instanceof UsageError) throw error;
    throw new UsageError(`The data cannot be read: ${(error as Error).message}`);
  }
}

async function imageSet(id: ShippedId, full: string | undefined): Promise<LabelledData> {
  if (full === undefined) return loadShipped(id, (file) => readFile(path.join(__dirname, 'webview/images', file)));
  return loadIdxSet(id, (part) => {
    const file = ['', '.gz'].map((end) => path.join(full, PUBLISHED[part] + end)).find(existsSync);
    if (!file) throw new UsageError(`${path.join(full, PUBLISHED[part])} is not there, packed or not; --full wants the folder with the four files of ${id}.`);
    return readFile(file);
  });
}

async function own(name: string, seed: number): Promise<LabelledData> {
  const about = await stat(name).catch(() => null);
  if (!about) throw new UsageError(`"${name}" is neither a set of that name nor a file or folder; sets are ${SHIPPED.map(({ id }) => id).join(', ')}, moons, swiss-roll, …`);
  if (!about.isDirectory() && /\.(?:csv|tsv|txt)$/i.test(name)) return points(name, seed);
  const files = about.isDirectory() ? await filesIn(name) : [{ path: path.basename(name), bytes: await readFile(name) }];
  const { data, notes } = prepareOwn(await readOwn(path.basename(path.resolve(name)), files, { decodeJpeg: null }), seed);
  for (const note of notes) say(note.in(inEnglish));
  return data;
}

async function points(file: string, seed: number): Promise<LabelledData> {
  const { points: values, rows, notes } = readPoints(await readFile(file), path.basename(file));
  if (rows < 2) throw new UsageError(`${file} holds one point only: at least two are needed, one to train on and one to test on.`);
  for (const note of [`${rows} points of ${path.basename(file)}, standardised per axis`, ...notes]) say(note);
  return { id: OWN_DATA, title: path.basename(file), ...split({ count: rows, size: 2, image: null, values, labels: null }, seed), labelNames: null, attribution: '' };
}

/** Hidden ones are passed over. */
async function filesIn(folder: string): Promise<OwnFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))).filter((name) => !/(?:^|[\\/])\./.test(name)).sort();
  const files: OwnFile[] = [];
  for (const name of names) files.push({ path: name.split(path.sep).join('/'), bytes: await readFile(path.join(folder, name)) });
  return files;
}
