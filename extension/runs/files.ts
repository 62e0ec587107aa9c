/** Files that a person picks: points to train on, and runs to repeat. Read whole, within limits. */
import * as vscode from 'vscode';
import { recordFromJson, RecordError, type RunRecord } from '../../core/protocol/record';
import { say } from '../../core/l10n/translate';
import { problemOf } from '../l10n';
import { folderNear } from '../panel/save';

/** Points may be a million rows of text; a run with a million own points in base64 is 11 MB. */
export const MAX_BYTES = 32 * 1024 * 1024;

/** Asks for a file of points; null when the dialog was dismissed. Throws, in words for the person, when it cannot be read. */
export async function openPoints(near: string | null): Promise<{ name: string; bytes: Uint8Array } | null> {
  const uri = await pick(vscode.l10n.t('Marginalia: Open Points'), { [vscode.l10n.t('Points (CSV, TSV, text, NumPy)')]: ['csv', 'tsv', 'txt', 'npy'] }, near);
  return uri && { name: baseName(uri), bytes: await readBounded(uri, vscode.l10n.t('Keep fewer rows, or save them as .npy in float32.')) };
}

/** Asks for a file of weights; null when the dialog was dismissed. Throws, in words for the person, when it cannot be read. */
export async function openWeights(near: string | null): Promise<{ name: string; bytes: Uint8Array } | null> {
  const uri = await pick(vscode.l10n.t('Marginalia: Open Weights'), { [vscode.l10n.t('Weights (safetensors)')]: ['safetensors'] }, near);
  return uri && { name: baseName(uri), bytes: await readBounded(uri, vscode.l10n.t('Networks that train here are smaller.')) };
}

/** Asks for the JSON of a run; null when the dialog was dismissed. Throws {@link RecordError} or why the file cannot be read. */
export async function openRunFile(near: string | null): Promise<RunRecord | null> {
  const uri = await pick(vscode.l10n.t('Marginalia: Open Run'), { [vscode.l10n.t('Run (JSON)')]: ['json'] }, near);
  return uri && readRunFile(uri);
}

export async function readRunFile(uri: vscode.Uri): Promise<RunRecord> {
  const bytes = await readBounded(uri, vscode.l10n.t('Runs are smaller: choose a file that "Export run" wrote.'));
  try {
    return recordFromJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new RecordError(say('{0}: {1}', baseName(uri), error instanceof RecordError ? error.said : say('the file is not text. Choose a file that "Export run" wrote.')));
  }
}

/** Throws, in words for the person, when the file is absent, no file, or larger than {@link MAX_BYTES}. */
export async function readBounded(uri: vscode.Uri, advice: string): Promise<Uint8Array> {
  const name = baseName(uri);
  let stat: vscode.FileStat;
  try {
    stat = await vscode.workspace.fs.stat(uri);
  } catch (error) {
    throw new Error(vscode.l10n.t('{0} cannot be read: {1}', name, problemOf(error)), { cause: error });
  }
  // `workspace.fs` reads whole files only, so the size is asked first.
  if (stat.size > MAX_BYTES) throw new Error(vscode.l10n.t('{0} holds {1} MiB; at most {2} MiB are read. {3}', name, (stat.size / 1024 / 1024).toFixed(1), MAX_BYTES / 1024 / 1024, advice));
  // Of a file on disk this is Node's Buffer, which VS Code would send to a webview as JSON.
  return Uint8Array.from(await vscode.workspace.fs.readFile(uri));
}

async function pick(title: string, filters: Record<string, string[]>, near: string | null): Promise<vscode.Uri | null> {
  const defaultUri = folderNear(near === null ? undefined : vscode.Uri.parse(near));
  const [uri] = (await vscode.window.showOpenDialog({ title, filters, openLabel: vscode.l10n.t('Open'), canSelectMany: false, defaultUri })) ?? [];
  return uri ?? null;
}

const baseName = (uri: vscode.Uri): string => uri.path.split('/').pop() ?? uri.path;
