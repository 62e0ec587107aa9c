/** The main job, as a person does it: open a model never seen before, click the lens, watch, scrub, point, edit, reload. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { diffusionQuantities } from '../../core/math/diffusion';
import { heldOutDraw, realBaseline, slicedWasserstein } from '../../core/math/metrics';
import { randomModel } from './models';
import { exportTo, poll, startWorkbench, stopServer, type Workbench } from './driver';

/** Printed, so that a failure can be repeated with MODEL_SEED. */
const seed = Number(process.env.MODEL_SEED ?? Date.now() % 1e6);
const model = randomModel(seed);
const T = model.betas.length;

const NEAR_MISS = `import torch

def train(net, data, beta1=0.9, beta2=0.999):
    optimiser = torch.optim.Adam(net.parameters(), lr=1e-3, betas=(beta1, beta2))
    for x in data:
        optimiser.zero_grad()
        net(x).sum().backward()
        optimiser.step()
`;

describe(`sample from DDPM in VS Code (MODEL_SEED=${seed}: ${model.schedule.name}, T = ${T})`, () => {
  let workbench: Workbench;
  let panel: Frame;

  before(async () => {
    workbench = await startWorkbench({ files: { [model.fileName]: model.code, 'training.py': NEAR_MISS, 'binary.py': new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2, 255]) } });
  });
  after(async () => {
    await workbench?.dispose();
    await stopServer();
  });

  const step = (name: string, action: () => Promise<void>): void => void it(name, () => workbench.keepingEvidence(name, action));
  const scrubber = () => panel.locator('#scrubber');
  const time = async () => (await scrubber().getAttribute('aria-valuetext')) ?? '';
  const finished = () => poll('a finished run', 60_000, async () => ((await panel.locator('#run').textContent())?.includes('Sample') && (await scrubber().isEnabled()) && !(await panel.getByText('starting', { exact: true }).isVisible()) ? true : undefined));

  step('a file without a model has no lens', async () => {
    await workbench.openFile('training.py');
    // A lens elsewhere proves that the extension is awake; here there must be none after that.
    await workbench.openFile(model.fileName);
    await workbench.codeLens('▶ Sample from DDPM');
    await workbench.openFile('training.py');
    await poll('no lens', 10_000, async () => ((await workbench.codeLensTexts()).length === 0 ? true : undefined));
  });

  step('the lens stands above the model and says whose settings run', async () => {
    await workbench.openFile(model.fileName);
    await workbench.codeLens('▶ Sample from DDPM');
    await workbench.codeLens('∑ derivation');
    const text = await workbench.page.locator('.codelens-decoration').first().innerText();
    assert.match(text, new RegExp(`yours: T = ${T}, ${model.schedule.name} schedule.*ours:`));
  });

  step('a click samples beside the code', async () => {
    await workbench.clickLens('▶ Sample from DDPM');
    panel = await workbench.panelFrame('#scrubber');
    await finished();
    assert.match(await panel.locator('.device').innerText(), /WASM|WebGPU|CPU/);
  });

  step('the export holds the file\'s own schedule and a sample of the data', async () => {
    const file = await exportTo(workbench, panel, 'json', 'export.json');
    const exported = await poll('the exported file', 15_000, async () => JSON.parse(readFileSync(file, 'utf8')) as
      { settings: { T: number; schedule: string; data: 'moons'; seed: number }; alphasCumprod: number[]; sample: [number, number][] });
    assert.equal(exported.settings.T, T);
    assert.equal(exported.settings.schedule, model.schedule.name);
    const expected = diffusionQuantities(model.betas).alphasCumprod;
    assert.equal(exported.alphasCumprod.length, T);
    exported.alphasCumprod.forEach((value, t) => assert.ok(Math.abs(value - expected[t]) <= 1e-9, `ᾱ at ${t}: ${value}, not ${expected[t]}`));
    const points = Float32Array.from(exported.sample.flat());
    const distance = slicedWasserstein(points, heldOutDraw(exported.settings.data));
    const real = realBaseline(exported.settings.data, points.length / 2).slicedWasserstein;
    assert.ok(distance <= 2 * real, `sliced Wasserstein ${distance.toFixed(4)}, real draws ${real.toFixed(4)}`);
  });

  step('the scrubber goes through time by keyboard and the picture with it', async () => {
    const picture = async () => panel.locator('.picture canvas, canvas.picture').first().evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
    await scrubber().focus();
    await workbench.page.keyboard.press('End');
    const data = [await time(), await picture()];
    await workbench.page.keyboard.press('Home');
    await poll('another time', 5000, async () => ((await time()) !== data[0] ? true : undefined));
    const noise = [await time(), await picture()];
    assert.match(noise[0], new RegExp(`t = ${T} of ${T}`));
    await poll('another picture', 5000, async () => ((await picture()) !== data[1] ? true : undefined));
    await workbench.page.keyboard.press('ArrowRight');
    await poll('one step', 5000, async () => ((await time()).includes(`t = ${T - 1} of ${T}`) ? true : undefined));
  });

  step('both sides of a line are the same number in the run, measured there', async () => {
    await panel.locator('.lines').focus();
    await workbench.page.keyboard.press('End');
    const shown = await poll('numbers of the run', 15_000, async () => {
      const text = await panel.locator('.run-numbers').innerText();
      return (await panel.locator('.run-numbers').isVisible()) ? text : undefined;
    });
    // Point by point in single precision against the formula in double: four digits agree to one unit of the last.
    const [left, right] = shown.split(/ [=≈] /).map((side) => (side.replaceAll('−', '-').match(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g) ?? []).map(Number));
    assert.ok(left.length === 2 && right.length === 2, shown);
    left.forEach((value, axis) => assert.ok(Math.abs(value - right[axis]) <= 2e-3 * Math.max(0.1, Math.abs(value)), shown));
    assert.match(await panel.locator('.line.current').innerText(), new RegExp(`in your run at t = ${T - 1}, first point`));
    await workbench.page.keyboard.press('Home');
  });

  step('pointing at ᾱ lights up the variables that hold it, and only those', async () => {
    await panel.locator('.derivation [data-sym="alphaBar"]').first().hover();
    const words = await poll('decorations', 10_000, async () => {
      const found = await decoratedWords(workbench);
      return found.length > 0 ? found : undefined;
    });
    assert.ok(words.some((word) => word.includes(model.names.alphaBar)), words.join(', '));
    // `keep` holds √ᾱ: it is tied to the symbol too.
    assert.ok(words.every((word) => word.includes(model.names.alphaBar) || word === 'keep'), words.join(', '));
    const betaSymbol = panel.locator('.derivation [data-sym="beta"]').first();
    await poll('a line of the derivation with β', 15_000, async () => {
      if (await betaSymbol.isVisible()) return true;
      await panel.getByRole('button', { name: /next/i }).first().click();
      return undefined;
    });
    await betaSymbol.hover();
    await poll('decorations of β', 10_000, async () => ((await decoratedWords(workbench)).some((word) => word.includes(model.names.beta)) ? true : undefined));
    const beta = await decoratedWords(workbench);
    assert.ok(beta.every((word) => word.includes(model.names.beta)), beta.join(', '));
  });

  step('the cursor on a variable lights up its symbol', async () => {
    const lines = model.code.split('\n');
    const line = lines.findIndex((text) => text.includes(`"${model.names.alphaBar}"`));
    await workbench.goTo(lines.findIndex((text) => text.includes(`self.${model.names.alphaBar}[`)) + 1, lines.find((text) => text.includes(`self.${model.names.alphaBar}[`))!.indexOf(model.names.alphaBar) + 2);
    assert.ok(line > 0);
    await poll('a marked symbol', 10_000, async () => ((await panel.locator('[data-sym="alphaBar"].marked').count()) > 0 ? true : undefined));
  });

  step('editing T shows a badge, and R runs again', async () => {
    const changed = T - 7;
    const lines = model.code.split('\n');
    const line = lines.findIndex((text) => text.includes(`=${T})`));
    await workbench.replaceLine(line + 1, lines[line].replace(`=${T})`, `=${changed})`));
    await poll('the badge', 15_000, async () => ((await panel.locator('.action-bar .badge').innerText()).includes('settings changed') ? true : undefined));
    await panel.locator('.picture-frame').click();
    await panel.locator('body').press('r');
    await finished();
    await poll('the badge gone', 15_000, async () => ((await panel.locator('.action-bar .badge').isHidden()) ? true : undefined));
    await scrubber().focus();
    await workbench.page.keyboard.press('Home');
    await poll('the new T', 10_000, async () => ((await time()).includes(`t = ${changed} of ${changed}`) ? true : undefined));
  });

  step('a window reload brings the panel back', async () => {
    await workbench.page.keyboard.press('Control+s');
    await workbench.reload();
    panel = await workbench.panelFrame('#scrubber');
    await finished();
    assert.match(await panel.locator('.model-name').innerText(), new RegExp(model.className));
  });

  step('WebGPU runs in the panel when it is chosen, on a software adapter too, and says so', async () => {
    for (const [field, value] of [['points', '200'], ['steps', '10']]) {
      await panel.locator(`#field-${field} input`).fill(value);
      await panel.locator(`#field-${field} input`).press('Tab');
    }
    await panel.locator('#field-device').click();
    await panel.locator('#field-device vscode-option', { hasText: /webgpu/i }).click();
    await panel.locator('#run').click();
    await poll('WebGPU', 60_000, async () => (/WebGPU/.test(await panel.locator('.device').innerText()) ? true : undefined));
    await poll('ten steps', 60_000, async () => ((await scrubber().getAttribute('max')) === '10' ? true : undefined));
    await finished();
    assert.match(await panel.locator('.device').innerText(), /WebGPU .*software/);
  });

  step('an out-of-range setting is refused at its control and nothing is lost', async () => {
    const field = panel.locator('#field-T input');
    await field.fill('1000000000');
    await field.press('Tab');
    await poll('a message', 5000, async () => ((await panel.locator('.problem:visible').allInnerTexts()).some((text) => /10[,.]?000/.test(text)) ? true : undefined));
    assert.ok(await scrubber().isEnabled(), 'the last run is still there');
  });
});

/** Texts under the extension's decorations, found where they are drawn. */
async function decoratedWords(workbench: Workbench): Promise<string[]> {
  return workbench.page.evaluate(() => {
    const words: string[] = [];
    for (const mark of document.querySelectorAll('.view-overlays [class*="TextEditorDecorationType"], .view-lines [class*="TextEditorDecorationType"]')) {
      const box = mark.getBoundingClientRect();
      if (box.width === 0) continue;
      const range = document.caretRangeFromPoint(box.left + 2, box.top + box.height / 2);
      const line = range?.startContainer.parentElement?.closest('.view-line');
      // Beneath the panel's edge or a sticky header there is other text, or none.
      if (!range || !line) continue;
      const before = document.createRange();
      before.setStart(line, 0);
      before.setEnd(range.startContainer, range.startOffset);
      const at = before.toString().length;
      words.push(/^[\w.]*/.exec((line.textContent ?? '').slice(at).replace(/\u00a0/g, ' '))![0]);
    }
    return words;
  });
}
