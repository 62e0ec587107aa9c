import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ARCHITECTURE_DEFAULTS, impliedBeta, memoryNeeded, outlineOf, POINT_DEFAULTS, stepsOf, VAE_DEFAULTS, vaeKey, validateVae, type VaeSettings } from '../../../webview/experiments/vae/manifest';
import { permutation, shardRows } from '../../../webview/experiments/vae/runtime/batches';
import { bars, labelled, points } from './data';

const with_ = (changes: Partial<VaeSettings>): VaeSettings => ({ ...VAE_DEFAULTS, ...changes });

describe('settings of a VAE', () => {
  it('the defaults can be trained', () => {
    for (const settings of [VAE_DEFAULTS, with_({ ...ARCHITECTURE_DEFAULTS.conv, architecture: 'conv' }), with_({ ...ARCHITECTURE_DEFAULTS.hierarchical, architecture: 'hierarchical' }), with_({ data: 'moons', ...POINT_DEFAULTS })]) {
      assert.deepEqual(validateVae(settings, null), []);
    }
  });

  const bad: [what: string, changes: Partial<VaeSettings>, data: ReturnType<typeof labelled> | null, field: keyof VaeSettings, message: RegExp][] = [
    ['latent size 0', { latentSize: 0 }, null, 'latentSize', /^Latent size: 0 is out of range; give 1 to 512\.$/],
    ['latent size 10,000', { latentSize: 10_000 }, null, 'latentSize', /^Latent size: 10000 is out of range; give 1 to 512\.$/],
    ['a width that is no number', { encoderWidths: [400, NaN] }, null, 'encoderWidths', /^Encoder: "NaN" is no number/],
    ['too many layers', { decoderWidths: [1, 2, 3, 4, 5, 6, 7] }, null, 'decoderWidths', /^Decoder: 7 layers are too many; give at most 6\.$/],
    ['samples without noise', { noise: 'no', importanceSamples: 5 }, null, 'importanceSamples', /5 samples without noise are all the same/],
    ['two levels without noise', { noise: 'no', beta: 0, architecture: 'hierarchical' }, null, 'noise', /two levels need it/],
    ['convolutions of points', { architecture: 'conv', data: 'moons', likelihood: 'gaussian' }, null, 'architecture', /points have no pixels/],
    ['too many convolutions', { architecture: 'conv', data: 'own', encoderWidths: [4, 4, 4], decoderWidths: [4] }, labelled(bars(4, { height: 7, width: 5, channels: 1 })), 'encoderWidths', /3 layers are too many for images of 7×5 pixels, which each layer halves; give at most 2\./],
    ['no convolution', { architecture: 'conv', encoderWidths: [], decoderWidths: [4] }, null, 'encoderWidths', /at least one layer/],
    ['cross-entropy of shipped points', { data: 'moons' }, null, 'likelihood', /points of moons lie outside of 0 … 1/],
    ['cross-entropy outside of 0 … 1', { data: 'own' }, labelled({ ...points(3), values: Float32Array.of(0, 1, 0.5, 0.25, 1.5, 0) }), 'likelihood', /example 3 of the data holds 1\.5, but binary cross-entropy wants numbers from 0 to 1/],
    ['too much memory', { encoderWidths: [4096, 4096, 4096, 4096], decoderWidths: [4096, 4096, 4096, 4096] }, null, 'encoderWidths', /needs about \d+\.\d GB of memory, more than the 2\.1 GB/],
  ];
  for (const [what, changes, data, field, message] of bad) {
    it(`refused: ${what}`, () => {
      const problems = validateVae(with_(changes), data);
      assert.equal(problems.length, 1, JSON.stringify(problems));
      assert.equal(problems[0].field, field);
      assert.match(problems[0].message, message);
    });
  }

  it('cross-entropy of numbers within 0 … 1 is fine, as are no hidden layers', () => {
    assert.deepEqual(validateVae(with_({ data: 'own', encoderWidths: [], decoderWidths: [] }), labelled({ ...points(2), values: Float32Array.of(0, 1, 0.5, 0.25) })), []);
  });

  it('the β that reductions imply', () => {
    assert.equal(impliedBeta(VAE_DEFAULTS, 784), 1);
    assert.equal(impliedBeta(with_({ reconstructionReduction: 'mean', klReduction: 'sum', batchSize: 100 }), 784), 78_400);
    assert.ok(Math.abs(impliedBeta(with_({ reconstructionReduction: 'mean', klReduction: 'batch_mean', beta: 0.5 }), 784) - 392) < 1e-9);
    assert.ok(Math.abs(impliedBeta(with_({ reconstructionReduction: 'mean', klReduction: 'mean' }), 784) - 39.2) < 1e-9);
    assert.ok(Math.abs(impliedBeta(with_({ reconstructionReduction: 'mean', klReduction: 'mean', architecture: 'hierarchical', topLatentSize: 8 }), 784) - 28) < 1e-9);
  });

  it('memory: more of everything takes more', () => {
    const mnist = outlineOf('mnist')!;
    const base = memoryNeeded(VAE_DEFAULTS, mnist);
    // The images alone take 47 MB, 652,824 parameters 8 times 4 bytes.
    assert.ok(base > 47e6 + 20e6 && base < 90e6, String(base));
    for (const changes of [{ encoderWidths: [800] }, { batchSize: 1024 }, { importanceSamples: 50 }, { latentSize: 500 }]) assert.ok(memoryNeeded(with_(changes), mnist) > base);
  });

  it('keys tell apart what training depends on, and nothing else', () => {
    for (const changes of [{ seed: 2 }, { latentSize: 3 }, { encoderWidths: [40] }, { klReduction: 'mean' }, { examples: 100 }] as Partial<VaeSettings>[]) assert.notEqual(vaeKey(with_(changes)), vaeKey(VAE_DEFAULTS));
    for (const changes of [{ epochs: 99 }, { learningRate: 1e-4 }, { topLatentSize: 3 }, { decoderDeviation: 3 }]) assert.equal(vaeKey(with_(changes)), vaeKey(VAE_DEFAULTS));
  });

  it('steps', () => {
    assert.deepEqual(stepsOf(VAE_DEFAULTS, 60_000), { perEpoch: 469, total: 46_900 });
    assert.deepEqual(stepsOf(with_({ examples: 100, batchSize: 7, epochs: 2 }), 60_000), { perEpoch: 15, total: 30 });
    assert.equal(stepsOf(with_({ examples: 100 }), 50).perEpoch, 1);
  });
});

describe('batches', () => {
  it('an epoch is a permutation of its own', () => {
    const [first, second] = [permutation(1000, 1, 0), permutation(1000, 1, 1)];
    assert.deepEqual([...first].sort((a, b) => a - b), Array.from({ length: 1000 }, (_, i) => i));
    assert.notDeepEqual(first, second);
    assert.deepEqual(permutation(1000, 1, 0), first);
    // About one in a thousand stays.
    assert.ok(first.filter((value, i) => value === i).length < 8);
  });
  it('two shards make the batch', () => {
    assert.deepEqual([[1, 0], [1, 1], [5, 0], [5, 1]].map(([rows, shard]) => shardRows(rows, shard)), [{ from: 0, to: 1 }, { from: 1, to: 1 }, { from: 0, to: 3 }, { from: 3, to: 5 }]);
  });
});
