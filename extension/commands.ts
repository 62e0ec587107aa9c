/** The commands, from lenses (with a target), from the palette (without) and from menus. */
import * as vscode from 'vscode';
import { experimentOf, FAMILIES } from '../core/code/vocabulary';
import { withArticle } from '../core/code/words';
import type { PanelAction, PanelModel } from '../core/protocol/messages';
import type { RunRecord } from '../core/protocol/record';
import type { Target } from './editor/codelens';
import type { ModelFinder } from './editor/find';
import type { Panels } from './panel/panels';
import { problemOf, t } from './l10n';
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

/** @param more commands of other parts, by name. */
export function registerCommands(services: CommandServices, more: Readonly<Record<string, () => unknown>>): vscode.Disposable[] {
  const { extension, panels } = services;
  const commands: Record<string, (argument?: unknown) => unknown> = {
    sampleDdpm: (target) => run(services, 'sample', target as Target | undefined),
    trainDdpm: (target) => run(services, 'train', target as Target | undefined),
    trainVae: (target) => runVae(services, 'train', target as Target | undefined),
    openLatentMap: (target) => runVae(services, 'latentMap', target as Target | undefined),
    showDerivation: (target) => run(services, 'derivation', target as Target | undefined),
    openPlayground: () => openPlayground(services),
    pauseTraining: () => panels.current?.pause(),
    stop: () => panels.stop(),
    pinPlayground: () => panels.current?.pin(true),
    unpinPlayground: () => panels.current?.pin(false),
    runLast: () => runLast(services),
    openRun: () => openRun(services),
    newModel: (language) => newModel(extension, language),
    ...more,
  };
  return Object.entries(commands).map(([name, command]) => vscode.commands.registerCommand(`marginalia.${name}`, command));
}

const runs = (action: PanelAction): boolean => action === 'sample' || action === 'train';
/** Sampling and training by these two commands are of diffusion models; autoencoders have their own. */
const canRun = ({ family }: PanelModel['finding']): boolean => experimentOf(family) === 'ddpm';
const isOfVae = ({ family }: PanelModel['finding']): boolean => experimentOf(family) === 'vae';
const any = () => true;

async function run(services: CommandServices, action: PanelAction, target: Target | undefined): Promise<void> {
  const { panels, models } = services;
  // In a panel, and where no editor is in view (behind the walkthrough), a command means the current panel.
  if (!target && panels.current && (panels.active || vscode.window.visibleTextEditors.length === 0)) return inCurrent(services, action);
  const found = await models.find(target, runs(action) ? canRun : any);
  if ('model' in found) {
    if (runs(action) && !canRun(found.model.finding)) await offerDerivation(services, found.model);
    else panels.open(found.model, action);
    return;
  }
  if (!found.readable && panels.current) return inCurrent(services, action);
  const open = vscode.l10n.t('Open Playground');
  if ((await vscode.window.showInformationMessage(found.problem, open)) === open) panels.openPlayground(action, 'ddpm');
}

async function inCurrent(services: CommandServices, action: PanelAction): Promise<void> {
  const { current } = services.panels;
  if (current?.model && runs(action) && !canRun(current.model.finding)) await offerDerivation(services, current.model);
  else if (runs(action) && current?.experiment === 'vae') services.panels.openPlayground(action, 'ddpm');
  else services.panels.open(null, action);
}

/** Of the autoencoder that is meant: under the cursor, else the file's, else the current panel's; where there is none, of a playground with the defaults. */
async function runVae({ panels, models }: CommandServices, action: PanelAction, target: Target | undefined): Promise<void> {
  const inPanel = !target && panels.current?.experiment === 'vae' && (panels.active || vscode.window.visibleTextEditors.length === 0);
  const model = inPanel ? null : await models.findOnly(target, isOfVae);
  if (model) panels.open(model, action);
  else panels.openPlayground(action, 'vae');
}

/** Says plainly that this family is not sampled here, or runs by another command, and offers what there is. */
async function offerDerivation({ panels }: CommandServices, model: PanelModel): Promise<void> {
  const { fileName, finding: { name, family, kind } } = model;
  const noun = withArticle(FAMILIES[family].title, t);
  if (isOfVae(model.finding)) {
    const train = vscode.l10n.t('Train VAE');
    const said = vscode.l10n.t('{0} is {1}. The command "Train VAE" trains it.', kind === 'script' ? fileName : vscode.l10n.t('{0} in {1}', name, fileName), noun);
    if ((await vscode.window.showInformationMessage(said, train)) === train) panels.open(model, 'train');
    return;
  }
  const show = vscode.l10n.t('Show Derivation');
  const what = kind === 'script' ? fileName : vscode.l10n.t('{0} in {1}', name, fileName);
  const message = vscode.l10n.t('{0} is {1}. For this family there is a derivation only: Marginalia neither samples nor trains it.', what, noun);
  const chosen = await vscode.window.showInformationMessage(message, show);
  if (chosen === show) panels.open(model, 'derivation');
}

async function openPlayground({ panels, models }: CommandServices): Promise<void> {
  const found = panels.active ? null : await models.find(undefined, any);
  panels.open(found && 'model' in found ? found.model : null, 'none');
}

async function runLast({ lastRun, repeat }: CommandServices): Promise<void> {
  try {
    const record = await lastRun.get();
    if (record) await repeat(record, true);
    else void vscode.window.showInformationMessage(vscode.l10n.t('Nothing was run yet: sample or train a model first, then this command repeats it.'));
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The last run cannot be repeated. {0}', problemOf(error)));
  }
}

async function openRun({ panels, repeat }: CommandServices): Promise<void> {
  try {
    const record = await openRunFile(panels.current?.uri ?? null);
    if (record) await repeat(record, false);
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The run could not be opened. {0}', problemOf(error)));
  }
}
