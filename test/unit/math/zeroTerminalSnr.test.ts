import { test } from 'node:test';
import assert from 'node:assert/strict';
import { convertPrediction, diffusionQuantities, fromPrediction } from '../../../core/math/diffusion';
import { makeBetas, rescaleZeroTerminalSnr, SCHEDULES, validateSchedule, type ScheduleConfig } from '../../../core/math/schedules';
import { applyStep, samplerPlan, validateSampler, type SamplerConfig } from '../../../core/math/samplers';
import { seeded } from '../../seeded';

function close(actual: number, expected: number, what: string, tolerance = 1e-10): void {
  assert.ok(Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${what}: ${actual}, reference ${expected}`);
}

test('every schedule can be rescaled: the first ᾱ stays, the last is 0, √ᾱ is an affine image of the old one', () => {
  for (const { id } of SCHEDULES) {
    const config: ScheduleConfig = { name: id, T: 80, ...(id === 'custom' ? { betas: Array.from(makeBetas({ name: 'linear', T: 80 })) } : {}) };
    const before = diffusionQuantities(makeBetas(config));
    const after = diffusionQuantities(makeBetas({ ...config, rescaleZeroTerminalSnr: true }));
    assert.equal(after.betas[79], 1, id);
    assert.equal(after.alphasCumprod[79], 0, id);
    close(after.alphasCumprod[0], before.alphasCumprod[0], id);
    const factor = (after.sqrtAlphasCumprod[0] - after.sqrtAlphasCumprod[40]) / (before.sqrtAlphasCumprod[0] - before.sqrtAlphasCumprod[40]);
    for (let t = 1; t < 80; t++) close(after.sqrtAlphasCumprod[0] - after.sqrtAlphasCumprod[t], factor * (before.sqrtAlphasCumprod[0] - before.sqrtAlphasCumprod[t]), `${id} ${t}`, 1e-9);
    for (const [key, values] of Object.entries(after)) {
      if (typeof values === 'number') continue;
      for (const [t, value] of (values as Float64Array).entries()) assert.ok(Number.isFinite(value) || (key === 'logSnr' && t === 79 && value === -Infinity), `${id}: ${key}[${t}] is ${value}`);
    }
    const again = rescaleZeroTerminalSnr(after.betas);
    again.forEach((beta, t) => close(beta, after.betas[t], `${id} rescaled twice, ${t}`));
  }
});

test('an array of the file may end in β = 1; no other β may reach it', () => {
  assert.deepEqual(validateSchedule({ name: 'custom', T: 3, betas: [0.1, 0.5, 1] }), []);
  assert.match(validateSchedule({ name: 'custom', T: 3, betas: [0.1, 1, 0.5] })[0], /β is 1 at index 1 of 3/);
  assert.match(validateSchedule({ name: 'custom', T: 1, betas: [1] })[0], /β is 1 at index 0 of 1/);
  assert.match(validateSchedule({ name: 'linear', T: 1, rescaleZeroTerminalSnr: true })[0], /one step cannot be rescaled.*at least 2/);
  assert.match(validateSchedule({ name: 'custom', T: 4, betas: [0.1, 0.5, 1e-17, 0.3], rescaleZeroTerminalSnr: true })[0], /After rescaling.*β is 0 at index 2 of 4/);
  assert.throws(() => rescaleZeroTerminalSnr([0.5]), /at least 2/);
});

/** One step in the words of diffusers' schedulers (DDIMScheduler.step, DDPMScheduler.step), prediction v, no clipping. */
function diffusersStep(config: SamplerConfig, alphasCumprod: Float64Array, t: number, prevT: number, x: number, v: number, z: number): { x0: number; prev: number } {
  const alphaProd = alphasCumprod[t];
  const alphaProdPrev = prevT >= 0 ? alphasCumprod[prevT] : 1;
  const [betaProd, betaProdPrev] = [1 - alphaProd, 1 - alphaProdPrev];
  const x0 = alphaProd ** 0.5 * x - betaProd ** 0.5 * v;
  if (config.sampler === 'ddim') {
    const eps = alphaProd ** 0.5 * v + betaProd ** 0.5 * x;
    const stdDev = (config.eta ?? 0) * ((betaProdPrev / betaProd) * (1 - alphaProd / alphaProdPrev)) ** 0.5;
    return { x0, prev: alphaProdPrev ** 0.5 * x0 + (1 - alphaProdPrev - stdDev ** 2) ** 0.5 * eps + stdDev * z };
  }
  const currentAlpha = alphaProd / alphaProdPrev;
  const currentBeta = 1 - currentAlpha;
  const mean = ((alphaProdPrev ** 0.5 * currentBeta) / betaProd) * x0 + ((currentAlpha ** 0.5 * betaProdPrev) / betaProd) * x;
  const variance = config.varianceType === 'fixed_large' ? currentBeta : Math.max((betaProdPrev / betaProd) * currentBeta, 1e-20);
  return { x0, prev: mean + (t > 0 && prevT >= 0 ? variance ** 0.5 * z : 0) };
}

const betas = makeBetas({ name: 'scaled_linear', T: 100, rescaleZeroTerminalSnr: true });
const runs: Partial<SamplerConfig>[] = [{ sampler: 'ddim' }, { sampler: 'ddim', eta: 0.6 }, { sampler: 'ddim', eta: 1 }, { sampler: 'ddpm', varianceType: 'fixed_small' }, { sampler: 'ddpm', varianceType: 'fixed_large' }];
for (const run of runs) for (const steps of [20, 100]) {
  test(`a run by v from ᾱ = 0 follows diffusers: ${JSON.stringify(run)}, ${steps} steps`, () => {
    const config = { betas, sampler: 'ddim', predictionType: 'v_prediction', timestepSpacing: 'trailing', steps, ...run } as SamplerConfig;
    const alphasCumprod = new Float64Array(100);
    betas.reduce((product, beta, t) => (alphasCumprod[t] = product * (1 - beta)), 1);
    const plan = samplerPlan(config);
    assert.equal(plan[0].t, 99);
    assert.equal(plan[0].alphaBar, 0);
    const next = seeded(3);
    let [ours, theirs] = [0.9, 0.9];
    for (const step of plan) {
      const z = next() - 0.5;
      const network = (x: number): number => Math.sin(2 * x + 0.05 * step.t);
      const reference = diffusersStep(config, alphasCumprod, step.t, step.prevT, theirs, network(theirs), z);
      const got = applyStep(step, Float64Array.of(ours), Float64Array.of(network(ours)), Float64Array.of(z));
      close(got.x0[0], reference.x0, `x0 at ${step.t}`, 1e-9);
      close(got.prev[0], reference.prev, `t = ${step.t}`, 1e-9);
      [ours, theirs] = [got.prev[0], reference.prev];
    }
  });
}

test('ε is refused where it would be asked at ᾱ = 0, and says what to do; elsewhere it works', () => {
  const config: SamplerConfig = { betas, sampler: 'ddim', predictionType: 'epsilon', steps: 10 };
  for (const bad of [{ ...config, timestepSpacing: 'trailing' }, { ...config, timestepSpacing: 'linspace' }, { ...config, steps: 100 }] as SamplerConfig[]) {
    assert.match(validateSampler(bad)[0], /noise alone.*v_prediction or sample.*leading.*T = 100/);
    assert.throws(() => samplerPlan(bad), RangeError);
  }
  assert.ok(samplerPlan(config).every((step) => Number.isFinite(step.x0.prediction) && step.alphaBar > 0));
  for (const predictionType of ['sample', 'v_prediction'] as const) {
    const [first] = samplerPlan({ ...config, predictionType, steps: 100 });
    assert.ok([...Object.values(first.x0), ...Object.values(first.eps), ...Object.values(first.out)].every(Number.isFinite));
  }
  assert.throws(() => fromPrediction('epsilon', 0), /noise alone/);
  assert.throws(() => convertPrediction('epsilon', 'v_prediction', 0), /noise alone/);
  assert.deepEqual(convertPrediction('epsilon', 'epsilon', 0), { x: 0, prediction: 1 });
  // v = −x_0 there.
  const toX0 = convertPrediction('v_prediction', 'sample', 0);
  assert.equal(toX0.x, 0);
  assert.equal(toX0.prediction, -1);
});
