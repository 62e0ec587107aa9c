/** A derivation between the lines of the file, and formulas and TeX on hover, in the real editor. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { vaeCode } from '../vae';
import { poll, startWorkbench, stopServer, type Workbench } from './driver';

const VAE = vaeCode({ className: 'Net', latent: 20 });
const DDPM = readFileSync('samples/ddpm_moons.py', 'utf8');
/** A formula, one with a fault, one that would never end, and one more. */
const NOTES = [
  '# The noise of step $t$: $\\beta_t = 1 - \\alpha_t$, as in the paper.',
  '# Wrong: $x + \\nosuch{y}$',
  `# Bomb: $${'\\sqrt{\\frac{'.repeat(300)}x${'}{x}}'.repeat(300)}$`,
  '# After: $\\sigma^2$ is here',
  '',
].join('\n');
const lineOf = (text: string, code: string): number => code.split('\n').findIndex((line) => line.includes(text)) + 1;

after(stopServer);

describe('formulas in the editor', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await startWorkbench({ files: { 'vae.py': VAE, 'ddpm.py': DDPM, 'notes.py': NOTES } });
  });
  after(() => workbench?.dispose());

  const step = (name: string, action: () => Promise<void>): void => void it(name, () => workbench.keepingEvidence(name, action));
  const thread = () => workbench.page.locator('.review-widget');
  const image = () => thread().locator('.comment-body img').first();
  const shown = async (pattern: RegExp) => poll(String(pattern), 10_000, async () => (pattern.test(await thread().innerText()) ? true : undefined));
  const source = async () => (await image().getAttribute('src'))!;
  const svg = (uri: string) => Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64').toString('utf8');

  step('the bound of the model opens between the lines, its first step as a picture', async () => {
    await workbench.openFile('vae.py');
    await workbench.codeLens('∑ ELBO');
    await workbench.goTo(lineOf('def forward', VAE));
    await workbench.runCommand('Marginalia: Preview ELBO Derivation Inline');
    await image().waitFor({ timeout: 20_000 });
    await shown(/Step 1 of \d+/);
    const { width, height } = (await image().boundingBox())!;
    assert.ok(width > 80 && height > 15, `${width} × ${height}`);
    assert.match((await image().getAttribute('alt')) ?? '', /equals/);
    assert.ok((await source()).length < 90_000);
    await workbench.screenshot('inline-elbo');
    assert.equal(await workbench.page.locator('.comments-panel').count(), 0, 'the Comments panel stays closed');
  });

  step('keys step, fold the reason, and the theme is followed', async () => {
    const first = await source();
    await workbench.page.keyboard.press('Alt+BracketRight');
    await shown(/Step 2 of/);
    assert.notEqual(await source(), first);
    const words = (await thread().innerText()).length;
    await workbench.page.keyboard.press('Alt+Backslash');
    await poll('the reason folded', 5000, async () => ((await thread().innerText()).length < words ? true : undefined));
    await workbench.page.keyboard.press('Alt+BracketLeft');
    await shown(/Step 1 of/);
    const dark = svg(await source());
    assert.match(dark, /fill="#d4d4d4"/);
    await workbench.runCommand('Preferences: Toggle between Light/Dark Themes');
    await poll('the light foreground', 15_000, async () => (/fill="#1f1f1f"/.test(svg(await source())) ? true : undefined));
    await workbench.screenshot('inline-elbo-light');
    await workbench.runCommand('Preferences: Toggle between Light/Dark Themes');
  });

  step('Escape closes it, and the file is as it was', async () => {
    await workbench.page.keyboard.press('Escape');
    await poll('no thread', 10_000, async () => ((await thread().count()) === 0 ? true : undefined));
    assert.equal(readFileSync(path.join(workbench.workspace, 'vae.py'), 'utf8'), VAE);
    assert.equal(await workbench.page.locator('.tab.dirty').count(), 0);
  });

  step('the preview of what stands under the cursor begins at its symbol, and leads to the panel', async () => {
    await workbench.openFile('ddpm.py');
    await workbench.codeLens('∑ derivation');
    await workbench.goTo(lineOf('z = torch.randn_like(x)', DDPM), DDPM.split('\n').find((line) => line.includes('z = torch.randn_like(x)'))!.indexOf('z =') + 1);
    await workbench.runCommand('Marginalia: Preview Derivation Inline');
    await image().waitFor({ timeout: 20_000 });
    await shown(/The sampling step/);
    await workbench.screenshot('inline-sampling');
    await workbench.runCommand('Marginalia: Open the Step of the Inline Preview in the Panel');
    const panel = await workbench.panelFrame('.derivation');
    await poll('the same line in the panel', 20_000, async () => (/The sampling step/.test(await panel.locator('.line.current .line-label').innerText()) ? true : undefined));
    await workbench.runCommand('Marginalia: Close the Inline Preview');
    await poll('no thread', 10_000, async () => ((await thread().count()) === 0 ? true : undefined));
  });

  step('a hover over alphas_cumprod shows its formula, name and source', async () => {
    await workbench.runCommand('View: Focus First Editor Group');
    await workbench.page.keyboard.press('Control+Home');
    await workbench.goTo(lineOf('alphas_cumprod = torch.cumprod', DDPM), 12);
    await workbench.page.keyboard.press('Control+k');
    await workbench.page.keyboard.press('Control+i');
    const hover = workbench.page.locator('.monaco-hover-content').first();
    await poll('the formula', 15_000, async () => ((await hover.locator('img').count()) > 0 ? true : undefined));
    assert.match(await hover.innerText(), /Ho et al\. 2020/);
    await workbench.screenshot('hover-alphas-cumprod');
  });

  const hoverOn = async (line: number, column: number) => {
    await workbench.page.keyboard.press('Escape');
    await poll('no hover', 5000, async () => ((await workbench.page.locator('.monaco-hover:visible').count()) === 0 ? true : undefined));
    await workbench.goTo(line, column);
    await workbench.page.keyboard.press('Control+k');
    await workbench.page.keyboard.press('Control+i');
    return workbench.page.locator('.monaco-hover:visible .monaco-hover-content').first();
  };

  step('TeX in a comment becomes a formula, a fault in it is shown at its place, and a bomb stops at its time', async () => {
    await workbench.openFile('notes.py');
    await workbench.page.keyboard.press('Control+Home');
    const formula = await hoverOn(1, 30);
    await poll('the formula', 20_000, async () => (/beta_t = 1/.test((await formula.locator('img').getAttribute('alt')) ?? '') ? true : undefined));
    await workbench.screenshot('hover-tex');
    const fault = await hoverOn(2, 12);
    await poll('the fault', 15_000, async () => (/TeX, character 5: Undefined control sequence/.test((await fault.innerText()).replace(/\u00a0/g, ' ')) ? true : undefined));
    await workbench.screenshot('hover-tex-fault');
    const bomb = await hoverOn(3, 12);
    await poll('the end of the bomb', 15_000, async () => (/takes too long|too large|TeX, character/.test((await bomb.innerText()).replace(/\u00a0/g, ' ')) ? true : undefined));
    // The next one is set all the same.
    const again = await hoverOn(4, 12);
    await poll('the next formula', 20_000, async () => (/sigma\^2/.test((await again.locator('img').getAttribute('alt')) ?? '') ? true : undefined));
  });
});
