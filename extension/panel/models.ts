/** From documents to what a panel shows. */
import * as vscode from 'vscode';
import type { Finding } from '../../core/code/types';
import { experimentOf, type FamilyId } from '../../core/code/vocabulary';
import type { PanelModel } from '../../core/protocol/messages';
import { notebookOf } from '../editor/notebooks';
import { successor, type Readings } from '../editor/readings';

/** Where a model is (or was): enough to find it again after an edit or a reload. */
export interface Place {
  uri: string;
  name: string;
  line: number | undefined;
  /** As it was recognised last; undefined of places that an older version kept. */
  family?: FamilyId;
}

/** Relative to the workspace where there is one; of a notebook's cell the notebook. */
export const fileNameOf = (uri: vscode.Uri): string => vscode.workspace.asRelativePath(notebookOf(uri)?.uri ?? uri, false);

export function modelFor(document: vscode.TextDocument, finding: Finding, findings: readonly Finding[]): PanelModel {
  return {
    uri: document.uri.toString(),
    fileName: fileNameOf(document.uri),
    version: document.version,
    finding,
    siblings: findings.map(({ name, family, range: { line } }) => ({ name, family, line })),
  };
}

/**
 * The finding that the one at a place has become after an edit. Of another name it may only be what can stand on the same page of the panel:
 * where an autoencoder was deleted, the GAN beside it is not its successor.
 */
export function followed(findings: readonly Finding[], place: Omit<Place, 'uri'> & { kind?: Finding['kind'] }): Finding | undefined {
  const { name, family } = place;
  const kin = (other: FamilyId) => family === undefined || other === family || (experimentOf(other) !== null && experimentOf(other) === experimentOf(family));
  return successor(findings.filter((finding) => finding.name === name || kin(finding.family)), place);
}

/**
 * The model at a place as its file has it now, or null when the file or the model is gone. Opens the document, shows nothing.
 * `otherwise` may choose another model of the file when none has the name.
 */
export async function modelAt(readings: Readings, { uri, ...place }: Place, log: vscode.LogOutputChannel, otherwise?: (findings: readonly Finding[]) => Finding | undefined): Promise<PanelModel | null> {
  try {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    const { findings } = readings.of(document);
    const finding = followed(findings, place) ?? otherwise?.(findings);
    return finding ? modelFor(document, finding, findings) : null;
  } catch (error) {
    log.warn(`The playground's file is gone: ${String(error)}`);
    return null;
  }
}
