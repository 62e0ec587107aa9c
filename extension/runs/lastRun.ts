/** The run that *Run Last Experiment Again* repeats. It outlives the window. */
import * as vscode from 'vscode';
import { readRecord, recordFromJson, recordToJson, type RunRecord } from '../../core/protocol/record';

const KEY = 'marginalia.lastRun';
const FILE = 'last-run.json';
/** The editor keeps its global state in memory and in one database: a run with many own points goes to a file of its own. */
const LARGE = 256 * 1024;

export class LastRun {
  constructor(private readonly context: Pick<vscode.ExtensionContext, 'globalState' | 'globalStorageUri'>) {}

  /** Keeps the run in place of the one before. */
  async keep(record: RunRecord): Promise<void> {
    const json = recordToJson(record);
    if (json.length <= LARGE) {
      await this.context.globalState.update(KEY, json);
      return;
    }
    await vscode.workspace.fs.createDirectory(this.context.globalStorageUri);
    await vscode.workspace.fs.writeFile(this.file, new TextEncoder().encode(json));
    await this.context.globalState.update(KEY, FILE);
  }

  /** Null when nothing was run yet; throws `RecordError` when what was kept cannot be read (an older version's, or damaged). */
  async get(): Promise<RunRecord | null> {
    const kept = this.context.globalState.get<unknown>(KEY);
    if (kept === undefined) return null;
    if (typeof kept !== 'string') return readRecord(kept);
    return recordFromJson(kept === FILE ? new TextDecoder().decode(await vscode.workspace.fs.readFile(this.file)) : kept);
  }

  private get file(): vscode.Uri {
    return vscode.Uri.joinPath(this.context.globalStorageUri, FILE);
  }
}
