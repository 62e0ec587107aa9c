// Python with NumPy, in which the tests run what is copied as Python.
import { spawnSync } from 'node:child_process';
import { byHand, installPackages, isDebian } from './debian.mjs';
import { SetupError } from './install.mjs';

const packages = ['python3', 'python3-numpy'];

const hasNumpy = () => spawnSync('python3', ['-c', 'import numpy'], { stdio: 'ignore' }).status === 0;

/** Debian and root: installs what is missing. Anywhere else, or when that fails: SetupError with what to do. */
export async function ensurePython() {
  if (hasNumpy()) return;
  const what = 'Missing for the tests of copied formulas: python3 with NumPy.';
  if (!isDebian()) throw new SetupError(`${what} Install them (on Debian: ${byHand(packages)}).`);
  await installPackages(what, packages);
  if (!hasNumpy()) throw new SetupError('python3 still cannot import numpy after the install.');
}
