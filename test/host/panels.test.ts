import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MarginaliaApi } from '../../extension/main';
import { ganCode } from '../gan';
import { vaeCode } from '../vae';
import { lensesOf, marginalia, model, poll, showPython, snapshotWhen } from './support';

/** Two models in one file, in classes of their own. */
const twoModels = `import torch


class Fine:
    def __init__(self, T=31):
        self.betas = torch.linspace(1e-4, 0.1, T)
        self.abar = torch.cumprod(1 - self.betas, dim=0)

    def q_sample(self, x0, t, noise):
        return self.abar[t].sqrt() * x0 + (1 - self.abar[t]).sqrt() * noise


class Coarse:
    def __init__(self, T=17):
        self.betas = torch.linspace(1e-4, 0.2, T)
        self.abar = torch.cumprod(1 - self.betas, dim=0)

    def q_sample(self, x0, t, noise):
        return self.abar[t].sqrt() * x0 + (1 - self.abar[t]).sqrt() * noise
`;

async function clickDerivation(document: vscode.TextDocument, which = 0): Promise<void> {
  const found = (await lensesOf(document)).filter(({ title }) => title.startsWith('∑'));
  const command = found[which]?.lens.command;
  assert.ok(command, `lens ${which + 1} of ${found.length}`);
  await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
}

describe('several playground panels', () => {
  let api: MarginaliaApi;
  let first: vscode.TextDocument;
  let second: vscode.TextDocument;

  const shows = (T: number) => snapshotWhen(api, ({ settings }) => settings.T === T, `T = ${T}`, 90_000);

  before(async () => {
    api = await marginalia();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await poll('no panel', () => (api.panels().length === 0 ? true : undefined));
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('two files have two panels', async function () {
    this.timeout(200_000);
    first = (await showPython(model(41))).document;
    await clickDerivation(first);
    await shows(41);
    second = (await showPython(twoModels)).document;
    await clickDerivation(second, 0);
    await shows(31);
    assert.deepEqual(api.panels().map(({ uri }) => uri), [first.uri.toString(), second.uri.toString()]);
    assert.match(api.panels()[0].title, /^DDPM · Untitled-\d+$/);
    assert.match(api.panels()[1].title, /^DDPM · Untitled-\d+ · Fine$/);
  });

  it('a second model of a file switches that file\'s panel', async function () {
    this.timeout(60_000);
    await clickDerivation(second, 1);
    await shows(17);
    assert.equal(api.panels().length, 2);
    assert.match(api.panels()[1].title, / · Coarse$/);
  });

  it('the lens of the first file finds its panel again', async function () {
    this.timeout(60_000);
    await clickDerivation(first);
    await shows(41);
    assert.equal(api.panels().length, 2);
  });

  it('a pinned panel keeps its model, and another opens', async function () {
    this.timeout(120_000);
    await clickDerivation(second, 1);
    await shows(17);
    await vscode.commands.executeCommand('marginalia.pinPlayground');
    assert.deepEqual(api.panels().map(({ pinned }) => pinned), [false, true]);
    assert.match(api.panels()[1].title, /^DDPM · Untitled-\d+ · Coarse \(pinned\)$/);
    await vscode.window.showTextDocument(second, vscode.ViewColumn.One);
    await clickDerivation(second, 0);
    await shows(31);
    assert.deepEqual(api.panels().map((panel) => panel.model), [api.panels()[0].model, 'Coarse', 'Fine']);
    assert.deepEqual(api.panels().map(({ pinned }) => pinned), [false, true, false]);
  });

  it('a file with a GAN, a VAE and a diffusion model has one panel: a page to read for the first, and the page of its experiment for each of the others', async function () {
    this.timeout(180_000);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await poll('no panel', () => (api.panels().length === 0 ? true : undefined));
    const { document } = await showPython([ganCode({ latent: 6 }), vaeCode({ latent: 9 }), twoModels.slice(0, twoModels.indexOf('class Coarse'))].join('\n\n'));
    const reading = () => snapshotWhen(api, ({ page, settings }) => page === 'reading' && settings.latentSize === 6, 'the GAN', 60_000);
    const coder = () => snapshotWhen(api, ({ page, vae }) => page === 'vae' && vae?.latentSize === 9, 'the VAE', 60_000);
    const [ofGan, ofVae, ofDiffusion] = [0, 1, 2];
    await clickDerivation(document, ofGan);
    assert.equal((await reading()).device, null);
    assert.match(api.panels()[0].title, /^GAN · .* · GAN$/);
    await clickDerivation(document, ofDiffusion);
    assert.equal((await shows(31)).page, 'playground');
    assert.match(api.panels()[0].title, /^DDPM · .* · Fine$/);
    const sample = (await lensesOf(document)).find(({ title }) => title.startsWith('▶ Sample'))?.lens.command;
    assert.ok(sample);
    await vscode.commands.executeCommand(sample.command, ...(sample.arguments ?? []));
    await snapshotWhen(api, ({ state }) => state === 'finished', 'a finished sample', 90_000);
    await clickDerivation(document, ofVae);
    const snapshot = await coder();
    assert.deepEqual([snapshot.points, snapshot.training.step], [[], 0], 'the sample was not of this model, and its derivation trains nothing');
    assert.match(api.panels()[0].title, /^VAE · .* · VAE$/);
    await clickDerivation(document, ofGan);
    assert.deepEqual((await reading()).points, [], 'the sample was not of this model');
    assert.equal((await api.snapshot()).vae ?? null, null);
    await clickDerivation(document, ofDiffusion);
    assert.equal((await shows(31)).page, 'playground', 'and back again');
    assert.equal(api.panels().length, 1);
  });

  it('close with all editors', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await poll('no panel', () => (api.panels().length === 0 ? true : undefined));
  });
});
