import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { decodeRecord, encodePoints, encodeRecord, recordToJson, type RunRecord } from '../../core/protocol/record';
import type { MarginaliaApi } from '../../extension/main';
import { MAX_BYTES, readBounded, readRunFile } from '../../extension/runs/files';
import { lensesOf, marginalia, model, poll, showPython, snapshotWhen } from './support';

const record: RunRecord = {
  format: 'marginalia-run', version: 1, kind: 'sample', settings: { data: 'gaussians8', schedule: 'cosine', T: 23, steps: 23, seed: 5, points: 300 },
  device: 'auto', trainedSteps: 0, points: null, model: null,
};

describe('runs that are repeated', () => {
  let api: MarginaliaApi;
  before(async () => { api = await marginalia(); });
  beforeEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await poll('no panel', () => (api.panels().length === 0 ? true : undefined));
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const repeated = (T: number) => snapshotWhen(api, ({ state, settings }) => state === 'finished' && settings.T === T, 'the repeated run', 90_000);

  it('the last one, in the panel of its file', async function () {
    this.timeout(120_000);
    const { document } = await showPython(model(60));
    const uri = document.uri.toString();
    // A name that the class had before an edit.
    await api.remember({ ...record, model: { uri, name: 'Before', line: 1 } });
    await vscode.commands.executeCommand('marginalia.runLast');
    const { settings, points } = await repeated(23);
    assert.equal(settings.seed, 5);
    assert.equal(settings.data, 'gaussians8');
    assert.equal(points.length, 600);
    assert.deepEqual(api.panels().map((panel) => panel.uri), [uri]);
  });

  it('the last one, in an empty playground when its file is gone', async function () {
    this.timeout(120_000);
    // So many own points are kept in a file, not in the editor's database.
    const points = { name: 'many.csv', base64: encodePoints(Float32Array.from({ length: 100_000 }, (_, i) => Math.sin(i))) };
    await api.remember({ ...record, settings: { ...record.settings, T: 24, steps: 24 }, points, model: { uri: 'untitled:Gone-7', name: 'DDPM', line: 3 } });
    await vscode.commands.executeCommand('marginalia.runLast');
    await repeated(24);
    assert.deepEqual(api.panels().map((panel) => panel.uri), [null]);
  });

  it('one from a link, after a question that says what will run', async function () {
    this.timeout(120_000);
    const link = vscode.Uri.parse(await api.linkFor(record));
    let asked = '';
    const no = await api.openLink(asLink(link), async (question) => {
      asked = question;
      return false;
    });
    assert.equal(no, false);
    assert.equal(asked, 'Sample 300 points of eight gaussians from DDPM in 23 steps?');
    assert.equal(api.panels().length, 0, 'a refused link opens nothing');
    assert.equal(await api.openLink(asLink(link), async () => true), true);
    await repeated(23);
  });

  it('a link never opens a file from outside', async function () {
    this.timeout(120_000);
    const foreign = await encodeRecord({ ...record, model: { uri: 'file://elsewhere.invalid/share/model.py', name: 'DDPM', line: 1 } });
    await api.openLink(vscode.Uri.parse(`vscode://marginalia.marginalia/run?r=${foreign}`), async () => true);
    await repeated(23);
    assert.deepEqual(api.panels().map((panel) => panel.uri), [null]);
  });

  it('a link to a model of the workspace opens its panel, and names no machine', async function () {
    this.timeout(120_000);
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, 'ddpm_moons.py').toString();
    const link = await api.linkFor({ ...record, model: { uri, name: 'DDPM', line: 14 } });
    const sent = await decodeRecord(new URLSearchParams(asLink(vscode.Uri.parse(link)).query).get('r') ?? '');
    assert.deepEqual(sent.model, { uri: 'ddpm_moons.py', name: 'DDPM', line: 14 });
    let detail = '';
    await api.openLink(asLink(vscode.Uri.parse(link)), async (_, text) => {
      detail = text;
      return true;
    });
    assert.match(detail, /for DDPM of ddpm_moons\.py/);
    await repeated(23);
    assert.deepEqual(api.panels().map((panel) => panel.uri), [uri]);
  });

  for (const [what, text, message] of [
    ['nothing in it', 'run', /holds no run/],
    ['a cut run', 'run?r=q1YqSy0qzszPU7JSMlDSUUrOzy0oSi', /cannot be unpacked|not JSON/],
    ['another path', 'format-disk?r=1', /leads to "\/format-disk"/],
  ] as const) {
    it(`a link with ${what} is refused in words`, async () => {
      await assert.rejects(api.openLink(vscode.Uri.parse(`vscode://marginalia.marginalia/${text}`), () => assert.fail('nobody is asked')), message);
      assert.equal(api.panels().length, 0);
    });
  }
});

/** In a browser the link leads to the editor's address, which hands the part after the scheme back. */
function asLink(link: vscode.Uri): vscode.Uri {
  const query = new URLSearchParams(link.query).get('vscode-query') ?? link.query;
  return vscode.Uri.from({ scheme: 'vscode', authority: 'marginalia.marginalia', path: '/run', query });
}

describe('files that are picked', () => {
  const file = (name: string) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, name);
  const write = (name: string, content: string | Uint8Array) => vscode.workspace.fs.writeFile(file(name), typeof content === 'string' ? new TextEncoder().encode(content) : content);

  it('a run comes back as it was written', async () => {
    await write('run.json', recordToJson(record));
    assert.deepEqual(await readRunFile(file('run.json')), record);
  });

  it('a file that is no run is refused by name', async () => {
    await write('bad.json', '{"format": "other"}');
    await assert.rejects(readRunFile(file('bad.json')), /bad\.json: This is not a run of Marginalia/);
    await write('binary.json', Uint8Array.of(0xff, 0xfe, 0x00));
    await assert.rejects(readRunFile(file('binary.json')), /binary\.json: the file is not text/);
    await assert.rejects(readRunFile(file('absent.json')), /absent\.json cannot be read/);
  });

  it('a file that is too large is not read', async function () {
    this.timeout(60_000);
    await write('large.csv', new Uint8Array(MAX_BYTES + 200_000));
    await assert.rejects(readBounded(file('large.csv'), 'Keep fewer rows.'), /large\.csv holds 32\.2 MiB; at most 32 MiB are read\. Keep fewer rows\./);
  });
});

describe('a new file', () => {
  for (const [language, title] of [['python', 'PyTorch'], ['typescript', 'TensorFlow.js']]) {
    it(`with a model in ${title} has its lenses`, async function () {
      this.timeout(30_000);
      await vscode.commands.executeCommand('marginalia.newModel', language);
      const document = vscode.window.activeTextEditor?.document;
      assert.ok(document?.isUntitled && document.languageId === language);
      const titles = await poll('lenses', async () => {
        const found = (await lensesOf(document)).map((lens) => lens.title);
        return found.length > 0 ? found : undefined;
      });
      for (const lens of ['▶ Sample from DDPM', '● Train', '∑ derivation']) assert.ok(titles.includes(lens), titles.join(' | '));
    });
  }
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
});
