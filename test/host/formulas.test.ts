import * as vscode from 'vscode';
import assert from 'node:assert/strict';
import { lensesOf, model, poll, showPython } from './support';

/** What the provider takes, without the editor's own delay before it asks. */
const ALLOWED_MS = 100;

interface Shown {
  text: string;
  images: number;
  milliseconds: number;
}

async function hoverAt(document: vscode.TextDocument, offset: number): Promise<Shown> {
  const begun = performance.now();
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, document.positionAt(offset));
  const milliseconds = performance.now() - begun;
  const text = hovers.flatMap(({ contents }) => contents.map((content) => (typeof content === 'string' ? content : content.value))).join('\n');
  return { text, images: text.split('data:image/svg').length - 1, milliseconds };
}

const median = (times: number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1];

/** A file that is read: before, its variables are not known. */
async function read(content: string): Promise<{ document: vscode.TextDocument; at: (pattern: RegExp) => number }> {
  const { document } = await showPython(content);
  await poll('a lens', async () => ((await lensesOf(document)).length > 0 ? true : undefined));
  return {
    document,
    at: (pattern) => {
      const found = pattern.exec(document.getText());
      assert.ok(found, String(pattern));
      return found.index + found[0].length - 1;
    },
  };
}

describe('formulas on hover', () => {
  it('a variable shows the formula of its symbol within a tenth of a second', async () => {
    const { document, at } = await read(model(50));
    // The editor's own first hover loads what it needs; nothing of ours is read for a word that is no symbol.
    await hoverAt(document, 0);
    const offset = at(/ab(?=ar = )/);
    const first = await hoverAt(document, offset);
    assert.match(first.text, /Ho et al\\?\. 2020/);
    const times = [];
    for (let i = 0; i < 9; i++) times.push((await hoverAt(document, offset)).milliseconds);
    console.log(`hover over a variable: first ${first.milliseconds.toFixed(0)} ms, then ${median(times).toFixed(0)} ms`);
    assert.ok(median(times) <= ALLOWED_MS, `${median(times)} ms`);
    // The first one on a busy machine; what it wants was read when the model was.
    assert.ok(first.milliseconds <= 3 * ALLOWED_MS, `the first took ${first.milliseconds} ms`);
  });

  it('a variable shows its formula with the numbers of the file, and its value, within a tenth of a second', async () => {
    const { document, at } = await read(model(1000));
    const offset = at(/ab(?=ar = )/);
    const shown = await poll('the formula with numbers', async () => {
      const here = await hoverAt(document, offset);
      return here.images >= 2 ? here : undefined;
    });
    assert.match(shown.text, /With the numbers of this file/);
    assert.match(shown.text, /!\[alpha bar 1000 equals the product over s from 1 to 1000 of .* is about 4 point 04 times ten to the power minus 5\]/);
    const times = [];
    for (const pattern of [/ab(?=ar = )/, /alph(?=as = )/, /abar\[t\]\.sqrt\(\) \* x0 \+ \(1 - aba/]) for (let i = 0; i < 5; i++) times.push((await hoverAt(document, at(pattern))).milliseconds);
    console.log(`hover with numbers: median ${median(times).toFixed(0)} ms, longest ${Math.max(...times).toFixed(0)} ms`);
    assert.ok(median(times) <= ALLOWED_MS, `${median(times)} ms`);
  });

  it('numbers follow the file: another schedule has another value', async () => {
    const { document, at } = await read(model(500, 0.03));
    const shown = await poll('the formula with numbers', async () => {
      const here = await hoverAt(document, at(/ab(?=ar = )/));
      return here.images >= 2 ? here : undefined;
    });
    let product = 1;
    for (let i = 0; i < 500; i++) product *= 1 - (1e-4 + (i / 499) * (0.03 - 1e-4));
    const [mantissa, exponent] = Number(product.toPrecision(3)).toExponential().split('e');
    const spoken = product >= 1e-3 ? product.toPrecision(3).replace('.', ' point ') : `${mantissa.replace('.', ' point ')} times ten to the power minus ${-Number(exponent)}`;
    assert.ok(shown.text.includes(`is about ${spoken}]`), `${spoken} in ${shown.text.slice(0, 300)}`);
  });

  it('where the file does not say T, only the formula is shown', async () => {
    const { document, at } = await read(`import torch\n\n\nclass Diffusion:\n    def __init__(self, T):\n        self.betas = torch.linspace(1e-4, 0.02, T)\n        self.abar = torch.cumprod(1 - self.betas, dim=0)\n\n    def noised(self, x0, t, noise):\n        return self.abar[t].sqrt() * x0 + (1 - self.abar[t]).sqrt() * noise\n`);
    const offset = at(/self\.ab(?=ar = )/);
    await hoverAt(document, offset);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const { text, images } = await hoverAt(document, offset);
    assert.equal(images, 1, text.slice(0, 200));
    assert.doesNotMatch(text, /With the numbers/);
  });

  it('a function shows the formula that it computes, where it is defined and where it is called', async () => {
    const { document, at } = await read(`${model(50)}\n\nnoisy = q_sample(data, 3, noise)\nother = unknown.q_sample(data, 3, noise)\n`);
    for (const pattern of [/def q_sam/, /noisy = q_sam/]) {
      const { text, images } = await hoverAt(document, at(pattern));
      assert.match(text, /In `q_sample` this is computed:\s+\*\*Forward process with explicit noise\*\*/);
      assert.equal(images, 1);
    }
    assert.match((await hoverAt(document, at(/def p_sam/))).text, /Sampling step with variance fixed\\?_large/);
    assert.equal((await hoverAt(document, at(/unknown\.q_sam/))).images, 0);
    const times = [];
    for (let i = 0; i < 9; i++) times.push((await hoverAt(document, at(/noisy = q_sam/))).milliseconds);
    console.log(`hover over a call: ${median(times).toFixed(0)} ms`);
    assert.ok(median(times) <= ALLOWED_MS, `${median(times)} ms`);
  });

  it('the header of a family that is not run shows its formula, with its settings in it', async () => {
    const { document, at } = await read('from sklearn.mixture import GaussianMixture\n\nmixture = GaussianMixture(n_components=3)\nmixture.fit(data)\n');
    const shown = await poll('the formula with numbers', async () => {
      const here = await hoverAt(document, at(/= GaussianMix/));
      return here.images >= 2 ? here : undefined;
    });
    assert.match(shown.text, /Density of a mixture/);
    assert.match(shown.text, /the sum over k from 1 to 3 of/);
  });
});
