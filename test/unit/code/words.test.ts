import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { FAMILIES } from '../../../core/code/vocabulary';
import {
  confidenceInWords, findingInWords, kindInWords, numberInWords, originInWords, overruleInWords, phraseText, settingsInWords, settingsOf, summaryInWords, valueInWords, withArticle,
} from '../../../core/code/words';
import { at, finding, VAE_FINDING, value } from '../findings';

const says = (...phrases: Parameters<typeof phraseText>) => phraseText(...phrases);

describe('a lens', () => {
  test('names the family, what is peculiar to it, and the optimiser', () => {
    assert.equal(summaryInWords(finding({ family: 'vae', hyperparameters: { latentSize: value(20, 1, 'z'), optimizer: value('adam', 2, 'Adam'), hiddenUnits: value(400, 1, 'h'), learningRate: value(1e-3, 2, 'lr') } })), 'VAE · latent size 20 · Adam 1e-3');
    assert.equal(summaryInWords(VAE_FINDING), 'VAE · latent size 20 · weight β of the KL term = 4 · Adam 1e-3', 'no more than three');
    assert.equal(summaryInWords(finding({ family: 'vae' })), 'VAE', 'nothing known');
    assert.equal(summaryInWords(finding({ family: 'gan', hyperparameters: { optimizer: value('rmsprop', 2, 'RMSprop'), epochs: value(5, 1, 'n'), learningRate: value(5e-5, 2, 'lr', 'library') } })), 'GAN · RMSprop · 5 epochs', 'a rate that the library gives is not the file\u2019s');
  });

  test('counts in the units of the field, and leaves out what the file does not say', () => {
    const summary = (family: keyof typeof FAMILIES, hyperparameters: ReturnType<typeof finding>['hyperparameters']) => summaryInWords(finding({ family, hyperparameters }));
    assert.equal(summary('skip-gram', { window: value(5, 1, 'window'), vectorSize: value(100, 1, 'vector_size', 'library'), epochs: value(1, 2, 'epochs') }), 'skip-gram · window 5 · 1 epoch');
    assert.equal(summary('gmm', { components: value(8, 1, 'n_components'), covarianceType: value('full', 1, 'covariance_type', 'library') }), 'GMM · 8 components');
    assert.equal(summary('gmm', { components: value(8, 1, 'n_components'), covarianceType: value('full', 1, 'covariance_type') }), 'GMM · 8 components · full covariance');
    assert.equal(summary('vae', { likelihood: value('bernoulli', 1, 'loss') }), 'VAE · bernoulli likelihood');
    assert.equal(summary('n-gram', { order: value(3, 1, 'n') }), 'n-gram · order n = 3');
    assert.equal(summary('cbow', { hierarchicalSoftmax: value(false, 1, 'hs'), negative: value(5, 1, 'negative') }), 'CBOW · negative samples 5');
    assert.equal(summary('gan', { learningRate: value(2e-4, 9, 'lr'), batchSize: value(64, 3, 'batch') }), 'GAN · learning rate 2e-4 · batch size 64');
  });

  test('of a family that runs here says whose settings run', () => {
    const { yours, ours } = settingsInWords(finding({ hyperparameters: { T: value(50, 1, 'T'), schedule: value('cosine', 2, 'betas') } }));
    assert.equal(yours, 'T = 50, cosine schedule');
    assert.match(ours, /2-D network/);
  });
});

test('a table of settings: title, value, unit and where it comes from', () => {
  const rows = settingsOf(VAE_FINDING).map(({ title, value: said, unit, origin, range }) => [title, said, unit, says(origin, '`'), range.line]);
  assert.deepEqual(rows, [
    ['latent size', '20', 'dimensions', 'default of `latent_dim`, line 12', 12],
    ['weight β of the KL term', '4', '', 'from config `beta`, line 3', 3],
    ['likelihood of the decoder', 'bernoulli', '', 'line 31', 31],
    ['hidden units', '1', 'unit', 'computed from constants, line 14', 14],
    ['batch size', '128', 'examples', 'the library’s default, line 44', 44],
    ['learning rate', '1e-3', '', '`lr`, line 50', 50],
    ['optimiser', 'Adam', '', '`Adam`, line 50', 50],
  ]);
  assert.equal(says(originInWords({ ...value(1e-3, 4, 'lr', 'config'), range: { ...at(4), file: 'conf/train.yaml' } }), '`'), 'from `conf/train.yaml`, line 4');
  assert.equal(says(originInWords({ ...value(20, 2, 'z'), range: { ...at(2), cell: 3 } })), 'z, cell 3, line 2');
  assert.equal(settingsOf(finding({ hyperparameters: { betas: value(Array.from({ length: 200 }, () => 0.1), 2, 'betas') } }))[0].value, '200 numbers');
});

test('numbers, switches and arrays as a person writes them in code', () => {
  assert.deepEqual([1e-3, 0.02, 784, 1e-10, 0, -2e-4, 12345678].map(numberInWords), ['1e-3', '0.02', '784', '1e-10', '0', '-2e-4', '12345678']);
  assert.deepEqual([true, false, 'full', [300, 64], []].map((said) => valueInWords(said)), ['yes', 'no', 'full', '300, 64', 'none']);
});

test('every family has a noun with its article, and every kind a place', () => {
  const nouns = Object.values(FAMILIES).map(({ title }) => withArticle(title));
  for (const noun of ['a variational autoencoder', 'an autoencoder', 'an n-gram language model', 'an energy-based model', 'a normalizing flow', 'a DDIM sampler']) assert.ok(nouns.includes(noun), noun);
  for (const noun of nouns) assert.match(noun, /^(an (?=[aeio]|n-gram)|a (?![aeio]))/);
  const kinds = (['class', 'function', 'call', 'script', 'config'] as const).map((kind) => says(kindInWords({ kind, name: 'X' }), '`'));
  assert.deepEqual(kinds, ['class `X`', 'function `X`', 'call of `X`', 'script', 'settings of `X`']);
});

test('how sure, in words that fall with the number', () => {
  assert.deepEqual([1, 0.95, 0.9, 0.8, 0.5].map((confidence) => confidenceInWords(confidence)), ['as good as certain (1.00)', 'as good as certain (0.95)', 'very likely (0.90)', 'likely (0.80)', 'possible (0.50)']);
});

test('how to overrule it, in the comments of the language; a file of settings has none', () => {
  const text = (more: Parameters<typeof finding>[0]) => says(overruleInWords(finding(more)) ?? []);
  assert.match(text({}), /# marginalia: off .*# marginalia: vae .*normalizing-flow/);
  assert.match(text({ framework: 'tfjs' }), /\/\/ marginalia: off /);
  assert.equal(overruleInWords(finding({ kind: 'config' })), null);
});

test('a tooltip holds family, kind, evidence with lines, settings, notes and how to overrule it', () => {
  const lines = findingInWords(VAE_FINDING);
  assert.equal(lines[0], 'variational autoencoder, class ConvVAE, PyTorch: as good as certain (0.97)');
  for (const line of ['line 22: samples z = μ + σ ε', 'latent size: 20 dimensions (default of latent_dim, line 12)', 'The width of the decoder is set elsewhere.']) assert.ok(lines.includes(line), line);
  assert.match(lines.at(-1)!, /marginalia: off/);
});
