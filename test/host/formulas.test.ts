import * as vscode from 'vscode';
import assert from 'node:assert/strict';
import { lensesOf, model, poll, showPython } from './support';

/** What the provider takes, without the editor's own delay before it asks. */
const ALLOWED_MS = 100;

describe('formulas on hover', () => {
  const imagesAt = async (document: vscode.TextDocument, offset: number): Promise<{ text: string; milliseconds: number }> => {
    const begun = performance.now();
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, document.positionAt(offset));
    const milliseconds = performance.now() - begun;
    const text = hovers.flatMap(({ contents }) => contents.map((content) => (typeof content === 'string' ? content : content.value))).filter((part) => part.includes('data:image/svg')).join();
    return { text, milliseconds };
  };

  it('a variable shows the formula of its symbol within a tenth of a second', async () => {
    const { document } = await showPython(model(50));
    // Once it is read, and not before, its variables are known.
    await poll('a lens', async () => ((await lensesOf(document)).length > 0 ? true : undefined));
    const offset = document.getText().search(/abar = /) + 1;
    assert.ok(offset > 0, 'a variable that holds the product');
    const first = await imagesAt(document, offset);
    assert.match(first.text, /Ho et al\\?\. 2020/);
    const times = [];
    for (let i = 0; i < 9; i++) times.push((await imagesAt(document, offset)).milliseconds);
    const median = times.sort((a, b) => a - b)[4];
    console.log(`hover over a variable: first ${first.milliseconds.toFixed(0)} ms, then ${median.toFixed(0)} ms`);
    assert.ok(median <= ALLOWED_MS, `${median} ms`);
    // The first one on a busy machine; what it wants was read when the model was.
    assert.ok(first.milliseconds <= 3 * ALLOWED_MS, `the first took ${first.milliseconds} ms`);
  });
});
