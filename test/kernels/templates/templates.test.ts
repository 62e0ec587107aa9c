/** The TypeScript program that *New File: Marginalia Model* writes, run as it is but shorter: its loss falls and its samples are moons. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { build, type Plugin } from 'esbuild';

/** The package `@tensorflow/tfjs` is the parts that are installed here, with chained operations and a device. */
const tensorflow: Plugin = {
  name: 'tensorflow',
  setup(b) {
    b.onResolve({ filter: /^@tensorflow\/tfjs$/ }, () => ({ path: 'tfjs', namespace: 'parts' }));
    b.onLoad({ filter: /.*/, namespace: 'parts' }, () => ({
      resolveDir: process.cwd(),
      contents: [
        "export * from '@tensorflow/tfjs-core';",
        "import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';",
        "import '@tensorflow/tfjs-core/dist/register_all_gradients';",
        "import '@tensorflow/tfjs-backend-cpu';",
      ].join('\n'),
    }));
  },
};

test('the TypeScript template trains and samples', async () => {
  const source = readFileSync('templates/ddpm.ts', 'utf8');
  const short = source.replace('trainSteps = 3000', 'trainSteps = 250').replace('sample(2000)', 'sample(200)');
  assert.notEqual(short, source);
  const folder = mkdtempSync(path.join(tmpdir(), 'marginalia-template-'));
  try {
    const outfile = path.join(folder, 'model.cjs');
    await build({ stdin: { contents: short, resolveDir: process.cwd(), loader: 'ts' }, bundle: true, platform: 'node', format: 'cjs', outfile, mainFields: ['module', 'main'], plugins: [tensorflow], logLevel: 'error' });
    const { status, stdout, stderr } = spawnSync(process.execPath, [outfile], { encoding: 'utf8', timeout: 120_000 });
    assert.equal(status, 0, stderr);
    const losses = [...stderr.matchAll(/step \d+: loss ([\d.]+)/g)].map(([, loss]) => Number(loss));
    assert.equal(losses.length, 2, stderr);
    assert.ok(losses[1] < 0.5 * losses[0], `the loss falls: ${losses.join(' → ')}`);
    const [header, ...rows] = stdout.trim().split('\n');
    assert.equal(header, 'x,y');
    const points = rows.map((row) => row.split(',').map(Number));
    assert.equal(points.length, 200);
    // The data have unit scale about zero; the short training is near.
    for (const axis of [0, 1]) {
      const mean = points.reduce((sum, point) => sum + point[axis], 0) / points.length;
      const std = Math.sqrt(points.reduce((sum, point) => sum + (point[axis] - mean) ** 2, 0) / points.length);
      assert.ok(Math.abs(mean) < 0.5 && std > 0.6 && std < 1.6, `axis ${axis}: mean ${mean}, std ${std}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
