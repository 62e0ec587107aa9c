/** A status-bar item, there only while something runs; a click stops it. */
import * as vscode from 'vscode';
import type { PlaygroundPanel } from './panel';

export class RunningStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('marginalia.running', vscode.StatusBarAlignment.Left);
  private readonly subscription: vscode.Disposable;

  constructor(panel: PlaygroundPanel) {
    this.item.name = 'Marginalia';
    this.item.command = 'marginalia.stop';
    this.item.tooltip = 'Marginalia is sampling. Click to stop.';
    this.subscription = panel.onDidChangeRunning((running) => this.show(running));
  }

  private show(running: string | null): void {
    void vscode.commands.executeCommand('setContext', 'marginalia.running', running !== null);
    if (running === null) {
      this.item.hide();
      return;
    }
    this.item.text = `$(loading~spin) ${running}`;
    this.item.show();
  }

  dispose(): void {
    this.subscription.dispose();
    this.item.dispose();
  }
}
