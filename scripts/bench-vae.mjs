// npm run bench:vae [-- --json] [--quick]: how fast and how well VAEs train in the webview's conditions, beside PyTorch. docs/benchmarks.md says what each figure is.
// Progress goes to stderr; stdout gets the table or, with --json, one object on one line. --quick sees whether everything runs.
import { loadavg } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runBench } from './lib/bench-run.mjs';
import { ensureChromium } from './lib/chromium.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

async function main() {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } } });
  const load = String(loadavg()[0]);
  await ensureChromium();
  const { results, table } = await runBench(root, 'test/bench/vae-main.ts', ['--load', load, ...(values.quick ? ['--quick'] : [])]);
  process.stdout.write(`${values.json ? JSON.stringify(results) : table}\n`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
