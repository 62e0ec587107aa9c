/** Lenses where people write models: Python, TypeScript, a notebook, a file of settings. They come, move with the code, and go with it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { seeded } from '../seeded';
import { ganCode } from '../gan';
import { vaeCode } from '../vae';
import { poll, startWorkbench, stopServer, type Workbench } from './driver';

/** Printed, so that a failure can be repeated with MODEL_SEED. */
const seed = Number(process.env.MODEL_SEED ?? Date.now() % 1e6);
const random = seeded(seed);
const size = (from: number, to: number) => from + Math.floor((to - from) * random());
const [latent, T, cellT, configT] = [size(3, 60), size(30, 300), size(30, 300), size(300, 900)];

const TYPESCRIPT = `import * as tf from '@tensorflow/tfjs';

export class Diffusion {
  readonly betas: tf.Tensor1D;
  readonly kept: tf.Tensor1D;

  constructor(steps = ${T}) {
    this.betas = tf.linspace(1e-4, 0.05, steps);
    this.kept = tf.cumprod(tf.sub(1, this.betas)) as tf.Tensor1D;
  }

  noisy(x0: tf.Tensor2D, t: tf.Tensor1D, eps: tf.Tensor2D): tf.Tensor2D {
    const keep = this.kept.gather(t).expandDims(1);
    return keep.sqrt().mul(x0).add(tf.sub(1, keep).sqrt().mul(eps));
  }
}
`;
const cell = (type: 'code' | 'markdown', source: string) => ({ cell_type: type, metadata: {}, source: source.split(/(?<=\n)/), ...(type === 'code' ? { execution_count: null, outputs: [] } : {}) });
const NOTEBOOK = JSON.stringify({
  cells: [
    cell('markdown', '# Diffusion'),
    cell('code', `import torch\n\nT = ${cellT}\nbetas = torch.linspace(1e-4, 0.05, T)\nbar = torch.cumprod(1 - betas, dim=0)\n`),
    cell('code', 'class Diffusion:\n    def noisy(self, x0, t, eps):\n        return bar[t].sqrt() * x0 + (1 - bar[t]).sqrt() * eps\n'),
  ],
  metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' }, language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5,
});
const CONFIG = `${JSON.stringify({ _class_name: 'DDPMScheduler', _diffusers_version: '0.30.0', beta_schedule: 'scaled_linear', num_train_timesteps: configT }, null, 2)}\n`;

/** The model that it trains is in another folder of the project. */
const TRAINING = `import torch
from lib.coder import VAE

model = VAE()
optimizer = torch.optim.Adam(model.parameters(), lr=0.0007)


def step(x):
    optimizer.zero_grad()
    loss = model(x)[0].sum()
    loss.backward()
    optimizer.step()
`;

/** Where a lens moves and goes. */
const FILES = { 'vae.py': vaeCode({ latent }), 'gan.py': ganCode({ latent }), 'diffusion.ts': TYPESCRIPT };

describe(`lenses in VS Code (MODEL_SEED=${seed})`, () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await startWorkbench({ files: { ...FILES, 'notes.ipynb': NOTEBOOK, 'scheduler_config.json': CONFIG, 'lib/coder.py': vaeCode({ latent }), 'scripts/train.py': TRAINING, 'package.json': '{"name": "none"}\n' } });
  });
  after(async () => {
    await workbench?.dispose();
    await stopServer();
  });

  const step = (name: string, action: () => Promise<void>): void => void it(name, () => workbench.keepingEvidence(name, action));
  /** What is written above the model in the active editor, once it is there. */
  const lens = (pattern: RegExp) => poll(`a lens ${String(pattern)}`, 60_000, async () => {
    const texts = await workbench.page.locator('.codelens-decoration').allInnerTexts();
    // Between the parts of a lens stand line breaks and hard spaces.
    return texts.find((text) => pattern.test(text.replace(/\s+/g, ' ')));
  });
  const gone = () => poll('no lens', 15_000, async () => ((await workbench.page.locator('.codelens-decoration:visible').count()) === 0 ? true : undefined));

  for (const [file, pattern, header] of [
    ['vae.py', new RegExp(`Train VAE \\(z = ${latent}\\).*∑ ELBO.*yours: z = ${latent},.*likelihood`), 'class VAE(nn.Module):'],
    ['gan.py', new RegExp(`∑ derivation.*GAN · .*latent size ${latent}.*Adam 1e-3`), 'class GAN(pl.LightningModule):'],
    ['diffusion.ts', new RegExp(`Sample from DDPM.*T = ${T}, linear schedule`), 'export class Diffusion {'],
  ] as const) {
    step(`${file}: a lens that moves with the code and goes with it`, async () => {
      await workbench.openFile(file);
      await lens(pattern);
      const text = FILES[file];
      const line = text.split('\n').indexOf(header) + 1;
      await poll('the lens above the header', 15_000, async () => ((await workbench.lensLine()) === line ? true : undefined));
      await workbench.goTo(1);
      await workbench.page.keyboard.insertText('\n\n\n');
      await poll('the lens, three lines below', 15_000, async () => ((await workbench.lensLine()) === line + 3 ? true : undefined));
      await lens(pattern);
      await workbench.page.keyboard.press('Control+a');
      await workbench.page.keyboard.press('Delete');
      await gone();
      await workbench.page.keyboard.press('Control+z');
      await workbench.page.keyboard.press('Control+Home');
      await lens(pattern);
      await workbench.runCommand('View: Revert and Close Editor');
    });
  }

  step('a program that trains a model of another file has a lens, with settings of both', async () => {
    await workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'scripts' }).click();
    await workbench.openFile('train.py');
    await lens(new RegExp(`Train VAE \\(z = ${latent}\\).*∑ ELBO.*yours: z = ${latent},`));
    await poll('the lens above the model', 15_000, async () => ((await workbench.lensLine()) === TRAINING.split('\n').indexOf('model = VAE()') + 1 ? true : undefined));
    await workbench.clickLens('∑ ELBO');
    const panel = await workbench.panelFrame('#train-vae');
    const field = (id: string) => panel.locator(`[data-field="${id}"]`);
    await poll('the other file beside the setting that it has', 30_000, async () => (/coder\.py/.test(await field('latentSize').innerText()) ? true : undefined));
    assert.equal(await panel.locator('#field-latentSize input').inputValue(), String(latent));
    // Its optimiser is of the file with the lens.
    assert.equal(Number(await panel.locator('#field-learningRate input').inputValue()), 7e-4);
    assert.match(await field('learningRate').innerText(), /line 5(?!\d)/);
    assert.doesNotMatch(await field('learningRate').innerText(), /coder\.py/);
    await workbench.screenshot('trained-elsewhere');
    await field('latentSize').getByText(/coder\.py/).first().click();
    await poll('the other file in the editor', 15_000, async () => ((await workbench.page.locator('.tab.active', { hasText: 'coder.py' }).count()) > 0 ? true : undefined));
    await workbench.runCommand('View: Close All Editors');
  });

  step('scheduler_config.json: a lens at its settings, other JSON has none', async () => {
    await workbench.openFile('scheduler_config.json');
    await lens(new RegExp(`Sample from DDPM.*T = ${configT}, scaled_linear schedule`));
    await workbench.goTo(1);
    await workbench.page.keyboard.press('Control+a');
    await workbench.page.keyboard.press('Delete');
    await gone();
    await workbench.page.keyboard.press('Control+z');
    await lens(/Sample from DDPM/);
    await workbench.openFile('package.json');
    await workbench.openFile('scheduler_config.json');
    await lens(/Sample from DDPM/);
    await workbench.openFile('package.json');
    await gone();
    await workbench.runCommand('View: Close All Editors');
  });

  step('a notebook: the schedule of one cell, the class of another', async () => {
    // Its cells are drawn beside the editor groups, so that there is no text of an editor to wait for.
    await workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'notes.ipynb' }).dblclick();
    await lens(new RegExp(`Sample from DDPM.*T = ${cellT}, linear schedule`));
    await workbench.clickLens('▶ Sample from DDPM');
    const panel = await workbench.panelFrame('#scrubber');
    await poll('the cell in the header', 30_000, async () => (/notes\.ipynb/.test(await panel.locator('.header').innerText()) ? true : undefined));
    await panel.locator('.why-this summary').click();
    assert.match(await panel.locator('.why-this').innerText(), /cell \d+, line \d+/i);
    await workbench.screenshot('notebook');
  });
});
