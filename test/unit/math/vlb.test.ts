import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { convertPrediction, diffusionQuantities, type DiffusionQuantities } from '../../../core/math/diffusion';
import { makeBetas } from '../../../core/math/schedules';
import type { VarianceType } from '../../../core/math/samplers';
import { bitsPerDim, boundOf, boundTerm, boundTerms, decoderTerm, klTerm, modelVariances, priorTerm, type DecoderKind } from '../../../core/math/vlb';

interface Case {
  name: string; variance: VarianceType; betas: number[]; x_t: number[][][]; eps_mse_mean_over_dims: number[][]; terms: number[][];
  L0_discretized_tanh_cdf: number[]; L0_discretized_exact_cdf: number[]; L0_continuous_gaussian: number[]; prior_L_T: number[]; total_discretized_tanh: number[]; total_continuous: number[];
}
const { inputs, cases } = JSON.parse(readFileSync('test/fixtures/oracle/ddpm_vlb.json', 'utf8')) as { inputs: { x0: number[][] }; cases: Case[] };

function close(actual: number, expected: number, what: string, tolerance = 1e-10): void {
  assert.ok(Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${what}: ${actual}, reference ${expected}`);
}

const x0 = inputs.x0.flat();
/** The network and the noise that the fixture describes. */
const network = (xt: ArrayLike<number>, t: number): Float64Array => Float64Array.from(xt, (x, i) => 0.7 * x + 0.2 * Math.sin(0.3 * t + (i % 2)));
const noise = (t: number): Float64Array => Float64Array.from({ length: 4 }, (_, i) => 1.5 * Math.sin(12.9898 * (t + 1) + 78.233 * (i >> 1) + 37.719 * (i % 2)));
const DECODERS: readonly (readonly [DecoderKind, 'L0_continuous_gaussian' | 'L0_discretized_exact_cdf' | 'L0_discretized_tanh_cdf'])[] =
  [['gaussian', 'L0_continuous_gaussian'], ['discretized', 'L0_discretized_exact_cdf'], ['discretized_tanh', 'L0_discretized_tanh_cdf']];

assert.equal(cases.length, 6);
for (const row of cases) {
  test(`the bound of improved-diffusion: ${row.name}, ${row.variance}`, () => {
    const q = diffusionQuantities(row.betas);
    const varianceType = row.variance;
    for (let t = 0; t < q.T; t++) {
      const xt = row.x_t[t].flat();
      const prediction = network(xt, t);
      const terms = boundTerm(q, t, x0, xt, prediction, 'epsilon', { varianceType, decoder: 'discretized_tanh' });
      terms.forEach((value, n) => close(value, row.terms[t][n], `L_${t} of example ${n}`));
      // The same prediction in other words gives the same term.
      for (const type of ['sample', 'v_prediction'] as const) {
        const to = convertPrediction('epsilon', type, q.alphasCumprod[t]);
        const converted = prediction.map((p, i) => to.x * xt[i] + to.prediction * p);
        boundTerm(q, t, x0, xt, converted, type, { varianceType, decoder: 'discretized_tanh' }).forEach((value, n) => close(value, row.terms[t][n], `L_${t} by ${type}`, 1e-8));
      }
    }
    for (const [decoder, key] of DECODERS) {
      boundTerm(q, 0, x0, row.x_t[0].flat(), network(row.x_t[0].flat(), 0), 'epsilon', { varianceType, decoder }).forEach((value, n) => close(value, row[key][n], `${key} ${n}`));
    }
    priorTerm(q, x0).forEach((value, n) => close(value, row.prior_L_T[n], `prior of ${n}`));

    const mean = (values: number[]): number => (values[0] + values[1]) / 2;
    const tanh = boundTerms(q, x0, noise, network, 'epsilon', { varianceType, decoder: 'discretized_tanh' });
    close(tanh.total, mean(row.total_discretized_tanh), 'total', 1e-9);
    const continuous = boundTerms(q, x0, noise, network, 'epsilon', { varianceType });
    close(continuous.total, mean(row.total_continuous), 'total of continuous data', 1e-9);
    close(continuous.bitsPerDim, mean(row.total_continuous) / (2 * Math.log(2)), 'bits per dimension', 1e-9);
    assert.equal(continuous.terms.length, q.T);
  });
}

/** The example's x_0 is m, plus or minus s√2, or the noise is ±√2: moments of two independent standard normals up to the second. */
const SIGMA_POINTS = [[Math.SQRT2, 0], [-Math.SQRT2, 0], [0, Math.SQRT2], [0, -Math.SQRT2]];

/** Lower Cholesky factor of a positive definite matrix. */
function cholesky(matrix: number[][]): number[][] {
  const n = matrix.length;
  const L = matrix.map(() => new Array<number>(n).fill(0));
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) {
    let sum = matrix[i][j];
    for (let k = 0; k < j; k++) sum -= L[i][k] * L[j][k];
    L[i][j] = i === j ? Math.sqrt(sum) : sum / L[j][j];
  }
  return L;
}

const solveLower = (L: number[][], b: number[]): number[] => {
  const y: number[] = [];
  L.forEach((row, i) => y.push((b[i] - row.slice(0, i).reduce((sum, value, k) => sum + value * y[k], 0)) / row[i]));
  return y;
};

/** KL between Gaussians of many dimensions, by their factors. */
function klOf(meanP: number[], covP: number[][], meanQ: number[], covQ: number[][]): number {
  const [P, Q] = [cholesky(covP), cholesky(covQ)];
  const n = meanP.length;
  let trace = 0;
  for (let column = 0; column < n; column++) trace += solveLower(Q, P.map((row) => row[column])).reduce((sum, value) => sum + value ** 2, 0);
  const shift = solveLower(Q, meanQ.map((value, i) => value - meanP[i])).reduce((sum, value) => sum + value ** 2, 0);
  const logDet = (L: number[][]): number => 2 * L.reduce((sum, row, i) => sum + Math.log(row[i]), 0);
  return (trace + shift - n + logDet(Q) - logDet(P)) / 2;
}

/** Joint mean and covariance of a chain of scalars, y_0 ~ N(mean, variance), y_{k+1} = gain y_k + shift + N(0, noise). */
function chain(mean: number, variance: number, steps: { gain: number; shift: number; noise: number }[]): { mean: number[]; cov: number[][] } {
  const means = [mean];
  const cov = [[variance]];
  for (const { gain, shift, noise: added } of steps) {
    const last = means.length - 1;
    means.push(gain * means[last] + shift);
    const cross = cov[last].map((value) => gain * value);
    cov.forEach((row, i) => row.push(cross[i]));
    cov.push([...cross, gain * cross[last] + added]);
  }
  return { mean: means, cov };
}

for (const varianceType of ['fixed_small', 'fixed_large'] as const) {
  for (const rescaleZeroTerminalSnr of [false, true]) {
    test(`for Gaussian data the expected terms add up to KL of the two chains plus the entropy of the data: ${varianceType}${rescaleZeroTerminalSnr ? ', zero terminal SNR' : ''}`, () => {
      const [m, s] = [0.7, 0.6];
      const q = diffusionQuantities(makeBetas({ name: 'linear', T: 7, betaStart: 0.05, betaEnd: 0.6, rescaleZeroTerminalSnr }));
      /** E[x_0 | x_t] = m + k (x_t − √ᾱ m). */
      const k = (t: number): number => (q.sqrtAlphasCumprod[t] * s * s) / (q.alphasCumprod[t] * s * s + 1 - q.alphasCumprod[t]);
      const points = SIGMA_POINTS.map(([data]) => m + s * data);
      const draws = SIGMA_POINTS.map(([, eps]) => eps);
      const predict = (xt: Float64Array, t: number): Float64Array => xt.map((x) => m + k(t) * (x - q.sqrtAlphasCumprod[t] * m));
      const bound = boundTerms(q, points, () => draws, predict, 'sample', { varianceType, dimensions: 1 });

      const variances = modelVariances(q, varianceType);
      const forward = chain(m, s * s, [...q.betas].map((beta) => ({ gain: Math.sqrt(1 - beta), shift: 0, noise: beta })));
      // From x_T down to x_0, then turned over.
      const reverse = chain(0, 1, Array.from({ length: q.T }, (_, i) => {
        const t = q.T - 1 - i;
        const free = m - k(t) * q.sqrtAlphasCumprod[t] * m;
        return { gain: q.posteriorMeanCoef1[t] * k(t) + q.posteriorMeanCoef2[t], shift: q.posteriorMeanCoef1[t] * free, noise: variances[t] };
      }));
      const entropy = Math.log(2 * Math.PI * Math.E * s * s) / 2;
      const expected = klOf(forward.mean, forward.cov, reverse.mean.toReversed(), reverse.cov.map((row) => row.toReversed()).toReversed()) + entropy;
      close(bound.total, expected, 'bound', 1e-9);
      assert.ok(bound.total > entropy, 'a bound on the entropy lies above it');
      if (rescaleZeroTerminalSnr) assert.equal(bound.prior, 0);
    });
  }
}

test('the bins of the discretized decoder share out all mass', () => {
  const q: DiffusionQuantities = diffusionQuantities([0.002, 0.004]);
  const levels = Float64Array.from({ length: 256 }, (_, i) => (2 * i) / 255 - 1);
  for (const centre of [-1.05, 0.003, 0.9]) {
    const predicted = new Float64Array(256).fill(centre);
    for (const [decoder, tolerance] of [['discretized', 1e-12], ['discretized_tanh', 1e-9]] as const) {
      const total = decoderTerm(q, levels, predicted, { decoder, dimensions: 1 }).reduce((sum, nll) => sum + Math.exp(-nll), 0);
      close(total, 1, `${decoder} about ${centre}`, tolerance);
    }
  }
  // Where the other's clamp has cut off, the exact mass still tells near from far.
  const far = decoderTerm(q, [-1, -0.5, 1], [0.9, 0.9, -0.9], { decoder: 'discretized', dimensions: 1 });
  assert.ok(far.every((nll) => Number.isFinite(nll) && nll > 28), String(far));
});

test('the first variance is the clipped one, and with a single step β_1', () => {
  const q = diffusionQuantities([0.1, 0.2, 0.3]);
  assert.deepEqual([...modelVariances(q, 'fixed_small')], [q.posteriorVariance[1], q.posteriorVariance[1], q.posteriorVariance[2]]);
  assert.deepEqual([...modelVariances(q, 'fixed_large')], [q.posteriorVariance[1], 0.2, 0.3]);
  assert.deepEqual([...modelVariances(diffusionQuantities([0.4]))], [0.4]);
  assert.equal(q.posteriorVariance[0], 0);
});

test('units: nats to bits per dimension', () => {
  close(bitsPerDim(2 * Math.log(2)), 1, 'two bits over two dimensions');
  const bound = boundOf([1, 2], 0.5, 3);
  assert.equal(bound.total, 3.5);
  close(bound.bitsPerDim, 3.5 / (3 * Math.log(2)), 'three dimensions');
});

test('what does not fit together is refused', () => {
  const q = diffusionQuantities(makeBetas({ name: 'linear', T: 10, rescaleZeroTerminalSnr: true }));
  assert.throws(() => klTerm(q, 0, [0, 0], [0, 0]), /from 1 to 9, not 0/);
  assert.throws(() => klTerm(q, 10, [0, 0], [0, 0]), /not 10/);
  assert.throws(() => klTerm(q, 1, [0, 0], [0, 0, 0, 0]), /got 2 and 4/);
  assert.throws(() => decoderTerm(q, [0, 0, 0], [0, 0, 0]), /got 3 and 3/);
  assert.throws(() => decoderTerm(q, [0, 0], [0, 0], { decoder: 'learned' as 'gaussian' }), /Unknown decoder "learned"/);
  assert.throws(() => modelVariances(q, 'learned' as 'fixed_small'), /Unknown varianceType "learned"/);
  assert.throws(() => boundTerm(q, 9, [0, 0], [1, 1], [1, 1], 'epsilon'), /noise alone.*v_prediction or sample/);
  assert.throws(() => boundTerm(q, 5, [0, 0], [1, 1], [1], 'sample'), /got 2 and 1/);
});
