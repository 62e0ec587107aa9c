import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { diffusionQuantities } from '../../core/math/diffusion';
import { makeBetas } from '../../core/math/schedules';
import type { MarginaliaApi } from '../../extension/main';
import { derivationOfFamily } from '../../core/derivations';
import { ganCode } from '../gan';
import { lensesOf, marginalia, model, poll, showPython, snapshotWhen } from './support';

describe('the playground panel', () => {
  let api: MarginaliaApi;
  before(async () => { api = await marginalia(); });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('samples at the settings of the file when its lens is clicked', async function () {
    this.timeout(90_000);
    const editor = await showPython(model(61, 0.1));
    const lens = (await lensesOf(editor.document)).find(({ title }) => title.startsWith('▶'));
    assert.ok(lens?.lens.command);
    await vscode.commands.executeCommand(lens.lens.command.command, ...(lens.lens.command.arguments ?? []));
    const snapshot = await snapshotWhen(api, ({ state }) => state === 'finished', 'a finished sample');
    assert.equal(snapshot.settings.T, 61);
    const expected = diffusionQuantities(makeBetas({ name: 'linear', T: 61, betaStart: 1e-4, betaEnd: 0.1 })).alphasCumprod;
    assert.equal(snapshot.alphasCumprod.length, 61);
    snapshot.alphasCumprod.forEach((value, t) => assert.ok(Math.abs(value - expected[t]) < 1e-12, `ᾱ at ${t}`));
    assert.ok(snapshot.points.length > 1000 && snapshot.points.every(Number.isFinite));
    assert.ok(snapshot.device, 'the device in use is named');
  });

  it('follows an edit of the file without running', async function () {
    this.timeout(30_000);
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.languageId === 'python');
    assert.ok(editor);
    const at = editor.document.getText().indexOf('T = 61') + 4;
    await editor.edit((edit) => edit.replace(new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(at + 2)), '47'));
    const snapshot = await snapshotWhen(api, ({ settings }) => settings.T === 47, 'the edited T');
    assert.equal(snapshot.alphasCumprod.length, 47);
  });

  it('refuses to answer once it is closed', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await poll('closed', () => api.snapshot().then(() => undefined, () => true));
    await assert.rejects(api.snapshot(), /not open|gone|closed/);
  });

  it('opens empty, without a model', async function () {
    this.timeout(60_000);
    await vscode.commands.executeCommand('marginalia.openPlayground');
    const snapshot = await snapshotWhen(api, ({ state }) => state === 'idle', 'an idle playground');
    assert.equal(snapshot.points.length, 0);
  });

  it('of a family without an experiment is a page to read: its derivation and what the file says', async function () {
    this.timeout(60_000);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await poll('closed', () => (api.panels().length === 0 ? true : undefined));
    const editor = await showPython(ganCode({ className: 'Duel', latent: 13 }));
    const lens = (await lensesOf(editor.document)).find(({ title }) => title.startsWith('∑'));
    assert.ok(lens?.lens.command);
    await vscode.commands.executeCommand(lens.lens.command.command, ...(lens.lens.command.arguments ?? []));
    const snapshot = await snapshotWhen(api, ({ page, state }) => page === 'reading' && state === 'idle', 'the page to read');
    assert.equal(snapshot.derivation, derivationOfFamily('gan').id);
    assert.equal(snapshot.settings.latentSize, 13);
    assert.equal(snapshot.device, null, 'no device was started');
    assert.match(api.panels()[0].title, /^GAN · Untitled-\d+$/);
  });

  it('follows an edit there, too, and keeps what was read when the model is deleted', async function () {
    this.timeout(30_000);
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.languageId === 'python');
    assert.ok(editor);
    const at = editor.document.positionAt(editor.document.getText().indexOf('latent_dim=13') + 'latent_dim='.length);
    await editor.edit((edit) => edit.replace(new vscode.Range(at, at.translate(0, 2)), '21'));
    await snapshotWhen(api, ({ settings }) => settings.latentSize === 21, 'the edited size');
    // A diffusion model in its place is another model, not what it has become.
    await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, editor.document.lineCount, 0), model(40)));
    await poll('the other lens', async () => ((await lensesOf(editor.document)).some(({ title }) => title.startsWith('▶')) ? true : undefined));
    // As long as the panel takes to follow an edit.
    await new Promise((resolve) => setTimeout(resolve, 700));
    const snapshot = await api.snapshot();
    assert.equal(snapshot.page, 'reading');
    assert.equal(snapshot.settings.latentSize, 21);
  });
});
