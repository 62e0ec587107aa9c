/** What a model can be asked, and its parameters as a file. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSafetensors, writeSafetensors } from '../../../core/math/safetensors';
import { VAE_DEFAULTS, type VaeSettings } from '../../../webview/experiments/vae/manifest';
import { describeWeights, VaeModel, VaeTrainer } from '../../../webview/experiments/vae/runtime';
import { cpuOps } from '../../../webview/kernels/nets';
import { bars, labelled, points } from './data';

const image = { height: 6, width: 5, channels: 1 };
const data = labelled(bars(40, image));
const settings: VaeSettings = { ...VAE_DEFAULTS, data: 'own', encoderWidths: [12], decoderWidths: [12], latentSize: 3, batchSize: 10, learningRate: 5e-3 };

async function trained(changes: Partial<VaeSettings> = {}, on = data): Promise<VaeTrainer> {
  const trainer = new VaeTrainer(cpuOps(), { ...settings, ...changes }, on);
  await trainer.advance(60);
  return trainer;
}

describe('a model that is asked', () => {
  it('the bound is that of training, example by example', async () => {
    const trainer = await trained();
    const bound = await trainer.bound(data.test.values, 40, [], 1);
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    assert.ok(Math.abs(mean(bound.reconstructions) - bound.reconstruction) < 1e-4 && Math.abs(mean(bound.kls) - bound.kl) < 1e-4);
    assert.ok(Math.abs(bound.klPerDimension.reduce((sum, value) => sum + value, 0) - bound.kl) < 1e-4);
    // The posterior gives the same divergence.
    const { mean: mu, logVariance } = await trainer.encode(data.test.values, 40);
    const kl = mu.reduce((sum, m, i) => sum + (m * m + Math.exp(logVariance[i]) - 1 - logVariance[i]) / 2, 0) / 40;
    assert.ok(Math.abs(kl - bound.kl) < 1e-4);
    // The next step begins with these parameters, on a quarter of the examples.
    const [terms] = await trainer.advance(1);
    assert.ok(Math.abs(terms.kl - bound.kl) < 1.5 && Math.abs(terms.reconstruction - bound.reconstruction) < 3, JSON.stringify([terms, bound.reconstruction, bound.kl]));
  });

  it('importance weighted bounds grow with k, from the ELBO on', async () => {
    for (const changes of [{}, { architecture: 'hierarchical', topLatentSize: 2 }] as const) {
      const trainer = await trained(changes);
      const { reconstruction, kl, importance } = await trainer.bound(data.test.values, 40, [1, 5, 50], 9);
      assert.deepEqual(importance.map(({ k }) => k), [1, 5, 50]);
      const [one, five, fifty] = importance.map(({ bound }) => bound);
      assert.ok(one < five && five < fifty, `${one}, ${five}, ${fifty}`);
      assert.ok(Math.abs(one + reconstruction + kl) < 0.3, `${one} and ${-(reconstruction + kl)}`);
    }
  });

  it('the bound of a linear Gaussian model reaches the exact likelihood', async () => {
    // x = W·z + b + σ·ε: x is Gaussian, and its density is known.
    const plane = labelled(points(30));
    const linear = new VaeTrainer(cpuOps(), { ...settings, data: 'own', likelihood: 'gaussian', decoderDeviation: 0.8, encoderWidths: [], decoderWidths: [], latentSize: 1, batchSize: 30 }, plane);
    await linear.advance(400);
    const { rows } = await linear.state();
    const at = (name: string) => {
      let offset = 0;
      for (const parameter of linear.parameters) {
        const size = parameter.rows * parameter.columns;
        if (parameter.name === name) return rows.subarray(offset, offset + size);
        offset += size;
      }
      throw new Error(name);
    };
    const [w, b] = [at('decoder.0.weight'), at('decoder.0.bias')];
    const [xx, xy, yy] = [w[0] * w[0] + 0.64, w[0] * w[1], w[1] * w[1] + 0.64];
    const determinant = xx * yy - xy * xy;
    let exact = 0;
    for (let i = 0; i < 30; i++) {
      const [x, y] = [plane.test.values[2 * i] - b[0], plane.test.values[2 * i + 1] - b[1]];
      exact -= (Math.log(2 * Math.PI) + Math.log(determinant) / 2 + (yy * x * x - 2 * xy * x * y + xx * y * y) / (2 * determinant)) / 30;
    }
    const { reconstruction, kl, importance } = await linear.bound(plane.test.values, 30, [100], 2);
    assert.ok(Math.abs(importance[0].bound - exact) < 0.02, `${importance[0].bound}, not ${exact}`);
    assert.ok(-(reconstruction + kl) < exact + 0.02);
  });

  it('decoded pixels lie in 0 … 1, points anywhere; an autoencoder has no variance and no divergence', async () => {
    const trainer = await trained();
    const decoded = await trainer.decode(new Float32Array(30).fill(3), 10);
    assert.equal(decoded.length, 300);
    assert.ok(decoded.every((value) => value >= 0 && value <= 1));
    const plain = await trained({ beta: 0, noise: 'no' });
    assert.ok((await plain.encode(data.test.values, 40)).logVariance.every((value) => value === -Infinity));
    const bound = await plain.bound(data.test.values, 40, [1, 5], 1);
    assert.deepEqual([bound.kl, bound.importance.length, ...bound.klPerDimension], [0, 0, 0, 0, 0]);
    const terms = (await plain.advance(1))[0];
    assert.ok(Math.abs(terms.loss - 10 * terms.reconstruction) < 1e-3 && terms.kl === 0);
  });
});

describe('parameters as a file', () => {
  const KINDS: Partial<VaeSettings>[] = [{}, { architecture: 'conv', encoderWidths: [3, 4], decoderWidths: [4, 3] }, { architecture: 'hierarchical', topLatentSize: 2 }, { beta: 0, noise: 'no' }];

  it('have the names and shapes of PyTorch, and come back as they were', async () => {
    for (const changes of KINDS) {
      const trainer = await trained(changes);
      const bytes = await trainer.weights();
      const { shape, settings: told } = describeWeights(bytes)!;
      assert.deepEqual(shape, { size: 30, image });
      assert.deepEqual(told, trainer.settings);
      const again = new VaeModel(cpuOps(), told as VaeSettings, shape);
      await again.load(bytes);
      assert.equal(again.step, 60);
      assert.deepEqual(await again.decode(new Float32Array(3).fill(1), 1), await trainer.decode(new Float32Array(3).fill(1), 1));
      assert.deepEqual(await again.weights(), bytes);
    }
    const { tensors } = readSafetensors(await (await trained(KINDS[1])).weights());
    assert.deepEqual(Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape])), {
      'encoder.0.weight': [3, 1, 4, 4], 'encoder.0.bias': [3], 'encoder.2.weight': [4, 3, 4, 4], 'encoder.2.bias': [4], 'mean.weight': [3, 4], 'mean.bias': [3], 'logvar.weight': [3, 4], 'logvar.bias': [3],
      'decoder.0.weight': [4, 3], 'decoder.0.bias': [4], 'decoder.3.weight': [4, 3, 4, 4], 'decoder.3.bias': [3], 'decoder.5.weight': [3, 1, 4, 4], 'decoder.5.bias': [1],
    });
  });

  it('a latent size of 7 and widths of 300 and 64 are found in it', async () => {
    const model = new VaeModel(cpuOps(), { ...VAE_DEFAULTS, latentSize: 7, encoderWidths: [300, 64], decoderWidths: [64, 300] }, { size: 784, image: { height: 28, width: 28, channels: 1 } });
    const { tensors } = readSafetensors(await model.weights());
    assert.deepEqual(['encoder.0', 'encoder.2', 'mean', 'logvar', 'decoder.0', 'decoder.2', 'decoder.4'].map((name) => tensors[`${name}.weight`].shape), [[300, 784], [64, 300], [7, 64], [7, 64], [64, 7], [300, 64], [784, 300]]);
    // PyTorch's default start: uniform within 1/√fan-in.
    const largest = (name: string) => tensors[name].data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    assert.ok(largest('encoder.0.weight') <= 1 / 28 && largest('encoder.0.weight') > 0.999 / 28);
    assert.ok(largest('encoder.0.bias') <= 1 / 28 && largest('decoder.0.weight') <= 7 ** -0.5 && largest('decoder.0.weight') > 0.98 * 7 ** -0.5);
  });

  it('says which tensor does not fit', async () => {
    const model = new VaeModel(cpuOps(), settings, data.train);
    const { tensors, metadata } = readSafetensors(await model.weights());
    const file = (change: (all: typeof tensors) => void) => {
      const all = Object.fromEntries(Object.entries(tensors));
      change(all);
      return writeSafetensors({ tensors: all, metadata });
    };
    assert.throws(() => model.load(file((all) => { delete all['mean.bias']; })), /no tensor "mean\.bias", which this model needs in the shape \[3\]/);
    assert.throws(() => model.load(file((all) => { all['mean.weight'] = { dtype: 'F32', shape: [12, 3], data: new Float32Array(36) }; })), /"mean\.weight" has the shape \[12, 3\]; this model needs \[3, 12\]/);
    assert.throws(() => model.load(file((all) => { all.other = { dtype: 'F32', shape: [1], data: new Float32Array(1) }; })), /a tensor "other" that this model does not know/);
    assert.throws(() => model.load(file((all) => { all['mean.bias'] = { ...all['mean.bias'], data: Float32Array.of(0, NaN, 0) }; })), /"mean\.bias" holds NaN at place 1/);
    await model.load(file((all) => { all['mean.bias'] = { ...all['mean.bias'], data: Float32Array.of(1, 2, 3) }; }));
  });
});
