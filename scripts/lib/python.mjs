// Python with NumPy and PyTorch, in which the tests run what is copied and exported as Python.
import { spawnSync } from 'node:child_process';
import { byHand, installPackages, isDebian } from './debian.mjs';
import { SetupError } from './install.mjs';

const packages = ['python3', 'python3-numpy', 'python3-torch'];

const imports = (python, module) => spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore', timeout: 120_000 }).status === 0;
const hasNumpy = () => imports('python3', 'numpy');

/** A Python that has PyTorch and NumPy: Debian's own, or the first of the path; null where neither has. */
export const torchPython = () => ['/usr/bin/python3', 'python3'].find((python) => imports(python, 'torch, numpy')) ?? null;

/** Debian and root: installs what is missing. Anywhere else, or when that fails: SetupError with what to do. */
export async function ensurePython() {
  if (hasNumpy() && torchPython()) return;
  const what = 'Missing for the tests of copied formulas and exported models: python3 with NumPy and PyTorch.';
  if (!isDebian()) throw new SetupError(`${what} Install them (on Debian: ${byHand(packages)}).`);
  await installPackages(what, packages);
  if (!hasNumpy() || !torchPython()) throw new SetupError('python3 still cannot import numpy and torch after the install.');
}
