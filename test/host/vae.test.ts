/** The VAE in its host: which model *Train VAE* and *Open Latent Map* mean, what the page then trains, and what comes back after a reload. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PanelSnapshot, PanelState } from '../../core/protocol/messages';
import type { MarginaliaApi } from '../../extension/main';
import { VAE_DEFAULTS } from '../../webview/experiments/vae/manifest';
import { vaeCode } from '../vae';
import { marginalia, model, poll, showPython, snapshotWhen } from './support';

/** Sizes that nobody has by default, and more epochs than a test waits for. */
const code = (latent: number, hidden: number) => vaeCode({ className: 'Coder', latent, hidden }).replace('epochs=10', 'epochs=5000');
const run = (command: string, ...rest: unknown[]) => vscode.commands.executeCommand(`marginalia.${command}`, ...rest);
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a VAE', function () {
  this.timeout(120_000);
  let api: MarginaliaApi;
  let editor: vscode.TextEditor;
  before(async () => {
    api = await marginalia();
    await closeAll();
  });
  after(closeAll);

  async function closeAll(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await poll('no panel', () => (api.panels().length === 0 ? true : undefined));
  }
  type OfVae = PanelSnapshot & { vae: NonNullable<PanelSnapshot['vae']> };
  /** The page's snapshot once it satisfies the condition; else the error says what it was last. */
  async function vae(condition: (vae: OfVae['vae'], snapshot: PanelSnapshot) => boolean, what: string): Promise<OfVae> {
    let last: PanelSnapshot | undefined;
    const fits = (snapshot: PanelSnapshot) => {
      last = snapshot;
      return snapshot.page === 'vae' && !!snapshot.vae && condition(snapshot.vae, snapshot);
    };
    return (await snapshotWhen(api, fits, what, 60_000).catch((error: unknown) => assert.fail(`${String(error)}; last: ${JSON.stringify(last)}`))) as OfVae;
  }
  const state = (wanted: PanelSnapshot['training']['state'], what: string) => vae((_, { training }) => training.state === wanted, what);
  /** Nothing runs, and goes on not running. */
  async function still(what: string): Promise<number> {
    const before = (await api.snapshot()).training.step;
    await wait(1500);
    const { training, state: now } = await api.snapshot();
    assert.deepEqual([training.step, now, training.state === 'running'], [before, 'idle', false], what);
    return before;
  }

  it('*Train VAE* trains that of the file at its sizes, on the device', async () => {
    editor = await showPython(`${model(33)}\n\n${code(5, 52)}`);
    await run('trainVae');
    const { vae: { latentSize, widths, steps, loss, reconstruction, kl }, device, derivation, training } = await vae(({ step }) => step > 0, 'a first step');
    assert.deepEqual([latentSize, widths], [5, { encoder: [52], decoder: [52] }]);
    assert.ok(steps >= 5000, `${steps} steps`);
    assert.ok([loss, reconstruction, kl].every((value) => value !== null && Number.isFinite(value) && value > 0), `${loss} = ${reconstruction} + ${kl}`);
    assert.ok(Math.abs(loss! - reconstruction! - kl!) < 1e-9 * loss!, 'sums of both terms are added up alike, per example');
    assert.ok(device, 'the device in use is named');
    assert.deepEqual([derivation, training.state], ['vae', 'running']);
    assert.equal(api.panels().length, 1);
    assert.match(api.panels()[0].title, /^VAE · Untitled-\d+ · Coder$/);
    assert.equal(api.panels()[0].uri, editor.document.uri.toString());
  });

  it('and it learns: the loss falls, and what was held out is measured', async () => {
    const first = (await vae(({ loss }) => loss !== null, 'a loss')).vae.loss!;
    await vae(({ loss, heldOut }) => loss !== null && loss < first - 10 && heldOut !== null && Number.isFinite(heldOut), 'a loss ten nats lower');
  });

  it('*Pause or Resume Training* pauses it and goes on from there; *Stop* stops it', async () => {
    await run('pauseTraining');
    await state('paused', 'the pause');
    const at = await still('paused');
    assert.ok(at > 0);
    await run('pauseTraining');
    await vae(({ step }, { training }) => training.state === 'running' && step > at, 'it went on');
    await run('stop');
    await state('paused', 'the stop');
    assert.ok((await still('stopped')) > at);
  });

  it('*Open Latent Map* shows that picture in the same panel, and runs nothing', async () => {
    assert.notEqual((await api.snapshot()).vae?.view, 'map');
    await run('openLatentMap');
    await vae(({ view }) => view === 'map', 'the latent map');
    await still('the map alone');
    assert.equal(api.panels().length, 1);
  });

  it('an edit of the file is followed, and starts nothing', async () => {
    const at = editor.document.positionAt(editor.document.getText().indexOf('latent_dim=5') + 'latent_dim='.length);
    await editor.edit((edit) => edit.replace(new vscode.Range(at, at.translate(0, 1)), '11'));
    const { vae: { latentSize, widths } } = await vae((read) => read.latentSize === 11, 'the edited size');
    assert.deepEqual([latentSize, widths], [11, { encoder: [52], decoder: [52] }]);
    await still('edited');
  });

  /** As the editor hands a panel back after a reload. */
  async function restore(kept: Partial<PanelState>): Promise<void> {
    const view = vscode.window.createWebviewPanel('marginalia.playground', 'Marginalia', { viewColumn: vscode.ViewColumn.Two, preserveFocus: true }, { retainContextWhenHidden: true });
    await api.restore(view, { uri: null, findingName: null, findingLine: null, family: null, experiment: null, overrides: {}, derivationStep: 0, chosen: null, pinned: false, own: null, ...kept });
  }
  const closePanel = async () => {
    await vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputWebview));
    await poll('no panel', () => (api.panels().length === 0 ? true : undefined));
  };

  it('a panel that comes back after a reload shows what a paused training had learnt, and does not go on by itself', async () => {
    await run('trainVae', { uri: editor.document.uri.toString(), name: 'Coder', line: lineOfClass() });
    await vae(({ latentSize, step }, { training }) => latentSize === 11 && training.state === 'running' && step > 0, 'a training at the edited size');
    await run('stop');
    await state('paused', 'the stop');
    const at = await still('stopped');
    await closePanel();
    await restore({ uri: editor.document.uri.toString(), findingName: 'Coder', findingLine: lineOfClass(), family: 'vae', experiment: 'vae' });
    await vae(({ step, latentSize }, { training }) => step === at && latentSize === 11 && training.state === 'paused', 'where it was');
    assert.equal(await still('came back'), at);
    assert.match(api.panels()[0].title, /^VAE · /);
  });

  it('one that was never trained comes back idle', async () => {
    await closeAll();
    const { document } = await showPython(code(6, 48));
    await restore({ uri: document.uri.toString(), findingName: 'Coder', findingLine: 6, family: 'vae', experiment: 'vae' });
    await vae(({ latentSize, steps }) => latentSize === 6 && steps > 0, 'the model, and its data');
    assert.equal(await still('came back'), 0);
  });

  it('without a model *Train VAE* trains one of the defaults in an empty playground', async () => {
    await closeAll();
    await showPython('x = 1\n');
    await run('trainVae');
    const { vae: { latentSize, widths, loss } } = await vae(({ step }) => step > 0, 'a first step');
    assert.deepEqual([latentSize, widths], [VAE_DEFAULTS.latentSize, { encoder: [...VAE_DEFAULTS.encoderWidths], decoder: [...VAE_DEFAULTS.decoderWidths] }]);
    assert.ok(loss !== null && Number.isFinite(loss) && loss > 0);
    assert.deepEqual(api.panels().map(({ uri, title }) => [uri, title]), [[null, 'Marginalia · VAE']]);
    await run('stop');
    await state('paused', 'the stop');
  });

  it('the empty one comes back as what it was', async () => {
    await closePanel();
    await restore({ experiment: 'vae' });
    await vae(({ latentSize }, { training }) => latentSize === VAE_DEFAULTS.latentSize && training.state === 'paused', 'the trained one of the defaults');
    assert.ok((await still('came back')) > 0);
  });

  it('*Open Latent Map* without a model opens an empty one at its map, and does not train', async () => {
    await closePanel();
    await run('openLatentMap');
    await vae(({ view }) => view === 'map', 'the latent map');
    assert.deepEqual(api.panels().map(({ uri }) => uri), [null]);
    await vae((_, { training }) => training.state === 'paused', 'what was trained before');
    await still('the map alone');
  });

  const lineOfClass = () => editor.document.getText().split('\n').indexOf('class Coder(nn.Module):') + 1;
});
