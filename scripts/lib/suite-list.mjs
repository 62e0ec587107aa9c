// The suites of this project as data, in the order in which `npm test` runs them.
import { findSwiftShader } from './chromium.mjs';
import { hosts, runHostSuite } from './host-suite.mjs';
import { SetupError } from './install.mjs';
import { runNodeSuite } from './node-suite.mjs';
import { measure } from './summary.mjs';

const minutes = 60_000;

const list = {
  // Ten thousand cases of the fuzz tests are most of it.
  unit: { timeout: 12 * minutes, concurrency: 2 },
  kernels: { timeout: 15 * minutes, concurrency: 2, env: swiftShader },
  host: { timeout: 8 * minutes },
  // One at a time: each file starts a code-server and a browser of its own.
  e2e: { timeout: 25 * minutes, concurrency: 1 },
};

export const suiteNames = Object.keys(list);

/** Runs a suite by name; the host suite gives one result for each kind of extension host. */
export async function runSuite(root, name, filter) {
  const options = list[name];
  if (name === 'host') {
    const results = [];
    for (const kind of Object.keys(hosts)) {
      results.push(await measure(`host (${kind})`, () => runHostSuite({ root, kind, filter, timeout: options.timeout })));
    }
    return results;
  }
  return [await measure(name, async () => runNodeSuite({ root, suite: name, filter, ...options, env: options.env?.() }))];
}

/** The engine tests need WebGPU: Dawn in Node on the software device that Chromium brings. */
function swiftShader() {
  const driver = process.env.VK_ICD_FILENAMES ?? findSwiftShader();
  if (!driver && process.platform === 'linux') throw new SetupError('No Vulkan driver: vk_swiftshader_icd.json of Chromium was not found, and VK_ICD_FILENAMES is not set.');
  return driver ? { VK_ICD_FILENAMES: driver } : {};
}
