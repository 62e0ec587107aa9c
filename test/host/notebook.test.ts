import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { lensesOf, marginalia, model, poll } from './support';

describe('notebooks', () => {
  before(async () => { await marginalia(); });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('a Python cell that holds a model has its lens, other cells have none', async function () {
    this.timeout(30_000);
    const cell = (kind: vscode.NotebookCellKind, text: string, language: string) => new vscode.NotebookCellData(kind, text, language);
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData([
      cell(vscode.NotebookCellKind.Markup, '# A diffusion model', 'markdown'),
      cell(vscode.NotebookCellKind.Code, 'import torch\nprint(torch.__version__)\n', 'python'),
      cell(vscode.NotebookCellKind.Code, model(77), 'python'),
    ]));
    await vscode.window.showNotebookDocument(notebook);
    const [, plain, diffusion] = notebook.getCells();
    const titles = await poll('the lens of the cell', async () => {
      const found = (await lensesOf(diffusion.document)).map(({ title }) => title);
      return found.length > 0 ? found : undefined;
    });
    assert.ok(titles.some((title) => title.includes('T = 77')), titles.join(' | '));
    assert.equal((await lensesOf(plain.document)).length, 0);
  });
});
