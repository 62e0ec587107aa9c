// node scripts/suites.mjs <unit|kernels|host|e2e> [filter]
// Runs one suite; the filter keeps test files whose path contains it. Last line: "N passed, M failed".
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { endChildrenWithUs, stopAll } from './lib/children.mjs';
import { buildIfStale } from './lib/fresh-build.mjs';
import { runSuite, suiteNames } from './lib/suite-list.mjs';
import { conclude } from './lib/summary.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [name, filter] = process.argv.slice(2);
endChildrenWithUs();
if (!suiteNames.includes(name)) {
  console.error(`Usage: node scripts/suites.mjs <${suiteNames.join('|')}> [filter]`);
  process.exit(2);
}
// The unit tests read sources only.
if (name !== 'unit') await buildIfStale(root);
const suites = await runSuite(root, name, filter);
await stopAll();
process.exitCode = conclude(suites);
