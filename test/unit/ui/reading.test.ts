/** The page of a family that has a derivation and no experiment, in state and words. */
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { experimentOf, FAMILIES, isDiffusion, type FamilyId } from '../../../core/code/vocabulary';
import { derivationOfFamily } from '../../../core/derivations';
import { derivationFor, stepAfter, symbolsInUse } from '../../../webview/ui/derivation';
import { resolve } from '../../../webview/ui/settings';
import { snapshot } from '../../../webview/ui/snapshot';
import { familyShown, initialState, isSameModel, pageOf, type AppState } from '../../../webview/ui/state';
import { liveValue } from '../../../webview/ui/values';
import { finding, GAN_FINDING, panelModel, VAE_FINDING } from '../findings';

const showing = (family: FamilyId, more: Partial<AppState> = {}): AppState => ({ ...initialState(), model: panelModel(finding({ family })), ...more });

test('a family has the page of its experiment, and one without an experiment is read', () => {
  assert.equal(pageOf(initialState()), 'playground');
  assert.equal(pageOf({ ...initialState(), experiment: 'vae' }), 'vae', 'an empty playground of an autoencoder');
  for (const family of Object.keys(FAMILIES) as FamilyId[]) {
    const page = isDiffusion(family) ? 'playground' : family === 'vae' || family === 'autoencoder' ? 'vae' : 'reading';
    assert.equal(pageOf(showing(family)), page, family);
    assert.equal(experimentOf(family) === null, page === 'reading', family);
    assert.equal(pageOf(showing(family, { experiment: 'vae' })), page, `${family}, in what was an empty playground of an autoencoder`);
    const lost = { uri: 'file:///model.py', findingName: 'M', family };
    assert.equal(pageOf({ model: null, lost }), pageOf(showing(family)), `${family}, not read again`);
  }
  assert.equal(familyShown({ model: null, lost: { uri: 'a', findingName: null, family: null } }), null);
});

test('the derivation is the family\'s; in the playground it goes by the sampler', () => {
  for (const family of ['gan', 'vae', 'autoencoder'] as const) {
    assert.equal(derivationFor(showing(family)), derivationOfFamily(family));
    assert.equal(derivationFor(showing(family, { resolved: resolve(null, { sampler: 'ddim' }) })), derivationOfFamily(family), 'settings of another model change nothing');
  }
  assert.equal(derivationFor(showing('ddpm')).id, 'ddpm-sampling');
  assert.equal(derivationFor(showing('ddpm', { resolved: resolve(null, { sampler: 'ddim' }) })).id, 'ddim-sampling');
});

test('a DDIM sampler is run with DDIM, and says so', () => {
  const { values, origins } = resolve(finding({ family: 'ddim', name: 'DDIMScheduler' }), {});
  assert.equal(values.sampler, 'ddim');
  assert.equal(origins.sampler.kind, 'file');
});

test('another derivation begins at its first line, the same one stays where it was read', () => {
  const vae = panelModel(finding({ family: 'vae' }));
  const ddpm = panelModel(finding({ family: 'ddpm' }));
  assert.equal(stepAfter(showing('vae', { derivationStep: 4 }), vae), 4);
  assert.equal(stepAfter(showing('ddpm', { derivationStep: 4 }), vae), 0);
  assert.equal(stepAfter(showing('vae', { derivationStep: 4 }), ddpm), 0);
  assert.equal(stepAfter(showing('ddpm', { derivationStep: 4 }), panelModel(finding({ family: 'ddim' }))), 4);
  assert.equal(stepAfter({ ...initialState(), lost: { uri: vae.uri, findingName: 'Model', family: 'vae' }, derivationStep: 4 }, vae), 4);
});

test('symbols: those of the line, then the others, then those that only the file has', () => {
  const state = showing('vae', { model: panelModel({ ...VAE_FINDING, symbols: [...VAE_FINDING.symbols, { symbol: 'alphaBar', name: 'a', ranges: [] }] }) });
  const { here, elsewhere } = symbolsInUse(state);
  assert.ok(here.length > 0);
  assert.ok(elsewhere.includes('alphaBar'));
  assert.equal(new Set([...here, ...elsewhere]).size, here.length + elsewhere.length, 'each once');
});

test('nothing that would run has a value on a page to read, nor what another experiment runs', () => {
  assert.notEqual(liveValue('alphaBar', showing('ddpm')), null);
  assert.equal(liveValue('alphaBar', showing('gan')), null);
  assert.equal(liveValue('alphaBar', showing('vae')), null);
});

test('the snapshot tells the page, the line that is read and what the file says; there is nothing to run', () => {
  const read = snapshot({ ...initialState(), phase: 'idle', model: panelModel(GAN_FINDING), derivationStep: 999 });
  assert.equal(read.page, 'reading');
  assert.equal(read.derivation, derivationOfFamily('gan').id);
  assert.equal(read.derivationStep, derivationOfFamily('gan').steps.length - 1, 'past the end is the last line');
  assert.equal(read.settings.latentSize, 20);
  assert.deepEqual([read.state, read.device, read.points, read.alphasCumprod], ['idle', null, [], []]);
  assert.equal(snapshot({ ...initialState(), phase: 'idle' }).page, 'playground');
  assert.equal(snapshot({ ...initialState(), phase: 'idle', model: panelModel(VAE_FINDING) }).page, 'vae');
});

test('a class whose family changes by an edit is still the same model', () => {
  const before = { model: panelModel(finding({ family: 'autoencoder' })), lost: null };
  assert.equal(isSameModel(before, panelModel(finding({ family: 'vae' }), { version: 2 }), 'none'), true);
});
