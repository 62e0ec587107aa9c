import { test } from 'node:test';
import assert from 'node:assert/strict';
import type { Finding, Hyperparameter, Origin, Range } from '../../../core/code/types';
import { makeBetas } from '../../../core/math/schedules';
import { overridesForOtherModel, parseField, readOverrides, resolve, sameRun, withOverride } from '../../../webview/ui/settings';
import { applies } from '../../../webview/ui/fields';

const range = (line: number): Range => ({ from: 0, to: 1, line, column: 0, endLine: line, endColumn: 1 });

function parameter<V>(value: V, line: number, name: string, origin: Origin = 'literal'): Hyperparameter<V> {
  return { value, line, range: range(line), origin, name };
}

function finding(hyperparameters: Finding['hyperparameters']): Finding {
  return { family: 'ddpm', kind: 'class', name: 'M', framework: 'pytorch', range: range(1), extent: range(1), confidence: 1, hyperparameters, symbols: [], evidence: [], notes: [] };
}

const file = finding({
  T: parameter(200, 14, 'num_timesteps', 'default'),
  schedule: parameter('cosine', 17, 'betas'),
  predictionType: parameter('v_prediction', 3, 'prediction_type', 'library'),
});

test('the file decides what it says, defaults the rest, and each value tells its origin', () => {
  const { settings, origins, quantities, problems } = resolve(file, {});
  assert.deepEqual(problems, {});
  assert.equal(settings?.T, 200);
  assert.equal(settings?.schedule, 'cosine');
  assert.equal(settings?.steps, 200, 'DDPM walks the whole chain');
  assert.deepEqual(origins.T, { kind: 'file', line: 14, range: range(14), name: 'num_timesteps' });
  assert.deepEqual(origins.predictionType, { kind: 'library', line: 3, range: range(3) });
  assert.deepEqual(origins.sampler, { kind: 'default' });
  const betas = makeBetas({ name: 'cosine', T: 200 });
  let product = 1;
  betas.forEach((beta, t) => {
    product *= 1 - beta;
    assert.ok(Math.abs(quantities!.alphasCumprod[t] - product) < 1e-12);
  });
});

test('the sampler and the spacing are the file\'s where it says them, and the default of steps follows', () => {
  const ddim = finding({ ...file.hyperparameters, sampler: parameter('ddim', 8, 'scheduler'), timestepSpacing: parameter('linspace', 9, 'timestep_spacing') });
  const { settings, origins } = resolve(ddim, {});
  assert.deepEqual([settings?.sampler, settings?.timestepSpacing, settings?.steps], ['ddim', 'linspace', 50]);
  assert.deepEqual(origins.sampler, { kind: 'file', line: 8, range: range(8), name: 'scheduler' });
  assert.deepEqual(origins.timestepSpacing, { kind: 'file', line: 9, range: range(9), name: 'timestep_spacing' });
  assert.equal(resolve(ddim, { sampler: 'ddpm' }).settings?.steps, 200);
  assert.deepEqual(overridesForOtherModel({ sampler: 'ddpm', timestepSpacing: 'leading', eta: 0.5 }), { eta: 0.5 });
});

test('what the user changes lies over the file and can be taken back', () => {
  const overrides = withOverride({}, 'T', 50, file);
  const { settings, origins } = resolve(file, overrides);
  assert.equal(settings?.T, 50);
  assert.equal(settings?.steps, 50, 'the default of steps follows');
  assert.deepEqual(origins.T, { kind: 'you', beneath: { value: 200, origin: { kind: 'file', line: 14, range: range(14), name: 'num_timesteps' } } });
  assert.deepEqual(withOverride(overrides, 'T', undefined, file), {});
  assert.deepEqual(withOverride(overrides, 'T', 200, file), {}, 'the file\'s own value is no override');
});

test('invalid values are refused at their control and not lost', () => {
  const cases: [Parameters<typeof resolve>[1], string][] = [
    [{ T: 0 }, 'T'], [{ T: 1e9 }, 'T'], [{ T: 2.5 }, 'T'], [{ T: 'twenty' }, 'T'],
    [{ schedule: 'linear', betaEnd: 1 }, 'betaEnd'], [{ schedule: 'linear', betaStart: 0 }, 'betaStart'], [{ schedule: 'linear', betaEnd: 1.5 }, 'betaEnd'],
    [{ steps: 201 }, 'steps'], [{ sampler: 'ddim', eta: 2 }, 'eta'], [{ points: 0 }, 'points'], [{ seed: -1 }, 'seed'],
    [{ data: 'faces' }, 'data'], [{ device: 'abacus' }, 'device'],
    [{ schedule: 'linear_scaled', T: 10 }, 'betaEnd'],
  ];
  for (const [overrides, field] of cases) {
    const resolved = resolve(file, overrides);
    assert.deepEqual(Object.keys(resolved.problems), [field], JSON.stringify(overrides));
    assert.ok(resolved.problems[field as 'T']!.length > 10);
    assert.equal(resolved.settings, null);
    assert.equal(resolved.quantities, null);
    for (const [id, value] of Object.entries(overrides)) assert.equal(resolved.values[id as 'T'], value);
  }
});

test('a value without effect does not stop the run', () => {
  assert.ok(resolve(file, { betaEnd: 7 }).settings, 'cosine has no end points');
  assert.ok(resolve(file, { eta: 7 }).settings, 'DDPM has no η');
  assert.equal(applies('betaEnd', { schedule: 'cosine', sampler: 'ddpm' }), false);
  assert.equal(applies('betaEnd', { schedule: 'sigmoid', sampler: 'ddpm' }), true);
  assert.equal(applies('eta', { schedule: 'cosine', sampler: 'ddim' }), true);
  assert.equal(applies('varianceType', { schedule: 'cosine', sampler: 'ddim' }), false);
});

test('an array in the file is the custom schedule, with its own T', () => {
  const betas = [0.1, 0.2, 0.3];
  const own = resolve(finding({ betas: parameter(betas, 5, 'betas', 'folded') }), {});
  assert.equal(own.settings?.schedule, 'custom');
  assert.equal(own.settings?.T, 3);
  assert.deepEqual(own.settings?.betas, betas);
  assert.ok(Math.abs(own.quantities!.alphasCumprod[2] - 0.9 * 0.8 * 0.7) < 1e-15);
  assert.deepEqual(Object.keys(resolve(null, { schedule: 'custom' }).problems), ['schedule'], 'no array, no custom schedule');
});

test('typed text becomes a number where it is one', () => {
  assert.equal(parseField('T', ' 50 '), 50);
  assert.equal(parseField('betaEnd', '2e-2'), 0.02);
  assert.equal(parseField('T', ''), '');
  assert.equal(parseField('T', '5O'), '5O');
  assert.equal(parseField('data', 'moons'), 'moons');
});

test('another model keeps what no file decides; a damaged state is dropped', () => {
  assert.deepEqual(overridesForOtherModel({ T: 5, schedule: 'cosine', steps: 4, seed: 9, data: 'checkerboard' }), { seed: 9, data: 'checkerboard' });
  assert.deepEqual(readOverrides({ T: 5, nonsense: 1, seed: null, data: ['x'] }), { T: 5 });
});

test('two resolutions are the same run when nothing that has effect differs', () => {
  assert.equal(sameRun(resolve(file, {}), resolve(file, { T: 200 })), true);
  assert.equal(sameRun(resolve(file, {}), resolve(file, { betaEnd: 0.5 })), true);
  assert.equal(sameRun(resolve(file, {}), resolve(file, { T: 199 })), false);
  assert.equal(sameRun(resolve(file, {}), resolve(file, { seed: 2 })), false);
  const custom = (betas: number[]) => resolve(finding({ betas: parameter(betas, 5, 'betas') }), {});
  assert.equal(sameRun(custom([0.1, 0.2]), custom([0.1, 0.3])), false);
});
