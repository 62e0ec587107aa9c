/** "▶ Sample from DDPM", "● Train", "∑ derivation" and whose settings will run, above each model. */
import * as vscode from 'vscode';
import { settingsInWords } from '../../core/code/words';
import type { Finding } from '../../core/code/types';
import { LANGUAGES, toVsRange, type Readings } from './readings';

/** Arguments of the lens commands: which finding of which file. */
export interface Target {
  uri: string;
  name: string;
  line: number;
}

export class ModelLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly readings: Readings) {
    this.subscriptions = [
      this.changed,
      readings.onDidChange(() => this.changed.fire()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('marginalia.codeLens')) this.changed.fire();
      }),
      vscode.languages.registerCodeLensProvider(LANGUAGES.map((language) => ({ language })), this),
    ];
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const enabled = vscode.workspace.getConfiguration('marginalia', document).get<boolean>('codeLens.enabled', true);
    return enabled ? this.readings.of(document).findings.flatMap((finding) => lenses(document, finding)) : [];
  }

  dispose(): void {
    this.subscriptions.forEach((subscription) => subscription.dispose());
  }
}

function lenses(document: vscode.TextDocument, finding: Finding): vscode.CodeLens[] {
  const range = toVsRange(finding.range);
  const target: Target = { uri: document.uri.toString(), name: finding.name, line: finding.range.line };
  const evidence = finding.evidence.map(({ text, range: { line } }) => `line ${line}: ${text}`).join('\n');
  const notes = finding.notes.length > 0 ? `\n${finding.notes.join('\n')}` : '';
  const { yours, ours } = settingsInWords(finding);
  return [
    new vscode.CodeLens(range, { title: '▶ Sample from DDPM', command: 'marginalia.sampleDdpm', arguments: [target], tooltip: `Sample at your settings in a panel beside this file.\n${evidence}${notes}` }),
    new vscode.CodeLens(range, { title: '● Train', command: 'marginalia.trainDdpm', arguments: [target], tooltip: 'Train a small network at your settings in the panel, and watch what it learns.' }),
    new vscode.CodeLens(range, { title: '∑ derivation', command: 'marginalia.showDerivation', arguments: [target], tooltip: 'The sampling update, line by line, its symbols tied to your variables.' }),
    // Without a command it is plain text: it says whose settings run, and is nothing to click.
    new vscode.CodeLens(range, { title: `yours: ${yours} · ours: ${ours}`, command: '' }),
  ];
}
