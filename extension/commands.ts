/** The four commands, from lenses (with a target) and from the palette (without). */
import * as vscode from 'vscode';
import type { PanelAction } from '../core/protocol/messages';
import type { Finding } from '../core/code/types';
import type { Target } from './editor/codelens';
import { LANGUAGES, successor, type Readings } from './editor/readings';
import { modelFor, type PlaygroundPanel } from './panel/panel';

export function registerCommands(panel: PlaygroundPanel, readings: Readings): vscode.Disposable[] {
  const run = (action: PanelAction) => async (target?: Target) => {
    const found = await find(readings, target);
    if (typeof found === 'string') {
      const open = 'Open Playground';
      if ((await vscode.window.showInformationMessage(found, open)) === open) panel.open(null, action);
      return;
    }
    panel.open(modelFor(found.document, found.finding), action);
  };
  return [
    vscode.commands.registerCommand('marginalia.sampleDdpm', run('sample')),
    vscode.commands.registerCommand('marginalia.showDerivation', run('derivation')),
    vscode.commands.registerCommand('marginalia.openPlayground', async () => {
      const found = await find(readings, undefined);
      panel.open(typeof found === 'string' ? null : modelFor(found.document, found.finding), 'none');
    }),
    vscode.commands.registerCommand('marginalia.stop', () => panel.stop()),
  ];
}

/** The finding a lens named, or the one at the cursor of the active editor; else why there is none, in words. */
async function find(readings: Readings, target: Target | undefined): Promise<{ document: vscode.TextDocument; finding: Finding } | string> {
  if (target) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(target.uri));
    const finding = successor(readings.of(document).findings, target);
    return finding ? { document, finding } : `The model "${target.name}" is no longer in ${vscode.workspace.asRelativePath(document.uri)}.`;
  }
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find(({ document }) => LANGUAGES.includes(document.languageId));
  if (!editor) return 'Open a file that defines a diffusion model (Python, TypeScript or JavaScript), or sample without one in the playground.';
  const { document, selection } = editor;
  const name = vscode.workspace.asRelativePath(document.uri);
  if (!LANGUAGES.includes(document.languageId)) return `${name} is not read: Marginalia reads Python, TypeScript and JavaScript.`;
  const { findings, skipped } = readings.of(document);
  if (skipped) return `${name} was not read: ${skipped}`;
  const line = selection.active.line + 1;
  const around = findings.find(({ extent }) => extent.line <= line && line <= extent.endLine);
  const finding = around ?? findings[0];
  return finding ? { document, finding } : `No diffusion model was recognised in ${name}.`;
}
