/** What is not said of autoencoders, and how lists of widths are told; what is read of them is in the fixtures. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { read, readNotebook, type Finding } from '../../../core/code';
import { experimentOf } from '../../../core/code/vocabulary';
import { settingsInWords, settingsOf } from '../../../core/code/words';

const fixture = (file: string) => readFileSync(`test/fixtures/code/families/positive/${file}`, 'utf8');
const one = (text: string, language = 'python'): Finding => {
  const { findings } = read(text, language);
  assert.equal(findings.length, 1, findings.map((f) => `${f.family} ${f.name}`).join());
  return findings[0];
};
const values = ({ hyperparameters }: Finding) => Object.fromEntries(Object.entries(hyperparameters).map(([key, h]) => [key, h.value as unknown]));

const model = fixture('vae_asymmetric_widths.py');

describe('settings of autoencoders that stay unsaid', () => {
  it('a weight that grows while the model is trained', () => {
    const annealed = fixture('vae_annealed_weight.py');
    assert.equal(values(one(annealed)).beta, undefined);
    assert.equal(values(one(annealed.replace('min(1.0, epoch / 10)', '2.5'))).beta, 2.5);
  });
  it('widths, where a layer is of unknown size or in a loop', () => {
    for (const changed of [model.replace('nn.Linear(96, 240)', 'nn.Linear(96, size())').replace('nn.Linear(240, pixels)', 'nn.Linear(size(), pixels)'), model.replace('nn.Linear(300, 64)', 'nn.Linear(320, 64)')]) {
      assert.notEqual(changed, model);
      const said = values(one(changed));
      assert.equal(said.encoderWidths ?? said.decoderWidths ?? said.architecture, undefined);
      assert.equal(said.latentSize, 7);
    }
  });
  it('the activation, where layers have several', () => assert.equal(values(one(model.replace('nn.ELU(), nn.Linear(240', 'nn.ReLU(), nn.Linear(240'))).activation, undefined));
  it('a leaky one of another slope than the playground’s', () => assert.equal(values(one(model.replaceAll('nn.ELU()', 'nn.LeakyReLU(0.2)').replaceAll('F.elu(', 'F.leaky_relu('))).activation, undefined));
  it('the reduction, where the loss is divided by what is no batch', () => {
    const said = values(one(model.replace('loss = (fit + beta * kl).mean()', 'loss = (fit + beta * kl).sum() / scale')));
    assert.equal(said.reconstructionReduction ?? said.klReduction, undefined);
  });
  it('the reduction of a part of the axes', () => assert.equal(values(one(fixture('vae_keras_train_step.py').replace('axis=(1, 2)', 'axis=1'))).reconstructionReduction, undefined));
});

describe('reductions as they are written', () => {
  const said = (from: string, to: string) => {
    const changed = model.replace(from, to);
    assert.notEqual(changed, model);
    const { reconstructionReduction, klReduction } = values(one(changed));
    return [reconstructionReduction, klReduction];
  };
  it('means of both axes', () => assert.deepEqual(said("reduction='none').sum(dim=1)", "reduction='none').mean(dim=1)"), ['mean', 'batch_mean']));
  it('a sum over all', () => assert.deepEqual(said('(fit + beta * kl).mean()', '(fit + beta * kl).sum()'), ['sum', 'sum']));
  it('a sum divided by the size of the batch', () => assert.deepEqual(said('(fit + beta * kl).mean()', '(fit + beta * kl).sum() / x.size(0)'), ['batch_mean', 'batch_mean']));
  it('what is printed besides does not count', () => assert.deepEqual(said('print(loss.item() / len(x))', 'print(loss.item() / 784, kl.sum() / 3)'), ['batch_mean', 'batch_mean']));
});

describe('lists as settings', () => {
  const finding = one(model);
  it('have the range of the layer that they begin with', () => {
    const { encoderWidths, decoderWidths } = finding.hyperparameters;
    assert.deepEqual([encoderWidths?.value, decoderWidths?.value], [[300, 64], [96, 240]]);
    for (const h of [encoderWidths!, decoderWidths!]) assert.match(model.slice(h.range.from, h.range.to), /^nn\.Linear\((pixels, 300|latent, 96)\)$/);
  });
  it('are written out in words, with the unit of their numbers', () => {
    const row = settingsOf(finding).find(({ key }) => key === 'encoderWidths');
    assert.deepEqual([row?.value, row?.unit], ['300, 64', 'units']);
    assert.equal(settingsOf(one(fixture('vae_pytorch_class.py'))).find(({ key }) => key === 'encoderWidths')?.value, 'none');
  });
  it('are among what the lens says', () => assert.deepEqual(settingsInWords(finding), { yours: 'z = 7, widths 300-64 to 96-240, β = 3.5, bernoulli likelihood', ours: 'images and training in this panel' }));
  it('are found over the cells of a notebook', () => {
    const cut = model.indexOf('class Decoder');
    const cells = [model.slice(0, cut), model.slice(cut)].map((source) => ({ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source }));
    const { findings } = readNotebook(JSON.stringify({ cells, metadata: { kernelspec: { name: 'python3', language: 'python' } }, nbformat: 4, nbformat_minor: 5 }));
    assert.equal(findings.length, 1);
    assert.deepEqual(values(findings[0]), values(finding));
    assert.deepEqual([findings[0].hyperparameters.encoderWidths?.range.cell, findings[0].hyperparameters.decoderWidths?.range.cell], [1, 2]);
  });
});

describe('experiments', () => {
  it('of the families', () => assert.deepEqual((['ddpm', 'ddim', 'vae', 'autoencoder', 'gan', 'score-sde'] as const).map(experimentOf), ['ddpm', 'ddpm', 'vae', 'vae', null, null]));
});
