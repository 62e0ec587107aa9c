import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { makeBetas } from '../../../core/math/schedules';
import { convertPrediction, diffusionQuantities, fromPrediction, toPrediction, type PredictionType } from '../../../core/math/diffusion';

interface Posterior { t: number; beta: number; alpha_bar: number; alpha_bar_prev: number; coef_x0: number; coef_xt: number; variance_fixed_small: number; variance_fixed_large: number; log_variance_fixed_large_log: number }
interface Forward { x0: number[][]; noise: number[][]; timesteps: number[]; add_noise: number[][]; velocity: number[][] }
const oracle = JSON.parse(readFileSync('test/fixtures/oracle/ddpm_steps.json', 'utf8')) as { posterior: Record<string, Posterior[]>; forward: Forward };
const types: PredictionType[] = ['epsilon', 'sample', 'v_prediction'];

function close(actual: number, expected: number, what: string, tolerance = 1e-10): void {
  assert.ok(Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${what}: ${actual}, reference ${expected}`);
}

for (const [key, rows] of Object.entries(oracle.posterior)) {
  test(`posterior coefficients equal to diffusers: ${key}`, () => {
    const [, T, name] = /^T(\d+)_(\w+)$/.exec(key)!;
    const q = diffusionQuantities(makeBetas({ name: name === 'linear' ? 'linear' : 'cosine', T: Number(T) }));
    for (const row of rows) {
      close(q.betas[row.t], row.beta, `beta ${row.t}`);
      close(q.alphasCumprod[row.t], row.alpha_bar, `alphaBar ${row.t}`);
      close(q.alphasCumprodPrev[row.t], row.alpha_bar_prev, `alphaBarPrev ${row.t}`);
      close(q.posteriorMeanCoef1[row.t], row.coef_x0, `coef1 ${row.t}`);
      close(q.posteriorMeanCoef2[row.t], row.coef_xt, `coef2 ${row.t}`);
      close(q.posteriorVariance[row.t], row.variance_fixed_small, `betaTilde ${row.t}`);
      close(Math.log(q.betas[row.t]), row.log_variance_fixed_large_log, `log beta ${row.t}`);
      if (row.t > 0) close(q.posteriorLogVarianceClipped[row.t], Math.log(row.variance_fixed_small), `log betaTilde ${row.t}`);
    }
  });
}

test('the first step: β̃ is 0, its logarithm is taken from the second', () => {
  const q = diffusionQuantities(makeBetas({ name: 'cosine', T: 50 }));
  assert.equal(q.posteriorVariance[0], 0);
  assert.equal(q.posteriorLogVarianceClipped[0], q.posteriorLogVarianceClipped[1]);
  assert.equal(diffusionQuantities([0.5]).posteriorLogVarianceClipped[0], Math.log(1e-20));
});

test('add_noise and velocity equal to diffusers', () => {
  const q = diffusionQuantities(makeBetas({ name: 'linear', T: 1000 }));
  const { x0, noise, timesteps, add_noise, velocity } = oracle.forward;
  timesteps.forEach((t, row) => {
    x0[row].forEach((x, i) => {
      close(q.sqrtAlphasCumprod[t] * x + q.sqrtOneMinusAlphasCumprod[t] * noise[row][i], add_noise[row][i], 'add_noise');
      const v = toPrediction('v_prediction', q.alphasCumprod[t]);
      close(v.x0 * x + v.eps * noise[row][i], velocity[row][i], 'velocity');
    });
  });
});

test('snr, logSnr and roots belong to one ᾱ', () => {
  const q = diffusionQuantities(makeBetas({ name: 'sigmoid_alpha_bar', T: 100 }));
  for (let t = 0; t < 100; t++) {
    close(Math.exp(q.logSnr[t]), q.snr[t], `snr ${t}`);
    close(q.sqrtAlphasCumprod[t] ** 2 + q.sqrtOneMinusAlphasCumprod[t] ** 2, 1, `roots ${t}`);
    close(q.snr[t], q.sqrtAlphasCumprod[t] ** 2 / q.sqrtOneMinusAlphasCumprod[t] ** 2, `ratio ${t}`);
  }
});

test('each prediction type gives back x_0 and ε, at every noise level', () => {
  for (const alphaBar of [0.999, 0.5, 0.01, 1e-6]) {
    const [x0, eps] = [-1.3, 0.7];
    const xt = Math.sqrt(alphaBar) * x0 + Math.sqrt(1 - alphaBar) * eps;
    for (const type of types) {
      const target = toPrediction(type, alphaBar);
      const prediction = target.x0 * x0 + target.eps * eps;
      const back = fromPrediction(type, alphaBar);
      close(back.x0.x * xt + back.x0.prediction * prediction, x0, `x0 by ${type} at ${alphaBar}`);
      close(back.eps.x * xt + back.eps.prediction * prediction, eps, `eps by ${type} at ${alphaBar}`);
      for (const other of types) {
        const goal = toPrediction(other, alphaBar);
        const to = convertPrediction(type, other, alphaBar);
        close(to.x * xt + to.prediction * prediction, goal.x0 * x0 + goal.eps * eps, `${type} → ${other} at ${alphaBar}`, 1e-9);
      }
    }
  }
});
