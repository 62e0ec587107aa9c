/** Two processes of torchrun take the steps of one, and what they write opens here. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { describeWeights, readWeights, VaeTrainer } from '../../../webview/experiments/vae/runtime';
import { cpuOps } from '../../../webview/kernels/nets';
import { assertClose, CASES, COUNT, exported, python, remove } from './models';

const STEPS = 5;
/** A small step in float32 has the noise of its rounding in it: Adam divides a gradient by its own size. In float64 nothing of that is left. */
const inDouble = (script: string) => `import runpy, sys, torch
torch.set_default_dtype(torch.float64)
sys.argv[0] = ${JSON.stringify(script)}
runpy.run_path(${JSON.stringify(script)}, run_name="__main__")
`;

/**
 * Runs a script in two processes. PyTorch 1.13 (Debian's) under Python 3.11 and later does not understand its own defaults of what is redirected (an enumeration's members 0 and 3 are not
 * found any more); a list of processes is understood, and one that names none of ours leaves them as they are.
 * Two runs at once must not meet at one port.
 */
const torchrunTwo = (folder: string, script: string, ...args: string[]): string =>
  python(folder, '-m', 'torch.distributed.run', '--nproc_per_node', '2', '--master_port', String(20_000 + Math.floor(Math.random() * 20_000)), '--redirects', '9:1', '--tee', '9:1', script, ...args);

describe('the exported torchrun script', () => {
  for (const name of ['dense layers', 'dense layers on colours, a Gaussian decoder, means', 'convolutions', 'importance weights', 'two levels', 'an autoencoder']) {
    it(`takes the same steps with two processes as one script does: ${name}`, async () => {
      const made = CASES[name];
      const { folder, script, torchrun, data, at } = await exported(made, 0);
      try {
        const single = `${folder}/single.py`;
        const double = `${folder}/double.py`;
        writeFileSync(single, inDouble(script));
        writeFileSync(double, inDouble(torchrun));
        python(folder, single, '--train', 'train.npy', '--steps', String(STEPS), '--out', 'one.safetensors');
        torchrunTwo(folder, double, '--train', 'train.npy', '--steps', String(STEPS), '--out', 'two.safetensors');
        const [one, two] = ['one', 'two'].map((file) => readWeights(readFileSync(at(`${file}.safetensors`)), made.settings, data.train));
        assert.deepEqual([one.step, two.step], [STEPS, STEPS]);
        assertClose(two.parameters, one.parameters, 1e-5, 'parameters');
        const back = new VaeTrainer(cpuOps(), made.settings, data);
        await back.load(readFileSync(at('two.safetensors')));
        assert.equal(back.step, STEPS);
        const { mean } = await back.encode(data.test.values, COUNT);
        assert.ok(mean.every(Number.isFinite));
        assert.deepEqual(describeWeights(readFileSync(at('two.safetensors')))?.settings, made.settings);
      } finally {
        remove(folder);
      }
    });
  }

  it('refuses a batch that the processes cannot share evenly', async () => {
    const { folder, torchrun } = await exported({ ...CASES['dense layers'], settings: { ...CASES['dense layers'].settings, batchSize: 15 } }, 0);
    try {
      assert.throws(() => torchrunTwo(folder, torchrun, '--train', 'train.npy'), /A batch of 15 examples cannot be shared evenly by 2 processes/);
    } finally {
      remove(folder);
    }
  });
});
