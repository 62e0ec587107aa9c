/** Training as a person does it: train, pause, reload, resume, look inside, lay two runs over each other, take everything away. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { readRecord } from '../../core/protocol/record';
import { readSafetensors } from '../../core/math/safetensors';
import { readPoints } from '../../core/math/points';
import { exportTo, poll, startWorkbench, stopServer, type Workbench } from './driver';

/** Long enough to be interrupted three times. */
const SAMPLE = readFileSync('samples/ddpm_moons.py', 'utf8').replace('range(5001)', 'range(20_000)');

describe('train DDPM in VS Code', () => {
  let workbench: Workbench;
  let panel: Frame;

  before(async () => {
    workbench = await startWorkbench({ files: { 'ddpm_moons.py': SAMPLE, 'mine.csv': 'x,y\n0,0\n1,2\n2,1\n3,3\n4,0\n', 'bad.csv': 'x,y\n1,2\nthree,4\n' } });
  });
  after(async () => {
    await workbench?.dispose();
    await stopServer();
  });

  const step = (name: string, action: () => Promise<void>): void => void it(name, () => workbench.keepingEvidence(name, action));
  const text = (selector: string) => panel.locator(selector).first().innerText();
  const trainLabel = async (label: RegExp, timeout = 60_000) => poll(`the button ${String(label)}`, timeout, async () => (label.test(await text('#train')) ? true : undefined));
  const taken = async () => Number(/([\d,]+) of/.exec(await text('.train-text'))?.[1].replaceAll(',', '') ?? NaN);
  const sampled = () => poll('a finished run', 60_000, async () => ((await panel.locator('.export [data-item="json"]').isEnabled()) ? true : undefined));
  const setField = async (id: string, value: string) => {
    await panel.locator(`#field-${id} input`).fill(value);
    await panel.locator(`#field-${id} input`).press('Tab');
  };
  const choose = async (selector: string, option: RegExp) => {
    await panel.locator(selector).click();
    await panel.locator(`${selector} vscode-option`, { hasText: option }).click();
  };

  step('the lens trains the model beside the code; loss and samples come while it does', async () => {
    await workbench.openFile('ddpm_moons.py');
    await workbench.clickLens('● Train');
    panel = await workbench.panelFrame('#train');
    await trainLabel(/Pause/);
    await poll('progress', 30_000, async () => ((await taken()) > 0 ? true : undefined));
    assert.match(await text('.train-text'), /steps\/s/);
    await poll('a sample of the network in training', 30_000, async () => (/sample at step [\d,]+/.test(await text('.legend')) ? true : undefined));
    assert.match(await text('.train-loss'), /loss 0?\.?\d/);
  });

  step('pause keeps what was learnt', async () => {
    await panel.locator('#train').click();
    await trainLabel(/Resume/);
    const at = await taken();
    await new Promise((resolve) => setTimeout(resolve, 700));
    assert.equal(await taken(), at, 'it stands still');
    await panel.getByRole('tab', { name: 'Loss' }).click();
    assert.equal(Number(/step ([\d,]+)/.exec(await text('.loss .readout'))?.[1].replaceAll(',', '')), at, 'the curve reaches the last step');
    await workbench.screenshot('training-paused');
  });

  step('one step is one step', async () => {
    const at = await taken();
    await panel.getByRole('button', { name: 'Step', exact: true }).click();
    await poll('one step more', 15_000, async () => ((await taken()) === at + 1 ? true : undefined));
  });

  step('after a reload the checkpoint is there, and training goes on from it', async () => {
    await trainLabel(/Resume/);
    const at = await taken();
    await workbench.reload();
    panel = await workbench.panelFrame('#train');
    await poll('the offer to go on', 60_000, async () => (/checkpoint of step/.test(await text('.train-note')) ? true : undefined));
    assert.equal(Number(/step ([\d,]+)/.exec(await text('.train-note'))![1].replaceAll(',', '')), at);
    await panel.locator('#train').click();
    await trainLabel(/Pause/);
    await poll('it went on', 30_000, async () => ((await taken()) > at ? true : undefined));
  });

  step('a reload in the middle of training does not end it', async () => {
    // VS Code writes a panel's state down every few seconds.
    await new Promise((resolve) => setTimeout(resolve, 6000));
    const before = await taken();
    await workbench.reload();
    panel = await workbench.panelFrame('#train');
    await poll('went on by itself', 60_000, async () => (/went on from the checkpoint/.test(await text('.train-note')) ? true : undefined));
    await poll('further', 60_000, async () => ((await taken()) > 0 ? true : undefined));
    assert.ok(before > 0);
  });

  step('at the end of its steps the network is sampled', async () => {
    await panel.locator('#train').click();
    await trainLabel(/Resume/);
    await setField('trainSteps', String((await taken()) + 50));
    await panel.locator('#train').click();
    await trainLabel(/Train on/);
    await sampled();
    assert.match(await text('.whose'), /trained here for [\d,]+ steps/);
    await workbench.screenshot('training-finished');
  });

  step('two schedulers lie over each other from the same start noise', async () => {
    await panel.getByRole('button', { name: 'Keep as A' }).click();
    await choose('#field-sampler', /DDIM/);
    await setField('steps', '20');
    await panel.locator('#run').click();
    await poll('both runs in the key', 60_000, async () => (/A: DDPM[^]*B: DDIM, 20 steps/.test(await text('.legend')) ? true : undefined));
    await sampled();
    await poll('both measured', 60_000, async () => (((await text('.metrics')).match(/real draws/g) ?? []).length >= 4 ? true : undefined));
    await panel.getByRole('button', { name: 'Follow points' }).click();
    await choose('#view-field', /Network \+ exact/);
    await poll('the field', 15_000, async () => (/longest arrow/.test(await text('.legend')) ? true : undefined));
    await workbench.screenshot('two-runs');
    await panel.getByRole('tab', { name: 'Bound' }).click();
    await poll('the bound', 60_000, async () => (/L₀|L_0/.test(await text('.bound-table')) && /\d/.test(await text('.bound-total')) ? true : undefined));
    await workbench.screenshot('bound');
    await panel.getByRole('button', { name: 'Drop A' }).click();
  });

  step('the forward process goes the other way', async () => {
    await panel.getByRole('button', { name: 'Forward' }).click();
    await poll('its key', 30_000, async () => (/q\(x/.test(await text('.legend')) ? true : undefined));
    await panel.locator('#run').click();
    await sampled();
  });

  step('sample, picture, network and run can be taken away', async () => {
    const points = readPoints(new Uint8Array(readFileSync(await exportTo(workbench, panel, 'npy', 'sample.npy'))), 'sample.npy');
    assert.equal(points.rows, 2000);
    assert.match(readFileSync(await exportTo(workbench, panel, 'csv', 'sample.csv'), 'utf8'), /^x,y\n/);
    assert.deepEqual([...readFileSync(await exportTo(workbench, panel, 'png', 'picture.png')).subarray(1, 4)], [...Buffer.from('PNG')]);
    const { tensors, metadata } = readSafetensors(new Uint8Array(readFileSync(await exportTo(workbench, panel, 'weights', 'network.safetensors'))));
    assert.ok(tensors['hidden.0.kernel']);
    const record = readRecord(JSON.parse(readFileSync(await exportTo(workbench, panel, 'json', 'run.json'), 'utf8')));
    assert.equal(String(record.trainedSteps), metadata.steps);
    assert.equal(record.settings.sampler, 'ddim');
  });

  step('the last experiment runs again, training included, to the same bytes', async () => {
    const before = JSON.parse(readFileSync(`${workbench.workspace}/run.json`, 'utf8')) as { sample: unknown; trainedSteps: number };
    assert.ok(before.trainedSteps > 0);
    await panel.getByRole('button', { name: 'Reset', exact: true }).click();
    await poll('nothing trained', 15_000, async () => (/stand-in/.test(await text('.whose')) ? true : undefined));
    await workbench.runCommand('Run Last Experiment Again');
    await poll('trained again', 120_000, async () => (new RegExp(`trained here for ${before.trainedSteps.toLocaleString('en-US')} steps`).test(await text('.whose')) ? true : undefined));
    await sampled();
    const after = JSON.parse(readFileSync(await exportTo(workbench, panel, 'json', 'again.json'), 'utf8')) as typeof before;
    assert.equal(after.trainedSteps, before.trainedSteps);
    assert.deepEqual(after.sample, before.sample);
  });

  step('points drawn with the mouse are data too', async () => {
    await choose('#field-data', /own points/i);
    await panel.getByRole('button', { name: 'Draw', exact: true }).click();
    const box = (await panel.locator('.picture-frame canvas').boundingBox())!;
    const { mouse } = workbench.page;
    await mouse.move(box.x + box.width * 0.35, box.y + box.height * 0.4);
    await mouse.down();
    for (let i = 0; i <= 12; i++) await mouse.move(box.x + box.width * (0.35 + 0.025 * i), box.y + box.height * (0.4 + 0.15 * Math.sin(i / 2)));
    await mouse.up();
    await poll('points drawn', 10_000, async () => (/[1-9]\d+ points drawn/.test(await text('.own-text')) ? true : undefined));
    await workbench.screenshot('drawing');
    await panel.getByRole('button', { name: 'Use these points' }).click();
    await poll('they are the data', 10_000, async () => (/drawn points: \d+ points/.test(await text('.own-text')) ? true : undefined));
  });

  step('own points: a bad file says where, a good one can be trained on', async () => {
    await choose('#field-data', /own points/i);
    const open = async (name: string) => {
      await panel.getByRole('button', { name: 'Load file…' }).click();
      const input = workbench.page.locator('.quick-input-widget input').first();
      await input.waitFor({ timeout: 15_000 });
      // The dialog writes the folder a moment after it appears; typed before that, the path would be appended to it.
      await poll('the folder', 15_000, async () => ((await input.inputValue()).includes(path.basename(workbench.workspace)) ? true : undefined));
      await input.press('ControlOrMeta+a');
      await input.fill(`${workbench.workspace}/${name}`);
      await workbench.page.keyboard.press('Enter');
    };
    await open('bad.csv');
    await poll('the problem', 15_000, async () => (/three/.test(await text('.own-problem')) && /line 3/i.test(await text('.own-problem')) ? true : undefined));
    await open('mine.csv');
    await poll('the points', 15_000, async () => (/mine\.csv: 5 points/.test(await text('.own-text')) ? true : undefined));
    assert.match(await text('.run-status'), /train one/i);
    await setField('trainSteps', '60');
    await panel.locator('#train').click();
    await trainLabel(/Train on/, 60_000);
    await sampled();
  });
});
