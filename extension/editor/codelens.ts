/** Above each model: "▶ Sample from DDPM", "● Train", "∑ derivation" and whose settings will run; "▶ Train VAE (z = 20)", "∑ ELBO"; of families that do not run here their derivation and what was read. */
import * as vscode from 'vscode';
import type { Finding } from '../../core/code/types';
import { experimentOf, FAMILIES } from '../../core/code/vocabulary';
import { findingInWords, settingsInWords, summaryInWords } from '../../core/code/words';
import { t } from '../l10n';
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
    return lensesEnabled(document) ? this.readings.of(document).findings.flatMap((finding) => lenses(document, finding)) : [];
  }

  dispose(): void {
    this.subscriptions.forEach((subscription) => subscription.dispose());
  }
}

/** Hovers obey the same switch. */
export function lensesEnabled(document: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration('marginalia', document).get<boolean>('codeLens.enabled', true);
}

function lenses(document: vscode.TextDocument, finding: Finding): vscode.CodeLens[] {
  const range = toVsRange(finding.range);
  const target: Target = { uri: document.uri.toString(), name: finding.name, line: finding.range.line };
  const read = findingInWords(finding, t).join('\n');
  const lens = (title: string, command: string, tooltip: string) => new vscode.CodeLens(range, { title, command, tooltip, arguments: [target] });
  // Without a command it is plain text: nothing to click.
  const text = (title: string) => new vscode.CodeLens(range, { title, command: '' });
  const experiment = experimentOf(finding.family);
  if (experiment === null) {
    return [lens(vscode.l10n.t('∑ derivation'), 'marginalia.showDerivation', `${vscode.l10n.t('The mathematics of this model line by line, beside what the file says.')}\n${read}`), text(summaryInWords(finding, t))];
  }
  const { yours, ours } = settingsInWords(finding, t);
  const settings = text(vscode.l10n.t('yours: {0} · ours: {1}', yours, ours));
  if (experiment === 'vae') {
    const size = finding.hyperparameters.latentSize?.value;
    const name = t(FAMILIES[finding.family].short);
    const train = size === undefined ? vscode.l10n.t('▶ Train {0}', name) : vscode.l10n.t('▶ Train {0} (z = {1})', name, size);
    return [
      lens(train, 'marginalia.trainVae', `${vscode.l10n.t('Train it at your settings on images in a panel beside this file, and look into its latent space.')}\n${read}`),
      lens(finding.family === 'vae' ? vscode.l10n.t('∑ ELBO') : vscode.l10n.t('∑ derivation'), 'marginalia.showDerivation', vscode.l10n.t('The loss of this model, line by line, beside what the file says.')),
      settings,
    ];
  }
  return [
    lens(vscode.l10n.t('▶ Sample from {0}', t(FAMILIES[finding.family].short)), 'marginalia.sampleDdpm', `${vscode.l10n.t('Sample at your settings in a panel beside this file.')}\n${read}`),
    lens(vscode.l10n.t('● Train'), 'marginalia.trainDdpm', vscode.l10n.t('Train a small network at your settings in the panel, and watch what it learns.')),
    lens(vscode.l10n.t('∑ derivation'), 'marginalia.showDerivation', vscode.l10n.t('The sampling update, line by line, its symbols tied to your variables.')),
    settings,
  ];
}
