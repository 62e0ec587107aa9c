import { test } from 'node:test';
import assert from 'node:assert/strict';
import type { Finding } from '../../../core/code/types';
import { exportCsv, exportJson } from '../../../webview/ui/export';
import { overridesOf } from '../../../webview/ui/record';
import { readRecord } from '../../../core/protocol/record';
import { formatNumber } from '../../../webview/ui/format';
import { readState } from '../../../webview/ui/host';
import { lostNote, noteLines, provenance, terminalNote } from '../../../webview/ui/notes';
import { resolve } from '../../../webview/ui/settings';
import { snapshot } from '../../../webview/ui/snapshot';
import { initialState } from '../../../webview/ui/state';
import { Player } from '../../../webview/ui/player';
import { Store } from '../../../webview/ui/store';
import { liveValue, valueTime } from '../../../webview/ui/values';
import { themeKind, withAlpha } from '../../../webview/ui/theme';
import { HALF_RANGE, ticks, toX, toY, viewport } from '../../../webview/experiments/ddpm/view-geometry';

const device = { device: 'cpu', label: 'CPU', why: 'because', selfTestError: 0, software: false } as const;

test('numbers: four digits, a true minus, exponents only where they shorten', () => {
  assert.equal(formatNumber(0.123456), '0.1235');
  assert.equal(formatNumber(-2), '−2');
  assert.equal(formatNumber(1e-4), '1e−4');
  assert.equal(formatNumber(4.56789e-5), '4.57e−5');
  assert.equal(formatNumber(123456), '1.23e5');
  assert.equal(formatNumber(10), '10');
  assert.equal(formatNumber(0), '0');
  assert.equal(formatNumber(-Infinity), '−∞');
});

test('a schedule that does not end in noise is said so, with its ᾱ_T', () => {
  assert.match(terminalNote(resolve(null, { T: 50, schedule: 'linear' }))!, /ᾱ_T = 0\.60.*not N\(0, I\)/s);
  assert.equal(terminalNote(resolve(null, { schedule: 'linear' })), null, 'T = 1000 where nothing says otherwise');
  assert.equal(terminalNote(resolve(null, { T: 50, schedule: 'cosine' })), null);
  assert.equal(terminalNote(resolve(null, { T: 0 })), null, 'invalid settings have no ᾱ');
});

test('the picture says whose is what', () => {
  const range = { from: 0, to: 1, line: 9, column: 0, endLine: 9, endColumn: 1 };
  const finding = { hyperparameters: { T: { value: 77, line: 9, range, origin: 'literal', name: 'T' } } } as unknown as Finding;
  const { yours, ours } = provenance(resolve(finding, {}));
  assert.deepEqual(yours.map(({ text }) => text), ['T = 77']);
  assert.match(ours, /stand-in trained on “Two moons”/);
  assert.deepEqual(provenance(resolve(finding, { T: 5 })).yours, [], 'a value set here is not the file\'s');
});

test('a sampler that the file chooses is named as the file\'s, one that is chosen here is not', () => {
  const range = { from: 0, to: 1, line: 9, column: 0, endLine: 9, endColumn: 1 };
  const finding = { hyperparameters: { sampler: { value: 'ddim', line: 9, range, origin: 'literal', name: 'step' } } } as unknown as Finding;
  assert.deepEqual(provenance(resolve(finding, {})).yours.map(({ text, origin }) => [text, origin.kind]), [['sampler DDIM', 'file']]);
  assert.deepEqual(provenance(resolve(null, { sampler: 'ddim' })).yours, []);
});

test('what could not be read takes at most three lines, and nothing of it is lost', () => {
  assert.deepEqual(noteLines([]), { lines: [], rest: [] });
  assert.deepEqual(noteLines(['a', 'b', 'c']), { lines: ['a', 'b', 'c'], rest: [] });
  assert.deepEqual(noteLines(['a', 'b', 'c', 'd']), { lines: ['a', 'b', 'and 2 more'], rest: ['c', 'd'] });
});

test('a model that a reload did not bring back is named', () => {
  assert.equal(lostNote({ uri: 'file:///home/a%20b/my%20model.py', findingName: 'DDPM', family: 'ddpm' }), 'my model.py could not be read, or no longer holds DDPM');
  assert.equal(lostNote({ uri: 'untitled:50%.py', findingName: null, family: null }), 'untitled:50%.py could not be read');
});

test('exports give settings, origins, ᾱ and the points back', () => {
  const resolved = resolve(null, { T: 10, steps: 5, seed: 4 });
  const points = Float32Array.of(0.1, -2.5, 3, 1e-8);
  const ran = { resolved, direction: 'reverse' as const, network: 'moons' as const, trainedSteps: 0 };
  const measures = { slicedWasserstein: 0.1, slicedWassersteinReal: 0.05, mmd: 0.2, mmdReal: 0.1 };
  const run = { ran, device, points, own: null, measures, model: null };
  const json = JSON.parse(new TextDecoder().decode(exportJson(run)));
  assert.equal(json.settings.T, 10);
  assert.equal(json.settings.seed, 4);
  assert.equal(json.origins.T, 'you');
  assert.equal(json.origins.data, 'default');
  assert.equal(json.usedDevice, 'CPU');
  assert.deepEqual(json.measures, measures);
  assert.deepEqual(json.alphasCumprod, [...resolved.quantities!.alphasCumprod]);
  assert.deepEqual(Float32Array.from(json.sample.flat()), points);
  assert.deepEqual(overridesOf(readRecord(json)), Object.fromEntries(Object.entries(resolved.values)), 'the file repeats the run');
  const [head, ...rows] = new TextDecoder().decode(exportCsv(run)).trimEnd().split('\n');
  assert.equal(head, 'x,y');
  assert.deepEqual(Float32Array.from(rows.flatMap((row) => row.split(',').map(Number))), points);
});

test('the snapshot holds the points of a finished run only', () => {
  const player = new Player(1);
  player.add({ index: 0, total: 1, t: 0, points: Float32Array.of(5, 6) });
  player.add({ index: 1, total: 1, t: -1, points: Float32Array.of(1, 2) });
  player.seek(0);
  const state = { ...initialState(), player, device };
  assert.deepEqual(snapshot({ ...state, phase: 'finished' }).points, [1, 2]);
  assert.equal(snapshot({ ...state, phase: 'finished' }).device, 'CPU');
  assert.deepEqual(snapshot({ ...state, phase: 'running' }).points, []);
  assert.equal(snapshot({ ...state, phase: 'stopped' }).state, 'idle');
  assert.equal(snapshot(state).alphasCumprod.length, 200);
});

test('live values are those of the scrubbed step; the finished sample shows the step that made it', () => {
  const resolved = resolve(null, { T: 10, schedule: 'cosine' });
  const { alphasCumprod, betas, posteriorVariance } = resolved.quantities!;
  const player = new Player(10);
  for (let index = 0; index <= 10; index++) player.add({ index, total: 10, t: 9 - index, points: Float32Array.of(index, -index) });
  const state = { ...initialState(), resolved, player };
  player.seek(3);
  assert.equal(liveValue('t', state), '7');
  assert.equal(liveValue('alphaBar', state), formatNumber(alphasCumprod[6]));
  assert.equal(liveValue('beta', state), formatNumber(betas[6]));
  assert.equal(liveValue('sigma', state), formatNumber(Math.sqrt(posteriorVariance[6])));
  assert.equal(liveValue('xt', state), '(3.00, −3.00)');
  assert.equal(liveValue('xPrev', state), '(4.00, −4.00)');
  assert.equal(liveValue('epsilonTheta', state), null);
  assert.equal(liveValue('nonsense', state), null);
  player.seek(10);
  assert.equal(valueTime(state), 1);
  assert.equal(liveValue('alphaBar', state), formatNumber(alphasCumprod[0]));
});

test('a kept state that is damaged is dropped', () => {
  const good = { uri: null, findingName: null, findingLine: 7, family: 'vae', experiment: 'vae', overrides: { T: 5 }, derivationStep: 2, chosen: 'jensen', pinned: true, own: { name: 'mine.csv', base64: 'AAAA' } };
  assert.deepEqual(readState(good), good);
  assert.deepEqual(readState({ ...good, family: undefined, experiment: undefined, chosen: undefined, pinned: undefined, own: undefined }), { ...good, family: null, experiment: null, chosen: null, pinned: false, own: null }, 'kept by an older version');
  assert.equal(readState({ ...good, own: { name: 5 } })?.own, null);
  assert.equal(readState({ ...good, family: 'toString' })?.family, null, 'no family of ours');
  for (const experiment of ['gan', 'toString', 5]) assert.equal(readState({ ...good, experiment })?.experiment, null, 'no experiment of ours');
  assert.equal(readState({ ...good, chosen: 'gone' })?.chosen, null, 'no derivation of ours');
  for (const bad of [undefined, null, 5, {}, { ...good, uri: 7 }, { ...good, overrides: [] }, { ...good, derivationStep: -1 }, { ...good, derivationStep: '2' }]) assert.equal(readState(bad), null);
});

test('the store tells whoever asked, once, and not of what is the same', () => {
  const store = new Store({ a: 1, b: 1 });
  const seen: number[] = [];
  const end = store.on(['a'], ({ a }) => seen.push(a));
  store.set({ b: 2 });
  store.set({ a: 1 });
  store.set({ a: 2 });
  end();
  store.set({ a: 3 });
  assert.deepEqual(seen, [1, 2]);
});

test('a change made while the store tells reaches every listener', () => {
  const store = new Store({ a: 0, b: 0 });
  const seen: number[] = [];
  store.on(['b'], ({ b }) => seen.push(b));
  store.on(['a'], ({ a }) => a > 0 && store.set({ b: a * 10 }));
  store.set({ a: 1 });
  assert.deepEqual(seen, [0, 10]);
});

test('theme kinds and colours', () => {
  const kind = (...names: string[]) => themeKind({ contains: (name) => names.includes(name) });
  assert.equal(kind('vscode-high-contrast-light', 'vscode-high-contrast'), 'high-contrast-light');
  assert.equal(kind('vscode-high-contrast'), 'high-contrast');
  assert.equal(kind('vscode-light'), 'light');
  assert.equal(kind('vscode-dark'), 'dark');
  assert.equal(withAlpha('#fff', 0.5), 'rgba(255, 255, 255, 0.5)');
  assert.equal(withAlpha('#102030', 0.1), 'rgba(16, 32, 48, 0.1)');
  assert.equal(withAlpha('rgba(1, 2, 3, 0.7)', 0.2), 'rgba(1, 2, 3, 0.2)');
});

test('the picture keeps its aspect and the whole range in sight', () => {
  for (const [width, height] of [[800, 400], [300, 900], [500, 500]]) {
    const view = viewport(width, height);
    assert.ok(toX(view, HALF_RANGE) <= width + 1e-9 && toX(view, -HALF_RANGE) >= -1e-9);
    assert.ok(toY(view, HALF_RANGE) >= -1e-9 && toY(view, -HALF_RANGE) <= height + 1e-9);
    assert.ok(Math.abs(toX(view, 1) - toX(view, 0) - (toY(view, 0) - toY(view, 1))) < 1e-9);
    for (const value of ticks(view, width)) assert.ok(toX(view, value) > 0 && toX(view, value) < width);
  }
});
