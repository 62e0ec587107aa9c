import * as vscode from 'vscode';
import type { Range } from '../../core/code/types';
import { toVsRange } from './readings';

/** Shows a range of a file in the editor that has it, else in a new one. */
export async function reveal(uri: vscode.Uri, range: Range): Promise<void> {
  const target = toVsRange(range);
  const visible = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  if (visible && visible.viewColumn === undefined) {
    // A notebook cell: its editor lives inside the notebook, and opening the cell as a document would tear it out.
    visible.selection = new vscode.Selection(target.start, target.end);
    visible.revealRange(target, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    return;
  }
  try {
    const document = visible?.document ?? (await vscode.workspace.openTextDocument(uri));
    const editor = await vscode.window.showTextDocument(document, { viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One });
    editor.selection = new vscode.Selection(target.start, target.end);
    editor.revealRange(target, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  } catch (error) {
    void vscode.window.showWarningMessage(`${vscode.workspace.asRelativePath(uri)} cannot be shown: ${error instanceof Error ? error.message : String(error)}`);
  }
}
