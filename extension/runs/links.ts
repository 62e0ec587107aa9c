/** Links that repeat a run: `vscode://marginalia.marginalia/run?r=…`. Making one, and opening one that somebody sent. */
import * as vscode from 'vscode';
import { decodeRecord, encodeRecord, readRecord, type RunRecord } from '../../core/protocol/record';
import { runInWords, settingsOfRun } from '../../core/protocol/words';
import { problemOf, t } from '../l10n';
import { sharedRecord } from './locate';

const AUTHORITY = 'marginalia.marginalia';
const PATH = '/run';

/** Asks whether to go on; `detail` is the small print. */
export type Confirm = (question: string, detail: string) => Promise<boolean>;

/** The link as text. Rejects with `RecordError` when the run is too large for one. */
export async function linkFor(record: RunRecord): Promise<string> {
  const link = vscode.Uri.from({ scheme: vscode.env.uriScheme, authority: AUTHORITY, path: PATH, query: `r=${await encodeRecord(sharedRecord(readRecord(record)))}` });
  // In a browser no application answers to the scheme: there the editor's own address has to lead back to it.
  const reachable = vscode.env.uiKind === vscode.UIKind.Web ? await vscode.env.asExternalUri(link) : link;
  return reachable.toString(true);
}

/** Puts the link on the clipboard; a run that fits into none is no failure but an answer. */
export async function copyLink(record: RunRecord): Promise<{ copied: boolean; problem: string | null }> {
  try {
    await vscode.env.clipboard.writeText(await linkFor(record));
    return { copied: true, problem: null };
  } catch (error) {
    return { copied: false, problem: problemOf(error) };
  }
}

export class RunLinks implements vscode.UriHandler {
  constructor(private readonly repeat: (record: RunRecord) => Promise<void>) {}

  async handleUri(uri: vscode.Uri): Promise<void> {
    try {
      await this.open(uri, askInModal);
    } catch (error) {
      void vscode.window.showErrorMessage(vscode.l10n.t('Marginalia could not open the link. {0}', problemOf(error)));
    }
  }

  /** Whether the run was started; rejects, in words for the person, when the link is no good. */
  async open(uri: vscode.Uri, confirm: Confirm): Promise<boolean> {
    if (uri.path !== PATH) throw new Error(vscode.l10n.t('Links to {0} are understood; this one leads to "{1}".', `${AUTHORITY}${PATH}`, uri.path.slice(0, 60)));
    const record = await decodeRecord(new URLSearchParams(uri.query).get('r') ?? '');
    const detail = settingsOfRun(record, t);
    if (!(await confirm(vscode.l10n.t('{0}?', runInWords(record, t)), detail === '' ? '' : vscode.l10n.t('{0}.', `${detail[0].toUpperCase()}${detail.slice(1)}`)))) return false;
    await this.repeat(record);
    return true;
  }
}

async function askInModal(question: string, detail: string): Promise<boolean> {
  const run = vscode.l10n.t('Run');
  const explained = [detail, vscode.l10n.t('A link asks for this. It runs in a panel of Marginalia; your files stay as they are.')].filter((part) => part !== '').join('\n\n');
  return (await vscode.window.showInformationMessage(question, { modal: true, detail: explained }, run)) === run;
}
