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

/** Of the loss by every parameter, in float64. */
describe('every gradient against central differences', () => {
  const wanted = new Set(['beta4_bce', 'importance weighted Gaussian with β 2.5 and mixed reductions', 'two levels', 'two levels, importance weighted', 'convolutions, importance weighted', 'points', 'means of both terms', 'silu']);
  const chosen = [...tinyReferences(), ...torchReferences()].filter(({ name }) => wanted.has(name));
  assert.equal(chosen.length, wanted.size);
  for (const reference of chosen) {
    it(reference.name, async () => {
      const ops = cpuOps({ precision: 'float64' });
      const { gradients } = await compute(ops, reference, true);
      const lossAt = async (name: string, i: number, value: number) => {
        const moved = { ...reference.parameters, [name]: reference.parameters[name].with(i, value) };
        return (await compute(ops, { ...reference, parameters: moved }, true)).terms.loss;
      };
      let largest = 0;
      for (const [name, values] of Object.entries(reference.parameters)) {
        for (const [i, value] of values.entries()) {
          const step = 1e-5;
          const slope = ((await lossAt(name, i, value + step)) - (await lossAt(name, i, value - step))) / (2 * step);
          largest = Math.max(largest, Math.abs(slope));
          assert.ok(near(gradients[name][i], slope, 2e-6), `${name}[${i}]: ${gradients[name][i]}, not ${slope}`);
        }
      }
      assert.ok(largest > 1e-3);
    });
  }
});
