// What the bench needs before it runs: packages, a browser, VS Code in it, and the extension as it ships, in dist/ and as a package.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { endChildrenWithUs, stopAll } from './children.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureCodeServer } from './code-server.mjs';
import { checkNode, installPackages, npm, SetupError } from './install.mjs';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
endChildrenWithUs();
try {
  checkNode();
  await installPackages(root);
  await ensureChromium();
  await ensureCodeServer(path.join(root, '.cache'));
  if (!(await npm(['run', '--silent', 'package'], { cwd: root }))) throw new SetupError('The extension could not be packaged; the messages are above.');
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
}
await stopAll();
