/** The panel in the four kinds of theme: pictures to look at in out/screenshots, and what a machine can check of them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { poll, startWorkbench, stopServer, type ColorTheme } from './driver';

const THEMES: readonly [ColorTheme, string][] = [
  ['Light Modern', 'vscode-light'],
  ['Dark Modern', 'vscode-dark'],
  ['Default High Contrast', 'vscode-high-contrast'],
  ['Default High Contrast Light', 'vscode-high-contrast-light'],
];
/** Long lines, fractions in fractions, many colours, matrices. */
const DERIVATIONS = ['ddpm-posterior', 'elbo-jensen', 'negative-sampling', 'kl-gaussians'];
const SAMPLE = readFileSync('samples/ddpm_moons.py', 'utf8');

describe('themes', () => {
  after(stopServer);

  for (const [colorTheme, bodyClass] of THEMES) {
    it(colorTheme, async () => {
      const workbench = await startWorkbench({ files: { 'ddpm_moons.py': SAMPLE }, colorTheme, reducedMotion: colorTheme.includes('High') });
      try {
        await workbench.openFile('ddpm_moons.py');
        await workbench.clickLens('▶ Sample from DDPM');
        const panel = await workbench.panelFrame('#scrubber');
        await poll('the theme', 15_000, async () => ((await panel.locator('body').getAttribute('class'))?.split(' ').includes(bodyClass) ? true : undefined));
        await poll('a finished run', 60_000, async () => ((await panel.locator('.export [data-item="json"]').isEnabled()) ? true : undefined));
        await workbench.screenshot(`panel-${bodyClass}`);
        await panel.locator('.derivation [data-sym="alphaBar"]').first().focus();
        await poll('the decoration', 10_000, async () => ((await workbench.page.locator('[class*="TextEditorDecorationType"]').count()) > 0 ? true : undefined));
        await workbench.screenshot(`symbol-${bodyClass}`);
        const { overflow, height } = await panel.evaluate(() => ({
          overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          height: document.querySelector('canvas')!.getBoundingClientRect().height,
        }));
        // Field, paths and a training with its loss: the fullest the panel gets.
        await panel.locator('#view-field').click();
        await panel.locator('#view-field vscode-option', { hasText: 'Exact' }).first().click();
        await panel.getByRole('button', { name: 'Follow points' }).click();
        await panel.locator('#scrubber').focus();
        for (let i = 0; i < 4; i++) await workbench.page.keyboard.press('PageDown');
        await poll('the field', 15_000, async () => (/longest arrow/.test(await panel.locator('.legend').innerText()) ? true : undefined));
        await workbench.screenshot(`field-${bodyClass}`);
        await panel.getByRole('tab', { name: 'Loss' }).click();
        await panel.locator('#train').click();
        await poll('a sample of the network in training', 60_000, async () => (/sample at step/.test(await panel.locator('.legend').innerText()) ? true : undefined));
        await panel.locator('#train').click();
        await panel.locator('.tabs').scrollIntoViewIfNeeded();
        await poll('the pause', 30_000, async () => (/Resume/.test(await panel.locator('#train').innerText()) ? true : undefined));
        await workbench.screenshot(`training-${bodyClass}`);
        for (const id of DERIVATIONS) {
          await panel.locator('.derivation vscode-button', { hasText: 'Contents' }).click();
          await panel.locator(`.contents-list [data-derivation="${id}"]`).first().click();
          await panel.locator('.lines').press('End');
          await poll(`the formulas of ${id}`, 15_000, async () => ((await panel.locator('.derivation .line:not(:has(.katex))').count()) === 0 ? true : undefined));
          await panel.locator('.derivation').scrollIntoViewIfNeeded();
          await workbench.screenshot(`derivation-${id}-${bodyClass}`);
          const cut = await panel.evaluate(() => [...document.querySelectorAll('.derivation .formula')].filter((f) => f.scrollWidth > f.clientWidth + 1).length);
          assert.equal(cut, 0, `formulas of ${id} are cut`);
        }
        assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
        assert.ok(height >= 200, `the picture is ${height} px high`);
        assert.deepEqual(workbench.consoleLines.filter((line) => /Content Security Policy.*(main\.js|worker|wasm|main\.css)/i.test(line)), []);
      } finally {
        await workbench.dispose();
      }
    });
  }
});
