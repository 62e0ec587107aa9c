import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startEngine, tf, type Engine } from '../../../webview/engine';
import { VAE_DEFAULTS } from '../../../webview/experiments/vae/manifest';
import { VaeTrainer } from '../../../webview/experiments/vae/runtime';
import { tfjsOps } from '../../../webview/kernels/nets/tfjs';
import { bars, labelled } from '../../unit/vae/data';
import { WASM_PATHS } from '../engine/suite';
import { netsSuite } from './suite';

let engine: Engine;
before(async () => { engine = await startEngine({ device: 'cpu', wasmPaths: WASM_PATHS }); });
after(() => engine.dispose());

netsSuite('tfjs on the CPU', tfjsOps);

describe('tensors of tfjs', () => {
  it('none is left behind by steps, questions and shards', async () => {
    const data = labelled(bars(11, { height: 4, width: 4, channels: 1 }));
    const held = tf.memory().numTensors;
    const trainer = new VaeTrainer(tfjsOps(), { ...VAE_DEFAULTS, data: 'own', encoderWidths: [6], decoderWidths: [6], latentSize: 2, batchSize: 4, importanceSamples: 2 }, data);
    const use = async () => {
      await trainer.advance(3);
      await trainer.apply(await trainer.shardGradient(1));
      await trainer.encode(data.test.values, 11);
      await trainer.decode(new Float32Array(6), 3);
      await trainer.bound(data.test.values, 11, [1, 5], 3);
      await trainer.load(await trainer.weights());
      return tf.memory().numTensors;
    };
    const settled = await use();
    assert.equal(await use(), settled);
    trainer.dispose();
    assert.equal(tf.memory().numTensors, held);
  });
});
