import type * as vscode from 'vscode';
import { registerCommands } from './commands';
import { ModelLenses } from './editor/codelens';
import { Readings } from './editor/readings';
import { SymbolLinks } from './editor/symbols';
import { createLog } from './log';
import { PlaygroundPanel } from './panel/panel';
import { RunningStatus } from './panel/status';

/** What tests and other extensions may ask of a running Marginalia. */
export interface MarginaliaApi {
  snapshot: PlaygroundPanel['snapshot'];
}

export function activate(context: vscode.ExtensionContext): MarginaliaApi {
  const log = createLog();
  const readings = new Readings(log);
  const panel = new PlaygroundPanel(context.extensionUri, readings, log);
  context.subscriptions.push(
    log, readings, panel,
    new ModelLenses(readings), new SymbolLinks(panel), new RunningStatus(panel),
    ...registerCommands(panel, readings),
  );
  return { snapshot: () => panel.snapshot() };
}
