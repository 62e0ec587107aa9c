// The tests in VS Code's real extension host: code-server with its smoke-test driver, opened in Chromium. The same files
// run twice: in the server's Node host, and in the web worker host where the extension's `browser` bundle is loaded.
import { createWriteStream, rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { atEnd } from './children.mjs';
import { chromiumArgs, findChromium } from './chromium.mjs';
import { choosePort, ensureCodeServer, quietSettings, remoteUri, startCodeServer, workbenchUrl } from './code-server.mjs';
import { SetupError } from './install.mjs';
import { webWorker } from './web-worker.mjs';

const RESULT_MARK = 'marginalia-host-result';

/**
 * Kinds of extension host that the tests run in, with what the bundler and the workbench are told about each. The workbench of
 * VS Code 1.139 reads `extensionDevelopmentKind` from the address but does not use it; the setting has the same effect.
 */
export const hosts = {
  node: { platform: 'node', settings: {} },
  web: { platform: 'browser', settings: { 'remote.extensionKind': { 'marginalia.marginalia': ['web'] } } },
};

/** Runs test/host/*.test.ts in one kind of host. `extension` is the folder of the extension under test. */
export async function runHostSuite({ root, kind, filter = '', timeout, extension = root }) {
  const chromium = findChromium();
  if (!chromium) throw new SetupError('No Chromium or Chrome was found; "npm test" installs it on Debian, or set CHROMIUM_PATH.');
  const tools = await ensureCodeServer(path.join(root, '.cache'));
  const state = await mkdtemp(path.join(tmpdir(), 'marginalia-host-'));
  // Below the extension's folder, since VS Code runs tests in the host of the extension whose folder holds them.
  const tests = path.join(extension, `out/test/host-${kind}-${process.pid}`);
  const clean = () => [state, tests].forEach((folder) => rmSync(folder, { recursive: true, force: true }));
  const forget = atEnd(clean);
  const bundle = await bundleHostTests(root, kind, filter, path.join(tests, 'index.js'));
  const workspace = path.join(state, 'workspace');
  await cp(path.join(root, 'samples'), workspace, { recursive: true });
  const server = await startCodeServer({ tools, state, port: await choosePort(), smokeTestDriver: true, settings: { ...quietSettings, ...hosts[kind].settings } });
  try {
    const payload = [
      ['extensionDevelopmentPath', remoteUri(server, extension)],
      ['extensionTestsPath', remoteUri(server, bundle)],
      ['skipWelcome', 'true'],
    ];
    return await watch({ kind, url: workbenchUrl(server, workspace, payload), chromium, timeout, log: path.join(root, `out/results/host-${kind}.log`), shot: path.join(root, `out/screenshots/host-${kind}-failed.png`) });
  } finally {
    await server.stop();
    forget();
    clean();
  }
}

async function bundleHostTests(root, kind, filter, outfile) {
  const names = (await readdir(path.join(root, 'test/host')))
    .filter((name) => name.endsWith('.test.ts') && name.includes(filter))
    .map((name) => name.slice(0, -'.test.ts'.length));
  if (names.length === 0) throw new Error(`no file test/host/*.test.ts${filter ? ` with "${filter}" in its name` : ''}`);
  const { build } = await import('esbuild');
  await build({
    // Mocha's browser build assigns to `module.exports`, which as CommonJS would replace our own exports.
    format: 'iife', globalName: 'hostTests', footer: { js: 'module.exports = hostTests;' },
    absWorkingDir: root, entryPoints: ['test/host/index.ts'], outfile, bundle: true, target: 'es2022', platform: hosts[kind].platform,
    mainFields: ['module', 'main'], external: ['vscode'], sourcemap: 'inline', logLevel: 'error',
    define: { HOST_TESTS: JSON.stringify(names) }, plugins: kind === 'web' ? [assertForBrowsers, webWorker] : [],
  });
  return outfile;
}

/** `node:assert/strict` is the one Node module that host tests may use; a worker has none, so a small equal is bundled. */
const assertForBrowsers = {
  name: 'assert-for-browsers',
  setup(build) {
    build.onResolve({ filter: /^node:assert(\/strict)?$/ }, (args) => ({ path: path.join(build.initialOptions.absWorkingDir, 'test/host/harness-assert.ts'), pluginData: args }));
  },
};

async function watch({ kind, url, chromium, timeout, log, shot }) {
  const { chromium: playwright } = await import('playwright-core');
  await mkdir(path.dirname(log), { recursive: true });
  const file = createWriteStream(log);
  const browser = await playwright.launch({ executablePath: chromium, args: chromiumArgs() });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.on('console', (message) => file.write(`[page ${message.type()}] ${message.text()}\n`));
    let counted;
    const finished = new Promise((resolve) => {
      void page.exposeFunction('codeAutomationExit', (code) => resolve(code));
    });
    await page.exposeFunction('codeAutomationLog', (type, args) => {
      const text = args.map(String).join(' ');
      file.write(`[${type}] ${text}\n`);
      const line = text.split('\n').find((part) => part.includes(RESULT_MARK));
      if (line) counted = JSON.parse(line.slice(line.indexOf(RESULT_MARK) + RESULT_MARK.length));
      else if (/^\s*[✔✖-] /.test(text)) console.log(text);
    });
    await page.goto(url);
    let timer;
    const timedOut = new Promise((resolve) => {
      timer = setTimeout(() => resolve('timeout'), timeout);
    });
    const code = await Promise.race([finished, timedOut]);
    clearTimeout(timer);
    if (code !== 0) await page.screenshot({ path: shot }).catch(() => {});
    return conclude(kind, code, counted, timeout, path.relative(process.cwd(), log));
  } finally {
    await browser.close();
    await new Promise((resolve) => file.end(resolve));
  }
}

function conclude(kind, code, counted, timeout, log) {
  const where = `log: ${log}`;
  if (!counted) {
    const reason = code === 'timeout' ? `no result within ${timeout / 1000} s` : `the host ended with code ${code} before the tests told their result`;
    return { passed: 0, failed: 1, note: `${reason}; ${where}` };
  }
  if (counted.host !== kind) return { passed: 0, failed: 1, note: `the tests ran in the ${counted.host} host, not in the ${kind} host` };
  const failed = counted.failed + counted.skipped;
  if (code !== 0 && failed === 0) return { passed: counted.passed, failed: 1, note: `the host ended with ${code}; ${where}` };
  const note = counted.skipped > 0 ? `${counted.skipped} skipped, which counts as failed` : undefined;
  return { passed: counted.passed, failed, note: failed > 0 ? (note ?? where) : undefined };
}
