/** Files that a person picks: points to train on, and runs to repeat. Read whole, within limits. */
import * as vscode from 'vscode';
import { recordFromJson, RecordError, type RunRecord } from '../../core/protocol/record';
import { folderNear } from '../panel/save';

/** Points may be a million rows of text; a run with a million own points in base64 is 11 MB. */
export const MAX_BYTES = 32 * 1024 * 1024;

/** Asks for a file of points; null when the dialog was dismissed. Throws, in words for the person, when it cannot be read. */
export async function openPoints(near: string | null): Promise<{ name: string; bytes: Uint8Array } | null> {
  const uri = await pick('Marginalia: Open Points', { 'Points (CSV, TSV, text, NumPy)': ['csv', 'tsv', 'txt', 'npy'] }, near);
  return uri && { name: baseName(uri), bytes: await readBounded(uri, 'Keep fewer rows, or save them as .npy in float32.') };
}

/** Asks for the JSON of a run; null when the dialog was dismissed. Throws {@link RecordError} or why the file cannot be read. */
export async function openRunFile(near: string | null): Promise<RunRecord | null> {
  const uri = await pick('Marginalia: Open Run', { 'Run (JSON)': ['json'] }, near);
  return uri && readRunFile(uri);
}

export async function readRunFile(uri: vscode.Uri): Promise<RunRecord> {
  const bytes = await readBounded(uri, 'Runs are smaller: choose a file that "Export run" wrote.');
  try {
    return recordFromJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new RecordError(`${baseName(uri)}: ${error instanceof RecordError ? error.message : 'the file is not text. Choose a file that "Export run" wrote.'}`);
  }
}

/** Throws, in words for the person, when the file is absent, no file, or larger than {@link MAX_BYTES}. */
export async function readBounded(uri: vscode.Uri, advice: string): Promise<Uint8Array> {
  const name = baseName(uri);
  let stat: vscode.FileStat;
  try {
    stat = await vscode.workspace.fs.stat(uri);
  } catch (error) {
    throw new Error(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  // `workspace.fs` reads whole files only, so the size is asked first.
  if (stat.size > MAX_BYTES) throw new Error(`${name} holds ${(stat.size / 1024 / 1024).toFixed(1)} MiB; at most ${MAX_BYTES / 1024 / 1024} MiB are read. ${advice}`);
  // Of a file on disk this is Node's Buffer, which VS Code would send to a webview as JSON.
  return Uint8Array.from(await vscode.workspace.fs.readFile(uri));
}

async function pick(title: string, filters: Record<string, string[]>, near: string | null): Promise<vscode.Uri | null> {
  const defaultUri = folderNear(near === null ? undefined : vscode.Uri.parse(near));
  const [uri] = (await vscode.window.showOpenDialog({ title, filters, openLabel: 'Open', canSelectMany: false, defaultUri })) ?? [];
  return uri ?? null;
}

const baseName = (uri: vscode.Uri): string => uri.path.split('/').pop() ?? uri.path;
