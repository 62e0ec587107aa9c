// Packages of Debian that tests need.
import { readFileSync } from 'node:fs';
import { run } from './children.mjs';
import { SetupError } from './install.mjs';

const command = (packages) => `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;

/** For messages: what a person types. */
export const byHand = (packages) => `sudo sh -c "${command(packages)}"`;

/** Debian itself: Ubuntu has packages of the same names that are other things. */
export function isDebian() {
  try {
    return process.platform === 'linux' && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** @param what the sentence that says what is missing. SetupError where only a person can install it, or it fails. */
export async function installPackages(what, packages) {
  if (process.getuid() !== 0) throw new SetupError(`${what} Only root may install it; run: ${byHand(packages)}`);
  console.log(`${what} Installing the Debian packages ${packages.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const { code } = await run('apt-get', args, { env, timeout: 600_000 }).catch((error) => ({ code: error.message }));
    if (code !== 0) throw new SetupError(`"apt-get ${args.join(' ')}" failed (${code}); its messages are above. Check the network and the package sources, or run it by hand: ${byHand(packages)}`);
  }
}
