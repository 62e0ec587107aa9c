/** Losses and every gradient against numbers that PyTorch computed, in float64. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cpuOps } from '../../../webview/kernels/nets';
import { compute, tinyReferences, torchReferences, type Reference } from '../../kernels/nets/references';

/** Relative, and absolute where values are small. Sums of terms are handed out in float32. */
const near = (measured: number, expected: number, tolerance: number) => Math.abs(measured - expected) <= tolerance * Math.max(1, Math.abs(expected));

function agree(reference: Reference): void {
  it(reference.name, async () => {
    const { terms, gradients } = await compute(cpuOps({ precision: 'float64' }), reference, true);
    for (const term of ['loss', 'reconstruction', 'kl'] as const) assert.ok(near(terms[term], reference[term], 1e-9), `${term}: ${terms[term]}, not ${reference[term]}`);
    assert.deepEqual(Object.keys(gradients).sort(), Object.keys(reference.gradients).sort());
    for (const [name, expected] of Object.entries(reference.gradients)) {
      assert.equal(gradients[name].length, expected.length);
      expected.forEach((value, i) => assert.ok(near(gradients[name][i], value, 1e-9), `${name}[${i}]: ${gradients[name][i]}, not ${value}`));
    }
  });
}

describe('pytorch/examples\' VAE in small: terms and every gradient within 1e-9', () => tinyReferences().forEach(agree));

describe('models of PyTorch: terms and every gradient within 1e-9', () => torchReferences().forEach(agree));
