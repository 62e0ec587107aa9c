/** Images that a person picks, through the file systems of the editor: what is found, in which order, and what is not read. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { IMAGE_LIMITS, readImages } from '../../extension/runs/images';
import type { ImageFile } from '../../core/protocol/messages';

const root = () => vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, 'images-of-a-test');
const at = (path: string) => vscode.Uri.joinPath(root(), ...path.split('/'));
const bytesOf = (path: string) => new TextEncoder().encode(`bytes of ${path}`);
const never = () => false;

async function gathered(kind: 'files' | 'folder', picked: vscode.Uri[], stopped = never, limits = IMAGE_LIMITS) {
  const batches: { files: ImageFile[]; total: number }[] = [];
  const result = await readImages(kind, picked, stopped, (batch) => batches.push(batch), limits);
  return { result, batches, files: batches.flatMap(({ files }) => files) };
}

describe('images that are picked', function () {
  this.timeout(60_000);
  const inside = ['0/a.png', '0/b.JPG', '1/deep/c.jpeg', 'd.npy', 'e.idx', 'train-images-idx3-ubyte', 't10k-labels-idx1-ubyte.gz'];
  const beside = ['notes.txt', '.hidden/f.png', '1/.g.png'];

  before(async () => {
    for (const path of [...inside, ...beside]) await vscode.workspace.fs.writeFile(at(path), bytesOf(path));
  });
  after(() => vscode.workspace.fs.delete(root(), { recursive: true }));

  it('of a folder all that may be images, by their paths', async () => {
    const { result, files } = await gathered('folder', [root()]);
    assert.deepEqual(result, { name: 'images-of-a-test', count: inside.length });
    assert.deepEqual(files.map(({ path }) => path), [...inside].sort());
    for (const { path, bytes } of files) {
      assert.equal(new TextDecoder().decode(bytes), `bytes of ${path}`);
      // VS Code hands Uint8Arrays to a page as they are, and Node's buffers as lists of numbers.
      assert.equal(bytes.constructor.name, 'Uint8Array');
    }
  });

  it('of files those that were picked, whatever they are called', async () => {
    assert.deepEqual((await gathered('files', [at('notes.txt')])).result, { name: 'notes.txt', count: 1 });
    const { result, files } = await gathered('files', [at('e.idx'), at('0/a.png')]);
    assert.equal(result?.name, '2 files');
    assert.deepEqual(files.map(({ path }) => path), ['a.png', 'e.idx']);
  });

  it('large ones come some at a time', async () => {
    const large = ['0/large1.png', '0/large2.png', '0/large3.png'];
    for (const path of large) await vscode.workspace.fs.writeFile(at(path), new Uint8Array(5 * 1024 * 1024));
    const { batches, files } = await gathered('folder', [at('0')]);
    assert.deepEqual(batches.map(({ total }) => total), [5, 5, 5]);
    assert.deepEqual(files.map(({ bytes }) => bytes.length > 1e6), [false, false, true, true, true]);
    for (const path of large) await vscode.workspace.fs.delete(at(path));
  });

  it('too many, too large, none and absent ones are refused before anything is read', async () => {
    const refused = async (kind: 'files' | 'folder', uri: vscode.Uri, message: RegExp, limits = IMAGE_LIMITS) => {
      let sent = 0;
      await assert.rejects(readImages(kind, [uri], never, () => sent++, limits), message);
      assert.equal(sent, 0);
    };
    await refused('folder', root(), /holds more than 3 images/, { ...IMAGE_LIMITS, files: 3 });
    await refused('folder', root(), /holds 1 MiB of images; at most 0\.00\d+ MiB are read/, { ...IMAGE_LIMITS, bytes: 100 });
    await vscode.workspace.fs.createDirectory(at('empty'));
    await refused('folder', at('empty'), /empty holds no images/);
    await refused('files', at('absent.png'), /absent\.png cannot be read/);
    await refused('folder', at('absent'), /absent cannot be read/);
  });

  it('stops when it is asked to', async () => {
    let asked = 0;
    const { result, files } = await gathered('folder', [root()], () => ++asked > 3);
    assert.deepEqual([result, files.length], [null, 0]);
  });
});
