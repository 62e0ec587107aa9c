import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { currentOf, emptyPanel, panelForFile, panelsToStop, statusOf, titleOf, type Slot } from '../../../extension/panel/ownership';

const slot = (uri: string | null, lastActive: number, pinned = false): Slot => ({ uri, experiment: 'ddpm', lastActive, pinned });

describe('which panel shows a model', () => {
  test('an empty playground of one experiment runs nothing of the other', () => {
    const [diffusion, vae] = [slot(null, 2), { ...slot(null, 1), experiment: 'vae' as const }];
    assert.equal(emptyPanel([diffusion, vae], 'vae'), vae);
    assert.equal(emptyPanel([diffusion, vae], 'ddpm'), diffusion);
    assert.equal(emptyPanel([diffusion, vae]), diffusion);
    assert.equal(emptyPanel([diffusion], 'vae'), undefined);
  });

  test('that of its file; of two, the one that was active last', () => {
    const [a, b, again] = [slot('a.py', 1), slot('b.py', 3), slot('a.py', 2)];
    assert.equal(panelForFile([a, b, again], 'a.py'), again);
    assert.equal(panelForFile([again, b, a], 'a.py'), again, 'the order does not matter');
    assert.equal(panelForFile([a, b, again], 'b.py'), b);
  });

  test('a new one for another file', () => {
    assert.equal(panelForFile([slot('a.py', 1)], 'b.py'), undefined);
    assert.equal(panelForFile([], 'a.py'), undefined);
  });

  test('never a pinned one', () => {
    const pinned = slot('a.py', 9, true);
    assert.equal(panelForFile([pinned], 'a.py'), undefined);
    const free = slot('a.py', 1);
    assert.equal(panelForFile([pinned, free], 'a.py'), free);
  });

  test('an empty playground is taken over, unless it is pinned or the file has a panel', () => {
    const [empty, own] = [slot(null, 5), slot('a.py', 1)];
    assert.equal(panelForFile([empty], 'a.py'), empty);
    assert.equal(panelForFile([empty, own], 'a.py'), own);
    assert.equal(panelForFile([slot(null, 5, true)], 'a.py'), undefined);
  });

  test('a run without a model takes an empty playground only', () => {
    assert.equal(emptyPanel([slot('a.py', 1)]), undefined);
    assert.equal(emptyPanel([slot(null, 1, true)]), undefined);
    const empty = slot(null, 1);
    assert.equal(emptyPanel([slot('a.py', 2), empty]), empty);
  });

  test('commands act on the panel that was active last', () => {
    const last = slot('b.py', 7, true);
    assert.equal(currentOf([slot('a.py', 1), last, slot(null, 3)]), last);
    assert.equal(currentOf([]), undefined);
  });
});

describe('what Stop stops', () => {
  const panel = (active: boolean, running: string | null) => ({ active, running });

  test('the active panel’s run', () => {
    const active = panel(true, '3/9');
    assert.deepEqual(panelsToStop([panel(false, '1/9'), active]), [active]);
  });

  test('all that run, where no panel is active or the active one is idle', () => {
    const [one, two] = [panel(false, '1/9'), panel(false, '2/9')];
    assert.deepEqual(panelsToStop([one, panel(false, null), two]), [one, two]);
    assert.deepEqual(panelsToStop([one, panel(true, null), two]), [one, two]);
    assert.deepEqual(panelsToStop([panel(true, null)]), []);
  });
});

describe('titles', () => {
  const titled = (fileName: string | null, more: { family?: string | null; models?: number; pinned?: boolean } = {}) => ({ fileName, family: 'DDPM', modelName: 'NoiseSchedule', models: 1, pinned: false, ...more });

  test('say the file, and the model where the file does not tell or the panel keeps it', () => {
    assert.equal(titleOf(titled('src/model.py'), []), 'DDPM · model.py');
    assert.equal(titleOf(titled('src/model.py', { models: 2 }), []), 'DDPM · model.py · NoiseSchedule');
    assert.equal(titleOf(titled('src/model.py', { pinned: true }), []), 'DDPM · model.py · NoiseSchedule (pinned)');
    assert.equal(titleOf(titled('src/model.py', { family: 'VAE' }), []), 'VAE · model.py');
    assert.equal(titleOf(titled('src/model.py', { family: null }), []), 'Marginalia · model.py', 'a model of which an older version kept no family');
    assert.equal(titleOf(titled(null, { family: null }), []), 'Marginalia');
  });

  test('tell files of one name apart by their folder', () => {
    const [a, b] = [titled('a/model.py'), titled('b/model.py')];
    assert.equal(titleOf(a, [a, b]), 'DDPM · a/model.py');
    assert.equal(titleOf(b, [a, b]), 'DDPM · b/model.py');
    assert.equal(titleOf(a, [a, titled('a/model.py', { pinned: true })]), 'DDPM · model.py', 'two panels of one file are no clash');
  });
});

test('the status bar shows the one run, or how many there are', () => {
  assert.equal(statusOf([]), null);
  assert.deepEqual(statusOf([{ title: 'DDPM · a.py', label: 'DDPM 3/9' }]), { text: 'DDPM 3/9', tooltip: 'DDPM · a.py is running. Click to stop.' });
  const two = statusOf([{ title: 'DDPM · a.py', label: 'DDPM 3/9' }, { title: 'DDPM · b.py', label: 'training 40/2000' }]);
  assert.equal(two?.text, '2 runs');
  assert.match(two?.tooltip ?? '', /a\.py: DDPM 3\/9\n.*b\.py: training 40\/2000/);
});
