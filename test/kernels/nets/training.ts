/** What training must do on every device: fall, go on bit for bit, and be the same when two share it. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { VAE_DEFAULTS, type VaeSettings } from '../../../webview/experiments/vae/manifest';
import { batchTerms } from '../../../webview/experiments/vae/runtime/loss';
import { DivergedError, VaeTrainer } from '../../../webview/experiments/vae/runtime';
import type { Matrix, Ops } from '../../../webview/kernels/nets';
import { bars, labelled, points } from '../../unit/vae/data';

const IMAGES = labelled(bars(37, { height: 6, width: 5, channels: 1 }));
const small: VaeSettings = { ...VAE_DEFAULTS, data: 'own', encoderWidths: [17], decoderWidths: [9], latentSize: 3, batchSize: 8, learningRate: 5e-3 };

const KINDS: readonly [name: string, settings: VaeSettings, data: typeof IMAGES][] = [
  ['mlp', small, IMAGES],
  ['an odd batch of points, importance weighted', { ...small, latentSize: 1, activation: 'tanh', likelihood: 'gaussian', decoderDeviation: 0.3, importanceSamples: 3, batchSize: 7 }, labelled(points(36))],
  ['convolutions', { ...small, architecture: 'conv', encoderWidths: [3, 4], decoderWidths: [4] }, IMAGES],
  ['two levels', { ...small, architecture: 'hierarchical', topLatentSize: 2 }, IMAGES],
  ['autoencoder', { ...small, beta: 0, noise: 'no' }, IMAGES],
];

export interface TrainingOptions {
  convolutions?: boolean;
  /** A device in software takes seconds a step: one kind of model, and few steps of it. */
  slow?: boolean;
}

export function trainingSuite(open: () => Ops<Matrix>, { convolutions = true, slow = false }: TrainingOptions = {}): void {
  const [steps, cut] = slow ? [3, 2] : [12, 7];
  for (const [name, settings, data] of slow ? KINDS.slice(0, 1) : KINDS.filter(([, { architecture }]) => convolutions || architecture !== 'conv')) {
    it(`${name}: an interrupted run equals the straight one, and so do two that share the batches, bit for bit`, async () => {
      const ops = open();
      const straight = new VaeTrainer(ops, settings, data);
      const terms = await straight.advance(steps);
      const wanted = await straight.state();
      straight.dispose();

      const before = new VaeTrainer(ops, settings, data);
      const early = await before.advance(cut);
      // Being asked changes nothing.
      await before.bound(data.test.values.subarray(0, 3 * data.test.size), 3, [1, 2], 4);
      const state = await before.state();
      before.dispose();
      const after = new VaeTrainer(ops, settings, data, state);
      assert.equal(after.step, cut);
      assert.deepEqual([...early, ...(await after.advance(steps - cut))], terms);
      assert.deepEqual(await after.state(), wanted);
      after.dispose();

      const replicas = [0, 1].map(() => new VaeTrainer(ops, settings, data));
      for (let step = 0; step < steps; step++) {
        const [first, second] = [await replicas[0].shardGradient(0), await replicas[1].shardGradient(1)];
        await replicas[0].apply(second);
        await replicas[1].apply(first);
        assert.deepEqual(batchTerms([first.terms, second.terms]), terms[step]);
      }
      for (const replica of replicas) {
        assert.deepEqual(await replica.state(), wanted);
        replica.dispose();
      }
    });
  }

  if (slow) return;

  it('the loss falls', async () => {
    const trainer = new VaeTrainer(open(), small, IMAGES);
    const terms = await trainer.advance(200);
    const mean = (from: number) => terms.slice(from, from + 10).reduce((sum, { reconstruction, kl }) => sum + reconstruction + kl, 0) / 10;
    assert.ok(mean(190) < mean(0) - 4, `from ${mean(0)} to ${mean(190)}`);
    trainer.dispose();
  });

  it('the last batch of an epoch is smaller, and every example comes once', async () => {
    const trainer = new VaeTrainer(open(), { ...small, reconstructionReduction: 'sum' }, IMAGES);
    assert.equal(trainer.stepsPerEpoch, 5);
    const terms = await trainer.advance(5);
    // 37 examples in batches of 8: the last has 5, whose loss as a sum is smaller.
    for (const { loss, reconstruction, kl } of terms.slice(0, 4)) assert.ok(Math.abs(loss - 8 * (reconstruction + kl)) < 1e-3);
    assert.ok(Math.abs(terms[4].loss - 5 * (terms[4].reconstruction + terms[4].kl)) < 1e-3);
    trainer.dispose();
  });

  it('a loss that is not finite ends with its step', async () => {
    const trainer = new VaeTrainer(open(), { ...small, likelihood: 'gaussian', decoderDeviation: 1e-3, activation: 'linear', learningRate: 1, encoderWidths: [], decoderWidths: [] }, labelled({ ...points(8), values: new Float32Array(16).fill(3e38) }));
    await assert.rejects(trainer.advance(3), (error: unknown) => error instanceof DivergedError && error.step === 1 && /at step 1: training has diverged/.test(error.message));
    trainer.dispose();
  });
}
