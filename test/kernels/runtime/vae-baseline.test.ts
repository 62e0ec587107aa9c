/** Principal components asked of the worker: exact, of the training examples alone, and no hindrance to a training under way. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LabelledData } from '../../../core/math/examples';
import { principalComponents, squaredError } from '../../../core/math/pca';
import { ChannelError } from '../../../core/protocol/channel';
import { VAE_DEFAULTS, type VaeSettings } from '../../../webview/experiments/vae/manifest';
import type { VaeMethods, VaePreview, VaeTrainEvent } from '../../../webview/worker/vae/protocol';
import { bars, labelled } from '../../unit/vae/data';
import { client as connect, wasm } from './worker-client';

const image = { height: 9, width: 8, channels: 1 };
const data: LabelledData = { ...labelled(bars(300, image)), test: bars(80, image, 6) };
const settings: VaeSettings = { ...VAE_DEFAULTS, data: 'own', encoderWidths: [16], decoderWidths: [16], latentSize: 3, batchSize: 50, epochs: 100 };
const asked = { data: 'own' as const, components: 3, examples: 0, pairs: 4 };

/** The channel's types are those of the point playground; its handlers serve both. */
interface VaeClient {
  call<M extends keyof VaeMethods>(method: M, params: VaeMethods[M]['params'], options?: { signal?: AbortSignal; onEvent?: (event: VaeTrainEvent) => void }): Promise<VaeMethods[M]['result']>;
}

async function started(): Promise<VaeClient> {
  const page = connect();
  await page.call('start', { device: 'wasm', wasm });
  return page as unknown as VaeClient;
}

const near = (value: number, wanted: number, what: string) => assert.ok(Math.abs(value - wanted) < 1e-6 * Math.max(1, wanted), `${what}: ${value}, not ${wanted}`);

describe('the baseline of principal components', () => {
  it('is of the training examples, measured on the held-out ones', async () => {
    const page = await started();
    await page.call('vae.data', { data });
    const found = await page.call('vae.baseline', asked);
    const pca = principalComponents(data.train, 3);
    assert.deepEqual([found.components, found.trainedOn, found.count, found.reconstructions.length], [3, 300, 80, 4 * 72]);
    near(found.pca, squaredError(pca, data.test.values, 80), 'PCA');
    near(found.mean, squaredError(principalComponents(data.train, 0), data.test.values, 80), 'mean');
    near(found.explainedShare, pca.variances.reduce((sum, value) => sum + value, 0) / pca.totalVariance, 'share');
    assert.ok(found.pca < found.mean);
    // More components leave less; all of them leave nothing.
    const errors: number[] = [];
    for (const components of [1, 8, 40, 72]) errors.push((await page.call('vae.baseline', { ...asked, components })).pca);
    errors.forEach((error, i) => i > 0 && assert.ok(error < errors[i - 1], String(errors)));
    assert.ok(errors[3] < 1e-9);
    // Of a part of the training examples, as the training takes it.
    const part = await page.call('vae.baseline', { ...asked, examples: 40 });
    assert.equal(part.trainedOn, 40);
    near(part.pca, squaredError(principalComponents({ ...data.train, count: 40 }, 3), data.test.values, 80), 'part');
    assert.ok(Math.abs(part.pca - found.pca) > 1e-3, 'the components of all training examples were answered');
  });

  it('without data there is nothing to compute', async () => {
    await assert.rejects((await started()).call('vae.baseline', asked), (error) => error instanceof ChannelError && error.code === 'data');
  });

  it('is computed while training goes on, and changes nothing of it', { timeout: 60_000 }, async () => {
    const run = async (withBaseline: boolean) => {
      const page = await started();
      // As large as MNIST, so that the components take a while.
      const images = { height: 28, width: 28, channels: 1 };
      const large: LabelledData = { ...labelled(bars(400, images)), test: bars(40, images, 6) };
      await page.call('vae.data', { data: large });
      const [abort, events] = [new AbortController(), [] as VaeTrainEvent[]];
      let stepsMeanwhile = 0;
      let done = !withBaseline;
      const training = page.call('vae.train', { settings, key: 'vae', from: 'fresh', until: 800, watch: { pairs: 4, map: 8, samples: 2 } }, {
        signal: abort.signal,
        onEvent: (event) => {
          events.push(event);
          if (event.kind === 'progress' && !done) stepsMeanwhile += event.loss.length;
        },
      });
      const baseline = withBaseline ? page.call('vae.baseline', asked).finally(() => { done = true; }) : null;
      const { step } = await training;
      await baseline;
      assert.equal(step, 800);
      if (withBaseline) assert.ok(stepsMeanwhile > 0, 'no step was taken while the components were computed');
      return events.filter((event): event is VaePreview => event.kind === 'preview').at(-1)!;
    };
    const [alone, together] = [await run(false), await run(true)];
    assert.deepEqual(together.reconstructions, alone.reconstructions);
    assert.equal(together.squaredError, alone.squaredError);
    // The model's error is of the same kind: it learnt something, so less than the mean example's.
    assert.ok(alone.squaredError > 0 && Number.isFinite(alone.squaredError));
  });
});
