/** The extension in a real VS Code (code-server in Chromium): activation, panels, and how long the page's thread is held. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { FIRST_FRAME_MARK, SCRIPT_MARK } from '../../webview/ui/marks';
import { poll, startWorkbench, stopServer, type Workbench } from '../e2e/driver';
import { median, round } from './rounds';

export interface EditorFigures {
  /** VS Code's own figure (*Show Running Extensions*): loading the bundle and `activate()`. */
  activationMs: number;
  /** An empty webview, the first of its window in a new browser profile: from the call that creates it to the first word of its script. */
  emptyWebviewMs: number;
  /** From the start of the page's script, in a new browser profile, until the first step of sampling has been drawn. */
  scriptToFirstFrameMs: number;
  /** From a click on the lens to the same, the panel having been open before. */
  warmClickToFirstFrameMs: number;
  /** The longest task of the page's thread during 10 s of training. */
  longestTaskMs: number;
  chromium: string;
}

const FILE = 'ddpm_moons.py';
const STARTS = 3;
const WARM_CLICKS = 2;
const TRAINING_MS = 10_000;

export async function measureEditor(root: string, quick: boolean, say: (text: string) => void): Promise<EditorFigures> {
  const [activation, empty, script, warm]: number[][] = [[], [], [], []];
  let longestTaskMs = NaN;
  let chromium = '';
  try {
    const starts = quick ? 1 : STARTS;
    for (let n = 1; n <= starts; n++) {
      say(`VS Code, start ${n} of ${starts}`);
      const workbench = await startWorkbench({ files: { [FILE]: readFileSync(path.join(root, 'samples', FILE)) }, extensions: [path.join(root, 'test/bench/empty-webview')] });
      try {
        chromium = workbench.context.browser()?.version() ?? '';
        await workbench.openFile(FILE);
        await workbench.codeLens('Sample');
        activation.push(await activationTime(workbench));
        empty.push(await emptyWebview(workbench));
        script.push((await firstFrame(workbench, '▶')).fromScript);
        for (let click = 0; click < WARM_CLICKS; click++) {
          await closeTab(workbench, /DDPM ·/);
          warm.push((await firstFrame(workbench, '▶')).fromClick);
        }
        if (n === starts) {
          say('ten seconds of training');
          longestTaskMs = await longestTask(workbench, quick ? 1000 : TRAINING_MS);
        }
      } finally {
        await workbench.dispose();
      }
    }
  } finally {
    await stopServer();
  }
  return {
    activationMs: round(median(activation)), emptyWebviewMs: round(median(empty)), scriptToFirstFrameMs: round(median(script)),
    warmClickToFirstFrameMs: round(median(warm)), longestTaskMs: round(longestTaskMs), chromium,
  };
}

async function activationTime(workbench: Workbench): Promise<number> {
  const { page } = workbench;
  await workbench.runCommand('Developer: Show Running Extensions');
  const editor = page.locator('.runtime-extensions-editor');
  const row = editor.locator('.extension', { hasText: 'marginalia.marginalia' }).first();
  return workbench.keepingEvidence('activation time', async () => {
    await editor.hover();
    const time = await poll('the activation time', 30_000, async () => {
      // The slowest come first, and only what is in view is in the page.
      if ((await row.count()) === 0) await page.mouse.wheel(0, 300);
      return /(\d+)ms/.exec(await row.locator('.activation-time').innerText({ timeout: 1000 }))?.[1];
    });
    await page.keyboard.press('Escape');
    await editor.waitFor({ state: 'hidden' });
    return Number(time);
  });
}

async function emptyWebview(workbench: Workbench): Promise<number> {
  await workbench.runCommand('Open Empty Webview');
  const tab = workbench.page.locator('.tab', { hasText: /Empty webview: \d+ ms/ });
  await workbench.keepingEvidence('empty webview', () => tab.waitFor({ timeout: 60_000 }));
  const ms = Number(/(\d+) ms/.exec(await tab.innerText())![1]);
  await closeTab(workbench, /Empty webview/);
  return ms;
}

/** Clicks the lens and waits for the picture. Both times end with the first drawn step; they are read off the clocks of the two pages, which agree. */
async function firstFrame(workbench: Workbench, lens: string): Promise<{ fromClick: number; fromScript: number }> {
  await workbench.page.evaluate(() => {
    addEventListener('pointerdown', ({ timeStamp }) => ((globalThis as { clickedAt?: number }).clickedAt = performance.timeOrigin + timeStamp), { capture: true, once: true });
  });
  await workbench.clickLens(lens);
  const panel = await workbench.panelFrame('#run');
  const [script, drawn] = await workbench.keepingEvidence('first frame', () => poll('the first frame', 60_000, () =>
    panel.evaluate((marks) => {
      const times = marks.map((name) => performance.getEntriesByName(name)[0]?.startTime);
      return times.every((time) => time !== undefined) ? times.map((time) => performance.timeOrigin + time) : undefined;
    }, [SCRIPT_MARK, FIRST_FRAME_MARK])));
  const clicked = await workbench.page.evaluate(() => (globalThis as { clickedAt?: number }).clickedAt!);
  return { fromClick: drawn - clicked, fromScript: drawn - script };
}

/** With the mouse: the keys would go to the page that has the focus. */
async function closeTab(workbench: Workbench, title: RegExp): Promise<void> {
  await workbench.keepingEvidence(`close ${String(title)}`, async () => {
    const tab = workbench.page.locator('.tab', { hasText: title }).first();
    await tab.click({ button: 'middle' });
    await poll('the tab to go', 30_000, async () => ((await tab.count()) === 0 ? true : undefined));
  });
  await workbench.focusEditor();
}

async function longestTask(workbench: Workbench, during: number): Promise<number> {
  await workbench.clickLens('● Train');
  const panel = await workbench.panelFrame('#train');
  await workbench.keepingEvidence('training', () => poll('training', 60_000, async () => (/steps\/s/.test(await panel.locator('.train-text').innerText()) ? true : undefined)));
  return observeTasks(panel, during);
}

/** Of the page itself (`self`): the editor shares its thread. Browsers report tasks of 50 ms and more; where there is none, the longest pause of a timer bounds what there was. */
function observeTasks(panel: Frame, during: number): Promise<number> {
  return panel.evaluate(async (ms) => {
    const TIMER_MS = 4;
    const REPORTED_FROM_MS = 50;
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().filter(({ name }) => name === 'self').map(({ duration }) => duration)));
    observer.observe({ type: 'longtask' });
    let pause = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      pause = Math.max(pause, now - last - TIMER_MS);
      last = now;
    }, TIMER_MS);
    await new Promise((resolve) => setTimeout(resolve, ms));
    clearInterval(timer);
    observer.disconnect();
    return tasks.length > 0 ? Math.max(...tasks) : Math.min(pause, REPORTED_FROM_MS);
  }, during);
}
