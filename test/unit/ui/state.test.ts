import { test } from 'node:test';
import assert from 'node:assert/strict';
import type { Finding } from '../../../core/code/types';
import type { PanelModel } from '../../../core/protocol/messages';
import { Player } from '../../../webview/ui/player';
import { resolve } from '../../../webview/ui/settings';
import { finishedRun, initialState, isSameModel, isStale, networkFor, playerFor, sampleProblem, type AppState, type Phase } from '../../../webview/ui/state';

const device = { device: 'cpu', label: 'CPU', why: 'because', selfTestError: 0, software: false } as const;
const frame = { index: 0, total: 1, t: 0, points: Float32Array.of(1, 2) };

test('the player follows T while it holds no frames, but not under a run that is about to fill it', () => {
  const changed = resolve(null, { T: 50 });
  const player = new Player(200);
  const at = (phase: Phase) => playerFor({ ...initialState(), phase, player }, changed);
  for (const phase of ['idle', 'stopped', 'failed'] as const) assert.equal(at(phase).T, 50, phase);
  for (const phase of ['starting', 'running'] as const) assert.equal(at(phase), player, phase);
  assert.equal(playerFor({ ...initialState(), phase: 'idle', player }, resolve(null, { T: 0 })), player, 'a T that is refused moves nothing');
  player.add(frame);
  assert.equal(at('finished'), player, 'frames stay with the T they were made at');
});

test('there is something to export after a finished run only', () => {
  const player = new Player(1);
  const ran = { resolved: resolve(null, {}), direction: 'reverse' as const, network: 'moons' as const, trainedSteps: 0 };
  const state = { ...initialState(), phase: 'finished' as Phase, ran, device, player };
  assert.equal(finishedRun(state), null, 'no frames');
  player.add(frame);
  assert.deepEqual(finishedRun(state), { ran, device, points: frame.points, own: null, measures: null, model: null });
  assert.equal(finishedRun({ ...state, device: null }), null);
  assert.equal(finishedRun({ ...state, ran: null }), null);
  for (const phase of ['running', 'stopped', 'failed'] as const) assert.equal(finishedRun({ ...state, phase }), null, phase);
});

test('a model stays the same through edits and renames, and is another one when another is chosen', () => {
  const model = (uri: string, name: string, version: number, line = 1): PanelModel =>
    ({ uri, fileName: uri, version, finding: { name, range: { line } } as unknown as Finding, siblings: [{ name, family: 'ddpm', line }] });
  const shown = { model: model('a.py', 'DDPM', 3), lost: null };
  assert.equal(isSameModel(shown, model('a.py', 'DDPM', 4, 9), 'sample'), true);
  assert.equal(isSameModel(shown, model('a.py', 'Diffusion', 4), 'none'), true, 'the class was renamed by an edit');
  assert.equal(isSameModel(shown, model('b.py', 'DDPM', 3), 'none'), true, 'the file was renamed');
  assert.equal(isSameModel(shown, model('a.py', 'Other', 3), 'sample'), false, 'the lens of another class');
  assert.equal(isSameModel(shown, model('a.py', 'Other', 3), 'none'), false, 'the playground opened on another class');
  assert.equal(isSameModel(shown, model('b.py', 'DDPM', 3), 'sample'), false, 'the lens of another file');
  assert.equal(isSameModel(shown, model('b.py', 'DDPM', 1, 5), 'none'), false, 'the playground opened on another file');
  const lost = { model: null, lost: { uri: 'a.py', findingName: 'DDPM', family: null } };
  assert.equal(isSameModel(lost, model('a.py', 'DDPM', 1), 'sample'), true);
  assert.equal(isSameModel(lost, model('b.py', 'DDPM', 1), 'none'), false);
  assert.equal(isSameModel({ model: null, lost: null }, model('a.py', 'DDPM', 1), 'none'), false);
});

test('the trained network is used for the data it knows, when it is chosen; own points have no other', () => {
  const settings = { ...resolve(null, {}).settings!, data: 'moons' as const };
  const training = { ...initialState().training, phase: 'paused' as const, step: 100, settings };
  const state: AppState = { ...initialState(), training, networkChoice: 'trained' };
  assert.equal(networkFor(initialState()), 'moons');
  assert.equal(networkFor(state), 'trained');
  assert.equal(networkFor({ ...state, networkChoice: 'stand-in' }), 'moons');
  assert.equal(networkFor({ ...state, resolved: resolve(null, { data: 'gaussians8' }) }), 'gaussians8', 'it was trained on moons');
  assert.equal(networkFor({ ...state, training: { ...training, step: 0 } }), 'moons', 'nothing is learnt yet');
  const own = { name: 'a.csv', points: new Float32Array(8), mean: [0, 0] as [number, number], std: [1, 1] as [number, number], rows: 4, notes: [] };
  const ownState: AppState = { ...initialState(), resolved: resolve(null, { data: 'own' }) };
  assert.match(sampleProblem(ownState)!, /Load or draw points/);
  assert.match(sampleProblem({ ...ownState, own })!, /train one/);
  const trained: AppState = { ...ownState, own, training: { ...training, settings: { ...settings, data: 'own' } }, networkChoice: 'stand-in' };
  assert.equal(networkFor(trained), 'trained');
  assert.equal(sampleProblem(trained), null);
});

test('a picture is stale when another network than its own would be sampled now', () => {
  const state = initialState();
  const ran = { resolved: state.resolved, direction: 'reverse' as const, network: 'moons' as const, trainedSteps: 0 };
  assert.equal(isStale({ ...state, ran }), false);
  assert.equal(isStale({ ...state, ran: { ...ran, network: 'trained' } }), true);
  assert.equal(isStale({ ...state, ran: { ...ran, network: 'trained', direction: 'forward' } }), false, 'the forward process has no network');
  assert.equal(isStale({ ...state, ran, resolved: resolve(null, { seed: 9 }) }), true);
});
