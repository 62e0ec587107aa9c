/** From documents to what a panel shows. */
import * as vscode from 'vscode';
import type { Finding } from '../../core/code/types';
import type { PanelModel } from '../../core/protocol/messages';
import { successor, type Readings } from '../editor/readings';

/** Where a model is (or was): enough to find it again after an edit or a reload. */
export interface Place {
  uri: string;
  name: string;
  line: number | undefined;
}

export function modelFor(document: vscode.TextDocument, finding: Finding, findings: readonly Finding[]): PanelModel {
  return {
    uri: document.uri.toString(),
    fileName: vscode.workspace.asRelativePath(document.uri, false),
    version: document.version,
    finding,
    siblings: findings.map(({ name, range: { line } }) => ({ name, line })),
  };
}

/**
 * The model at a place as its file has it now, or null when the file or the model is gone. Opens the document, shows nothing.
 * `otherwise` may choose another model of the file when none has the name.
 */
export async function modelAt(readings: Readings, { uri, name, line }: Place, log: vscode.LogOutputChannel, otherwise?: (findings: readonly Finding[]) => Finding | undefined): Promise<PanelModel | null> {
  try {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    const { findings } = readings.of(document);
    const finding = successor(findings, { name, line }) ?? otherwise?.(findings);
    return finding ? modelFor(document, finding, findings) : null;
  } catch (error) {
    log.warn(`The playground's file is gone: ${String(error)}`);
    return null;
  }
}
