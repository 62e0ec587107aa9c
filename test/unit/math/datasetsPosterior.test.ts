import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { DATASETS, drawDataset } from '../../../core/math/datasets';
import { posteriorMean } from '../../../core/math/datasetsPosterior';
import { createRandom } from '../../../core/math/random';

const DRAWS = 100_000;

describe('the ideal denoiser', () => {
  for (const { id } of DATASETS) {
    it(`${id}: equals the average of real draws weighted by their likelihood`, () => {
      const data = drawDataset(id, DRAWS, 1);
      const mean = posteriorMean(id);
      const noise = createRandom(2).normals('noise', 0, 8);
      for (const alphaBar of [0.02, 0.3, 0.8, 0.97]) {
        const [a, variance] = [Math.sqrt(alphaBar), 1 - alphaBar];
        const x = noise.map((z, i) => a * data[i] + Math.sqrt(variance) * z);
        const out = new Float32Array(x.length);
        mean(x, alphaBar, out);
        for (let p = 0; p < x.length; p += 2) {
          let [total, squares, mx, my, mxx] = [0, 0, 0, 0, 0];
          for (let i = 0; i < data.length; i += 2) {
            const weight = Math.exp(-((x[p] - a * data[i]) ** 2 + (x[p + 1] - a * data[i + 1]) ** 2) / (2 * variance));
            total += weight;
            squares += weight ** 2;
            mx += weight * data[i];
            my += weight * data[i + 1];
            mxx += weight * (data[i] ** 2 + data[i + 1] ** 2);
          }
          const spread = Math.sqrt(mxx / total - (mx / total) ** 2 - (my / total) ** 2);
          // Standard error of the weighted mean: spread over the root of the effective number of draws.
          const tolerance = 5 * spread * Math.sqrt(squares / total ** 2) + 1e-3;
          assert.ok(Math.hypot(out[p] - mx / total, out[p + 1] - my / total) < tolerance, `ᾱ = ${alphaBar}: (${out[p]}, ${out[p + 1]}), not (${mx / total}, ${my / total}) ± ${tolerance}`);
        }
      }
    });

    it(`${id}: stays finite and sensible at the ends of the noise and far outside`, () => {
      const mean = posteriorMean(id);
      const x = Float32Array.of(0, 0, 3, -3, -30, 25, 0.1, 8);
      for (const alphaBar of [1e-9, 1e-4, 0.5, 1 - 1e-5]) {
        const out = new Float32Array(x.length);
        mean(x, alphaBar, out);
        assert.ok(out.every((value) => Number.isFinite(value) && Math.abs(value) < 40), `ᾱ = ${alphaBar}: ${out}`);
      }
      const blind = new Float32Array(2);
      mean(Float32Array.of(0.3, -0.2), 1e-9, blind);
      assert.ok(Math.hypot(blind[0], blind[1]) < 1e-2, `under nothing but noise it is the mean of the data, not ${blind}`);
      const [point] = [drawDataset(id, 1, 3)];
      const kept = new Float32Array(2);
      mean(point, 1 - 1e-6, kept);
      assert.ok(Math.hypot(kept[0] - point[0], kept[1] - point[1]) < 5e-3, `without noise it is the point itself: ${kept}, not ${point}`);
    });
  }
});
