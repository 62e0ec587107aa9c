import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Player, spokenTime } from '../../../webview/ui/player';

/** A run of `total` steps through all timesteps: frame 0 at T − 1, the last at −1. */
function run(total: number, frames = total + 1): Player {
  const player = new Player(total);
  for (let index = 0; index < frames; index++) player.add({ index, total, t: total - 1 - index, points: Float32Array.of(index, 0) });
  return player;
}

test('time is the paper\'s: T for the noise, 0 for the data', () => {
  assert.equal(new Player(200).t, 200);
  assert.equal(run(200, 1).t, 200);
  assert.equal(run(200).t, 0);
  assert.equal(spokenTime(137, 200), 't = 137 of 200');
});

test('the position follows the run until the person scrubs away, and again from the end', () => {
  const player = run(10, 4);
  assert.equal(player.index, 3);
  player.seek(1);
  assert.equal(player.following, false);
  player.add({ index: 4, total: 10, t: 5, points: new Float32Array(2) });
  assert.equal(player.index, 1);
  player.seek(99);
  assert.equal(player.index, 4);
  player.add({ index: 5, total: 10, t: 4, points: new Float32Array(2) });
  assert.equal(player.index, 5);
});

test('positions are clamped, and a frame that comes twice or late is dropped', () => {
  const player = run(10);
  player.seek(-5);
  assert.equal(player.index, 0);
  assert.deepEqual([player.step.from?.index, player.step.to?.index], [0, 1]);
  player.seekShare(0.5);
  assert.equal(player.current?.index, 5);
  assert.equal(player.add({ index: 3, total: 10, t: 6, points: new Float32Array(2) }), false);
  assert.equal(player.count, 11);
  player.seekShare(1);
  assert.deepEqual([player.step.from?.index, player.step.to?.index], [9, 10], 'at the data: the step that made it');
});

test('the scrubber is as long as the whole run from the first frame on', () => {
  assert.equal(run(10, 1).span, 10);
  assert.equal(run(10, 4).span, 10);
  assert.equal(run(10).span, 10);
  const coarse = new Player(100);
  for (const index of [0, 4, 8]) coarse.add({ index, total: 100, t: 99 - index, points: new Float32Array(2) });
  assert.equal(coarse.span, 25, 'every fourth frame');
  assert.equal(new Player(7).span, 7);
});

test('seeking a time finds the nearest frame of a run that skips timesteps', () => {
  const player = new Player(100);
  [80, 60, 40, 20, 0, -1].forEach((t, index) => player.add({ index, total: 5, t, points: new Float32Array(2) }));
  player.seekTime(50);
  assert.ok([41, 61].includes(player.t));
  player.seekTime(0);
  assert.equal(player.t, 0);
  player.seekTime(1000);
  assert.equal(player.t, 81);
});

test('before there are frames the steps themselves can be walked, and the first frame takes over', () => {
  const player = new Player(7);
  assert.equal(player.t, 7);
  player.seek(3);
  assert.equal(player.t, 4);
  player.seekTime(2);
  assert.equal(player.index, 5);
  player.seek(99);
  assert.equal(player.t, 0);
  assert.equal(player.current, null);
  assert.deepEqual(player.step, { from: null, to: null });
  player.add({ index: 0, total: 7, t: 6, points: new Float32Array(2) });
  assert.equal(player.t, 7);
});

test('frames of the forward process count from the data; a step is still from x_t to x_{t−1}', () => {
  const player = new Player(3);
  for (let index = 0; index <= 3; index++) player.add({ index, total: 3, t: index - 1, points: Float32Array.of(index, 0) });
  assert.equal(player.t, 3);
  assert.deepEqual([player.step.from?.points[0], player.step.to?.points[0]], [3, 2]);
  player.seek(0);
  assert.equal(player.t, 0);
  assert.deepEqual([player.step.from?.points[0], player.step.to?.points[0]], [1, 0]);
});

test('the path of a point ends where the picture stands', () => {
  const player = new Player(4);
  for (let index = 0; index <= 4; index++) player.add({ index, total: 4, t: 3 - index, points: Float32Array.of(index, 5 - index, 10 * index, 0) });
  player.seek(2);
  assert.deepEqual(player.path(1), Float32Array.of(0, 0, 10, 0, 20, 0));
  assert.deepEqual(player.pathUntil(0, player.frameAt(3)!), Float32Array.of(0, 5, 1, 4));
  assert.equal(player.frameAt(0), player.last);
  assert.deepEqual(new Player(4).path(0), new Float32Array());
  assert.equal(new Player(4).frameAt(2), null);
});
