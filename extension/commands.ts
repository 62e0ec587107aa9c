/** The commands, from lenses (with a target), from the palette (without) and from menus. */
import * as vscode from 'vscode';
import type { PanelAction } from '../core/protocol/messages';
import type { RunRecord } from '../core/protocol/record';
import type { Target } from './editor/codelens';
import type { ModelFinder } from './editor/find';
import type { Panels } from './panel/panels';
import { openRunFile } from './runs/files';
import type { LastRun } from './runs/lastRun';
import { newModel } from './runs/newModel';

export interface CommandServices {
  extension: vscode.Uri;
  panels: Panels;
  models: ModelFinder;
  lastRun: LastRun;
  /** Repeats a run; `own` when this editor has made it. */
  repeat: (record: RunRecord, own: boolean) => Promise<void>;
}

export function registerCommands(services: CommandServices): vscode.Disposable[] {
  const { extension, panels } = services;
  const commands: Record<string, (argument?: unknown) => unknown> = {
    sampleDdpm: (target) => run(services, 'sample', target as Target | undefined),
    trainDdpm: (target) => run(services, 'train', target as Target | undefined),
    showDerivation: (target) => run(services, 'derivation', target as Target | undefined),
    openPlayground: () => openPlayground(services),
    pauseTraining: () => panels.current?.pause(),
    stop: () => panels.stop(),
    pinPlayground: () => panels.current?.pin(true),
    unpinPlayground: () => panels.current?.pin(false),
    runLast: () => runLast(services),
    openRun: () => openRun(services),
    newModel: (language) => newModel(extension, language),
  };
  return Object.entries(commands).map(([name, command]) => vscode.commands.registerCommand(`marginalia.${name}`, command));
}

async function run({ panels, models }: CommandServices, action: PanelAction, target: Target | undefined): Promise<void> {
  // In a panel, and where no editor is in view (behind the walkthrough), a command means the current panel.
  if (!target && panels.current && (panels.active || vscode.window.visibleTextEditors.length === 0)) {
    panels.open(null, action);
    return;
  }
  const found = await models.find(target);
  if ('model' in found) {
    panels.open(found.model, action);
    return;
  }
  if (!found.readable && panels.current) {
    panels.open(null, action);
    return;
  }
  const open = 'Open Playground';
  if ((await vscode.window.showInformationMessage(found.problem, open)) === open) panels.open(null, action);
}

async function openPlayground({ panels, models }: CommandServices): Promise<void> {
  const found = panels.active ? null : await models.find(undefined);
  panels.open(found && 'model' in found ? found.model : null, 'none');
}

async function runLast({ lastRun, repeat }: CommandServices): Promise<void> {
  try {
    const record = await lastRun.get();
    if (record) await repeat(record, true);
    else void vscode.window.showInformationMessage('Nothing was run yet: sample or train a model first, then this command repeats it.');
  } catch (error) {
    void vscode.window.showErrorMessage(`The last run cannot be repeated. ${messageOf(error)}`);
  }
}

async function openRun({ panels, repeat }: CommandServices): Promise<void> {
  try {
    const record = await openRunFile(panels.current?.uri ?? null);
    if (record) await repeat(record, false);
  } catch (error) {
    void vscode.window.showErrorMessage(`The run could not be opened. ${messageOf(error)}`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
