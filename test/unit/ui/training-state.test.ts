import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULTS } from '../../../webview/experiments/ddpm/manifest';
import { duration, noTraining, progressText } from '../../../webview/ui/training-state';

test('progress says how far, how fast and how long', () => {
  const training = { ...noTraining(), phase: 'running' as const, step: 1240, settings: { ...DEFAULTS, trainSteps: 5000 }, stepsPerSecond: 143.4 };
  assert.equal(progressText(training), '1,240 of 5,000 steps · 143 steps/s · 26 s left');
  assert.equal(progressText({ ...training, phase: 'paused' }), '1,240 of 5,000 steps');
  assert.equal(progressText({ ...training, stepsPerSecond: 1.26 }), '1,240 of 5,000 steps · 1.3 steps/s · 49 min 44 s left');
  assert.equal(progressText({ ...training, step: 5000 }), '5,000 of 5,000 steps · 143 steps/s');
  assert.equal(progressText(noTraining()), '');
});

test('durations', () => {
  assert.deepEqual([0.2, 59, 60, 61, 3599, 3600, 7290].map(duration), ['1 s', '59 s', '1 min', '1 min 1 s', '59 min 59 s', '1 h 0 min', '2 h 2 min']);
});
