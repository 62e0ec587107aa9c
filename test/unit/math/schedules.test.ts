import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { makeBetas, validateSchedule, SCHEDULES, type ScheduleConfig, type ScheduleName } from '../../../core/math/schedules';
import { diffusionQuantities } from '../../../core/math/diffusion';

interface Row { betas_sum: number; alphas_cumprod_sum: number; index?: number[]; betas: number[]; alphas_cumprod: number[] }
interface Oracle { configs: Record<string, { beta_start?: number; beta_end?: number; rescale_betas_zero_snr?: boolean }>; T1000: Record<string, Row>; T50: Record<string, Row>; T10: Record<string, Row> }
const read = <T>(name: string): T => JSON.parse(readFileSync(`test/fixtures/oracle/${name}.json`, 'utf8')) as T;
const oracle = read<Oracle>('schedules');
const ours: Record<string, ScheduleName> = { linear: 'linear', scaled_linear: 'scaled_linear', scaled_linear_sd: 'scaled_linear', squaredcos_cap_v2: 'cosine', sigmoid: 'sigmoid', linear_zero_snr: 'linear' };

function close(actual: number, expected: number, what: string, tolerance = 1e-10): void {
  assert.ok(Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${what}: ${actual}, reference ${expected}`);
}
const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

for (const T of [1000, 50, 10] as const) {
  for (const [key, row] of Object.entries(oracle[`T${T}`])) {
    test(`${key}, T = ${T}: betas and alphasCumprod equal to diffusers`, () => {
      const { beta_start, beta_end, rescale_betas_zero_snr } = oracle.configs[key];
      const betas = makeBetas({ name: ours[key], T, betaStart: beta_start, betaEnd: beta_end, rescaleZeroTerminalSnr: rescale_betas_zero_snr });
      const { alphasCumprod } = diffusionQuantities(betas);
      assert.equal(betas.length, T);
      close(sum(betas), row.betas_sum, 'sum of betas');
      close(sum(alphasCumprod), row.alphas_cumprod_sum, 'sum of alphasCumprod');
      const index = row.index ?? Array.from({ length: T }, (_, i) => i);
      assert.equal(index.length, row.betas.length);
      index.forEach((t, i) => {
        close(betas[t], row.betas[i], `beta[${t}]`);
        close(alphasCumprod[t], row.alphas_cumprod[i], `alphasCumprod[${t}]`);
      });
    });
  }
}

test("lucidrains' variants: linear scaled by 1000/T, sigmoid on ᾱ", () => {
  const reference = read<{ index: number[]; sigmoid: Record<string, number[]>; linear: Record<string, number[]> }>('lucidrains');
  for (const [name, rows] of [['sigmoid_alpha_bar', reference.sigmoid], ['linear_scaled', reference.linear]] as const) {
    for (const [T, values] of Object.entries(rows)) {
      const betas = makeBetas({ name, T: Number(T) });
      const index = values.length === betas.length ? values.map((_, i) => i) : reference.index;
      values.forEach((value, i) => close(betas[index[i]], value, `${name} T = ${T} beta[${index[i]}]`));
    }
  }
});

test('the two linear schedules agree at T = 1000 and only there', () => {
  assert.deepEqual(makeBetas({ name: 'linear', T: 1000 }), makeBetas({ name: 'linear_scaled', T: 1000 }));
  assert.notDeepEqual(makeBetas({ name: 'linear', T: 200 }), makeBetas({ name: 'linear_scaled', T: 200 }));
});

test('every schedule but custom samples at T = 50 and ends within (0, 1)', () => {
  for (const { id } of SCHEDULES) {
    if (id === 'custom') continue;
    const betas = makeBetas({ name: id, T: 50 });
    assert.ok(betas.every((b) => b > 0 && b < 1), id);
  }
});

test('T = 1 has one beta, as linspace of one value has its start', () => {
  assert.deepEqual([...makeBetas({ name: 'linear', T: 1 })], [1e-4]);
  assert.equal(makeBetas({ name: 'cosine', T: 1 })[0], 0.999);
});

test('custom is copied, not shared', () => {
  const given = [0.1, 0.2, 0.3];
  const betas = makeBetas({ name: 'custom', T: 3, betas: given });
  assert.deepEqual([...betas], given);
  given[0] = 0.9;
  assert.equal(betas[0], 0.1);
});

const invalid: [string, ScheduleConfig, RegExp][] = [
  ['T = 0', { name: 'linear', T: 0 }, /T is 0.*at least 1 step/],
  ['T negative', { name: 'linear', T: -5 }, /T is -5/],
  ['T = 10⁹', { name: 'cosine', T: 1e9 }, /T is 1000000000.*limit of 10000/],
  ['T not whole', { name: 'linear', T: 10.5 }, /T is 10.5.*whole/],
  ['T NaN', { name: 'linear', T: NaN }, /T is NaN/],
  ['betaStart 0', { name: 'linear', T: 10, betaStart: 0 }, /betaStart is 0.*between 0 and 1/],
  ['betaEnd 1', { name: 'scaled_linear', T: 10, betaEnd: 1 }, /betaEnd is 1.*between 0 and 1/],
  ['betaEnd NaN', { name: 'sigmoid', T: 10, betaEnd: NaN }, /betaEnd is NaN/],
  ['scaled beyond 1', { name: 'linear_scaled', T: 10 }, /index 5 of 10.*1000\/T = 100.*raise T/],
  ['custom without array', { name: 'custom', T: 3 }, /needs the array betas/],
  ['custom of wrong length', { name: 'custom', T: 3, betas: [0.1, 0.2] }, /2 values but T is 3/],
  ['custom with β ≥ 1', { name: 'custom', T: 3, betas: [0.1, 1.5, 0.2] }, /β is 1.5 at index 1 of 3/],
  ['custom with β = 0', { name: 'custom', T: 2, betas: [0.1, 0] }, /β is 0 at index 1 of 2/],
  ['custom with NaN', { name: 'custom', T: 2, betas: [NaN, 0.1] }, /β is NaN at index 0 of 2/],
  ['signal destroyed', { name: 'linear', T: 10_000, betaEnd: 0.5 }, /ᾱ falls to .*Lower T or betaEnd/],
  ['unknown name', { name: 'tangent' as ScheduleName, T: 10 }, /Unknown schedule "tangent".*linear/],
];
for (const [what, config, message] of invalid) {
  test(`invalid: ${what}`, () => {
    const problems = validateSchedule(config);
    assert.match(problems[0] ?? 'no problem found', message);
    assert.throws(() => makeBetas(config), (e: unknown) => e instanceof RangeError && e.message === problems[0]);
  });
}

test('end points that a schedule does not read are not checked', () => {
  assert.deepEqual(validateSchedule({ name: 'cosine', T: 10, betaStart: 7 }), []);
});

test('two faults give two messages', () => {
  assert.equal(validateSchedule({ name: 'linear', T: 0, betaEnd: 2 }).length, 2);
});
