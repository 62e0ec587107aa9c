import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { vaeCode } from '../vae';
import { lensesOf, marginalia, model, poll, showPython } from './support';

describe('lenses', () => {
  before(async () => { await marginalia(); });
  afterEach(() => vscode.workspace.getConfiguration('marginalia').update('codeLens.enabled', undefined, vscode.ConfigurationTarget.Global));

  it('stand above a model and say whose settings run', async () => {
    const { document } = await showPython(model(123));
    const lenses = await lensesOf(document);
    const titles = lenses.map(({ title }) => title);
    assert.ok(titles.includes('▶ Sample from DDPM') && titles.includes('● Train') && titles.includes('∑ derivation'), titles.join(' | '));
    assert.ok(titles.some((title) => /yours: .*T = 123.*linear.* · ours: /.test(title)), titles.join(' | '));
  });

  it('of a VAE train it and derive its bound, and say whose settings run', async () => {
    const { document } = await showPython(vaeCode({ latent: 9 }));
    const lenses = await lensesOf(document);
    assert.deepEqual(lenses.slice(0, 2).map(({ title }) => title), ['▶ Train VAE (z = 9)', '∑ ELBO']);
    assert.match(lenses[2].title, /^yours: z = 9.*bernoulli likelihood · ours: /);
    assert.deepEqual(lenses.map(({ lens }) => lens.command?.command), ['marginalia.trainVae', 'marginalia.showDerivation', '']);
    assert.match(lenses[0].lens.command?.tooltip ?? '', /latent size: 9 dimensions \(default of latent_dim, line 7\)/);
  });

  it('of a family without an experiment are its derivation and what was read, and nothing that cannot be clicked looks so', async () => {
    const { document } = await showPython('from sklearn.mixture import GaussianMixture\n\nmodel = GaussianMixture(n_components=5)\nmodel.fit(points)\n');
    const lenses = await lensesOf(document);
    assert.deepEqual(lenses.map(({ title }) => title), ['∑ derivation', 'GMM · 5 components']);
    assert.deepEqual(lenses.map(({ lens }) => lens.command?.command), ['marginalia.showDerivation', '']);
  });

  it('go where a comment says that it is none', async () => {
    const { document } = await showPython(vaeCode().replace('class VAE', '# marginalia: off\nclass VAE'));
    assert.deepEqual(await lensesOf(document), []);
  });

  it('have a hover on their line that says what and why, and none elsewhere', async () => {
    const { document } = await showPython(vaeCode({ latent: 11 }));
    const [{ line }] = await lensesOf(document);
    const hover = async (at: number) => (await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, new vscode.Position(at - 1, 8)))
      .flatMap(({ contents }) => contents.map((content) => (typeof content === 'string' ? content : content.value))).filter((text) => text.includes('variational'));
    const [text, ...more] = await hover(line);
    assert.equal(more.length, 0);
    for (const part of [/\*\*variational autoencoder\*\* · class `VAE` · PyTorch/, /\[line \d+\]\(untitled:[^)]*#L\d+\)/, /latent size: `11` dimensions · default of `latent_dim`/, /`# marginalia: off`/]) assert.match(text, part);
    assert.deepEqual(await hover(line + 3), []);
  });

  it('move with the code and go when it is deleted', async () => {
    const editor = await showPython(model(50));
    const [before] = await lensesOf(editor.document);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# one\n# two\n# three\n'));
    const [after] = await lensesOf(editor.document);
    assert.equal(after.line, before.line + 3);
    await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, editor.document.lineCount, 0)));
    assert.equal((await lensesOf(editor.document)).length, 0);
  });

  it('have an off switch', async () => {
    const { document } = await showPython(model(50));
    assert.notEqual((await lensesOf(document)).length, 0);
    await vscode.workspace.getConfiguration('marginalia').update('codeLens.enabled', false, vscode.ConfigurationTarget.Global);
    await poll('lenses off', async () => ((await lensesOf(document)).length === 0 ? true : undefined));
  });

  it('stand above a model in TypeScript', async () => {
    const content = `import * as tf from '@tensorflow/tfjs';
const T = 87;
const betas = tf.linspace(1e-4, 0.05, T);
const alphas = tf.sub(1, betas);
const bar = tf.cumprod(alphas);
export function noisy(x0: tf.Tensor2D, t: tf.Tensor1D, eps: tf.Tensor2D) {
  const keep = bar.gather(t).expandDims(1);
  return keep.sqrt().mul(x0).add(tf.sub(1, keep).sqrt().mul(eps));
}
`;
    const document = await vscode.workspace.openTextDocument({ language: 'typescript', content });
    const titles = (await lensesOf(document)).map(({ title }) => title);
    assert.ok(titles.some((title) => /yours: T = 87, linear schedule/.test(title)), titles.join(' | '));
  });

  for (const [what, content] of [
    ['an optimiser\'s betas', 'import torch\nopt = torch.optim.Adam(net.parameters(), betas=(0.9, 0.999))\n'],
    ['alpha compositing', 'import torch\ndef render(alpha, rgb):\n    w = alpha * torch.cumprod(1 - alpha + 1e-10, -1)\n    return (w[..., None] * rgb).sum(-2)\n'],
    ['broken Python', 'class Diffusion(:\n  def (((\n betas = \n'],
    ['an empty file', ''],
  ]) {
    it(`stay away from ${what}`, async () => {
      const { document } = await showPython(content);
      assert.equal((await lensesOf(document)).length, 0);
    });
  }
});
