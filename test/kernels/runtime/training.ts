/** The trainer, the same on every device: what it learns, that it can be interrupted, and what it refuses. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { tf, type Engine } from '../../../webview/engine';
import { DEFAULTS, type DdpmSettings } from '../../../webview/experiments/ddpm/manifest';
import { decodeCheckpoint, DivergedError, encodeCheckpoint, loadNetwork, predictAt, sampleCloud, Trainer, trainingPoints, type TrainingState } from '../../../webview/experiments/ddpm/runtime';

/** 10 units are padded to 12 by the kernels. */
const SMALL: DdpmSettings = { ...DEFAULTS, data: 'gaussians8', T: 50, steps: 50, hiddenUnits: 10, hiddenLayers: 2, batchSize: 48, learningRate: 3e-3, emaDecay: 0.9 };

export function trainingTests(device: string, open: () => Promise<Engine>): void {
  describe(`training on ${device}`, () => {
    let engine: Engine;
    before(async () => { engine = await open(); });
    after(() => engine.dispose());

    const points = trainingPoints(SMALL, null).slice(0, 2000);
    const train = async (settings: DdpmSettings, slices: readonly number[], from?: TrainingState): Promise<{ state: TrainingState; losses: number[] }> => {
      const trainer = new Trainer(engine, settings, points, from);
      const losses: number[] = [];
      for (const count of slices) losses.push(...(await trainer.advance(count)));
      const state = await trainer.state();
      trainer.dispose();
      return { state, losses };
    };

    it('60 steps are 25 steps, a checkpoint, and 35 steps: bit for bit, in whatever slices', async () => {
      for (const change of [{}, { predictionType: 'v_prediction', lossWeighting: 'min_snr' }, { predictionType: 'sample', lossWeighting: 'vlb', seed: 9 }] as const) {
        const settings: DdpmSettings = { ...SMALL, ...change };
        const straight = await train(settings, [60]);
        const first = await train(settings, [7, 18]);
        assert.equal(first.state.step, 25);
        const checkpoint = decodeCheckpoint(encodeCheckpoint({ trainingKey: '', settings, state: first.state, losses: { values: new Float32Array(), every: 1, pending: [0, 0] }, at: 0, running: true }));
        const second = await train(settings, [1, 34], checkpoint.state);
        assert.deepEqual(second.state, straight.state);
        assert.deepEqual([...first.losses, ...second.losses], straight.losses);
      }
    });

    it('learns: the loss falls from that of a network that says 0 towards what the data allow', async () => {
      const { losses } = await train(SMALL, [150]);
      const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      // ½|ε|² in two dimensions.
      assert.ok(Math.abs(mean(losses.slice(0, 3)) - 1) < 0.3, `${losses.slice(0, 3)}`);
      assert.ok(mean(losses.slice(-20)) < 0.75, `${mean(losses.slice(-20))}`);
    });

    it('another seed is another run; settings that do not belong to the network may change on the way', async () => {
      const [a, b] = [await train(SMALL, [5]), await train({ ...SMALL, seed: 2 }, [5])];
      assert.notDeepEqual(a.state, b.state);
      const slower = await train({ ...SMALL, learningRate: 1e-7 }, [5], a.state);
      const P = slower.state.rows.length / 4;
      const moved = slower.state.rows.subarray(0, P).reduce((most, value, i) => Math.max(most, Math.abs(value - a.state.rows[i])), 0);
      assert.ok(moved < 1e-5, String(moved));
    });

    it('hands out its average as a network and as a file that says the same', async () => {
      const trainer = new Trainer(engine, SMALL, points);
      await trainer.advance(10);
      const [network, loaded] = [trainer.network(), loadNetwork(engine, await trainer.file())];
      await trainer.advance(1);
      const x = points.slice(0, 40);
      assert.deepEqual(await predictAt(network, x, 0.3), await predictAt(loaded, x, 0.3));
      assert.deepEqual([loaded.predicts, loaded.metadata.steps, loaded.metadata.dataset], ['epsilon', '10', 'gaussians8']);
      const settings = { ...SMALL, sampler: 'ddim', steps: 5, points: 30 } as const;
      assert.deepEqual(await sampleCloud(engine, network, settings), await sampleCloud(engine, loaded, settings));
      network.dispose();
      loaded.dispose();
      trainer.dispose();
    });

    it('goes on past the end of a stream of random numbers', async () => {
      const P = (await train(SMALL, [1])).state.rows.length;
      const rows = new Float32Array(P).fill(0.01);
      const at = Math.floor(2 ** 32 / SMALL.batchSize) - 3;
      const { losses, state } = await train(SMALL, [5], { step: at, rows });
      assert.equal(state.step, at + 5);
      assert.equal(new Set(losses).size, 5);
      assert.ok(losses.every(Number.isFinite));
    });

    it('leaves nothing on the device', async () => {
      const held = tf.memory().numTensors;
      await train(SMALL, [3]);
      assert.equal(tf.memory().numTensors, held);
    });

    it('stops at a loss that is not finite and names the step', async () => {
      // One point far beyond what float32 can square: sooner or later it is drawn.
      const absurd = points.slice();
      absurd[1000] = 1e30;
      const settings: DdpmSettings = { ...SMALL, predictionType: 'sample' };
      const trainer = new Trainer(engine, settings, absurd);
      let last = 0;
      const slices = async () => {
        for (;;) {
          await trainer.advance(4);
          last = trainer.step;
        }
      };
      await assert.rejects(slices(), (error: unknown) => {
        assert.ok(error instanceof DivergedError, String(error));
        assert.ok(error.step > last && error.step <= last + 4, `${error.step} after ${last}`);
        assert.match(error.message, new RegExp(`at step ${error.step}: training has diverged. Lower the learning rate \\(it is 0.003\\)`));
        return true;
      });
      trainer.dispose();
    });

    it('refuses a state of another shape', async () => {
      assert.throws(() => new Trainer(engine, SMALL, points, { step: 3, rows: new Float32Array(12) }), /checkpoint holds 12 numbers, this network needs/);
    });
  });
}
