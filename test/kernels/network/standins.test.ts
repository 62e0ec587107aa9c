/** The shipped networks, as files and as samplers. On WASM: the bar is about the weights, the devices are compared elsewhere. */
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { DATASETS, drawDataset, type DatasetId } from '../../../core/math/datasets';
import { posteriorMean } from '../../../core/math/datasetsPosterior';
import { HELD_OUT, heldOutDraw, realBaseline, slicedWasserstein } from '../../../core/math/metrics';
import { createRandom } from '../../../core/math/random';
import { startEngine, type Engine } from '../../../webview/engine';
import { samplerPlan } from '../../../core/math/samplers';
import { betasOf, DEFAULTS, type DdpmSettings } from '../../../webview/experiments/ddpm/manifest';
import { loadNetwork, predictAt, sampleCloud, type Network } from '../../../webview/experiments/ddpm/runtime';
import { WASM_PATHS } from '../engine/suite';

/** Sets on which the exact score itself stays below the bar. */
const FOUR: readonly DatasetId[] = ['moons', 'gaussians8', 'swiss-roll', 'checkerboard'];
const FOLDER = 'webview/experiments/ddpm/weights';

describe('stand-in networks', () => {
  let engine: Engine;
  before(async () => {
    engine = await startEngine({ device: 'wasm', wasmPaths: WASM_PATHS });
  });
  after(() => engine?.dispose());

  it('one file for each data set and nothing else, together below 1.2 megabytes', () => {
    const files = readdirSync(FOLDER);
    assert.deepEqual(files.sort(), DATASETS.map(({ id }) => `${id}.safetensors`).sort());
    assert.ok(files.reduce((sum, file) => sum + statSync(path.join(FOLDER, file)).size, 0) < 1.2e6);
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
      // Where 20 steps of DDIM themselves cost more than that, with the exact score too (arms and rings far out, a thin outline), the exact score is the bar.
      it('DDIM in 20 steps comes as near as 1.6 times what real draws reach, or as the exact score does', async () => {
        const real = realBaseline(id, HELD_OUT).slicedWasserstein;
        const heldOut = heldOutDraw(id);
        for (const timestepSpacing of ['leading', 'trailing'] as const) {
          const settings = { ...DEFAULTS, data: id, sampler: 'ddim', steps: 20, points: HELD_OUT, timestepSpacing } as const;
          let mean = 0;
          for (const seed of [1, 2, 3, 4, 5]) mean += slicedWasserstein(await sampleCloud(engine, network, { ...settings, seed }), heldOut) / 5;
          const bar = FOUR.includes(id) ? 1.6 * real : 1.1 * exactMean(id, settings, heldOut);
          assert.ok(mean <= bar, `${timestepSpacing}: ${mean}, at most ${bar}; real draws ${real}`);
        }
      });
    });
  }
});

/** The mean over seeds 1, 2, 3 of the distance that the same steps reach with the ideal denoiser in the network's place. */
function exactMean(id: DatasetId, settings: DdpmSettings, heldOut: Float32Array): number {
  const ideal = posteriorMean(id);
  const plan = samplerPlan({ betas: betasOf(settings), ...settings, predictionType: 'sample' });
  return [1, 2, 3].reduce((mean, seed) => {
    let x = createRandom(seed).normals('ddpm/x_T', 0, 2 * settings.points);
    const x0 = new Float32Array(x.length);
    for (const { alphaBar, x0: toX0, eps, out } of plan) {
      ideal(x, alphaBar, x0);
      x = x.map((v, i) => out.x0 * (toX0.x * v + toX0.prediction * x0[i]) + out.eps * (eps.x * v + eps.prediction * x0[i]) + out.x * v);
    }
    return mean + slicedWasserstein(x, heldOut) / 3;
  }, 0);
}
