/** The exported script is run by PyTorch: what it computes equals ours, what it trains opens here, and its loss and gradients are ours. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readSafetensors } from '../../../core/math/safetensors';
import { VAE_DEFAULTS, type VaeSettings } from '../../../webview/experiments/vae/manifest';
import { Batches } from '../../../webview/experiments/vae/runtime/batches';
import { describeWeights, readWeights, VaeTrainer } from '../../../webview/experiments/vae/runtime';
import { exportScripts } from '../../../webview/experiments/vae/runtime/export';
import { cpuOps } from '../../../webview/kernels/nets';
import { assertClose, CASES, COUNT, dataOf, exported, floatsOf, python, remove } from './models';

const CLOSE = 1e-5;

/** Loads the script as a module, and gives it our weights. */
const driver = (script: string, body: string) => `
import importlib.util, sys, numpy as np, torch
torch.set_default_dtype(torch.float64)
spec = importlib.util.spec_from_file_location("exported", ${JSON.stringify(script)})
m = importlib.util.module_from_spec(spec)
spec.loader.exec_module(m)
model = (getattr(m, "VAE", None) or getattr(m, "HierarchicalVAE", None) or m.Autoencoder)()
m.load(model, m.WEIGHTS)
${body}`;

const SAME_BATCH = `
import json
given = json.load(open("batch.json"))
levels = iter(given["noise"])
x = m.as_input(m.read_examples("train.npy")[torch.tensor(given["batch"])])
loss = m.objective(*model(x, lambda rows, size: torch.tensor(next(levels)).reshape(-1, size)))
loss.backward()
m.save_safetensors("gradient.safetensors", {name: torch.zeros_like(p) if p.grad is None else p.grad for name, p in model.named_parameters()}, {"format": "pt"})
print(loss.item())`;

describe('the exported PyTorch script', () => {
  for (const [name, made] of Object.entries(CASES)) {
    it(`computes what we compute: ${name}`, async () => {
      const { folder, script, trainer, data, at } = await exported(made);
      try {
        python(folder, script, '--reconstruct', 'test.npy', 'means.npy', '--encode', 'test.npy', 'moments.npy', '--sample', '5', 'samples.npy');
        const { mean, logVariance } = await trainer.encode(data.test.values, COUNT);
        const moments = floatsOf(readFileSync(at('moments.npy')));
        const { latentSize, beta, noise } = made.settings;
        const heads = beta === 0 && noise === 'no' ? 1 : 2;
        assert.deepEqual(moments.shape, [COUNT, heads * latentSize]);
        const head = (which: number) => Float32Array.from({ length: COUNT * latentSize }, (_, i) => moments.values[(Math.floor(i / latentSize) * heads + which) * latentSize + (i % latentSize)]);
        assertClose(head(0), mean, CLOSE, 'mean');
        if (heads === 2) assertClose(head(1), logVariance, CLOSE, 'log-variance');
        assertClose(floatsOf(readFileSync(at('means.npy'))).values, await trainer.decode(mean, COUNT), CLOSE, 'reconstruction');
        const samples = floatsOf(readFileSync(at('samples.npy')));
        assert.equal(samples.values.length, 5 * data.train.size);
        assert.ok(samples.values.every(Number.isFinite));
      } finally {
        remove(folder);
      }
    });

    it(`minimises what we minimise: ${name}`, async () => {
      await sameGradient(made);
    });

    it(`trains, and what it trained opens here: ${name}`, async () => {
      const { folder, script, data, at } = await exported(made);
      try {
        python(folder, script, '--train', 'train.npy', '--steps', '20', '--out', 'trained.safetensors', '--test', 'test.npy', '--reconstruct', 'test.npy', 'means.npy');
        const bytes = readFileSync(at('trained.safetensors'));
        assert.deepEqual(describeWeights(bytes), { settings: made.settings, shape: { size: data.train.size, image: data.train.image } });
        const back = new VaeTrainer(cpuOps(), made.settings, data);
        await back.load(bytes);
        assert.equal(back.step, 20);
        const { mean } = await back.encode(data.test.values, COUNT);
        assertClose(floatsOf(readFileSync(at('means.npy'))).values, await back.decode(mean, COUNT), CLOSE, 'reconstruction');
      } finally {
        remove(folder);
      }
    });
  }

  it('brings down the loss, and goes on from weights', async () => {
    const { folder, script } = await exported(CASES['dense layers']);
    try {
      const loss = (text: string) => Number(/together ([\d.]+)/.exec(text)![1]);
      const before = loss(python(folder, script, '--test', 'train.npy'));
      const after = loss(python(folder, script, '--train', 'train.npy', '--epochs', '40', '--test', 'train.npy'));
      const resumed = loss(python(folder, script, '--train', 'train.npy', '--epochs', '1', '--resume', '--weights', 'trained.safetensors', '--test', 'train.npy'));
      assert.ok(after < 0.95 * before, `${before} → ${after}`);
      assert.ok(resumed < 1.02 * after, `${after} → ${resumed}`);
    } finally {
      remove(folder);
    }
  });

  it('refuses arrays of another shape, in words', async () => {
    const { folder, script } = await exported(CASES.convolutions);
    try {
      writeFileSync(`${folder}/bad.idx`, Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7));
      assert.throws(() => python(folder, script, '--reconstruct', 'bad.idx', 'out.npy'), /bad\.idx: the array has the shape \(1, 1, 1\); this model needs \[n, 9, 7\]/);
    } finally {
      remove(folder);
    }
  });

  it('has the shapes of the settings: latent size 7, widths 300 and 64', async () => {
    const settings: VaeSettings = { ...VAE_DEFAULTS, encoderWidths: [300, 64], decoderWidths: [64, 300], latentSize: 7 };
    const data = dataOf({ height: 28, width: 28, channels: 1 });
    const trainer = new VaeTrainer(cpuOps(), settings, data);
    const { tensors } = readSafetensors(await trainer.weights());
    assert.deepEqual(Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape])), {
      'encoder.0.weight': [300, 784], 'encoder.0.bias': [300], 'encoder.2.weight': [64, 300], 'encoder.2.bias': [64],
      'mean.weight': [7, 64], 'mean.bias': [7], 'logvar.weight': [7, 64], 'logvar.bias': [7],
      'decoder.0.weight': [64, 7], 'decoder.0.bias': [64], 'decoder.2.weight': [300, 64], 'decoder.2.bias': [300], 'decoder.4.weight': [784, 300], 'decoder.4.bias': [784],
    });
    assert.match(exportScripts(settings, data.train, 'w.safetensors').pytorch, /nn\.Linear\(784, 300\),\n\s+nn\.ReLU\(\),\n\s+nn\.Linear\(300, 64\)/);
  });
});

/** With our noise in place of theirs: the loss of a whole batch and its gradient by every parameter. */
async function sameGradient(made: (typeof CASES)[string]): Promise<void> {
  const { settings } = made;
  const drawn: { values: Float64Array; columns: number }[] = [];
  const ops = cpuOps();
  const listening = { ...ops, normals: (...args: Parameters<typeof ops.normals>) => {
    const matrix = ops.normals(...args);
    drawn.push({ values: matrix.data, columns: matrix.columns });
    return matrix;
  } };
  const { folder, script, trainer, data, at } = await exported(made, 0, listening);
  try {
    const shards = [await trainer.shardGradient(0), await trainer.shardGradient(1)];
    const loss = shards[0].terms.loss + shards[1].terms.loss;
    const gradient = shards[0].gradient.map((value, i) => value + shards[1].gradient[i]);
    // Of the first half all levels, then of the second.
    const levels = drawn.length / 2;
    const noise = Array.from({ length: levels }, (_, level) => [...drawn[level].values, ...drawn[levels + level].values]);
    const batch = [...new Batches(COUNT, settings.batchSize, settings.seed).at(0).examples];
    writeFileSync(at('batch.json'), JSON.stringify({ batch, noise }));
    const printed = python(folder, '-c', driver(script, SAME_BATCH));
    assert.ok(Math.abs(Number(printed) - loss) <= CLOSE * Math.max(1, Math.abs(loss)), `loss ${printed.trim()}, ours ${loss}`);
    const theirs = readWeights(readFileSync(at('gradient.safetensors')), settings, data.train).parameters;
    const scale = Math.max(...gradient.map(Math.abs));
    assert.ok(scale > 0);
    assertClose(gradient.map((value) => value / scale), theirs.map((value) => value / scale), CLOSE, 'gradient');
  } finally {
    remove(folder);
  }
}
