/**
 * Files of settings, and of code, that code names, for a reader that cannot wait: the text of an open document at once, else what was read from the workspace before.
 * The first time it is missing, is fetched, and who asked is told to read again.
 */
import * as vscode from 'vscode';

/** As `MAX_SIBLING` in core/code; in bytes, so that nothing larger is loaded. */
const MAX_BYTES = 200_000;

interface Known {
  /** Undefined: it is not there, or too large. */
  text: string | undefined;
  askers: Set<string>;
}

export class SettingsFiles implements vscode.Disposable {
  private readonly files = new Map<string, Known>();
  private readonly revisions = new Map<string, number>();
  private readonly watchers = new Map<string, vscode.FileSystemWatcher>();
  private readonly changed = new vscode.EventEmitter<string>();
  private readonly subscriptions: vscode.Disposable[];
  /** The settings that a document (its URI) reads have changed. */
  readonly onDidChange = this.changed.event;

  constructor() {
    this.subscriptions = [
      this.changed,
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.tell(document.uri.toString())),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => this.tell(uri.toString())),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => void this.refresh(uri)),
    ];
  }

  /** For one document or notebook: the text of a file by its path from the folder of that. */
  beside(uri: vscode.Uri): (name: string) => string | undefined {
    return (name) => {
      // What has no folder has nothing beside it.
      if (uri.scheme === 'untitled' || !uri.path.includes('/')) return undefined;
      const file = vscode.Uri.joinPath(uri, '..', ...name.split('/'));
      if (name.startsWith('../') && !isInSameProject(file, uri)) return undefined;
      const key = file.toString();
      const known = this.files.get(key);
      if (known) known.askers.add(uri.toString());
      else {
        this.files.set(key, { text: undefined, askers: new Set([uri.toString()]) });
        this.watch(file);
        void this.refresh(file);
      }
      return openText(key) ?? this.files.get(key)?.text;
    };
  }

  /** Grows whenever something beside the document has changed that it reads. */
  revision(uri: vscode.Uri): number {
    return this.revisions.get(uri.toString()) ?? 0;
  }

  /** A document was closed: nobody waits for its settings. */
  forget(uri: vscode.Uri): void {
    const asker = uri.toString();
    this.revisions.delete(asker);
    for (const [key, { askers }] of this.files) {
      askers.delete(asker);
      if (askers.size > 0) continue;
      this.files.delete(key);
      this.watchers.get(key)?.dispose();
      this.watchers.delete(key);
    }
  }

  private async refresh(file: vscode.Uri): Promise<void> {
    const known = this.files.get(file.toString());
    if (!known) return;
    let text: string | undefined;
    try {
      const { size } = await vscode.workspace.fs.stat(file);
      if (size <= MAX_BYTES) text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    } catch {
      // Named by the code, but not there.
    }
    if (text === known.text) return;
    known.text = text;
    this.tell(file.toString());
  }

  private watch(file: vscode.Uri): void {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.joinPath(file, '..'), file.path.slice(file.path.lastIndexOf('/') + 1)));
    const refresh = () => void this.refresh(file);
    watcher.onDidChange(refresh);
    watcher.onDidCreate(refresh);
    watcher.onDidDelete(refresh);
    this.watchers.set(file.toString(), watcher);
  }

  private tell(file: string): void {
    for (const asker of this.files.get(file)?.askers ?? []) {
      this.revisions.set(asker, (this.revisions.get(asker) ?? 0) + 1);
      this.changed.fire(asker);
    }
  }

  dispose(): void {
    this.watchers.forEach((watcher) => watcher.dispose());
    this.subscriptions.forEach((subscription) => subscription.dispose());
  }
}

/** Above a document's folder is its project, as far as the workspace is open. */
function isInSameProject(file: vscode.Uri, uri: vscode.Uri): boolean {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder !== undefined && vscode.workspace.getWorkspaceFolder(file) === folder;
}

function openText(uri: string): string | undefined {
  const document = vscode.workspace.textDocuments.find((d) => d.uri.toString() === uri);
  if (!document) return undefined;
  const text = document.getText();
  return text.length <= MAX_BYTES ? text : undefined;
}
