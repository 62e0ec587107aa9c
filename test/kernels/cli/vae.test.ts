/** `train vae` and `export vae` of the built command line, in processes of their own. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { writeIdx } from '../../../core/data/idx';
import { readSafetensors } from '../../../core/math/safetensors';

const CLI = path.resolve('dist/cli.cjs');
const TINY = ['train', 'vae', '--widths', '16', '--latent', '3', '--examples', '256', '--epochs', '2', '--batch-size', '64', '--json'];

describe('marginalia train vae', () => {
  let folder: string;
  before(() => { folder = mkdtempSync(path.join(tmpdir(), 'marginalia-cli-vae-')); });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const at = (name: string) => path.join(folder, name);
  const run = (...args: string[]) => spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', timeout: 120_000 });
  const trained = (...args: string[]) => {
    const { status, stdout, stderr } = run(...args);
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout) as Record<string, number | string | null>;
  };
  const refused = (message: RegExp, ...args: string[]) => {
    const { status, stdout, stderr } = run(...args);
    assert.equal(status, 2, stderr);
    assert.match(stderr, message);
    assert.equal(stdout, '');
  };
  /** Images with a bright spot that wanders. */
  const images = (count: number, side = 6) => Uint8Array.from({ length: count * side * side }, (_, i) => ((i % (side * side)) === (Math.floor(i / (side * side)) * 7) % (side * side) ? 255 : 20));

  it('prints the terms of the bound on held-out images', () => {
    const result = trained(...TINY, '--out', at('a.safetensors'));
    assert.deepEqual(Object.keys(result), [
      'data', 'steps', 'epochs', 'parameters', 'loss', 'testLoss', 'testReconstruction', 'testKl', 'importanceSamples', 'importanceExamples', 'importanceBound', 'elboOfThose', 'imagesPerSecond', 'seconds', 'device', 'threads', 'seed',
    ]);
    assert.equal(result.steps, 8);
    const number = (name: string) => result[name] as number;
    assert.ok(Math.abs(number('testLoss') - number('testReconstruction') - number('testKl')) < 1e-6);
    assert.ok(number('testLoss') > 100 && number('testLoss') < 600, String(result.testLoss));
    // The bound of more samples is the tighter one, and of both −testLoss is near.
    assert.ok(number('importanceBound') > number('elboOfThose'));
    assert.match(String(result.device), /WASM/);
  });

  it('falls with training', () => {
    const [before, later] = ['1', '20'].map((epochs) => trained(...TINY, '--epochs', epochs).testLoss as number);
    assert.ok(later < 0.95 * before, `${before} → ${later}`);
  });

  it('computes the same bits with one thread and with two', () => {
    const [one, two] = ['1', '2'].map((threads) => trained(...TINY, '--threads', threads, '--out', at(`${threads}.safetensors`)));
    assert.deepEqual([one.threads, two.threads], [1, 2]);
    assert.ok(readFileSync(at('1.safetensors')).equals(readFileSync(at('2.safetensors'))));
    assert.equal(one.testLoss, two.testLoss);
  });

  it('goes on from a checkpoint as if it had not stopped', () => {
    trained(...TINY, '--epochs', '1', '--checkpoint', at('run.ckpt'));
    trained(...TINY, '--epochs', '3', '--checkpoint', at('run.ckpt'), '--resume', '--out', at('resumed.safetensors'));
    trained(...TINY, '--epochs', '3', '--out', at('straight.safetensors'));
    const tensors = (name: string) => readSafetensors(readFileSync(at(name))).tensors;
    assert.deepEqual(tensors('resumed.safetensors'), tensors('straight.safetensors'));
    refused(/latentSize was 3/, ...TINY, '--latent', '4', '--checkpoint', at('run.ckpt'), '--resume');
    refused(/other data/, ...TINY, '--data', 'mnist', '--full', fullSet('mnist'), '--checkpoint', at('run.ckpt'), '--resume');
    const bytes = readFileSync(at('run.ckpt'));
    writeFileSync(at('cut.ckpt'), bytes.subarray(0, bytes.length - 100));
    refused(/cannot be used.*--resume/, ...TINY, '--checkpoint', at('cut.ckpt'), '--resume');
  });

  /** A small set under the names of the whole one: labels packed, images not. */
  function fullSet(name: string): string {
    const set = at(name);
    mkdirSync(set, { recursive: true });
    for (const [part, count] of [['train', 80], ['t10k', 20]] as const) {
      writeFileSync(path.join(set, `${part}-images-idx3-ubyte`), writeIdx([count, 6, 6], images(count)));
      writeFileSync(path.join(set, `${part}-labels-idx1-ubyte.gz`), gzipSync(writeIdx([count], new Uint8Array(count))));
    }
    return set;
  }

  it('trains on whole sets, on files and folders of one\'s own, and on points', () => {
    assert.equal(trained(...TINY, '--data', 'fashion-mnist', '--full', fullSet('fashion')).steps, 4);
    writeFileSync(at('spots.idx.gz'), gzipSync(writeIdx([50, 6, 6], images(50))));
    // A tenth is held out: 45 in one batch an epoch.
    assert.equal(trained(...TINY, '--data', at('spots.idx.gz')).steps, 2);
    assert.equal(trained(...TINY, '--data', fullSet('folder')).steps, 4);
    assert.equal(trained(...TINY, '--data', 'moons', '--latent', '2', '--device', 'cpu').steps, 8);
    writeFileSync(at('points.csv'), `x,y\n${Array.from({ length: 40 }, (_, i) => `${i},${(i * i) % 11}`).join('\n')}\n`);
    assert.equal(trained(...TINY, '--data', at('points.csv')).steps, 2);
    assert.equal(trained(...TINY, '--data', fullSet('folder'), '--architecture', 'conv', '--widths', '4,6').steps, 4);
    assert.equal(trained(...TINY, '--data', fullSet('folder'), '--architecture', 'hierarchical', '--top-latent', '2', '--k', '3').steps, 4);
    const plain = trained(...TINY, '--data', fullSet('folder'), '--no-noise', '--beta', '0');
    assert.deepEqual([plain.testKl, plain.importanceBound], [0, null]);
  });

  it('says what is wrong with what it is given', () => {
    refused(/Latent size: 0 is out of range/, ...TINY, '--latent', '0');
    refused(/Latent size: 10000 is out of range/, ...TINY, '--latent', '10000');
    refused(/--widths wants a number, not "many"/, ...TINY, '--widths', 'many');
    refused(/example 1 of the data holds .*choose gaussian/, ...TINY, '--data', 'moons', '--likelihood', 'bernoulli');
    refused(/"abacus"/, ...TINY, '--device', 'abacus');
    refused(/--threads is 1 or 2/, ...TINY, '--threads', '3');
    refused(/neither a set of that name nor a file/, ...TINY, '--data', 'mnits');
    refused(/--full is the folder/, ...TINY, '--data', 'moons', '--full', folder);
    refused(/train-images-idx3-ubyte is not there/, ...TINY, '--full', folder);
    const packed = gunzipSync(readFileSync('webview/experiments/vae/data/mnist-train-images.idx.gz'));
    writeFileSync(at('cut.idx'), packed.subarray(0, 5000));
    refused(/cut\.idx: the IDX file is cut at byte 5000/, ...TINY, '--data', at('cut.idx'));
    refused(/GB of memory/, ...TINY, '--widths', '4096,4096,4096,4096,4096,4096', '--batch-size', '4096', '--k', '100');
    refused(/--resume wants/, ...TINY, '--resume');
  });

  it('stops at a loss that is not finite, and names the step', () => {
    const { status, stderr } = run(...TINY, '--learning-rate', '1', '--epochs', '50', '--activation', 'linear', '--widths', '64,64,64,64,64,64');
    assert.equal(status, 1, stderr);
    assert.match(stderr, /at step \d+: training has diverged/);
  });

  it('exports what it trained', () => {
    trained(...TINY, '--out', at('e.safetensors'));
    const { status, stderr } = run('export', 'vae', '--weights', at('e.safetensors'), '--torch', at('e.py'), '--torchrun', at('e_torchrun.py'));
    assert.equal(status, 0, stderr);
    assert.match(readFileSync(at('e.py'), 'utf8'), /WEIGHTS = "e\.safetensors"[\s\S]*nn\.Linear\(784, 16\)/);
    assert.match(readFileSync(at('e_torchrun.py'), 'utf8'), /DistributedDataParallel\(model\)/);
    refused(/--weights is missing/, 'export', 'vae', '--torch', at('x.py'));
    refused(/--torch FILE, --torchrun FILE/, 'export', 'vae', '--weights', at('e.safetensors'));
    refused(/knows one experiment, vae/, 'export', 'ddpm');
    writeFileSync(at('noise.safetensors'), 'noise');
    refused(/noise\.safetensors/, 'export', 'vae', '--weights', at('noise.safetensors'), '--torch', at('x.py'));
  });
});
