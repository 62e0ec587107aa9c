import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { lensesOf, marginalia, model, poll } from './support';

const cell = (kind: vscode.NotebookCellKind, text: string, language: string) => new vscode.NotebookCellData(kind, text, language);
const code = (text: string) => cell(vscode.NotebookCellKind.Code, text, 'python');
const prose = (text: string) => cell(vscode.NotebookCellKind.Markup, text, 'markdown');

async function show(...cells: vscode.NotebookCellData[]): Promise<vscode.NotebookDocument> {
  const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData(cells));
  await vscode.window.showNotebookDocument(notebook);
  return notebook;
}

/** The lines and titles of the lenses of a cell, once they satisfy the condition. */
function lensesWhen(what: string, document: vscode.TextDocument, condition: (titles: string) => boolean): Promise<{ line: number; titles: string }> {
  return poll(what, async () => {
    const lenses = await lensesOf(document);
    const titles = lenses.map(({ title }) => title).join(' | ');
    return condition(titles) ? { line: lenses[0]?.line, titles } : undefined;
  });
}

async function edit(change: (edit: vscode.WorkspaceEdit) => void): Promise<void> {
  const workspaceEdit = new vscode.WorkspaceEdit();
  change(workspaceEdit);
  assert.ok(await vscode.workspace.applyEdit(workspaceEdit));
}

const SCHEDULE = 'import torch\n\nT = 77\nbetas = torch.linspace(1e-4, 0.02, T)\nabar = torch.cumprod(1.0 - betas, dim=0)\n';
const CLASS = `# the model

class Diffusion:
    def noisy(self, x0, t, eps):
        return abar[t].sqrt() * x0 + (1 - abar[t]).sqrt() * eps
`;

describe('notebooks', function () {
  this.timeout(60_000);
  before(async () => { await marginalia(); });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('a Python cell that holds a model has its lens, other cells have none', async () => {
    const notebook = await show(prose('# A diffusion model'), code('import torch\nprint(torch.__version__)\n'), code(model(77)));
    const [, plain, diffusion] = notebook.getCells();
    await lensesWhen('the lens of the cell', diffusion.document, (titles) => titles.includes('T = 77'));
    assert.equal((await lensesOf(plain.document)).length, 0);
  });

  it('all cells are one program: the schedule of one, the class of another', async () => {
    const notebook = await show(code('!pip install torch\n%matplotlib inline\n'), code(SCHEDULE), prose('## The model'), code(CLASS));
    const [shell, schedule, , diffusion] = notebook.getCells();
    const { line } = await lensesWhen('the lens of the class', diffusion.document, (titles) => titles.includes('T = 77'));
    assert.equal(line, 3);
    assert.equal((await lensesOf(schedule.document)).length, 0);
    assert.equal((await lensesOf(shell.document)).length, 0);
  });

  it('edits, insertions, moves and deletions of cells are followed', async () => {
    const notebook = await show(code(SCHEDULE), code(CLASS));
    const [schedule, diffusion] = notebook.getCells();
    await lensesWhen('the lens', diffusion.document, (titles) => titles.includes('T = 77'));

    await edit((e) => e.replace(schedule.document.uri, new vscode.Range(2, 4, 2, 6), '133'));
    await lensesWhen('the other cell was edited', diffusion.document, (titles) => titles.includes('T = 133'));

    await edit((e) => e.set(notebook.uri, [vscode.NotebookEdit.insertCells(0, [prose('# first'), code('x = (1, 2\n')])]));
    const moved = await lensesWhen('cells were inserted', diffusion.document, (titles) => titles.includes('T = 133'));
    assert.equal(moved.line, 3);

    await edit((e) => e.set(notebook.uri, [vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(2, 3))]));
    assert.equal(notebook.getCells().some(({ document }) => document === schedule.document), false);
    await lensesWhen('the schedule was deleted', diffusion.document, (titles) => titles === '');

    await edit((e) => e.set(notebook.uri, [vscode.NotebookEdit.insertCells(0, [code(SCHEDULE)])]));
    await lensesWhen('a schedule was put back at the top', diffusion.document, (titles) => titles.includes('T = 77'));
  });

  it('cells of other languages are no part of the program', async () => {
    const notebook = await show(cell(vscode.NotebookCellKind.Code, SCHEDULE, 'julia'), code(CLASS));
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.equal((await lensesOf(notebook.cellAt(1).document)).length, 0);
  });
});
