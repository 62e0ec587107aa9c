// npm test: installs what is missing, then runs everything. Last line: "N passed, M failed"; non-zero when anything failed,
// crashed, ran no test, or a required tool or device is missing. A failing suite does not stop the later ones.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { endChildrenWithUs, stopAll } from './lib/children.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensurePython } from './lib/python.mjs';
import { ensureCodeServer } from './lib/code-server.mjs';
import { checkNode, installPackages } from './lib/install.mjs';
import { conclude, measure } from './lib/summary.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
endChildrenWithUs();

/** Setup steps are in the table only when they fail: they are no tests. */
async function setup(name, body) {
  const result = await measure(name, async () => {
    await body();
    return { passed: 1, failed: 0 };
  });
  return result.failed > 0 ? [result] : [];
}

const suites = [];
suites.push(
  ...(await setup('setup: packages', () => {
    checkNode();
    return installPackages(root);
  })),
);
if (suites.length === 0) {
  suites.push(...(await setup('setup: Chromium', ensureChromium)));
  suites.push(...(await setup('setup: Python', ensurePython)));
  suites.push(...(await setup('setup: code-server', () => ensureCodeServer(path.join(root, '.cache')))));
  // Loaded only now: these modules need the packages.
  const { npmScript, packageCheck } = await import('./lib/steps.mjs');
  const { runSuite } = await import('./lib/suite-list.mjs');
  suites.push(await measure('types', npmScript(root, 'types')));
  suites.push(await measure('lint', npmScript(root, 'lint')));
  suites.push(await measure('build', npmScript(root, 'build')));
  suites.push(...(await runSuite(root, 'unit')));
  suites.push(...(await runSuite(root, 'kernels')));
  suites.push(await measure('package', packageCheck(root)));
  suites.push(...(await runSuite(root, 'host')));
  suites.push(...(await runSuite(root, 'e2e')));
}
await stopAll();
process.exitCode = conclude(suites);
