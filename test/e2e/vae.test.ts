/** A VAE as a person trains it: the lens, the loss falls, a point of the latent plane is dragged and decoded, the window is reloaded and training goes on, the weights are taken elsewhere. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { readSafetensors } from '../../core/math/safetensors';
import { encodePng } from '../unit/data/encodePng';
import { exportTo, poll, startWorkbench, stopServer, type Workbench } from './driver';

/** Sizes that nobody has by default, and more epochs than one sees. */
const MODEL = `import torch
import torch.nn.functional as F
from torch import nn


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(784, 300), nn.ReLU(), nn.Linear(300, 64), nn.ReLU())
        self.mean = nn.Linear(64, 7)
        self.logvar = nn.Linear(64, 7)
        self.decoder = nn.Sequential(nn.Linear(7, 64), nn.ReLU(), nn.Linear(64, 300), nn.ReLU(), nn.Linear(300, 784))

    def forward(self, x):
        h = self.encoder(x.view(-1, 784))
        mu, logvar = self.mean(h), self.logvar(h)
        z = mu + torch.exp(0.5 * logvar) * torch.randn_like(mu)
        return self.decoder(z), mu, logvar


def loss_function(logits, x, mu, logvar):
    bce = F.binary_cross_entropy_with_logits(logits, x.view(-1, 784), reduction="sum")
    kld = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return bce + kld


model = VAE()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

for epoch in range(5000):
    for x, _ in loader:
        optimizer.zero_grad()
        logits, mu, logvar = model(x)
        loss_function(logits, x, mu, logvar).backward()
        optimizer.step()
`;

/** Forty PNG files in two folders: bars that stand and bars that lie, not all of one size. */
function shapes(): Record<string, Uint8Array> {
  return Object.fromEntries(Array.from({ length: 40 }, (_, i) => {
    const [standing, side] = [i % 2 === 0, i % 5 === 0 ? 24 : 16];
    const at = 3 + (i * 7) % (side - 6);
    return [`shapes/${standing ? 'standing' : 'lying'}/${i}.png`, encodePng({
      width: side, height: side, depth: 8, colour: 0, interlaced: false, filter: () => 0,
      samples: Array.from({ length: side * side }, (_, p) => (Math.abs((standing ? p % side : Math.floor(p / side)) - at) < 2 ? 230 : 10)),
    })];
  }));
}

describe('train a VAE in VS Code', () => {
  let workbench: Workbench;
  let panel: Frame;

  before(async () => {
    workbench = await startWorkbench({ files: { 'vae.py': MODEL, ...shapes() } });
  });
  after(async () => {
    await workbench?.dispose();
    await stopServer();
  });

  const step = (name: string, action: () => Promise<void>): void => void it(name, () => workbench.keepingEvidence(name, action));
  const text = (selector: string) => panel.locator(selector).first().innerText();
  const trainLabel = async (label: RegExp, timeout = 60_000) => poll(`the button ${String(label)}`, timeout, async () => (label.test(await text('#train-vae')) ? true : undefined));
  const taken = async () => Number(/([\d,]+) of [\d,]+ steps/.exec(await text('.train-text'))?.[1].replaceAll(',', '') ?? NaN);
  const heldOut = async () => Number((await panel.locator('.bound-terms tbody tr').nth(1).locator('td').first().innerText()).replace('−', '-'));
  const tab = async (name: string) => panel.locator('.vae-pictures').getByRole('tab', { name, exact: true }).click();

  /** How many pixels of a canvas are lighter than the dark that a decoder's background has. */
  const inkOf = (selector: string) => panel.locator(selector).first().evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, i) => i % 4 === 0 && value > 96).length;
  });

  const coloursOf = (selector: string) => panel.locator(selector).first().evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    return new Set(new Uint32Array(canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size;
  });

  step('the lens trains that model: its sizes, its loss', async () => {
    await workbench.openFile('vae.py');
    await workbench.clickLens('Train VAE (z = 7)');
    panel = await workbench.panelFrame('#train-vae');
    await trainLabel(/Pause/);
    assert.equal(await panel.locator('#field-encoderWidths input').inputValue(), '300, 64');
    assert.equal(await panel.locator('#field-decoderWidths input').inputValue(), '64, 300');
    assert.match(await text('[data-field="latentSize"] .origin'), /line \d+/);
    await poll('progress', 60_000, async () => ((await taken()) > 20 ? true : undefined));
    await poll('pictures', 30_000, async () => (Number.isFinite(await heldOut()) ? true : undefined));
    const first = await heldOut();
    await poll('the loss falls', 120_000, async () => ((await heldOut()) < Math.min(first - 10, 165) ? true : undefined));
    assert.match(await text('.train-text'), /images\/s/);
  });

  step('pictures of the model while it trains', async () => {
    for (const name of ['Latent map', 'Manifold', 'Traversal', 'Interpolation', 'Draw an image', 'Samples', 'Curves', 'Dimensions', 'Bound', 'Reconstructions']) {
      await tab(name);
      await new Promise((resolve) => setTimeout(resolve, 900));
      await workbench.screenshot(`vae-${name.toLowerCase().replaceAll(' ', '-')}`);
    }
  });

  step('a point of the latent map is dragged, and decoded where it is', async () => {
    await tab('Latent map');
    const canvas = panel.locator('[data-view="map"] canvas').first();
    await canvas.scrollIntoViewIfNeeded();
    const box = (await canvas.boundingBox())!;
    await workbench.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await workbench.page.mouse.down();
    await workbench.page.mouse.move(box.x + box.width / 2 + 60, box.y + box.height / 2 - 40, { steps: 5 });
    await workbench.page.mouse.up();
    const said = panel.locator('[data-view="map"]');
    const there = await poll('the point in numbers', 10_000, async () => /z = \(([^)]*)\)/.exec(await said.innerText())?.[1]);
    assert.equal(there.split(',').map((number) => Number(number.replace('−', '-'))).filter(Number.isFinite).length, 7, there);
    assert.ok(await inkOf('[data-view="map"] .vae-figure canvas') > 0, 'an image is decoded there');
    await workbench.screenshot('vae-dragged');
  });

  step('paused, it stands still; after a reload it goes on from there', async () => {
    await panel.locator('#train-vae').click();
    await trainLabel(/Resume/);
    const at = await taken();
    assert.ok(at > 0);
    await workbench.screenshot('vae-paused');
    await workbench.reload();
    panel = await workbench.panelFrame('#train-vae');
    await poll('where it was', 60_000, async () => ((await taken()) === at ? true : undefined));
    await poll('its pictures', 30_000, async () => (Number.isFinite(await heldOut()) ? true : undefined));
    await panel.locator('#train-vae').click();
    await trainLabel(/Pause/);
    await poll('it went on', 30_000, async () => ((await taken()) > at ? true : undefined));
  });

  step('a reload in the middle of training does not end it', async () => {
    await new Promise((resolve) => setTimeout(resolve, 6000));
    await workbench.reload();
    panel = await workbench.panelFrame('#train-vae');
    await poll('went on by itself', 60_000, async () => (/went on from the checkpoint/.test(await text('.train-note')) ? true : undefined));
    await trainLabel(/Pause/);
    await panel.locator('#train-vae').click();
    await trainLabel(/Resume/);
  });

  step('the weights leave with the shapes of the file', async () => {
    const file = await exportTo(workbench, panel, 'weights', 'mine.safetensors', { proposed: 'vae' });
    const { tensors } = readSafetensors(new Uint8Array(readFileSync(file)));
    const shapes = Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape.join('x')]));
    assert.ok(Object.values(shapes).includes('300x784') && Object.values(shapes).includes('64x300') && Object.values(shapes).includes('7x64'), JSON.stringify(shapes));
    const script = readFileSync(await exportTo(workbench, panel, 'pytorch', 'mine.py', { proposed: 'vae' }), 'utf8');
    assert.match(script, /import torch/);
  });

  step('forgotten, and brought back from its file', async () => {
    await panel.getByRole('button', { name: 'Reset', exact: true }).click();
    await trainLabel(/^\s*Train\s*$/);
    await panel.locator('.export vscode-button').click();
    await panel.locator('.export [data-item="open"]').click();
    const input = workbench.page.locator('.quick-input-widget input').first();
    await poll('the dialog', 15_000, async () => ((await input.inputValue()) !== '' ? true : undefined));
    await input.fill(`${workbench.workspace}/mine.safetensors`);
    await workbench.page.keyboard.press('Enter');
    await poll('opened', 30_000, async () => (/opened mine\.safetensors/.test(await text('.run-status')) ? true : undefined));
    await poll('its pictures', 30_000, async () => (Number.isFinite(await heldOut()) ? true : undefined));
    assert.ok((await heldOut()) < 170, 'what it had learnt');
    await trainLabel(/Resume/);
  });

  step('images of one\'s own: a folder of sizes and labels, shown before it is trained on', async () => {
    await panel.locator('#field-data').click();
    await panel.locator('#field-data vscode-option', { hasText: 'Your own data' }).click();
    await panel.locator('.own-bar').getByRole('button', { name: 'Open folder…' }).click();
    const input = workbench.page.locator('.quick-input-widget input').first();
    await poll('the dialog', 15_000, async () => ((await input.inputValue()) !== '' ? true : undefined));
    await input.fill(`${workbench.workspace}/shapes/`);
    await workbench.page.keyboard.press('Enter');
    await poll('read', 30_000, async () => (/images to train on/.test(await text('.own-bar .own-text')) ? true : undefined));
    assert.match(await text('.own-bar .own-text'), /have 2 sizes, most often 16 × 16.*8 of 40 images are cropped/);
    await workbench.screenshot('vae-own-images');
    await panel.locator('#train-vae').click();
    await poll('trained on them', 60_000, async () => ((await taken()) > 10 ? true : undefined));
    await panel.locator('#train-vae').click();
    await trainLabel(/Resume/);
    await tab('Reconstructions');
    await new Promise((resolve) => setTimeout(resolve, 800));
    await workbench.screenshot('vae-own-reconstructions');
  });

  for (const [label, bodyClass] of [['Light Modern', 'vs'], ['Dark High Contrast', 'hc-black'], ['Light High Contrast', 'hc-light']] as const) {
    step(`in ${label}`, async () => {
      await workbench.chooseTheme(label, bodyClass);
      for (const name of ['Latent map', 'Curves']) {
        await tab(name);
        await new Promise((resolve) => setTimeout(resolve, 900));
        if (name === 'Latent map') assert.ok(await panel.locator('[data-view="map"] .vae-main canvas').first().isVisible() && await coloursOf('[data-view="map"] .vae-main canvas') > 8, 'the map is still there');
        await workbench.screenshot(`vae-${bodyClass}-${name.toLowerCase().replaceAll(' ', '-')}`);
      }
    });
  }
});
