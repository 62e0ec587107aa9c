import * as vscode from 'vscode';
import type { PanelSnapshot, PanelState } from '../core/protocol/messages';
import type { RunRecord } from '../core/protocol/record';
import { registerCommands } from './commands';
import { ModelLenses } from './editor/codelens';
import { CONFIG_FILES } from './editor/config-files';
import { ModelHovers } from './editor/hover';
import { ModelFinder } from './editor/find';
import { InlinePreview } from './editor/inline';
import { inlineCommands } from './editor/inline-commands';
import { Pictures } from './editor/pictures';
import { TexHovers } from './editor/tex-hover';
import { TexService } from './editor/tex-service';
import { Readings } from './editor/readings';
import { SymbolLinks } from './editor/symbols';
import { createLog } from './log';
import { Panels } from './panel/panels';
import { RunningStatus } from './panel/status';
import { LastRun } from './runs/lastRun';
import { linkFor, RunLinks, type Confirm } from './runs/links';
import { locateModel, withModel } from './runs/locate';

export interface PanelInfo {
  title: string;
  /** The model's file; null for an empty playground. */
  uri: string | null;
  model: string | null;
  pinned: boolean;
}

/** What tests and other extensions may ask of a running Marginalia. */
export interface MarginaliaApi {
  /** Of the panel that commands act on: the active one, or the one that was active last. */
  snapshot(): Promise<PanelSnapshot>;
  /** In the order in which they were opened. */
  panels(): PanelInfo[];
  /** Keeps a run for *Run Last Experiment Again*, as a panel does when one begins. */
  remember(record: RunRecord): Promise<void>;
  linkFor(record: RunRecord): Promise<string>;
  /** What stands between the lines of a file now. */
  inlinePreview(): InlinePreview['state'];
  /** Hands a panel back with what its page had kept, as the editor does after a reload. */
  restore(view: vscode.WebviewPanel, state: PanelState): Promise<void>;
  /** Opens a link as the editor would, with the caller's own question in place of the modal one. */
  openLink(uri: vscode.Uri, confirm: Confirm): Promise<boolean>;
}

export function activate(context: vscode.ExtensionContext): MarginaliaApi {
  const log = createLog();
  const extension = context.extensionUri;
  const readings = new Readings(log);
  const models = new ModelFinder(readings);
  const lastRun = new LastRun(context);
  const panels = new Panels({ extension, readings, log }, (record) => lastRun.keep(record));
  const repeat = async (record: RunRecord, own: boolean) => {
    const model = await locateModel(record, own, readings, log);
    panels.openRun(model, withModel(record, model));
  };
  const lenses = new ModelLenses(readings);
  const pictures = new Pictures(extension);
  const tex = new TexService(async () => new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, 'dist', 'tex-worker.js'))), log);
  const hovers = new ModelHovers(readings, pictures, tex);
  const preview = new InlinePreview(pictures, (uri, derivation, step) => void models.ofDocument(uri).then((model) => panels.readAt(model, { derivation, step })));
  const links = new RunLinks((record) => repeat(record, false));
  context.subscriptions.push(
    log, readings, models, panels,
    lenses, vscode.languages.registerCodeLensProvider(CONFIG_FILES, lenses), hovers, vscode.languages.registerHoverProvider(CONFIG_FILES, hovers),
    new SymbolLinks(panels), new RunningStatus(panels),
    vscode.window.registerUriHandler(links),
    preview, tex, new TexHovers(tex),
    ...registerCommands({ extension, panels, models, lastRun, repeat }, inlineCommands({ models, pictures, preview })),
  );
  return {
    snapshot: () => panels.snapshot(),
    panels: () => panels.all.map(({ title, uri, model, pinned }) => ({ title, uri, model: model?.finding.name ?? null, pinned })),
    remember: (record) => lastRun.keep(record),
    linkFor,
    inlinePreview: () => preview.state,
    restore: (view, state) => panels.deserializeWebviewPanel(view, state),
    openLink: (uri, confirm) => links.open(uri, confirm),
  };
}
