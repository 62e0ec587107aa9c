/** What was read in each open document, kept per version so that lenses, links and the panel share one reading. */
import * as vscode from 'vscode';
import type { ReadingSession } from '../../core/code';
import type { Finding } from '../../core/code/types';
import { reader } from './reader';

/** Languages that `core/code` reads; package.json's activation events name the same. */
export const LANGUAGES = ['python', 'typescript', 'typescriptreact', 'javascript', 'javascriptreact'];

export interface Reading {
  version: number;
  findings: Finding[];
  /** Why nothing was read: too large, binary. */
  skipped?: string;
}

export class Readings implements vscode.Disposable {
  private readonly byDocument = new Map<string, { session: ReadingSession; reading: Reading }>();
  private readonly changed = new vscode.EventEmitter<vscode.TextDocument>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly subscriptions: vscode.Disposable[];
  /** A document was edited and has settled, or was opened. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly log: vscode.LogOutputChannel) {
    this.subscriptions = [
      this.changed,
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.settle(document)),
      vscode.workspace.onDidOpenTextDocument((document) => this.settle(document)),
      vscode.workspace.onDidCloseTextDocument((document) => {
        const key = document.uri.toString();
        this.byDocument.delete(key);
        clearTimeout(this.timers.get(key));
        this.timers.delete(key);
      }),
    ];
  }

  of(document: vscode.TextDocument): Reading {
    if (!LANGUAGES.includes(document.languageId)) return { version: document.version, findings: [] };
    const key = document.uri.toString();
    const open = this.byDocument.get(key);
    const known = open?.reading;
    if (known?.version === document.version) return known;
    const started = performance.now();
    // A change of language closes and opens the document, so a session keeps to one.
    const session = open?.session ?? new (reader().ReadingSession)(document.languageId);
    const { findings, skipped } = session.update(document.getText());
    const reading = { version: document.version, findings, skipped };
    this.byDocument.set(key, { session, reading });
    this.log.debug(`read ${vscode.workspace.asRelativePath(document.uri)}: ${findings.length} finding(s) in ${(performance.now() - started).toFixed(0)} ms`);
    if (skipped && known?.skipped !== skipped) this.log.info(`${vscode.workspace.asRelativePath(document.uri)}: ${skipped}`);
    return reading;
  }

  /** Tells listeners once typing has paused: nothing is read on the typing path. */
  private settle(document: vscode.TextDocument): void {
    if (!LANGUAGES.includes(document.languageId)) return;
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    this.timers.set(key, setTimeout(() => {
      this.timers.delete(key);
      this.changed.fire(document);
    }, 250));
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
