/** What the picture shows in each state. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Player } from '../../../webview/ui/player';
import { resolve } from '../../../webview/ui/settings';
import { sceneOf, spreadPoints } from '../../../webview/ui/scene';
import { initialState, type AppState, type Direction } from '../../../webview/ui/state';

const ran = (direction: Direction) => ({ resolved: resolve(null, {}), direction, network: 'moons' as const, trainedSteps: 0 });
function played(steps: number, offset = 0): Player {
  const player = new Player(steps);
  for (let index = 0; index <= steps; index++) player.add({ index, total: steps, t: steps - 1 - index, points: Float32Array.of(index + offset, 0, 9 - index, 1) });
  return player;
}
const data = { key: 'moons', points: new Float32Array(4) };
const show = (state: Partial<AppState>) => sceneOf({ ...initialState(), ran: ran('reverse'), ...state }, data, null);

test('before a run the data alone; then the cloud, with the paths of the chosen points', () => {
  assert.deepEqual(show({}).clouds, []);
  const player = played(4);
  player.seek(2);
  const scene = show({ player, followed: [1, 99] });
  assert.deepEqual(scene.clouds, [{ id: 'A', points: player.current!.points }]);
  assert.deepEqual(scene.trajectories, [{ id: 'A', points: Float32Array.of(9, 1, 8, 1, 7, 1) }], 'point 99 is not there');
  assert.equal(scene.data, data);
});

test('a run that is kept lies beneath the next at the same t, whatever its number of steps', () => {
  const [kept, player] = [played(8, 100), played(8)];
  player.seek(3);
  const scene = show({ player, kept: { player: kept, ran: ran('reverse'), measures: null }, followed: [0] });
  assert.deepEqual(scene.clouds.map(({ id, points }) => [id, points[0]]), [['A', 103], ['B', 3]]);
  assert.deepEqual(scene.trajectories.map(({ id, points }) => [id, points.length / 2]), [['A', 4], ['B', 4]]);
  assert.deepEqual(show({ player, kept: { player: kept, ran: ran('reverse'), measures: null }, ran: ran('forward') }).clouds.map(({ id }) => id), ['forward']);
});

test('while it trains, the latest sample takes the place of the run', () => {
  const preview = { step: 10, points: Float32Array.of(7, 7) };
  assert.deepEqual(show({ player: played(4), preview, previewing: true }).clouds, [{ id: 'A', points: preview.points }]);
  assert.equal(show({ player: played(4), preview, previewing: false }).clouds[0].points[0], 4);
});

test('while somebody draws there is nothing but the strokes', () => {
  const drawn = Float32Array.of(1, 2);
  assert.deepEqual(show({ player: played(4), drawn }), { data: null, clouds: [], trajectories: [], field: null, strokes: drawn });
});

test('followed points are spread over the cloud', () => {
  assert.deepEqual(spreadPoints(2000), [0, 250, 500, 750, 1000, 1250, 1500, 1750]);
  assert.deepEqual(spreadPoints(3), [0, 1, 2]);
  assert.deepEqual(spreadPoints(0), []);
});
