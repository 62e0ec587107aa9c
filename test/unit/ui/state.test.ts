import { test } from 'node:test';
import assert from 'node:assert/strict';
import type { Finding } from '../../../core/code/types';
import type { PanelModel } from '../../../core/protocol/messages';
import { Player } from '../../../webview/ui/player';
import { resolve } from '../../../webview/ui/settings';
import { finishedRun, initialState, isSameModel, playerFor, type Phase } from '../../../webview/ui/state';

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
  const state = { ...initialState(), phase: 'finished' as Phase, ran: resolve(null, {}), device, player };
  assert.equal(finishedRun(state), null, 'no frames');
  player.add(frame);
  assert.deepEqual(finishedRun(state), { resolved: state.ran, device, points: frame.points });
  assert.equal(finishedRun({ ...state, device: null }), null);
  assert.equal(finishedRun({ ...state, ran: null }), null);
  for (const phase of ['running', 'stopped', 'failed'] as const) assert.equal(finishedRun({ ...state, phase }), null, phase);
});

test('a model stays the same through edits and renames, and is another one when another is chosen', () => {
  const model = (uri: string, name: string, version: number, line = 1): PanelModel =>
    ({ uri, fileName: uri, version, finding: { name, range: { line } } as unknown as Finding, siblings: [{ name, line }] });
  const shown = { model: model('a.py', 'DDPM', 3), lost: null };
  assert.equal(isSameModel(shown, model('a.py', 'DDPM', 4, 9), 'sample'), true);
  assert.equal(isSameModel(shown, model('a.py', 'Diffusion', 4), 'none'), true, 'the class was renamed by an edit');
  assert.equal(isSameModel(shown, model('b.py', 'DDPM', 3), 'none'), true, 'the file was renamed');
  assert.equal(isSameModel(shown, model('a.py', 'Other', 3), 'sample'), false, 'the lens of another class');
  assert.equal(isSameModel(shown, model('a.py', 'Other', 3), 'none'), false, 'the playground opened on another class');
  assert.equal(isSameModel(shown, model('b.py', 'DDPM', 3), 'sample'), false, 'the lens of another file');
  assert.equal(isSameModel(shown, model('b.py', 'DDPM', 1, 5), 'none'), false, 'the playground opened on another file');
  const lost = { model: null, lost: { uri: 'a.py', findingName: 'DDPM' } };
  assert.equal(isSameModel(lost, model('a.py', 'DDPM', 1), 'sample'), true);
  assert.equal(isSameModel(lost, model('b.py', 'DDPM', 1), 'none'), false);
  assert.equal(isSameModel({ model: null, lost: null }, model('a.py', 'DDPM', 1), 'none'), false);
});
