import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { makeBetas } from '../../../core/math/schedules';
import { applyStep, samplerPlan, timesteps, validateSampler, type SamplerConfig, type StepPlan, type TimestepSpacing } from '../../../core/math/samplers';

interface SingleStep { sampler: 'ddpm' | 'ddim'; prediction_type: SamplerConfig['predictionType']; clip_sample?: boolean; variance_type?: SamplerConfig['varianceType']; eta?: number; num_inference_steps?: number; t: number; t_prev?: number; pred_original_sample: number[][]; prev_sample: number[][] }
interface Trace { t: number; sum_abs: number; x_first: number; x_mid?: number; x_last: number }
interface DdpmLoop { noise: 'zero' | 'dummy_noise_deter'; prediction_type: SamplerConfig['predictionType']; config: { num_train_timesteps: number; variance_type: 'fixed_small' }; result_sum: number; result_mean: number; trace: Trace[] }
interface DdimLoop { test: string; config: { num_train_timesteps: number; beta_start: number; beta_end: number; prediction_type?: SamplerConfig['predictionType'] }; num_inference_steps: number; timesteps: number[]; f64: { result_sum: number; result_mean: number }; trace_f64: Trace[] }
const read = <T>(name: string): T => JSON.parse(readFileSync(`test/fixtures/oracle/${name}.json`, 'utf8')) as T;
const ddpm = read<{ single_steps: { x_t: number[][]; model_output: number[][]; noise_z: number[][]; rows: SingleStep[] }; ddpm_full_loop: DdpmLoop[] }>('ddpm_steps');
const linear = makeBetas({ name: 'linear', T: 1000 });

function close(actual: number, expected: number, what: string, tolerance = 1e-10): void {
  assert.ok(Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${what}: ${actual}, reference ${expected}`);
}

for (const spacing of ['leading', 'linspace', 'trailing'] as const) {
  test(`timesteps equal to diffusers: ${spacing}`, () => {
    const diffusers = read<Record<string, number[]>>('timesteps');
    for (const steps of [10, 20, 50]) assert.deepEqual(timesteps({ T: 1000, steps, spacing }), diffusers[`${spacing}|N=${steps}`]);
    for (const row of read<{ rows: ({ T: number; N: number } & Record<TimestepSpacing, number[]>)[] }>('timesteps_numpy').rows) {
      const all = timesteps({ T: row.T, steps: row.N, spacing });
      const mine = row.N === 999 ? [...all.slice(0, 40), ...all.slice(-40)] : all;
      const reference = row[spacing].length > mine.length ? row[spacing].slice(0, mine.length) : row[spacing];
      assert.deepEqual(mine, reference, `T = ${row.T}, N = ${row.N}`);
    }
  });
}

test('timesteps fall strictly and stay within 0 … T − 1, for every T and N up to 60', () => {
  for (const spacing of ['leading', 'linspace', 'trailing'] as const) {
    for (let T = 1; T <= 60; T++) for (let steps = 1; steps <= T; steps++) {
      const list = timesteps({ T, steps, spacing });
      assert.equal(list.length, steps);
      list.forEach((t, i) => assert.ok(Number.isInteger(t) && t >= 0 && t < T && (i === 0 || t < list[i - 1]), `${spacing} T = ${T} N = ${steps}: ${list.join()}`));
    }
  }
  assert.deepEqual(timesteps({ T: 4, steps: 4, spacing: 'leading' }), [3, 2, 1, 0]);
});

test('single steps equal to diffusers: prediction types, variances, clip, eta', () => {
  const { x_t, model_output, noise_z, rows } = ddpm.single_steps;
  assert.equal(rows.length, 96);
  const [x, prediction, z] = [x_t, model_output, noise_z].map((m) => Float64Array.from(m.flat()));
  for (const row of rows) {
    const steps = row.num_inference_steps ?? 1000;
    const plan = samplerPlan({ betas: linear, sampler: row.sampler, predictionType: row.prediction_type, varianceType: row.variance_type, eta: row.eta, steps });
    const step = plan.find((s) => s.t === row.t)!;
    if (row.t_prev !== undefined) assert.equal(step.prevT, row.t_prev);
    const { x0, prev } = applyStep(step, x, prediction, z, row.clip_sample ? 1 : undefined);
    const what = JSON.stringify({ ...row, pred_original_sample: undefined, prev_sample: undefined });
    row.pred_original_sample.flat().forEach((value, i) => close(x0[i], value, `x0 ${what}`));
    row.prev_sample.flat().forEach((value, i) => close(prev[i], value, `prev ${what}`));
  }
});

/** The 4 × 3 × 8 × 8 inputs of diffusers' scheduler tests, flattened as [b][c][h][w]; `flip` gives dummy_noise_deter. */
function dummySample(flip: boolean): Float64Array {
  return Float64Array.from({ length: 768 }, (_, k) => {
    const [b, chw] = [Math.floor(k / 192), k % 192];
    const value = chw * 4 + b;
    return (flip ? 767 - value : value) / 768;
  });
}
const total = (x: Float64Array): number => x.reduce((sum, v) => sum + Math.abs(v), 0);

function runLoop(plan: StepPlan[], z: Float64Array, trace: Trace[], what: string): Float64Array {
  let x = dummySample(false);
  for (const step of plan) {
    x = applyStep(step, x, x.map((v) => (v * step.t) / (step.t + 1)), z, 1).prev;
    const row = trace.find((r) => r.t === step.t);
    if (!row) continue;
    close(total(x), row.sum_abs, `${what} sum at t = ${step.t}`);
    close(x[0], row.x_first, `${what} first at t = ${step.t}`);
    close(x[767], row.x_last, `${what} last at t = ${step.t}`);
    if (row.x_mid !== undefined) close(x[192 + 64 + 4 * 8 + 4], row.x_mid, `${what} mid at t = ${step.t}`);
  }
  return x;
}

for (const loop of ddpm.ddpm_full_loop) {
  test(`1000-step DDPM loop equal to diffusers: ${loop.prediction_type}, noise ${loop.noise}`, () => {
    const plan = samplerPlan({ betas: linear, sampler: 'ddpm', predictionType: loop.prediction_type, varianceType: loop.config.variance_type });
    assert.deepEqual(plan.map((s) => s.t), Array.from({ length: 1000 }, (_, i) => 999 - i));
    const z = loop.noise === 'zero' ? new Float64Array(768) : dummySample(true);
    const x = runLoop(plan, z, loop.trace, loop.prediction_type);
    close(total(x), loop.result_sum, 'result_sum');
    close(total(x) / 768, loop.result_mean, 'result_mean');
  });
}

for (const loop of read<{ cases: DdimLoop[] }>('ddim_loops').cases) {
  test(`DDIM loop equal to diffusers: ${loop.test.split('::').pop()}`, () => {
    const { num_train_timesteps: T, beta_start: betaStart, beta_end: betaEnd, prediction_type: predictionType = 'epsilon' } = loop.config;
    const plan = samplerPlan({ betas: makeBetas({ name: 'linear', T, betaStart, betaEnd }), sampler: 'ddim', predictionType, steps: loop.num_inference_steps });
    assert.deepEqual(plan.map((s) => s.t), loop.timesteps);
    const x = runLoop(plan, new Float64Array(768), loop.trace_f64, predictionType);
    close(total(x), loop.f64.result_sum, 'result_sum');
  });
}

test('exact network, Gaussian data: respaced DDPM and DDIM land on the data for every spacing and prediction type', () => {
  // Data is the single point m: x̂₀ = m exactly, so every sampler must end there whatever the path.
  const m = 0.8;
  const betas = makeBetas({ name: 'cosine', T: 200 });
  for (const sampler of ['ddpm', 'ddim'] as const) for (const timestepSpacing of ['leading', 'linspace', 'trailing'] as const) for (const predictionType of ['epsilon', 'sample', 'v_prediction'] as const) {
    const plan = samplerPlan({ betas, sampler, predictionType, timestepSpacing, steps: 20, eta: 0 });
    let x: Float64Array = Float64Array.of(1.7);
    for (const step of plan) {
      const [a, s] = [Math.sqrt(step.alphaBar), Math.sqrt(1 - step.alphaBar)];
      const eps = (x[0] - a * m) / s;
      const prediction = { epsilon: eps, sample: m, v_prediction: a * eps - s * m }[predictionType];
      const out = applyStep(step, x, Float64Array.of(prediction), Float64Array.of(0.3));
      close(out.x0[0], m, 'x0', 1e-9);
      close(out.eps[0], eps, 'eps', 1e-9);
      x = out.prev;
    }
    close(x[0], m, `${sampler} ${timestepSpacing} ${predictionType}`, 1e-8);
  }
});

test('DDIM with η = 1 and all steps has the variance of DDPM fixed_small', () => {
  const common = { betas: linear, predictionType: 'epsilon' } as const;
  const ddim = samplerPlan({ ...common, sampler: 'ddim', eta: 1 });
  const ancestral = samplerPlan({ ...common, sampler: 'ddpm' });
  ddim.forEach((step, i) => close(step.out.z, ancestral[i].out.z, `t = ${step.t}`));
});

test('no noise at the last step, whatever the variance and spacing', () => {
  for (const varianceType of ['fixed_small', 'fixed_large'] as const) for (const timestepSpacing of ['leading', 'linspace', 'trailing'] as const) {
    const plan = samplerPlan({ betas: linear, sampler: 'ddpm', predictionType: 'epsilon', varianceType, timestepSpacing, steps: 10 });
    assert.equal(plan.at(-1)!.out.z, 0);
    assert.equal(plan.at(-1)!.alphaBarPrev, 1);
    assert.ok(plan.slice(0, -1).every((s) => s.out.z > 0));
  }
});

const base: SamplerConfig = { betas: linear, sampler: 'ddim', predictionType: 'epsilon', steps: 10 };
const invalid: [string, SamplerConfig, RegExp][] = [
  ['steps > T', { ...base, steps: 1001 }, /steps is 1001 but the schedule has only T = 1000.*at most 1000/],
  ['steps 0', { ...base, steps: 0 }, /steps is 0.*from 1 to T = 1000/],
  ['steps not whole', { ...base, steps: 2.5 }, /steps is 2.5/],
  ['no betas', { ...base, betas: [], steps: undefined }, /T is 0/],
  ['eta 2', { ...base, eta: 2 }, /eta is 2.*between 0/],
  ['eta NaN', { ...base, eta: NaN }, /eta is NaN/],
  ['β of 1', { ...base, betas: [1, 0.1], steps: 2 }, /β is 1 at index 0 of 2/],
  ['ε at ᾱ = 0', { ...base, betas: [0.1, 1], steps: 2 }, /noise alone.*v_prediction or sample/],
  ['sampler', { ...base, sampler: 'euler' as 'ddim' }, /Unknown sampler "euler"/],
  ['prediction type', { ...base, predictionType: 'score' as 'epsilon' }, /Unknown predictionType "score"/],
  ['variance', { ...base, varianceType: 'learned' as 'fixed_small' }, /Unknown varianceType "learned"/],
  ['spacing', { ...base, timestepSpacing: 'karras' as 'leading' }, /Unknown timestepSpacing "karras"/],
];
for (const [what, config, message] of invalid) {
  test(`invalid: ${what}`, () => {
    const problems = validateSampler(config);
    assert.match(problems[0] ?? 'no problem found', message);
    assert.throws(() => samplerPlan(config), (e: unknown) => e instanceof RangeError && e.message === problems[0]);
  });
}

test('arrays of different lengths are refused', () => {
  const [step] = samplerPlan(base);
  assert.throws(() => applyStep(step, new Float64Array(2), new Float64Array(3), new Float64Array(2)), /got 2, 3, 2/);
});
