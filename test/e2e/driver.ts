/**
 * A real VS Code workbench for end-to-end tests: code-server with this repository as the extension under development, driven in
 * Chromium. Every wait polls for what it waits for; a failure leaves a screenshot and the console in out/e2e.
 */
import { cpSync, existsSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Frame, type Locator, type Page } from 'playwright-core';
import { atEnd, endChildrenWithUs } from '../../scripts/lib/children.mjs';
import { chromiumArgs, findChromium } from '../../scripts/lib/chromium.mjs';
import { choosePort, ensureCodeServer, quietSettings, remoteUri, startCodeServer, workbenchUrl, writeSettings, type CodeServer } from '../../scripts/lib/code-server.mjs';

const root = process.cwd();
const out = path.join(root, 'out/e2e');
const screenshots = path.join(root, 'out/screenshots');
const control = process.platform === 'darwin' ? 'Meta' : 'Control';

/** Ids of VS Code's own themes, one for each kind: light, dark and the two high contrasts. */
export type ColorTheme = 'Dark Modern' | 'Light Modern' | 'Default High Contrast' | 'Default High Contrast Light';

export interface WorkbenchOptions {
  /** File name in the workspace → its text or bytes. */
  files: Record<string, string | Uint8Array>;
  colorTheme?: ColorTheme;
  /** User settings besides the quiet ones. */
  settings?: Record<string, unknown>;
  /** What the operating system tells the page through `prefers-reduced-motion`. */
  reducedMotion?: boolean;
  /** Folders of other extensions to install beside this one; the server takes those of the first workbench. */
  extensions?: readonly string[];
  /** VS Code's display language, without a language pack: its own words stay English, those of extensions follow. */
  language?: string;
  /** CSS pixels. */
  viewport?: { width: number; height: number };
}

let server: Promise<CodeServer> | undefined;
let state = '';

/**
 * The repository by another path. VS Code takes a theme that lies below the extension under development for the extension's
 * own and shows that one whatever the settings say; by its own path the repository holds VS Code's themes, in .cache.
 */
const extension = () => path.join(state, 'extension');

/** One code-server for all tests of a file; `Workbench.dispose` leaves it, `stopServer` or the end of the process ends it. */
async function sharedServer(extensions: readonly string[] = []): Promise<CodeServer> {
  server ??= (async () => {
    endChildrenWithUs();
    state = await mkdtemp(path.join(tmpdir(), 'marginalia-e2e-'));
    atEnd(() => rmSync(state, { recursive: true, force: true }));
    symlinkSync(root, extension(), 'dir');
    for (const folder of extensions) cpSync(folder, path.join(state, 'extensions', path.basename(folder)), { recursive: true });
    const tools = await ensureCodeServer(path.join(root, '.cache'));
    const started = await startCodeServer({ tools, state, port: await choosePort(), smokeTestDriver: true });
    // A test file that forgot `stopServer` still ends; the server is ended with the process.
    started.process.unref();
    return started;
  })();
  return server;
}

/** Ends the shared server, for a file's `after()`; the end of the process does it too. */
export async function stopServer(): Promise<void> {
  const running = await server?.catch(() => undefined);
  server = undefined;
  await running?.stop();
  if (state) rmSync(state, { recursive: true, force: true });
}

/** Opens a workspace of its own with `files` in it. Rejects, with a screenshot kept, when the workbench does not come up. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium or Chrome was found; set CHROMIUM_PATH.');
  const running = await sharedServer(options.extensions);
  const workspace = await mkdtemp(path.join(state, 'workspace-'));
  for (const [name, content] of Object.entries(options.files)) {
    mkdirSync(path.dirname(path.join(workspace, name)), { recursive: true });
    await writeFile(path.join(workspace, name), content);
  }
  // Without the two switches the theme may follow what Chromium says of the system.
  const theme = { 'window.autoDetectColorScheme': false, 'window.autoDetectHighContrast': false, 'workbench.colorTheme': options.colorTheme ?? 'Dark Modern' };
  await writeSettings(path.join(state, 'user-data'), { ...quietSettings, ...theme, ...options.settings });
  const browser = await chromium.launch({ executablePath, args: chromiumArgs() });
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1600, height: 1000 },
    reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
    acceptDownloads: true,
  });
  // What a language pack would set before the workbench starts.
  if (options.language) await context.addInitScript((language) => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: language }), options.language);
  const page = await context.newPage();
  const workbench = new Workbench(running, workspace, browser, context, page);
  await workbench.keepingEvidence('start', async () => {
    await page.goto(workbenchUrl(running, workspace, [['extensionDevelopmentPath', remoteUri(running, extension())], ['skipWelcome', 'true']]));
    await workbench.waitForShell();
  });
  return workbench;
}

export class Workbench {
  private readonly console: string[] = [];

  constructor(
    private readonly server: CodeServer,
    /** Folder on disk that the workbench has open. */
    readonly workspace: string,
    private readonly browser: Browser,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('console', (message) => this.console.push(`[${message.type()}] ${message.text()}`));
    page.on('pageerror', (error) => this.console.push(`[pageerror] ${error.stack ?? error.message}`));
  }

  /** What the pages, the panel among them, have written to the console so far. */
  get consoleLines(): readonly string[] {
    return this.console;
  }

  async waitForShell(): Promise<void> {
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
  }

  /** Opens a file of the workspace from the explorer, as a person does, and waits for its text. */
  async openFile(name: string): Promise<void> {
    await this.keepingEvidence(`open ${name}`, async () => {
      const base = path.basename(name);
      await this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: base }).first().dblclick();
      await this.page.locator('.tabs-container .tab.active', { hasText: base }).waitFor({ timeout: 30_000 });
      await this.page.locator('.editor-group-container.active .monaco-editor .view-line').first().waitFor({ timeout: 30_000 });
    });
  }

  /** The CodeLens link that holds `text`; waits until the extension has put it there. */
  async codeLens(text: string | RegExp): Promise<Locator> {
    // Those of lines out of view are there, too, and in any order.
    const lens = this.page.locator('.codelens-decoration a', { hasText: text }).filter({ visible: true }).first();
    await this.keepingEvidence(`lens ${String(text)}`, () => lens.waitFor({ timeout: 60_000 }));
    return lens;
  }

  /** Texts of the lenses that are in view now. */
  codeLensTexts(): Promise<string[]> {
    return this.page.locator('.codelens-decoration a').allInnerTexts();
  }

  /** The line (1-based) that the first lens in view stands above, as the editor draws it. */
  lensLine(): Promise<number | undefined> {
    return this.page.evaluate(() => {
      const lens = document.querySelector('.codelens-decoration')?.getBoundingClientRect();
      if (!lens) return undefined;
      const numbers = [...document.querySelectorAll('.editor-instance .margin .line-numbers')].map((element) => ({ top: element.getBoundingClientRect().top, line: Number(element.textContent) }));
      return numbers.filter(({ top }) => top >= lens.top + 4).sort((a, b) => a.top - b.top)[0]?.line;
    });
  }

  async clickLens(text: string | RegExp): Promise<void> {
    // Lenses are drawn anew while the file is being read; playwright retries on a link that went away.
    await this.keepingEvidence(`click ${String(text)}`, async () => (await this.codeLens(text)).click({ timeout: 30_000 }));
  }

  /** The innermost frame that holds `selector`: a webview is a frame in a frame, and frames come and go while it loads. */
  async panelFrame(selector: string, timeout = 60_000): Promise<Frame> {
    return this.keepingEvidence(`panel ${selector}`, () =>
      poll(`a frame with ${selector}`, timeout, async () => {
        for (const frame of this.page.frames()) {
          if (frame !== this.page.mainFrame() && (await frame.locator(selector).count()) > 0) return frame;
        }
        return undefined;
      }),
    );
  }

  /** Runs a command by its title through the command palette. */
  async runCommand(title: string): Promise<void> {
    await this.keepingEvidence(`command ${title}`, async () => {
      const input = this.page.locator('.quick-input-widget input');
      // What else takes the focus closes it again: then it is opened once more.
      await poll('the command palette', 30_000, async () => {
        await this.page.keyboard.press('F1');
        await input.waitFor({ timeout: 3000 });
        await input.fill(`>${title}`, { timeout: 3000 });
        return true;
      });
      const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
      await row.waitFor({ timeout: 30_000 });
      await row.click();
    });
  }

  /** Chooses a colour theme by its label in VS Code's own picker. */
  async chooseTheme(label: string, bodyClass: string): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor({ timeout: 15_000 });
    await input.fill(label);
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: label }).first().waitFor({ timeout: 15_000 });
    await this.page.keyboard.press('Enter');
    await this.page.locator(`.monaco-workbench.${bodyClass}`).waitFor({ timeout: 15_000 });
  }

  /** Puts the cursor at a position (1-based, as the status bar shows it). */
  async goTo(line: number, column = 1): Promise<void> {
    await this.keepingEvidence(`go to ${line}:${column}`, async () => {
      await this.focusEditor();
      await this.page.keyboard.press(`${control}+g`);
      const input = this.page.locator('.quick-input-widget input');
      await input.waitFor({ timeout: 15_000 });
      await input.fill(`:${line}:${column}`);
      await this.page.keyboard.press('Enter');
      await input.waitFor({ state: 'hidden', timeout: 15_000 });
    });
  }

  /** Types at the cursor of the text editor, key by key. */
  async typeInEditor(text: string): Promise<void> {
    await this.focusEditor();
    await this.page.keyboard.type(text);
  }

  /** Replaces a line (1-based) of the active editor without the help of auto-indentation. */
  async replaceLine(line: number, text: string): Promise<void> {
    await this.goTo(line, 1);
    await this.page.keyboard.press('Shift+End');
    await this.page.keyboard.insertText(text);
  }

  async focusEditor(): Promise<void> {
    // The frame of the text, not the text: that may be scrolled out of it.
    await this.page.locator('.editor-instance .monaco-editor .overflow-guard').first().click({ position: { x: 260, y: 6 } });
  }

  /** Keeps a picture of the whole window in out/screenshots. Returns its path. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(screenshots, { recursive: true });
    const file = path.join(screenshots, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  /** Reloads the window, as "Developer: Reload Window" does in the browser. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.waitForShell();
  }

  async dispose(): Promise<void> {
    await this.browser.close();
    rmSync(this.workspace, { recursive: true, force: true });
  }

  /** Runs `action`; when it fails, a screenshot and the console stay in out/e2e, and the error says where. */
  async keepingEvidence<R>(what: string, action: () => Promise<R>): Promise<R> {
    try {
      return await action();
    } catch (error) {
      if (error instanceof Error && !error.message.includes('evidence:')) error.message += `\n${await this.keepEvidence(what)}`;
      throw error;
    }
  }

  /** Saves screenshot and console now; a test whose assertion failed calls it too. */
  async keepEvidence(what: string): Promise<string> {
    mkdirSync(out, { recursive: true });
    const stem = path.join(out, `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}-${what.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 60)}`);
    await this.page.screenshot({ path: `${stem}.png` }).catch(() => {});
    writeFileSync(`${stem}.log`, [`server log: ${this.server.log}`, ...this.console].join('\n'));
    return `evidence: ${path.relative(root, stem)}.png and .log`;
  }
}

/** Chooses an entry of a menu of the panel that saves a file, that of exports unless another is named, and answers VS Code's dialog with a path in the workspace. Returns the path on disk. */
export async function exportTo(workbench: Workbench, panel: Frame, item: string, fileName: string, { menu = '.export', proposed = 'ddpm' } = {}): Promise<string> {
  const file = path.join(workbench.workspace, fileName);
  await panel.locator(`${menu} vscode-button`).click();
  await panel.locator(`${menu} [data-item="${item}"]`).click();
  const input = workbench.page.locator('.quick-input-widget input').first();
  // The dialog fills in its proposal a moment after it appears; typed before that, the path would be appended to it.
  await poll('the proposed name', 15_000, async () => ((await input.inputValue()).includes(proposed) ? true : undefined));
  await input.fill(file);
  await workbench.page.keyboard.press('Enter');
  // It is there before all of it is written.
  let size = -1;
  await poll(`the exported ${fileName}`, 15_000, async () => {
    const before = size;
    size = existsSync(file) ? statSync(file).size : -1;
    return size > 0 && size === before ? true : undefined;
  });
  return file;
}

/** Asks again and again until `ask` gives something other than undefined; an answer that throws counts as not yet. */
export async function poll<R>(what: string, timeout: number, ask: () => Promise<R | undefined>, every = 100): Promise<R> {
  const deadline = Date.now() + timeout;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`${what}: not within ${timeout / 1000} s${last instanceof Error ? ` (${last.message})` : ''}`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}
