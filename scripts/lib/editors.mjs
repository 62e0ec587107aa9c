// The three ways to open VS Code on the samples: `code` on the PATH, code-server, or the download of @vscode/test-electron.
// Each keeps its state in the cache, so that a person's own VS Code, its settings and its extensions stay as they are.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isEnding, run, start } from './children.mjs';
import { choosePort, ensureCodeServer, environment, quietSettings, remoteUri, startCodeServer, workbenchUrl, writeSettings } from './code-server.mjs';
import { npm, SetupError } from './install.mjs';
import { openBrowser } from './open-browser.mjs';

/** Path of a VS Code command line that can load this extension, or undefined with the reason printed. */
export function findCode(root) {
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code'];
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const file = folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find((candidate) => existsSync(candidate));
  if (!file) return undefined;
  if (process.env.VSCODE_IPC_HOOK_CLI) {
    console.log('The "code" of a remote terminal cannot load an extension under development; opening another VS Code.');
    return undefined;
  }
  const wanted = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).engines.vscode.replace('^', '');
  const windows = process.platform === 'win32';
  const { stdout } = spawnSync(windows ? `"${file}"` : file, ['--version'], { encoding: 'utf8', timeout: 20_000, shell: windows });
  const found = /^(\d+)\.(\d+)\.\d+/.exec(stdout ?? '');
  const [major, minor] = wanted.split('.').map(Number);
  // An answer that is no version is left to VS Code itself to explain.
  if (found && (Number(found[1]) < major || (Number(found[1]) === major && Number(found[2]) < minor))) {
    console.log(`${file} is VS Code ${found[0]}; the extension needs ${wanted} or newer. Opening another VS Code.`);
    return undefined;
  }
  return file;
}

/** Runs VS Code until its window is closed; resolves with its exit code. */
export async function openDesktop({ root, command, folder, file }) {
  const state = path.join(root, '.cache/vscode');
  await writeSettings(path.join(state, 'user-data'), quietSettings);
  const args = [
    '--new-window', '--wait', '--disable-workspace-trust', `--extensionDevelopmentPath=${root}`,
    `--user-data-dir=${path.join(state, 'user-data')}`, `--extensions-dir=${path.join(state, 'extensions')}`, folder, file,
  ];
  // VS Code refuses to run as root without being told so.
  if (process.getuid?.() === 0) args.unshift('--no-sandbox');
  console.log(`Opening VS Code (${command}); Ctrl-C here closes it.`);
  const quote = (text) => (process.platform === 'win32' ? `"${text}"` : text);
  const { code } = await run(quote(command), args.map(quote), { shell: process.platform === 'win32' }).catch((error) => {
    throw new SetupError(`VS Code could not be started with ${command}: ${error.message}`);
  });
  return code ?? 1;
}

/** The download of VS Code itself, for systems without `code` and without code-server. */
export async function openDownload(options) {
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  const command = await downloadAndUnzipVSCode({ cachePath: path.join(options.root, '.cache/vscode-download') }).catch((error) => {
    throw new SetupError(`VS Code could not be downloaded (${error.message}). Check the network, or install VS Code and put "code" on the PATH.`);
  });
  return openDesktop({ ...options, command });
}

/** VS Code in the browser: prints its address and runs until it is ended. */
export async function openServer({ root, folder, file, port }) {
  // Before the long install: a taken port is known at once.
  const chosen = await choosePort(port);
  const tools = await ensureCodeServer(path.join(root, '.cache'));
  const state = path.join(root, '.cache/start');
  await installExtension(root, tools, state);
  const server = await startCodeServer({ tools, state, port: chosen });
  const url = workbenchUrl(server, folder, [['openFile', remoteUri(server, file)]]);
  console.log('\nVS Code is ready; open this address in a browser on this machine (Ctrl-C here ends it):\n');
  console.log(url);
  openBrowser(url);
  const { code, signal } = await server.process.done;
  if (isEnding()) return 0;
  throw new SetupError(`code-server ended by itself (${code ?? signal}). Its log: ${server.log}`);
}

/**
 * As a package, since a served VS Code ignores `extensionDevelopmentPath` outside of its own tests. The folder of extensions is
 * made anew each time: a version installed before would hide the one just built.
 */
async function installExtension(root, tools, state) {
  const vsix = path.join(root, 'dist/marginalia.vsix');
  if (!(await npm(['run', '--silent', 'package'], { cwd: root }))) throw new SetupError('The extension could not be packaged; the messages are above.');
  const extensions = path.join(state, 'extensions');
  await rm(extensions, { recursive: true, force: true });
  await mkdir(extensions, { recursive: true });
  const config = path.join(state, 'config.yaml');
  await writeFile(config, 'auth: none\n');
  const child = start(tools.node, [tools.entry, '--config', config, '--user-data-dir', path.join(state, 'user-data'), '--extensions-dir', extensions, '--install-extension', vsix, '--force'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(tools),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const { code } = await child.done;
  if (code !== 0) throw new SetupError(`The extension could not be installed into code-server (${code}):\n${output}`);
}
