/** Which model a command means: the one its lens names, or the one at the cursor. */
import * as vscode from 'vscode';
import type { PanelModel } from '../../core/protocol/messages';
import { modelFor } from '../panel/models';
import type { Target } from './codelens';
import { LANGUAGES, successor, type Readings } from './readings';

/** `found`, or why there is none in words; `readable` tells whether the person looks at a file that is read at all. */
export type Found = { model: PanelModel } | { problem: string; readable: boolean };

export async function findModel(readings: Readings, target: Target | undefined): Promise<Found> {
  if (target) return lensModel(readings, target);
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find(({ document }) => LANGUAGES.includes(document.languageId));
  if (!editor) return modelInTabs(readings);
  const { document, selection } = editor;
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

/** No editor is in view, as behind the walkthrough: the first open tab that holds a model, brought to the front. */
async function modelInTabs(readings: Readings): Promise<Found> {
  const uris = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : [])));
  for (const document of vscode.workspace.textDocuments) {
    if (!uris.includes(document.uri.toString())) continue;
    const { findings } = readings.of(document);
    if (findings.length === 0) continue;
    await vscode.window.showTextDocument(document);
    return { model: modelFor(document, findings[0], findings) };
  }
  return { problem: 'Open a file that defines a diffusion model (Python, TypeScript or JavaScript), or sample without one in the playground.', readable: false };
}
