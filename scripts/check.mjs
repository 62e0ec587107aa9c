// npm run check: types, lint and unit tests, in about a minute, without a browser. Last line: "N passed, M failed".
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { endChildrenWithUs, stopAll } from './lib/children.mjs';
import { checkNode, installPackages } from './lib/install.mjs';
import { npmScript } from './lib/steps.mjs';
import { conclude, measure } from './lib/summary.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
endChildrenWithUs();
// `npm test` takes ten thousand.
process.env.FUZZ_CASES ??= '300';

const setup = await measure('setup: packages', async () => {
  checkNode();
  await installPackages(root);
  return { passed: 1, failed: 0 };
});
const suites = [];
if (setup.failed > 0) {
  suites.push(setup);
} else {
  const { runSuite } = await import('./lib/suite-list.mjs');
  // One core each; the unit suite takes both.
  suites.push(...(await Promise.all(['types', 'lint'].map((script) => measure(script, npmScript(root, script))))));
  suites.push(...(await runSuite(root, 'unit')));
}
await stopAll();
process.exitCode = conclude(suites);
