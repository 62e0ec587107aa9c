import * as vscode from 'vscode';
import type { Range } from '../../core/code/types';
import { problemOf } from '../l10n';
import { notebookOf } from './notebooks';
import { toVsRange } from './readings';

/** Shows a range of a file in the editor that has it, else in a new one. In a notebook the range may be of another cell, and a setting of a file beside. */
export async function reveal(from: vscode.Uri, range: Range): Promise<void> {
  const notebook = notebookOf(from);
  if (range.file !== undefined) return reveal(vscode.Uri.joinPath(notebook?.uri ?? from, '..', ...range.file.split('/')), { ...range, file: undefined, cell: undefined });
  const cell = notebook && range.cell !== undefined && range.cell <= notebook.cellCount ? notebook.cellAt(range.cell - 1) : undefined;
  const uri = cell?.document.uri ?? from;
  const target = range.endCell === undefined ? toVsRange(range) : new vscode.Range(range.line - 1, range.column, range.line, 0);
  // Brings the cell into view, and into being where it was scrolled away.
  if (notebook && cell) await vscode.window.showNotebookDocument(notebook, { selections: [new vscode.NotebookRange(cell.index, cell.index + 1)], viewColumn: columnOf(notebook) });
  const visible = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  if (visible && visible.viewColumn === undefined) {
    // A notebook cell: its editor lives inside the notebook, and opening the cell as a document would tear it out.
    visible.selection = new vscode.Selection(target.start, target.end);
    visible.revealRange(target, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    return;
  }
  // Not drawn yet: the notebook shows the cell, and that is enough.
  if (cell) return;
  try {
    const document = visible?.document ?? (await vscode.workspace.openTextDocument(uri));
    const editor = await vscode.window.showTextDocument(document, { viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One });
    editor.selection = new vscode.Selection(target.start, target.end);
    editor.revealRange(target, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  } catch (error) {
    void vscode.window.showWarningMessage(vscode.l10n.t('{0} cannot be shown: {1}', vscode.workspace.asRelativePath(uri), problemOf(error)));
  }
}

/** Where the notebook is shown already: elsewhere it would open a second time. */
function columnOf(notebook: vscode.NotebookDocument): vscode.ViewColumn {
  return vscode.window.visibleNotebookEditors.find((editor) => editor.notebook === notebook)?.viewColumn ?? vscode.ViewColumn.One;
}
