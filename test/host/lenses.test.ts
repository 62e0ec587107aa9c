import assert from 'node:assert/strict';
import * as vscode from 'vscode';
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
