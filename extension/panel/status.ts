/** A status-bar item, there only while something runs; a click stops it. */
import * as vscode from 'vscode';
import { t } from '../l10n';
import { statusOf } from './ownership';
import type { Panels } from './panels';

export class RunningStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('marginalia.running', vscode.StatusBarAlignment.Left);
  private readonly subscription: vscode.Disposable;
  private running = false;

  constructor(private readonly panels: Panels) {
    this.item.name = 'Marginalia';
    this.item.command = 'marginalia.stop';
    this.subscription = panels.onDidChange(() => this.show());
  }

  private show(): void {
    const status = statusOf(this.panels.all.flatMap(({ title, running }) => (running === null ? [] : [{ title, label: running }])), t);
    if (this.running !== (status !== null)) {
      this.running = status !== null;
      void vscode.commands.executeCommand('setContext', 'marginalia.running', this.running);
    }
    if (!status) {
      this.item.hide();
      return;
    }
    this.item.text = `$(loading~spin) ${status.text}`;
    this.item.tooltip = status.tooltip;
    this.item.show();
  }

  dispose(): void {
    this.subscription.dispose();
    this.item.dispose();
  }
}
