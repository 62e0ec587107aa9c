/** What was read in each open document, kept per version so that lenses, links and the panel share one reading. */
import * as vscode from 'vscode';
import type { ReadingSession } from '../../core/code';
import type { Finding } from '../../core/code/types';
import { isConfigFile, readConfigFile } from './config-files';
import { notebookOf, Notebooks } from './notebooks';
import { reader } from './reader';
import { SettingsFiles } from './settings-files';

/** Languages that `core/code` reads; package.json's activation events name the same. */
export const LANGUAGES = ['python', 'typescript', 'typescriptreact', 'javascript', 'javascriptreact'];

/** Is it code, or one of the files of settings that are told by their names? */
export function isRead(document: vscode.TextDocument): boolean {
  return LANGUAGES.includes(document.languageId) || isConfigFile(document);
}

export interface Reading {
  version: number;
  findings: Finding[];
  /** Why nothing was read: too large, binary. */
  skipped?: string;
}

export class Readings implements vscode.Disposable {
  private readonly byDocument = new Map<string, { session: ReadingSession | null; revision: number; reading: Reading }>();
  private readonly settings = new SettingsFiles();
  private readonly notebooks = new Notebooks(this.settings);
  private readonly changed = new vscode.EventEmitter<vscode.TextDocument>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly subscriptions: vscode.Disposable[];
  /** A document was edited and has settled, or was opened; of a notebook all cells, since they are one program. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly log: vscode.LogOutputChannel) {
    this.subscriptions = [
      this.changed, this.settings,
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.settle(document)),
      vscode.workspace.onDidOpenTextDocument((document) => this.settle(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri)),
      vscode.workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
        if (contentChanges.length > 0) this.settleNotebook(notebook);
      }),
      vscode.workspace.onDidCloseNotebookDocument((notebook) => {
        this.notebooks.close(notebook);
        this.forget(notebook.uri);
      }),
      this.settings.onDidChange((asker) => {
        vscode.workspace.textDocuments.filter(({ uri }) => uri.toString() === asker).forEach((document) => this.settle(document));
        vscode.workspace.notebookDocuments.filter(({ uri }) => uri.toString() === asker).forEach((notebook) => this.settleNotebook(notebook));
      }),
    ];
  }

  /** Of a notebook's cell: what the whole notebook says that stands in it. */
  of(document: vscode.TextDocument): Reading {
    if (!isRead(document)) return { version: document.version, findings: [] };
    const key = document.uri.toString();
    const open = this.byDocument.get(key);
    const known = open?.reading;
    const notebook = document.languageId === 'python' ? notebookOf(document.uri) : undefined;
    const revision = this.settings.revision(document.uri);
    if (!notebook && known?.version === document.version && open?.revision === revision) return known;
    const started = performance.now();
    let session = open?.session ?? null;
    let read: Pick<Reading, 'findings' | 'skipped'>;
    if (notebook) read = this.notebooks.of(document, notebook);
    else if (isConfigFile(document)) read = readConfigFile(document, this.settings.beside(document.uri));
    else {
      // A change of language closes and opens the document, so a session keeps to one.
      session ??= new (reader().ReadingSession)(document.languageId, { sibling: this.settings.beside(document.uri) });
      read = session.update(document.getText());
    }
    const { findings, skipped } = read;
    const reading = { version: document.version, findings, skipped };
    this.byDocument.set(key, { session, revision, reading });
    this.log.debug(`read ${vscode.workspace.asRelativePath(document.uri)}: ${findings.length} finding(s) in ${(performance.now() - started).toFixed(0)} ms`);
    if (skipped && known?.skipped !== skipped) this.log.info(`${vscode.workspace.asRelativePath(document.uri)}: ${skipped}`);
    return reading;
  }

  /** Tells listeners once typing has paused: nothing is read on the typing path. */
  private settle(document: vscode.TextDocument): void {
    if (!isRead(document)) return;
    const notebook = notebookOf(document.uri);
    if (notebook) this.settleNotebook(notebook);
    else this.later(document.uri, () => this.changed.fire(document));
  }

  private settleNotebook(notebook: vscode.NotebookDocument): void {
    this.later(notebook.uri, () => {
      for (const { document } of notebook.getCells()) if (LANGUAGES.includes(document.languageId)) this.changed.fire(document);
    });
  }

  private later(uri: vscode.Uri, work: () => void): void {
    const key = uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.set(key, setTimeout(() => {
      this.timers.delete(key);
      work();
    }, 250));
  }

  private forget(uri: vscode.Uri): void {
    const key = uri.toString();
    this.byDocument.delete(key);
    this.settings.forget(uri);
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
  }

  dispose(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
    this.subscriptions.forEach((subscription) => subscription.dispose());
  }
}

/** The finding that an earlier one has become after an edit: the same name, else the same kind nearest by line. */
export function successor(findings: readonly Finding[], before: { name: string; kind?: string; line?: number }): Finding | undefined {
  const nearest = (candidates: readonly Finding[]) =>
    [...candidates].sort((a, b) => Math.abs(a.range.line - (before.line ?? 0)) - Math.abs(b.range.line - (before.line ?? 0)))[0];
  return nearest(findings.filter(({ name }) => name === before.name)) ?? nearest(findings.filter(({ kind }) => kind === before.kind));
}

export function toVsRange(range: { line: number; column: number; endLine: number; endColumn: number }): vscode.Range {
  return new vscode.Range(range.line - 1, range.column, range.endLine - 1, range.endColumn);
}
