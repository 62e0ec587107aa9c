/** The model that a run names, found again. A shared run names it by a path within the workspace: whose machine it was is nobody's business. */
import * as vscode from 'vscode';
import { isDiffusion } from '../../core/code/vocabulary';
import type { PanelModel } from '../../core/protocol/messages';
import type { RunRecord } from '../../core/protocol/record';
import type { Readings } from '../editor/readings';
import { modelAt } from '../panel/models';

/**
 * The model as its file has it now; null when the run names none, or it is not there. A run that came from elsewhere
 * (`own` false) may only point into the workspace or to what is open: opening any URI could reach out to the network.
 */
export async function locateModel({ model }: RunRecord, own: boolean, readings: Readings, log: vscode.LogOutputChannel): Promise<PanelModel | null> {
  for (const uri of candidates(model)) {
    if (!own && !isOurs(uri)) continue;
    // The run brings its own settings: where the class has another name by now, its file's panel is still the right one.
    const found = model && (await modelAt(readings, { ...model, uri: uri.toString() }, log, (findings) => findings.find(({ family }) => isDiffusion(family))));
    // By now something else may have the name: a run record is of a diffusion model, and needs a panel that runs those.
    if (found && isDiffusion(found.finding.family)) return found;
  }
  return null;
}

/** The run to send to others: its model is named by a path in the workspace, or not at all. */
export function sharedRecord(record: RunRecord): RunRecord {
  const uri = record.model && parse(record.model.uri);
  const folder = uri && vscode.workspace.getWorkspaceFolder(uri);
  return { ...record, model: folder && record.model ? { ...record.model, uri: vscode.workspace.asRelativePath(uri, false) } : null };
}

/** A run from elsewhere as the page may have it: with the place where its model was found here. */
export function withModel(record: RunRecord, model: PanelModel | null): RunRecord {
  return { ...record, model: model && { uri: model.uri, name: model.finding.name, line: model.finding.range.line } };
}

function candidates(model: RunRecord['model']): vscode.Uri[] {
  if (!model) return [];
  const absolute = parse(model.uri);
  if (absolute) return [absolute];
  // joinPath resolves "..", so a path that climbs out of the folder shows itself.
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => vscode.Uri.joinPath(uri, model.uri)).filter((uri) => vscode.workspace.getWorkspaceFolder(uri));
}

/** Null for text without a scheme; a drive letter is none. */
function parse(text: string): vscode.Uri | null {
  if (!/^[a-z][a-z0-9+.-]+:/i.test(text)) return null;
  try {
    return vscode.Uri.parse(text, true);
  } catch {
    return null;
  }
}

function isOurs(uri: vscode.Uri): boolean {
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined || vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
}
