import * as vscode from 'vscode';

/** Asks where, writes, and returns what was written; null when the user dismissed the dialog. */
export async function saveBytes(suggestedName: string, bytes: Uint8Array, near: vscode.Uri | undefined): Promise<string | null> {
  const folder = folderNear(near);
  const target = await vscode.window.showSaveDialog({
    defaultUri: folder && vscode.Uri.joinPath(folder, suggestedName),
    saveLabel: vscode.l10n.t('Export'),
    title: vscode.l10n.t('Marginalia: Export'),
  });
  if (!target) return null;
  await vscode.workspace.fs.writeFile(target, bytes);
  return vscode.workspace.asRelativePath(target);
}

/** Where a file dialog starts: beside the model's file, else in the first folder of the workspace. */
export function folderNear(near: vscode.Uri | undefined): vscode.Uri | undefined {
  // Notebook cells and untitled files have no folder of their own.
  const beside = near && vscode.workspace.fs.isWritableFileSystem(near.scheme) !== undefined ? vscode.Uri.joinPath(near, '..') : undefined;
  return beside ?? vscode.workspace.workspaceFolders?.[0]?.uri;
}
