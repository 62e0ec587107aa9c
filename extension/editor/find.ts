/** Which model a command means: the one its lens names, or the one at the cursor. */
import * as vscode from 'vscode';
import type { PanelModel } from '../../core/protocol/messages';
import { modelFor } from '../panel/models';
import type { Target } from './codelens';
import { LANGUAGES, successor, type Readings } from './readings';

/** `found`, or why there is none in words; `readable` tells whether the person looks at a file that is read at all. */
export type Found = { model: PanelModel } | { problem: string; readable: boolean };

export class ModelFinder implements vscode.Disposable {
  /** The file of code that was edited last, also when the walkthrough or a panel has taken its place. */
  private recent: string | undefined;
  private readonly subscription: vscode.Disposable;

  constructor(private readonly readings: Readings) {
    const remember = (editor: vscode.TextEditor | undefined) => {
      if (editor && LANGUAGES.includes(editor.document.languageId)) this.recent = editor.document.uri.toString();
    };
    remember(vscode.window.activeTextEditor);
    this.subscription = vscode.window.onDidChangeActiveTextEditor(remember);
  }

  async find(target: Target | undefined): Promise<Found> {
    if (target) return lensModel(this.readings, target);
    const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find(({ document }) => LANGUAGES.includes(document.languageId));
    return editor ? modelAtCursor(this.readings, editor) : this.modelInTabs();
  }

  /** No editor is in view: the open tab that holds a model and was edited last, brought to the front. */
  private async modelInTabs(): Promise<Found> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : [])));
    const open = vscode.workspace.textDocuments.filter(({ uri }) => tabs.includes(uri.toString()));
    const recent = open.filter(({ uri }) => uri.toString() === this.recent);
    for (const document of [...recent, ...open]) {
      const { findings } = this.readings.of(document);
      if (findings.length === 0) continue;
      await vscode.window.showTextDocument(document);
      return { model: modelFor(document, findings[0], findings) };
    }
    return { problem: 'Open a file that defines a diffusion model (Python, TypeScript or JavaScript), or sample without one in the playground.', readable: false };
  }

  dispose(): void {
    this.subscription.dispose();
  }
}

function modelAtCursor(readings: Readings, { document, selection }: vscode.TextEditor): Found {
  const name = vscode.workspace.asRelativePath(document.uri);
  if (!LANGUAGES.includes(document.languageId)) return { problem: `${name} is not read: Marginalia reads Python, TypeScript and JavaScript.`, readable: false };
  const { findings, skipped } = readings.of(document);
  if (skipped) return { problem: `${name} was not read: ${skipped}`, readable: true };
  const line = selection.active.line + 1;
  const finding = findings.find(({ extent }) => extent.line <= line && line <= extent.endLine) ?? findings[0];
  return finding ? { model: modelFor(document, finding, findings) } : { problem: `No diffusion model was recognised in ${name}.`, readable: true };
}

async function lensModel(readings: Readings, target: Target): Promise<Found> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(target.uri));
  const { findings } = readings.of(document);
  const finding = successor(findings, target);
  if (finding) return { model: modelFor(document, finding, findings) };
  return { problem: `The model "${target.name}" is no longer in ${vscode.workspace.asRelativePath(document.uri)}.`, readable: true };
}
