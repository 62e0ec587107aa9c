/** Images of the person's own, as files or as a folder: picked, counted before anything is read, and handed on some at a time. Works on every file system that VS Code knows. */
import * as vscode from 'vscode';
import type { ImageFile } from '../../core/protocol/messages';
import { problemOf } from '../l10n';
import { folderNear } from '../panel/save';

export interface ImageLimits {
  files: number;
  /** Of all files together. */
  bytes: number;
}

export const IMAGE_LIMITS: ImageLimits = { files: 100_000, bytes: 512 * 1024 * 1024 };

/** Files that are handed on at once: about this many bytes, so that neither side holds all of them twice. */
const BATCH_BYTES = 8 * 1024 * 1024;
const BATCH_FILES = 500;
/** Files that are asked for at the same time. */
const AT_ONCE = 16;
/** Folders below the one that was picked. */
const DEEPEST = 8;
const MIB = 1024 * 1024;

/** Of a folder only what may hold images; of picked files all, since IDX files may have any name. */
const IN_FOLDERS = /\.(png|jpe?g|npy|idx\d?)(\.gz)?$|ubyte(\.gz)?$/i;

type Batch = (batch: { files: ImageFile[]; total: number }) => void;

/** Null when the dialog was dismissed, or the reading stopped. Throws, in words for the person, when the images cannot be read. */
export async function openImages(kind: 'files' | 'folder', near: string | null, signal: AbortSignal, send: Batch): Promise<{ name: string; count: number } | null> {
  const defaultUri = folderNear(near === null ? undefined : vscode.Uri.parse(near));
  const picked = await vscode.window.showOpenDialog(kind === 'folder'
    ? { title: vscode.l10n.t('Marginalia: Open a Folder of Images'), canSelectFiles: false, canSelectFolders: true, canSelectMany: false, openLabel: vscode.l10n.t('Open'), defaultUri }
    : {
      title: vscode.l10n.t('Marginalia: Open Images'), canSelectMany: true, openLabel: vscode.l10n.t('Open'), defaultUri,
      // The files of MNIST have no extension.
      filters: { [vscode.l10n.t('Images (PNG, JPEG, IDX, NumPy)')]: ['png', 'jpg', 'jpeg', 'idx', 'gz', 'npy'], [vscode.l10n.t('All files')]: ['*'] },
    });
  if (!picked || picked.length === 0) return null;
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Marginalia: reading images'), cancellable: true }, async (progress, token) => {
    const stopped = () => signal.aborted || token.isCancellationRequested;
    let done = 0;
    return readImages(kind, picked, stopped, (batch) => {
      done += batch.files.length;
      progress.report({ message: vscode.l10n.t('{0} of {1} files', done, batch.total), increment: (100 * batch.files.length) / batch.total });
      send(batch);
    });
  });
}

/** Reads what was picked: several files, or one folder. Null when stopped. */
export async function readImages(kind: 'files' | 'folder', picked: readonly vscode.Uri[], stopped: () => boolean, send: Batch, limits = IMAGE_LIMITS): Promise<{ name: string; count: number } | null> {
  const found = kind === 'folder' ? await filesIn(picked[0], stopped, limits) : picked.map((uri) => ({ uri, path: baseName(uri) }));
  const name = picked.length === 1 ? baseName(picked[0]) : vscode.l10n.t('{0} files', picked.length);
  if (found.length === 0 && !stopped()) throw new Error(vscode.l10n.t('{0} holds no images: PNG, JPEG, IDX and NumPy files are looked for, also in its sub-folders.', name));
  if (found.length > limits.files) throw tooMany(name, limits);
  found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  // `workspace.fs` reads whole files only, so all sizes are asked first.
  let bytes = 0;
  const sizes = await eachOf(found, stopped, async ({ uri, path }) => {
    const { size } = await asked(path, vscode.workspace.fs.stat(uri));
    bytes += size;
    return size;
  });
  if (!sizes) return null;
  if (bytes > limits.bytes) throw new Error(vscode.l10n.t('{0} holds {1} MiB of images; at most {2} MiB are read. Choose fewer images, or scale them down.', name, Math.ceil(bytes / MIB), limits.bytes / MIB));
  for (let from = 0; from < found.length; ) {
    let to = from;
    for (let sum = 0; to < found.length && to - from < BATCH_FILES && (to === from || sum + sizes[to] <= BATCH_BYTES); to++) sum += sizes[to];
    // Of a file on disk this is Node's Buffer, which VS Code would send to a webview as JSON.
    const files = await eachOf(found.slice(from, to), stopped, async ({ uri, path }) => ({ path, bytes: Uint8Array.from(await asked(path, vscode.workspace.fs.readFile(uri))) }));
    if (!files) return null;
    send({ files, total: found.length });
    from = to;
  }
  return { name, count: found.length };
}

const tooMany = (name: string, limits: ImageLimits): Error => new Error(vscode.l10n.t('{0} holds more than {1} images; that many are read at most. Choose a part of them.', name, limits.files));

interface Found {
  uri: vscode.Uri;
  path: string;
}

/** Links to folders are not followed: they may lead in a circle. Names that begin with a point are not looked at. */
async function filesIn(folder: vscode.Uri, stopped: () => boolean, limits: ImageLimits): Promise<Found[]> {
  const found: Found[] = [];
  const walk = async (uri: vscode.Uri, path: string, depth: number): Promise<void> => {
    if (stopped() || depth > DEEPEST) return;
    for (const [name, type] of await asked(path || baseName(uri), vscode.workspace.fs.readDirectory(uri))) {
      if (name.startsWith('.')) continue;
      const inside = { uri: vscode.Uri.joinPath(uri, name), path: path === '' ? name : `${path}/${name}` };
      if (type === vscode.FileType.Directory) await walk(inside.uri, inside.path, depth + 1);
      else if ((type & vscode.FileType.File) !== 0 && IN_FOLDERS.test(name)) found.push(inside);
      if (found.length > limits.files) throw tooMany(baseName(folder), limits);
    }
  };
  await walk(folder, '', 0);
  return found;
}

/** Some at a time, results in order; null when stopped. */
async function eachOf<T, R>(items: readonly T[], stopped: () => boolean, act: (item: T) => Promise<R>): Promise<R[] | null> {
  const results = new Array<R>(items.length);
  let next = 0;
  const take = async () => {
    while (next < items.length && !stopped()) {
      const i = next++;
      results[i] = await act(items[i]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
  return stopped() ? null : results;
}

async function asked<R>(path: string, answer: Thenable<R>): Promise<R> {
  try {
    return await answer;
  } catch (error) {
    throw new Error(vscode.l10n.t('{0} cannot be read: {1}', path, problemOf(error)), { cause: error });
  }
}

const baseName = (uri: vscode.Uri): string => uri.path.split('/').pop() ?? uri.path;
