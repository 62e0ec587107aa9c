/** All playground panels: who shows which model, which one commands act on, and what they tell the rest of the extension together. */
import * as vscode from 'vscode';
import { experimentOf, FAMILIES, type ExperimentId, type FamilyId } from '../../core/code/vocabulary';
import { ChannelError, CLOSED } from '../../core/protocol/channel';
import type { PanelAction, PanelModel, PanelSnapshot, PanelState, ReadAt } from '../../core/protocol/messages';
import type { RunRecord } from '../../core/protocol/record';
import { t } from '../l10n';
import { modelAt, type Place } from './models';
import { currentOf, emptyPanel, panelForFile, panelsToStop, titleOf } from './ownership';
import { PlaygroundPanel, type PanelListener, type PanelServices } from './panel';

export const VIEW_TYPE = 'marginalia.playground';

export class Panels implements vscode.Disposable, vscode.WebviewPanelSerializer<PanelState | undefined> {
  private panels: readonly PlaygroundPanel[] = [];
  private readonly highlighted = new vscode.EventEmitter<{ panel: PlaygroundPanel; symbol: string | null }>();
  private readonly modelChanged = new vscode.EventEmitter<PlaygroundPanel>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[];
  readonly onDidHighlight = this.highlighted.event;
  readonly onDidChangeModel = this.modelChanged.event;
  /** A panel opened, closed, became active, was pinned, shows another model, started or ended a run. */
  readonly onDidChange = this.changed.event;
  private readonly listener: PanelListener;

  constructor(private readonly services: PanelServices, remember: (record: RunRecord) => Promise<void>) {
    this.listener = {
      changed: () => this.refresh(),
      modelChanged: (panel) => this.modelChanged.fire(panel),
      highlighted: (panel, symbol) => this.highlighted.fire({ panel, symbol }),
      closed: (panel) => this.closed(panel),
      remember,
    };
    this.subscriptions = [
      this.highlighted, this.modelChanged, this.changed,
      services.readings.onDidChange((document) => this.panels.forEach((panel) => panel.follow(document))),
      vscode.workspace.onDidRenameFiles(({ files }) => files.forEach(({ oldUri, newUri }) => this.panels.forEach((panel) => panel.renamed(oldUri, newUri)))),
      vscode.workspace.onDidDeleteFiles(({ files }) => files.forEach((uri) => this.panels.forEach((panel) => panel.deleted(uri)))),
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this),
    ];
  }

  get all(): readonly PlaygroundPanel[] {
    return this.panels;
  }

  /** The panel that has the focus. */
  get active(): PlaygroundPanel | undefined {
    return this.panels.find((panel) => panel.active);
  }

  /** The panel that commands act on: the active one, or the one that was active last. */
  get current(): PlaygroundPanel | undefined {
    return this.active ?? currentOf(this.panels);
  }

  /**
   * Shows the model in its file's panel, opened beside the editor where there is none yet, and asks the page for `action`.
   * Without a model: the current panel as it is, or an empty playground.
   */
  open(model: PanelModel | null, action: PanelAction): void {
    this.showIn(model ? panelForFile(this.panels, model.uri) : this.current, model, action, null);
  }

  /** Opens a derivation at one of its lines, in the panel of the model, or in the current one. */
  readAt(model: PanelModel | null, place: ReadAt): void {
    this.showIn(model ? panelForFile(this.panels, model.uri) : this.current, model, 'derivation', null, place);
  }

  /** A playground for who has no model: the current panel, if it runs that experiment, or else an empty one. */
  openPlayground(action: PanelAction, experiment: ExperimentId): void {
    const { current } = this;
    this.showIn(current?.experiment === experiment ? current : emptyPanel(this.panels, experiment), null, action, null, null, experiment);
  }

  /** Repeats a run of a diffusion model, in the panel of its file; without a model in an empty playground. */
  openRun(model: PanelModel | null, record: RunRecord): void {
    this.showIn(model ? panelForFile(this.panels, model.uri) : emptyPanel(this.panels, 'ddpm'), model, 'none', record);
  }

  /** Stops the active panel's run, or all where the active editor is something else. */
  stop(): void {
    panelsToStop(this.panels).forEach((panel) => panel.stop());
  }

  /** The current panel's page: settings, ᾱ, points, training. */
  snapshot(): Promise<PanelSnapshot> {
    return this.current?.snapshot() ?? Promise.reject(new ChannelError(CLOSED, 'The playground is not open.'));
  }

  /** After a window reload VS Code hands each panel back with what its page kept. */
  async deserializeWebviewPanel(view: vscode.WebviewPanel, state: PanelState | undefined): Promise<void> {
    const place: Place | null = state?.uri ? { uri: state.uri, name: state.findingName ?? '', line: state.findingLine ?? undefined, family: familyOf(state.family) } : null;
    // Before the wait: a lens clicked meanwhile must find this panel, not make a second one, and the panel may be closed.
    const panel = this.own(new PlaygroundPanel(view, this.services, this.listener, place, state?.pinned === true, state?.experiment === 'vae' ? 'vae' : 'ddpm'));
    const model = place && (await modelAt(this.services.readings, place, this.services.log));
    if (!this.panels.includes(panel)) return;
    // The page of a VAE goes on with an interrupted training by itself; nothing else of it starts again.
    if (model && !panel.model) panel.show(model, experimentOf(model.finding.family) === 'ddpm' ? 'sample' : 'none');
    panel.attach();
  }

  dispose(): void {
    this.panels.forEach((panel) => panel.dispose());
    this.subscriptions.forEach((subscription) => subscription.dispose());
  }

  private showIn(known: PlaygroundPanel | undefined, model: PanelModel | null, action: PanelAction, record: RunRecord | null, place: ReadAt | null = null, empty: ExperimentId = 'ddpm'): void {
    const panel = known ?? this.create(model, empty);
    panel.show(model, action, record);
    if (place) panel.readAt(place);
    if (known) panel.reveal();
    else panel.attach();
    this.refresh();
  }

  private create(model: PanelModel | null, empty: ExperimentId): PlaygroundPanel {
    const view = vscode.window.createWebviewPanel(VIEW_TYPE, 'Marginalia', { viewColumn: this.columnFor(model), preserveFocus: true }, {
      // The run and its frames live in the page: hidden behind another tab they must not be lost.
      retainContextWhenHidden: true,
    });
    return this.own(new PlaygroundPanel(view, this.services, this.listener, null, false, empty));
  }

  /** Right of the model's file, where that is in view; else where the other panels are. */
  private columnFor(model: PanelModel | null): vscode.ViewColumn {
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === model?.uri);
    return editor?.viewColumn !== undefined ? editor.viewColumn + 1 : (this.current?.viewColumn ?? vscode.ViewColumn.Beside);
  }

  private own(panel: PlaygroundPanel): PlaygroundPanel {
    this.panels = [...this.panels, panel];
    return panel;
  }

  private closed(panel: PlaygroundPanel): void {
    this.panels = this.panels.filter((other) => other !== panel);
    this.modelChanged.fire(panel);
    this.highlighted.fire({ panel, symbol: null });
    this.refresh();
  }

  private refresh(): void {
    const titled = this.panels.map((panel) => panel.titled);
    this.panels.forEach((panel, i) => {
      panel.title = titleOf(titled[i], titled, t);
    });
    setContext('marginalia.open', this.panels.length > 0);
    setContext('marginalia.pinned', this.current?.pinned ?? false);
    setContext('marginalia.vae', this.current?.experiment === 'vae');
    this.changed.fire();
  }
}

/** What a page kept may be another version's. */
const familyOf = (kept: unknown): FamilyId | undefined => (typeof kept === 'string' && Object.hasOwn(FAMILIES, kept) ? (kept as FamilyId) : undefined);

const contexts = new Map<string, boolean>();

/** For `when` clauses of package.json; told only when it changes. */
function setContext(key: string, value: boolean): void {
  if ((contexts.get(key) ?? false) === value) return;
  contexts.set(key, value);
  void vscode.commands.executeCommand('setContext', key, value);
}
