import { test } from 'node:test';
import assert from 'node:assert/strict';
import { diffusionQuantities, toPrediction, type PredictionType } from '../../../core/math/diffusion';
import { lossWeights } from '../../../core/math/losses';
import { makeBetas } from '../../../core/math/schedules';
import { klTerm, predictedX0, boundTerm } from '../../../core/math/vlb';

const types: PredictionType[] = ['epsilon', 'sample', 'v_prediction'];
const q = diffusionQuantities(makeBetas({ name: 'cosine', T: 60 }));
const zero = diffusionQuantities(makeBetas({ name: 'linear', T: 60, rescaleZeroTerminalSnr: true }));

function close(actual: number, expected: number, what: string, tolerance = 1e-9): void {
  assert.ok(Math.abs(actual - expected) <= tolerance * Math.max(1e-3, Math.abs(expected)), `${what}: ${actual}, reference ${expected}`);
}

test('simple counts every step alike, whatever is predicted', () => {
  for (const type of types) assert.deepEqual(lossWeights('simple', type, q), new Float64Array(60).fill(1));
});

test("min-SNR is diffusers' expression for each prediction", () => {
  for (const gamma of [undefined, 1, 20]) {
    const cut = q.snr.map((snr) => Math.min(snr, gamma ?? 5));
    lossWeights('min_snr', 'epsilon', q, { gamma }).forEach((w, t) => close(w, cut[t] / q.snr[t], `ε ${t}`));
    lossWeights('min_snr', 'sample', q, { gamma }).forEach((w, t) => close(w, cut[t], `x0 ${t}`));
    lossWeights('min_snr', 'v_prediction', q, { gamma }).forEach((w, t) => close(w, cut[t] / (q.snr[t] + 1), `v ${t}`));
  }
});

test('the vlb weight of ε is eq. 12, for both variances', () => {
  for (const varianceType of ['fixed_small', 'fixed_large'] as const) {
    const weights = lossWeights('vlb', 'epsilon', q, { varianceType });
    for (let t = 1; t < q.T; t++) {
      const variance = varianceType === 'fixed_large' ? q.betas[t] : q.posteriorVariance[t];
      close(weights[t], q.betas[t] ** 2 / (2 * variance * q.alphas[t] * (1 - q.alphasCumprod[t])), `${varianceType} ${t}`);
    }
    close(weights[0], q.betas[0] / (2 * q.posteriorVariance[1] * q.alphas[0]), `first of ${varianceType}`);
  }
});

test('the weighted error is the part of each bound term that the network can change, in every prediction', () => {
  for (const varianceType of ['fixed_small', 'fixed_large'] as const) for (const type of types) {
    const weights = lossWeights('vlb', type, q, { varianceType });
    for (let t = 0; t < q.T; t++) {
      const [x0, eps] = [[0.8, -0.3], [0.4, 1.1]];
      const xt = x0.map((x, i) => q.sqrtAlphasCumprod[t] * x + q.sqrtOneMinusAlphasCumprod[t] * eps[i]);
      const target = toPrediction(type, q.alphasCumprod[t]);
      const exact = x0.map((x, i) => target.x0 * x + target.eps * eps[i]);
      const wrong = [exact[0] + 0.02, exact[1] - 0.05];
      const [best] = boundTerm(q, t, x0, xt, exact, type, { varianceType });
      const [worse] = boundTerm(q, t, x0, xt, wrong, type, { varianceType });
      const error = 0.02 ** 2 + 0.05 ** 2;
      assert.ok(Math.abs(worse - best - weights[t] * error) < 1e-7 * Math.max(1, Math.abs(best), worse), `${type} ${varianceType} ${t}: ${worse - best}, weight gives ${weights[t] * error}`);
    }
  }
});

test('for one error of x_0 the min-SNR weights of all predictions agree', () => {
  const [ofEps, ofX0, ofV] = types.map((type) => lossWeights('min_snr', type, q));
  for (let t = 0; t < q.T; t++) {
    close(ofEps[t] * q.snr[t], ofX0[t], `ε ${t}`);
    // ‖v − v̂‖² = (SNR + 1) ‖x_0 − x̂_0‖²
    close(ofV[t] * (q.snr[t] + 1), ofX0[t], `v ${t}`);
  }
});

test('weights stay finite at SNR 0 and ∞', () => {
  assert.equal(zero.snr[59], 0);
  assert.deepEqual(types.map((type) => lossWeights('min_snr', type, zero)[59]), [1, 0, 0]);
  // A first β below float64's resolution: ᾱ_1 = 1.
  const clean = diffusionQuantities([1e-17, 0.1]);
  assert.equal(clean.snr[0], Infinity);
  assert.deepEqual(types.map((type) => lossWeights('min_snr', type, clean)[0]), [0, 5, 0]);
  for (const type of ['sample', 'v_prediction'] as const) {
    const weights = lossWeights('vlb', type, zero);
    assert.ok(weights.every((w) => Number.isFinite(w) && w > 0));
    const xt = [0.4, -1];
    const [x0, prediction] = [[0.2, 0.3], [0.1, 0.9]];
    const [kl] = klTerm(zero, 59, x0, predictedX0(zero, 59, xt, prediction, type));
    const target = toPrediction(type, 0);
    const goal = x0.map((x, i) => target.x0 * x + target.eps * xt[i]);
    close(weights[59] * goal.reduce((sum, g, i) => sum + (g - prediction[i]) ** 2, 0), kl, `last term by ${type}`);
  }
});

test('weights that do not exist are refused, and say where', () => {
  assert.throws(() => lossWeights('vlb', 'epsilon', zero), /index 59 of 60, where ᾱ = 0.*v_prediction or sample/);
  assert.throws(() => lossWeights('vlb', 'sample', diffusionQuantities([1e-17, 0.1])), /index 0 of 2.*raise betaStart/);
  for (const gamma of [0, -1, NaN, Infinity]) assert.throws(() => lossWeights('min_snr', 'epsilon', q, { gamma }), /gamma is .*positive/);
  assert.throws(() => lossWeights('huber' as 'simple', 'epsilon', q), /Unknown loss "huber"/);
  assert.throws(() => lossWeights('simple', 'score' as 'epsilon', q), /Unknown predictionType "score"/);
});
