/** The shipped networks, as files and as samplers. On WASM: the bar is about the weights, the devices are compared elsewhere. */
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { DATASETS, drawDataset } from '../../../core/math/datasets';
import { posteriorMean } from '../../../core/math/datasetsPosterior';
import { HELD_OUT, heldOutDraw, realBaseline, slicedWasserstein } from '../../../core/math/metrics';
import { createRandom } from '../../../core/math/random';
import { startEngine, type Engine } from '../../../webview/engine';
import { DEFAULTS } from '../../../webview/experiments/ddpm/manifest';
import { loadNetwork, predictAt, sampleCloud, type Network } from '../../../webview/experiments/ddpm/runtime';
import { WASM_PATHS } from '../engine/suite';

const FOLDER = 'webview/experiments/ddpm/weights';

describe('stand-in networks', () => {
  let engine: Engine;
  before(async () => {
    engine = await startEngine({ device: 'wasm', wasmPaths: WASM_PATHS });
  });
  after(() => engine?.dispose());

  it('one file for each data set and nothing else, together below a megabyte', () => {
    const files = readdirSync(FOLDER);
    assert.deepEqual(files.sort(), DATASETS.map(({ id }) => `${id}.safetensors`).sort());
    assert.ok(files.reduce((sum, file) => sum + statSync(path.join(FOLDER, file)).size, 0) < 1e6);
  });

  for (const { id, definition } of DATASETS) {
    describe(id, () => {
      let network: Network;
      before(() => {
        network = loadNetwork(engine, readFileSync(path.join(FOLDER, `${id}.safetensors`)));
      });
      after(() => network?.dispose());

      it('was trained on the data set as it is defined today', () => {
        assert.equal(network.metadata.dataset, id);
        assert.equal(network.metadata.definition, definition);
      });

      it('lies close to the ideal denoiser at every noise level', async () => {
        const data = drawDataset(id, 2000, 5);
        const noise = createRandom(5).normals('noise', 0, data.length);
        const ideal = posteriorMean(id);
        for (const logSnr of [-8, -4, -2, 0, 2, 4, 6, 8]) {
          const alphaBar = 1 / (1 + Math.exp(-logSnr));
          const [a, b] = [Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)];
          const x = data.map((value, i) => a * value + b * noise[i]);
          const x0 = new Float32Array(x.length);
          ideal(x, alphaBar, x0);
          const predicted = await predictAt(network, x, logSnr);
          // x̂0 = √ᾱ x − √(1 − ᾱ) v; the data have unit variance.
          const error = Math.sqrt(x0.reduce((sum, value, i) => sum + (a * x[i] - b * predicted[i] - value) ** 2, 0) / x0.length);
          assert.ok(error < 0.06, `λ = ${logSnr}: x̂0 is off by ${error}`);
        }
      });

      // Single draws of 10,000 points scatter by a third, real ones too (up to 1.8 times their mean), so the means are compared, more strictly.
      it('DDIM in 20 steps stays well below twice what real draws reach', async () => {
        const real = realBaseline(id, HELD_OUT).slicedWasserstein;
        const heldOut = heldOutDraw(id);
        for (const timestepSpacing of ['leading', 'trailing'] as const) {
          let mean = 0;
          for (const seed of [1, 2, 3, 4, 5]) {
            mean += slicedWasserstein(await sampleCloud(engine, network, { ...DEFAULTS, data: id, sampler: 'ddim', steps: 20, points: HELD_OUT, timestepSpacing, seed }), heldOut) / 5;
          }
          assert.ok(mean <= 1.6 * real, `${timestepSpacing}: ${mean} against ${real}`);
        }
      });
    });
  }
});
