// What has to be there before anything else can run: the npm dependencies of the lock file.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from './children.mjs';

/** A tool or package that could not be had; the message says what a person can do about it. */
export class SetupError extends Error {
  constructor(message) {
    super(message);
    this.name = 'SetupError';
  }
}

export function checkNode(minimum = 20) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < minimum) throw new SetupError(`Node ${minimum} or newer is needed; this is ${process.version}. See https://nodejs.org.`);
}

/** Runs npm with the Node that runs us; `npm` itself is a shell script on some systems and a .cmd on others. */
export async function npm(args, options = {}) {
  const cli = process.env.npm_execpath;
  const own = cli && /npm-cli\.[cm]?js$/.test(cli) && existsSync(cli);
  const result = own
    ? await run(process.execPath, [cli, ...args], options)
    : await run('npm', args, { ...options, shell: process.platform === 'win32' });
  return result.code === 0;
}

/** `npm ci` when node_modules is absent or does not hold what package-lock.json asks for. */
export async function installPackages(root) {
  const modules = path.join(root, 'node_modules');
  const stamp = path.join(modules, '.marginalia-lock-hash');
  const lock = await readFile(path.join(root, 'package-lock.json'), 'utf8');
  const hash = `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}`;
  if ((await text(stamp)) === hash) return;
  // Installed by hand: npm leaves its own list when it has finished, so an interrupted install is not taken for a whole one.
  const installed = await text(path.join(modules, '.package-lock.json'));
  if (!installed || !holds(JSON.parse(installed), JSON.parse(lock))) {
    console.log('Installing the npm packages of package-lock.json …');
    // Everything needed is a development dependency, whatever NODE_ENV says.
    const done = await npm(['ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: root }).catch((error) => {
      throw new SetupError(`npm could not be started (${error.message}). Install Node with npm: https://nodejs.org.`);
    });
    if (!done) throw new SetupError('"npm ci" failed; its messages are above. Without a network connection nothing can be installed: connect, then run this again.');
  }
  await writeFile(stamp, hash);
}

function holds(installed, lock) {
  return Object.entries(lock.packages).every(([folder, wanted]) => {
    if (folder === '' || wanted.optional) return true;
    return installed.packages?.[folder]?.version === wanted.version;
  });
}

async function text(file) {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}
