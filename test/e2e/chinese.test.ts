/** The extension in Simplified Chinese: lenses, commands, the panel with its derivation, the inline preview and hovers. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { vaeCode } from '../vae';
import { poll, startWorkbench, stopServer, type Workbench } from './driver';

const HAN = /\p{Script=Han}/u;
const VAE = vaeCode({ className: 'Net', latent: 20 });
const DDPM = readFileSync('samples/ddpm_moons.py', 'utf8');
const lineOf = (text: string, code: string): number => code.split('\n').findIndex((line) => line.includes(text)) + 1;

after(stopServer);

describe('in Simplified Chinese', () => {
  let workbench: Workbench;
  let panel: Frame;

  before(async () => {
    workbench = await startWorkbench({ files: { 'ddpm.py': DDPM, 'vae.py': VAE }, language: 'zh-cn' });
  });
  after(() => workbench?.dispose());

  const step = (name: string, action: () => Promise<void>): void => void it(name, () => workbench.keepingEvidence(name, action));

  step('lenses and what they say', async () => {
    await workbench.openFile('ddpm.py');
    await workbench.codeLens('从 DDPM 采样');
    await workbench.codeLens('推导');
  });

  step('the panel samples, and speaks Chinese but for code and names', async () => {
    await workbench.clickLens('从 DDPM 采样');
    panel = await workbench.panelFrame('#scrubber');
    await poll('a finished run', 60_000, async () => ((await panel.locator('.export [data-item="json"]').isEnabled()) ? true : undefined));
    assert.match((await panel.locator('html').getAttribute('lang')) ?? '', /^zh-cn$/i);
    for (const part of ['#run', '#train', '.derivation h2', '.derivation .shows', '.line.current .why', '.glossary h2']) assert.match(await panel.locator(part).first().innerText(), HAN, part);
    assert.match((await panel.locator('.line.current .formula').getAttribute('aria-label')) ?? '', HAN, 'what is read out');
    await workbench.screenshot('chinese-panel');
  });

  step('the contents are found by Chinese words and by names', async () => {
    await panel.locator('.derivation vscode-button', { hasText: '目录' }).click();
    await panel.locator('.contents-search').fill('重参数化');
    assert.ok((await panel.locator('[data-derivation="reparameterisation-gradient"]').count()) > 0);
    await panel.locator('.contents-search').fill('iwae');
    await panel.locator('[data-derivation="iwae"]').first().click();
    await poll('its Chinese title', 10_000, async () => (HAN.test(await panel.locator('.derivation h2').innerText()) ? true : undefined));
    await workbench.screenshot('chinese-derivation');
  });

  step('the inline preview and a hover', async () => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.openFile('vae.py');
    await workbench.codeLens('∑ ELBO');
    await workbench.goTo(lineOf('def forward', VAE));
    await workbench.runCommand('就地预览 ELBO 推导');
    const thread = workbench.page.locator('.review-widget');
    await poll('the first step', 20_000, async () => (/第 1 步，共 \d+ 步/.test(await thread.innerText()) ? true : undefined));
    assert.match((await thread.locator('img').first().getAttribute('alt')) ?? '', HAN);
    await workbench.screenshot('chinese-inline');
    await workbench.page.keyboard.press('Escape');
    await workbench.page.locator('.view-line', { hasText: 'class Net' }).locator('span', { hasText: 'Net' }).last().hover();
    const hover = workbench.page.locator('.monaco-hover:visible .monaco-hover-content').first();
    await poll('the hover', 15_000, async () => (/变分自编码器/.test(await hover.innerText()) ? true : undefined));
    await workbench.screenshot('chinese-hover');
  });
});
