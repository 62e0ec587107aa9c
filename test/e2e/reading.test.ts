/** A family that has a derivation and no experiment: lens, page to read, and the same panel with a model that runs; in four themes and several widths. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readFileSync } from 'node:fs';
import type { Frame } from 'playwright-core';
import { derivationById } from '../../core/derivations';
import { seeded } from '../seeded';
import { ganCode } from '../gan';
import { vaeCode } from '../vae';
import { randomModel } from './models';
import { exportTo, poll, startWorkbench, stopServer, type ColorTheme, type Workbench } from './driver';

/** Printed, so that a failure can be repeated with MODEL_SEED. */
const seed = Number(process.env.MODEL_SEED ?? Date.now() % 1e6);
const random = seeded(seed);
const latent = 3 + Math.floor(60 * random());
const className = ['DigitGAN', 'Duel', 'Net', 'LatentModel'][Math.floor(4 * random())];
const GAN = ganCode({ className, latent });
const VAE = vaeCode({ className: 'Coder' });
const DDPM = randomModel(seed);
const both = `${GAN}\n\n${DDPM.code.replace(/^import torch\n/m, '')}`;
const lineOf = (text: string, code = GAN): number => code.split('\n').findIndex((line) => line.includes(text)) + 1;

after(stopServer);

describe(`a GAN in VS Code (MODEL_SEED=${seed}: ${className}, latent size ${latent})`, () => {
  let workbench: Workbench;
  let panel: Frame;

  before(async () => {
    workbench = await startWorkbench({ files: { 'gan.py': GAN, 'vae.py': VAE, 'both.py': both } });
  });
  after(() => workbench?.dispose());

  const step = (name: string, action: () => Promise<void>): void => void it(name, () => workbench.keepingEvidence(name, action));
  const revealed = (line: number) => poll(`line ${line} in the editor`, 10_000, async () => ((await workbench.page.locator('.statusbar').innerText()).includes(`Ln ${line},`) ? true : undefined));
  const read = (pattern: RegExp) => poll(String(pattern), 10_000, async () => (pattern.test((await panel.locator('.file-says').innerText()).replace(/\s+/g, ' ')) ? true : undefined));

  step('its lens offers the derivation and says in plain text what was read', async () => {
    await workbench.openFile('gan.py');
    await workbench.codeLens('∑ derivation');
    // Lenses are drawn anew while the editor settles: what is to click, and what is plain text, in one look.
    const drawn = await poll('the whole lens', 15_000, async () => {
      const text = (await workbench.page.locator('.codelens-decoration').first().innerText()).replace(/\u00a0/g, ' ');
      const links = await workbench.codeLensTexts();
      return text.includes('GAN') && links.length > 0 ? { text, links } : undefined;
    });
    assert.match(drawn.text, new RegExp(`GAN · .*latent size ${latent}.*Adam 1e-3`));
    assert.deepEqual(drawn.links, ['∑ derivation'], 'nothing else to click');
  });

  step('the header line has a hover that tells what and why', async () => {
    await workbench.page.locator('.view-line', { hasText: `class ${className}` }).locator('span', { hasText: className }).last().hover();
    const hover = workbench.page.locator('.monaco-hover-content').first();
    await poll('the hover', 15_000, async () => (/generative adversarial network[\s\S]*latent size/.test(await hover.innerText()) ? true : undefined));
    assert.match(await hover.innerText(), /marginalia: off/);
    await workbench.screenshot('hover-gan');
  });

  step('a click opens the page to read: derivation, settings and evidence, and nothing that runs', async () => {
    await workbench.clickLens('∑ derivation');
    panel = await workbench.panelFrame('.file-says');
    await panel.locator('.derivation .formula .katex').first().waitFor();
    await read(new RegExp(`latent size ${latent} dimensions`));
    await read(/A generative adversarial network: class/);
    for (const selector of ['#run', '#train', '#scrubber', 'canvas', '.settings', '.device:visible']) assert.equal(await panel.locator(selector).count(), 0, selector);
    const workers = workbench.page.workers().filter((worker) => worker.url().startsWith('blob:') && /webview/.test(worker.url()));
    assert.deepEqual(workers.map((worker) => worker.url()), [], 'no worker was started');
    const fetched = await panel.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /worker\.js|\.wasm|safetensors/.test(name)));
    assert.deepEqual(fetched, [], 'nothing was fetched that only a run needs');
  });

  step('settings and evidence reveal their lines', async () => {
    await panel.locator('.settings-read .from .link').first().click();
    await revealed(lineOf('latent_dim='));
    const clause = panel.locator('.file-says .evidence li').first();
    const line = Number(/line (\d+)/.exec(await clause.innerText())![1]);
    await clause.locator('.link').click();
    await revealed(line);
  });

  step('the derivation is read by keyboard', async () => {
    await panel.locator('.lines').focus();
    await workbench.page.keyboard.press('ArrowRight');
    await poll('the second step', 5000, async () => (/^step 2 of/.test(await panel.locator('.step-count').innerText()) ? true : undefined));
    await workbench.page.keyboard.press('End');
    await poll('the last step', 5000, async () => (/^step (\d+) of \1$/.test(await panel.locator('.step-count').innerText()) ? true : undefined));
    // Its symbols are what Tab comes to next, and say what they mean.
    await workbench.page.keyboard.press('Tab');
    await poll('the popover of a symbol', 5000, async () => ((await panel.locator('.popover-meaning').innerText()) !== '' ? true : undefined));
  });

  step('both sides of the line are the same number, in any random world', async () => {
    const numbers = () => panel.locator('.side-numbers').innerText();
    const first = await numbers();
    assert.match(first, /^(\S+) = \1$/);
    await panel.locator('.lines').press('n');
    const second = await poll('another world', 5000, async () => ((await numbers()) === first ? undefined : numbers()));
    assert.match(second, /^(\S+) = \1$/);
    await panel.locator('.line-numbers').getByText('New world').click();
    await poll('a third world', 5000, async () => ([first, second].includes(await numbers()) ? undefined : true));
  });

  /** Puts the line that is read into the file, and takes it back. */
  async function insertLine(code: string): Promise<void> {
    await panel.locator('.line-actions vscode-button').click();
    await workbench.screenshot('derivation-copy');
    await panel.locator('[data-item="insert"]').click();
    await poll('what came of it', 10_000, async () => (/Inserted/.test(await panel.locator('.line-actions .said').innerText()) ? true : undefined));
    const inserted = () => workbench.page.locator('.view-line', { hasText: code }).count();
    await poll('the formula in the editor', 10_000, async () => ((await inserted()) > 0 ? true : undefined));
    // By command: the editor stands in the middle of the file, where a click on its first line would scroll the workbench itself.
    await workbench.runCommand('View: Focus First Editor Group');
    await workbench.page.keyboard.press('Control+z');
    await poll('the file as it was', 10_000, async () => ((await inserted()) === 0 ? true : undefined));
    await workbench.page.keyboard.press('Control+Home');
  }

  step('the line goes into the file as code, of the library of the file', () => insertLine('torch.exp(-discriminator_logit)'));

  step('the contents find other derivations by name and symbol, and lead back', async () => {
    await panel.getByRole('button', { name: 'Contents' }).or(panel.locator('vscode-button', { hasText: 'Contents' })).first().click();
    const entries = panel.locator('.contents-list li');
    assert.ok((await entries.count()) >= 47, 'all derivations, and that of the model');
    await workbench.screenshot('derivation-contents');
    await panel.locator('.contents-search').fill('reparameterisation');
    await panel.locator('[data-derivation="reparameterisation-gradient"]').first().click();
    await poll('the chosen derivation', 10_000, async () => (/^step 1 of \d\d$/.test(await panel.locator('.step-count').innerText()) && (await panel.locator('.contents').isHidden()) ? true : undefined));
    await poll('its formulas', 15_000, async () => ((await panel.locator('.derivation .line .katex').count()) > 5 ? true : undefined));
    await workbench.screenshot('derivation-chosen');
    await panel.locator('vscode-button', { hasText: 'Contents' }).click();
    await panel.locator('.contents-search').fill('');
    await panel.locator('.contents-list [data-derivation="gan"]').first().click();
    await poll('that of the model', 10_000, async () => (/generative adversarial network/.test(await panel.locator('.derivation h2').innerText()) ? true : undefined));
  });

  step('the reason unfolds and folds by key and button', async () => {
    const reason = panel.locator('.line.current .why');
    assert.ok(await reason.isVisible());
    await panel.locator('.lines').press('w');
    await reason.waitFor({ state: 'hidden' });
    await panel.locator('.derivation vscode-button', { hasText: 'Why' }).click();
    await reason.waitFor({ state: 'visible' });
  });

  step('the map shows what leads to a derivation and what builds on it, and leads there', async () => {
    await panel.locator('.derivation vscode-button', { hasText: 'Contents' }).click();
    await panel.locator('.contents-head vscode-button', { hasText: 'Map' }).click();
    assert.match(await panel.locator('.map-row.here').innerText(), /What a generative adversarial network makes small/);
    await panel.locator('.map-whole input').check();
    assert.ok((await panel.locator('.map-row').count()) >= 46);
    await panel.locator('.map [data-derivation="elbo-kl-gap"]').click();
    await panel.locator('.map-whole input').uncheck();
    await poll('the map around the chosen one', 5000, async () => (/The gap of the evidence lower bound/.test(await panel.locator('.map-row.here').innerText()) ? true : undefined));
    assert.match((await panel.locator('.map-row.before').allInnerTexts()).join('; '), /Jensen's inequality/);
    assert.equal(await panel.locator('.map-edge.before').count() > 0, true);
    await panel.locator('.map-row.before .link').first().hover();
    assert.ok((await panel.locator('.map-edge.marked').count()) > 0);
    await workbench.screenshot('derivation-map');
    await panel.locator('.derivation vscode-button', { hasText: 'Contents' }).click();
    await panel.locator('.lines').press('End');
  });

  step('a derivation is exported as one page that reads the same anywhere', async () => {
    const file = await exportTo(workbench, panel, 'html', 'gap.html', { menu: '.line-actions', proposed: 'elbo-kl-gap' });
    const context = await workbench.page.context().browser()!.newContext({ offline: true, viewport: { width: 900, height: 1100 } });
    try {
      const page = await context.newPage();
      const failed: string[] = [];
      page.on('requestfailed', (request) => failed.push(request.url()));
      await page.setContent(readFileSync(file, 'utf8'));
      const { lines, loaded, wide } = await page.evaluate(async () => {
        await document.fonts.ready;
        return {
          lines: document.querySelectorAll('li .katex-display').length,
          loaded: [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family),
          wide: [...document.querySelectorAll('.formula')].filter((f) => f.scrollWidth > f.clientWidth + 1).length,
        };
      });
      assert.equal(lines, derivationById('elbo-kl-gap').steps.length);
      assert.ok(loaded.includes('KaTeX_Math') && loaded.includes('KaTeX_Main'), `fonts in use: ${loaded.join()}`);
      assert.equal(wide, 0, 'a formula is cut');
      assert.deepEqual(failed, []);
      await page.screenshot({ path: 'out/screenshots/exported-page.png', fullPage: true });
    } finally {
      await context.close();
    }
  });

  step('table and lists keep their meaning for a screen reader', async () => {
    const table = panel.getByRole('table', { name: /hyper-parameters/i });
    assert.ok(await table.getByRole('rowheader', { name: 'latent size' }).isVisible());
    assert.deepEqual(await table.getByRole('columnheader').allInnerTexts(), ['Setting', 'Value', 'From']);
    assert.ok((await panel.getByRole('heading', { name: 'What the file says' }).count()) === 1);
  });

  step('the commands to sample and to train say that there is a derivation only', async () => {
    await workbench.focusEditor();
    await workbench.goTo(lineOf('def training_step'));
    await workbench.runCommand('Marginalia: Train DDPM');
    const message = workbench.page.locator('.notification-list-item', { hasText: 'derivation only' });
    // Nothing pops up in these quiet workbenches; the bell has it.
    await poll('the bell', 15_000, async () => ((await message.count()) > 0 ? true : workbench.page.locator('#status\\.notifications').click({ timeout: 3000 }).then(() => undefined)), 1000);
    assert.match(await message.innerText(), /is a generative adversarial network/);
    // The bell's own hover would lie over the button.
    await workbench.page.mouse.move(700, 400);
    await message.getByRole('button', { name: 'Show Derivation' }).click();
    await message.waitFor({ state: 'hidden', timeout: 15_000 });
    // The class stands so low that the editor was scrolled; what follows clicks on its first line.
    await workbench.runCommand('View: Focus First Editor Group');
    await workbench.page.keyboard.press('Control+Home');
  });

  step('lines inserted above move the lens, and the page follows', async () => {
    const before = lineOf(`class ${className}`);
    await workbench.goTo(1);
    await workbench.page.keyboard.insertText('# one\n# two\n');
    await read(new RegExp(`gan\\.py:${before + 2}\\b`));
    await poll('the lens, moved', 10_000, async () => ((await workbench.lensLine()) === before + 2 ? true : undefined));
  });

  step('a window reload brings the page back at its line', async () => {
    await workbench.page.keyboard.press('Control+s');
    await workbench.reload();
    panel = await workbench.panelFrame('.file-says');
    await read(new RegExp(`latent size ${latent} dimensions`));
    const last = await poll('the step', 10_000, async () => /^step (\d+) of (\d+)$/.exec(await panel.locator('.step-count').innerText()) ?? undefined);
    assert.equal(last[1], last[2]);
    assert.match(await panel.locator('.derivation h2').innerText(), /The gap of the evidence lower bound/, 'the one that was chosen');
  });

  step('the lens goes with the code, and the page says so', async () => {
    await workbench.focusEditor();
    await workbench.page.keyboard.press('Control+a');
    await workbench.page.keyboard.press('Delete');
    await poll('no lens', 10_000, async () => ((await workbench.codeLensTexts()).length === 0 ? true : undefined));
    await poll('the badge', 10_000, async () => (/no longer in the file/.test(await panel.locator('.header').innerText()) ? true : undefined));
    assert.ok(await panel.locator('.derivation .formula .katex').first().isVisible(), 'what was read stays');
    await workbench.page.keyboard.press('Control+z');
    await workbench.page.keyboard.press('Control+Home');
    await workbench.codeLens('∑ derivation');
  });

  step('the panel of a file with both becomes the full page for the one that runs, and a page to read again', async () => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.openFile('both.py');
    await workbench.clickLens('∑ derivation');
    panel = await workbench.panelFrame('.file-says');
    await workbench.goTo(lineOf(`class ${DDPM.className}`, both));
    // The editor was scrolled there, and draws its lenses anew: one that is drawn no more has no command.
    await poll('the playground', 60_000, async () => ((await panel.locator('#run').count()) > 0 ? true : workbench.clickLens('▶ Sample from DDPM').then(() => undefined)), 1500);
    await poll('a finished run', 60_000, async () => ((await panel.locator('.export [data-item="json"]').isEnabled()) ? true : undefined));
    assert.equal(await panel.locator('.file-says').count(), 0);
    await panel.locator('.why-this summary').click();
    assert.match(await panel.locator('.why-this').innerText(), /Why this is a DDPM[\s\S]*line \d+/);
    await workbench.screenshot('why-ddpm');
    await panel.locator('#sibling').click();
    await panel.locator('#sibling vscode-option', { hasText: className }).click();
    await panel.locator('.file-says').waitFor();
    await read(new RegExp(`latent size ${latent} dimensions`));
    assert.equal(await panel.locator('#run').count(), 0);
    await panel.locator('.derivation .formula .katex').first().waitFor();
  });

  step('beside a VAE that can train, its bound is read and goes into the file by the names of the file', async () => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.openFile('vae.py');
    await workbench.clickLens('∑ ELBO');
    panel = await workbench.panelFrame('#train-vae');
    await panel.locator('.derivation .formula .katex').first().waitFor();
    assert.match(await panel.locator('.derivation h2').innerText(), /variational autoencoder/);
    await panel.locator('.lines').press('End');
    await insertLine('torch.exp(logvar)');
    assert.match(await panel.locator('#train-vae').innerText(), /Train/, 'what is read starts nothing');
  });

  step('the command to train a diffusion model says which one trains a VAE, and leads to it', async () => {
    await workbench.focusEditor();
    await workbench.goTo(lineOf('def encode', VAE));
    await workbench.runCommand('Marginalia: Train DDPM');
    const message = workbench.page.locator('.notification-list-item', { hasText: 'The command "Train VAE" trains it' });
    await poll('the bell', 15_000, async () => ((await message.count()) > 0 ? true : workbench.page.locator('#status\\.notifications').click({ timeout: 3000 }).then(() => undefined)), 1000);
    await workbench.page.mouse.move(700, 400);
    await message.getByRole('button', { name: 'Train VAE' }).click();
    await message.waitFor({ state: 'hidden', timeout: 15_000 });
    await poll('the training', 60_000, async () => (/Pause/.test(await panel.locator('#train-vae').innerText()) ? true : undefined));
    await panel.locator('#train-vae').click();
    // Stopped before its first step there is nothing to resume.
    await poll('the pause', 30_000, async () => (/Resume|Train/.test(await panel.locator('#train-vae').innerText()) ? true : undefined));
  });
});

const THEMES: readonly [ColorTheme, string][] = [
  ['Light Modern', 'vscode-light'],
  ['Dark Modern', 'vscode-dark'],
  ['Default High Contrast', 'vscode-high-contrast'],
  ['Default High Contrast Light', 'vscode-high-contrast-light'],
];

describe('the page to read in four themes and three widths', () => {
  for (const [colorTheme, bodyClass] of THEMES) {
    it(bodyClass, async () => {
      const workbench = await startWorkbench({ files: { 'gan.py': GAN }, colorTheme });
      try {
        await workbench.openFile('gan.py');
        await workbench.clickLens('∑ derivation');
        const panel = await workbench.panelFrame('.file-says');
        await panel.locator('.derivation .formula .katex').first().waitFor();
        await poll('the theme', 15_000, async () => ((await panel.locator('body').getAttribute('class'))?.split(' ').includes(bodyClass) ? true : undefined));
        // Half of a wide window, half of a laptop's, and all of it.
        for (const [width, height, close] of [[1900, 1000, false], [1280, 800, false], [1900, 1000, true]] as const) {
          await workbench.page.setViewportSize({ width, height });
          if (close) await workbench.runCommand('View: Maximize Editor Group');
          let before = '';
          const own = await poll('a layout that has settled, no wider than its window', 10_000, async () => {
            const { inner, over, seen } = await panel.evaluate(() => ({
              inner: innerWidth, over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
              seen: JSON.stringify([...document.querySelectorAll('.reading-page > *, .formula')].map((element) => element.getBoundingClientRect())),
            }));
            const settled = seen === before && over <= 0;
            before = seen;
            return settled ? inner : undefined;
          }, 500);
          await workbench.screenshot(`reading-${bodyClass}-${own}`);
        }
      } finally {
        await workbench.dispose();
      }
    });
  }
});
