import * as vscode from 'vscode';

/** Asks where, writes, and returns what was written; null when the user dismissed the dialog. */
export async function saveBytes(suggestedName: string, bytes: Uint8Array, near: vscode.Uri | undefined): Promise<string | null> {
  const folder = near ? vscode.Uri.joinPath(near, '..') : vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    defaultUri: folder && vscode.Uri.joinPath(folder, suggestedName),
    saveLabel: 'Export',
    title: 'Marginalia: Export',
  });
  if (!target) return null;
  await vscode.workspace.fs.writeFile(target, bytes);
  return vscode.workspace.asRelativePath(target);
}
