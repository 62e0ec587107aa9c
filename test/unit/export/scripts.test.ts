/** The exported scripts as text: what is in them, and what a name of a file cannot do to them. That they compute the same, PyTorch tells (test/kernels/export). */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pytorchScript, scriptNames, torchrunScript, type VaeScript } from '../../../core/export';
import { networksOf } from '../../../webview/experiments/vae/architecture';
import { VAE_DEFAULTS, type VaeSettings } from '../../../webview/experiments/vae/manifest';

const GREY = { size: 784, image: { height: 28, width: 28, channels: 1 } };
const scriptOf = (settings: Partial<VaeSettings> = {}, weightsFile = 'vae.safetensors', data: VaeScript['data'] = GREY): VaeScript => {
  const all = { ...VAE_DEFAULTS, ...settings };
  return { settings: all, data, networks: networksOf(all, data), weightsFile };
};
const both = (script: VaeScript) => [pytorchScript(script), torchrunScript(script)];

describe('exported scripts', () => {
  test('have the layers, the constants and the names of the settings', () => {
    for (const text of both(scriptOf({ latentSize: 7, encoderWidths: [300, 64], decoderWidths: [64, 300], activation: 'silu', beta: 4, batchSize: 64, learningRate: 5e-4, epochs: 3, seed: 11 }))) {
      assert.match(text, /self\.encoder = nn\.Sequential\(\n\s+nn\.Linear\(784, 300\),\n\s+nn\.SiLU\(\),\n\s+nn\.Linear\(300, 64\),\n\s+nn\.SiLU\(\),\n\s+\)/);
      assert.match(text, /self\.mean = nn\.Linear\(64, 7\)\n\s+self\.logvar = nn\.Linear\(64, 7\)/);
      assert.match(text, /^LATENT = 7$/m);
      assert.match(text, /^BETA = 4\.0$/m);
      assert.match(text, /^BATCH, RATE, EPOCHS, SEED = 64, 0\.0005, 3, 11$/m);
    }
  });

  test('write each reduction as PyTorch writes it; sums are multiplied by the number of processes', () => {
    const line = (text: string) => /^ {4}return (-?(?:world \* )?(?:reconstruction|bound).*)$/m.exec(text.slice(text.indexOf('def objective')))![1];
    const cases: [Partial<VaeSettings>, string, string][] = [
      [{}, 'reconstruction.sum() + BETA * kl.sum()', 'world * reconstruction.sum() + BETA * world * kl.sum()'],
      [{ reconstructionReduction: 'mean', klReduction: 'batch_mean' }, 'reconstruction.mean() / 784 + BETA * kl.mean()', 'reconstruction.mean() / 784 + BETA * kl.mean()'],
      [{ reconstructionReduction: 'batch_mean', klReduction: 'mean' }, 'reconstruction.mean() + BETA * kl.mean() / 20', 'reconstruction.mean() + BETA * kl.mean() / 20'],
      [{ importanceSamples: 5 }, '-bound.sum()', '-world * bound.sum()'],
    ];
    for (const [settings, one, many] of cases) {
      const script = scriptOf(settings);
      assert.equal(line(pytorchScript(script)), one);
      assert.equal(line(torchrunScript(script)), many);
    }
  });

  test('give back the rows and columns that halving an odd image rounds away', () => {
    const text = pytorchScript(scriptOf({ architecture: 'conv', encoderWidths: [4, 8], decoderWidths: [8, 4] }, 'v.safetensors', { size: 9 * 14, image: { height: 9, width: 14, channels: 1 } }));
    assert.match(text, /nn\.ConvTranspose2d\(8, 4, 4, stride=2, padding=1, output_padding=\(0, 1\)\)/);
    assert.match(text, /nn\.ConvTranspose2d\(4, 1, 4, stride=2, padding=1, output_padding=\(1, 0\)\)/);
    assert.match(text, /nn\.Unflatten\(1, \(8, 2, 3\)\)/);
  });

  test('a name of a file stays a string, whatever is in it', () => {
    const name = 'a"; import os #\\\n"""\'\u{1f600}.safetensors';
    const text = pytorchScript(scriptOf({}, name));
    assert.ok(text.includes(`WEIGHTS = ${JSON.stringify(name)}`));
    assert.equal(text.split('"""').length % 2, 1 + Number(JSON.stringify(name).includes('"""')) % 2);
    assert.deepEqual(scriptNames('my digits.safetensors'), { pytorch: 'my_digits.py', torchrun: 'my_digits_torchrun.py' });
    assert.deepEqual(scriptNames('.safetensors'), { pytorch: 'vae.py', torchrun: 'vae_torchrun.py' });
  });

  test('leave out what a model does not need', () => {
    const plain = pytorchScript(scriptOf());
    assert.doesNotMatch(plain, /log_normal|TOP_LATENT|SIGMA|\bK\b|\bworld\b|import (?:os|math)\b/);
    const autoencoder = pytorchScript(scriptOf({ beta: 0, noise: 'no' }));
    assert.doesNotMatch(autoencoder, /class Noise|logvar|BETA|kl_standard/);
  });
});
