/** Which model a command means: the one its lens names, or the one at the cursor. */
import * as vscode from 'vscode';
import type { Finding } from '../../core/code/types';
import type { PanelModel } from '../../core/protocol/messages';
import { retold } from '../../core/code/sentences';
import { t } from '../l10n';
import { modelFor } from '../panel/models';
import type { Target } from './codelens';
import { isRead, successor, type Readings } from './readings';

/** `found`, or why there is none in words; `readable` tells whether the person looks at a file that is read at all. */
export type Found = { model: PanelModel } | { problem: string; readable: boolean };

/** What a command can do something with: where the cursor stands on no model, the first of these is meant. */
export type Suitable = (finding: Finding) => boolean;

export class ModelFinder implements vscode.Disposable {
  /** The file of code that was edited last, also when the walkthrough or a panel has taken its place. */
  private recent: string | undefined;
  private readonly subscription: vscode.Disposable;

  constructor(private readonly readings: Readings) {
    const remember = (editor: vscode.TextEditor | undefined) => {
      if (editor && isRead(editor.document)) this.recent = editor.document.uri.toString();
    };
    remember(vscode.window.activeTextEditor);
    this.subscription = vscode.window.onDidChangeActiveTextEditor(remember);
  }

  async find(target: Target | undefined, suitable: Suitable): Promise<Found> {
    if (target) return lensModel(this.readings, target);
    const editor = this.editor;
    return editor ? modelAtCursor(this.readings, editor, suitable) : this.modelInTabs(suitable);
  }

  /** For commands that can do without a model: the suitable one around the cursor, else the file's first; null where the file in view has none. */
  async findOnly(target: Target | undefined, suitable: Suitable): Promise<PanelModel | null> {
    const named = target && (await lensModel(this.readings, target));
    if (named) return 'model' in named && suitable(named.model.finding) ? named.model : null;
    const editor = this.editor;
    if (!editor || !isRead(editor.document)) return null;
    const { document, selection } = editor;
    const { findings } = this.readings.of(document);
    const fitting = findings.filter(suitable);
    const finding = innermost(fitting, selection.active.line + 1) ?? fitting.at(0);
    return finding ? modelFor(document, finding, findings) : null;
  }

  private get editor(): vscode.TextEditor | undefined {
    return vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find(({ document }) => isRead(document));
  }

  /** The first model of a file that is open; null where there is none. */
  async ofDocument(uri: vscode.Uri): Promise<PanelModel | null> {
    const document = await vscode.workspace.openTextDocument(uri);
    const { findings } = this.readings.of(document);
    return findings.length > 0 ? modelFor(document, findings[0], findings) : null;
  }

  /** No editor is in view: the open tab that holds a model and was edited last, brought to the front. */
  private async modelInTabs(suitable: Suitable): Promise<Found> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : [])));
    const open = vscode.workspace.textDocuments.filter(({ uri }) => tabs.includes(uri.toString()));
    const recent = open.filter(({ uri }) => uri.toString() === this.recent);
    const models = [...recent, ...open].flatMap((document) => {
      const { findings } = this.readings.of(document);
      return findings.map((finding) => ({ document, finding, findings }));
    });
    const found = models.find(({ finding }) => suitable(finding)) ?? models[0];
    if (!found) return { problem: vscode.l10n.t('Open a file that defines a model (Python, TypeScript or JavaScript), or sample without one in the playground.'), readable: false };
    await vscode.window.showTextDocument(found.document);
    return { model: modelFor(found.document, found.finding, found.findings) };
  }

  dispose(): void {
    this.subscription.dispose();
  }
}

function modelAtCursor(readings: Readings, { document, selection }: vscode.TextEditor, suitable: Suitable): Found {
  const name = vscode.workspace.asRelativePath(document.uri);
  if (!isRead(document)) return { problem: vscode.l10n.t('{0} is not read: Marginalia reads Python, TypeScript, JavaScript and diffusers\' files of settings.', name), readable: false };
  const { findings, skipped } = readings.of(document);
  if (skipped) return { problem: vscode.l10n.t('{0} was not read: {1}', name, retold(skipped, t)), readable: true };
  const finding = innermost(findings, selection.active.line + 1) ?? findings.find(suitable) ?? findings[0];
  return finding ? { model: modelFor(document, finding, findings) } : { problem: vscode.l10n.t('No model was recognised in {0}.', name), readable: true };
}

function innermost(findings: readonly Finding[], line: number): Finding | undefined {
  const around = findings.filter(({ extent }) => extent.line <= line && line <= extent.endLine);
  return around.sort((a, b) => (a.extent.endLine - a.extent.line) - (b.extent.endLine - b.extent.line))[0];
}

async function lensModel(readings: Readings, target: Target): Promise<Found> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(target.uri));
  const { findings } = readings.of(document);
  const finding = successor(findings, target);
  if (finding) return { model: modelFor(document, finding, findings) };
  return { problem: vscode.l10n.t('The model "{0}" is no longer in {1}.', target.name, vscode.workspace.asRelativePath(document.uri)), readable: true };
}
