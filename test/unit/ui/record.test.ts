/** Runs as records: what is repeated is what ran. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRecord } from '../../../core/protocol/record';
import { keptPoints, overridesOf, ownPointsOf, recordOf } from '../../../webview/ui/record';
import { readOverrides, resolve } from '../../../webview/ui/settings';

const ranWith = (resolved: ReturnType<typeof resolve>, trainedSteps = 0) => ({ resolved, direction: 'reverse' as const, network: 'moons' as const, trainedSteps });

test('settings come back as they ran, whatever file is open then', () => {
  const first = resolve(null, { T: 33, sampler: 'ddim', steps: 7, eta: 0.5, seed: 12, device: 'wasm', lossWeighting: 'min_snr', gamma: 3 });
  const record = readRecord(JSON.parse(JSON.stringify(recordOf('sample', { ran: ranWith(first, 250), own: null, model: null }))));
  assert.equal(record.trainedSteps, 250);
  const again = resolve(null, overridesOf(record));
  assert.deepEqual(again.settings, first.settings);
  assert.equal(again.device, 'wasm');
});

test('an array of betas comes back with its run, survives a reload, and goes when another schedule is chosen', () => {
  const betas = [0.1, 0.2, 0.3];
  const first = resolve(null, { schedule: 'custom', T: 3, steps: 3, betas });
  assert.deepEqual(first.settings?.betas, betas);
  const overrides = overridesOf(readRecord(recordOf('sample', { ran: ranWith(first), own: null, model: null })));
  assert.deepEqual(resolve(null, overrides).settings, first.settings);
  assert.deepEqual(readOverrides({ ...overrides }).betas, betas);
  assert.equal(readOverrides({ betas: ['x'] }).betas, undefined);
});

test('own points come back bit for bit', () => {
  const own = { name: 'mine.csv', points: Float32Array.of(0.1, -2.5, 1 / 3, 1e-8), mean: [5, 6] as [number, number], std: [2, 3] as [number, number], rows: 2, notes: ['a note'] };
  const record = readRecord(JSON.parse(JSON.stringify(recordOf('train', { ran: ranWith(resolve(null, {})), own, model: null }))));
  assert.deepEqual(ownPointsOf(record)?.points, own.points);
  assert.equal(ownPointsOf(record)?.name, 'mine.csv');
  assert.deepEqual(keptPoints(record.points)?.points, own.points);
  assert.equal(keptPoints({ name: 'x', base64: '!!!' }), null, 'a damaged state is no points');
  assert.equal(keptPoints(null), null);
});
