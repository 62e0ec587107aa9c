/** A formula of the panel as code at the cursor of the person's file. */
import * as vscode from 'vscode';
import type { CodeLanguage } from '../../core/protocol/messages';

const EDITORS: Readonly<Record<CodeLanguage, readonly string[]>> = { python: ['python'], javascript: ['typescript', 'typescriptreact', 'javascript', 'javascriptreact'] };

/** Into the editor that shows the file, else the one that was used last. Says why not, or what the code needs besides. */
export async function insertCode(uri: string | null, language: CodeLanguage, code: string, imports: readonly string[]): Promise<{ problem: string | null }> {
  const editors = vscode.window.visibleTextEditors;
  const editor = editors.find(({ document }) => document.uri.toString() === uri) ?? vscode.window.activeTextEditor ?? editors[0];
  if (!editor) return { problem: vscode.l10n.t('Not inserted: open the file that the formula is to go into.') };
  const { document } = editor;
  if (!EDITORS[language].includes(document.languageId)) {
    return { problem: vscode.l10n.t('Not inserted: the formula is {0}, and the editor holds {1}.', language === 'python' ? 'Python' : 'JavaScript', document.languageId) };
  }
  // A snippet takes the indentation of its line; all of it is text. What is selected stays.
  await editor.insertSnippet(new vscode.SnippetString().appendText(code), editor.selection.active);
  const text = document.getText();
  const missing = imports.filter((line) => !text.includes(line));
  return { problem: missing.length === 0 ? null : vscode.l10n.t('Inserted. It needs: {0}', missing.join('; ')) };
}
