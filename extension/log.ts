import * as vscode from 'vscode';

/** The output channel "Marginalia"; created once, by main. */
export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel('Marginalia', { log: true });
}
