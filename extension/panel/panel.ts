/** The one playground panel: its webview, the host end of the channel, and the model it shows. */
import * as vscode from 'vscode';
import { Channel, ChannelError, CLOSED, type Handlers, type Port } from '../../core/protocol/channel';
import { PROTOCOL, type HostMethods, type PageMethods, type PanelAction, type PanelModel, type PanelSnapshot, type PanelState } from '../../core/protocol/messages';
import type { Range } from '../../core/code/types';
import { successor, toVsRange, type Readings } from '../editor/readings';
import { pageAssets, pageHtml, webviewRoot } from './html';
import { saveBytes } from './save';

export const VIEW_TYPE = 'marginalia.playground';

export class PlaygroundPanel implements vscode.Disposable, vscode.WebviewPanelSerializer<PanelState | undefined> {
  private webviewPanel: vscode.WebviewPanel | undefined;
  private channel: Channel<HostMethods, PageMethods> | undefined;
  /** True from the page's hello on; until then what is asked waits in `pendingAction`. */
  private greeted = false;
  private pendingAction: PanelAction = 'none';
  private currentModel: PanelModel | null = null;
  private readonly highlighted = new vscode.EventEmitter<string | null>();
  private readonly modelChanged = new vscode.EventEmitter<PanelModel | null>();
  private readonly running = new vscode.EventEmitter<string | null>();
  private readonly subscriptions: vscode.Disposable[];
  readonly onDidHighlight = this.highlighted.event;
  readonly onDidChangeModel = this.modelChanged.event;
  readonly onDidChangeRunning = this.running.event;

  constructor(private readonly extension: vscode.Uri, private readonly readings: Readings, private readonly log: vscode.LogOutputChannel) {
    this.subscriptions = [
      this.highlighted, this.modelChanged, this.running,
      readings.onDidChange((document) => this.follow(document)),
      vscode.workspace.onDidRenameFiles(({ files }) => files.forEach(({ oldUri, newUri }) => this.renamed(oldUri, newUri))),
      vscode.workspace.onDidDeleteFiles(({ files }) => {
        if (files.some((uri) => uri.toString() === this.currentModel?.uri)) this.lost();
      }),
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this),
    ];
  }

  get model(): PanelModel | null {
    return this.currentModel;
  }

  /** Shows the model beside the editor and asks the page for `action`. Without a model: an empty playground, or the open one as it is. */
  open(model: PanelModel | null, action: PanelAction): void {
    if (model || !this.webviewPanel) this.setModel(model);
    this.pendingAction = action;
    if (!this.webviewPanel) {
      const panel = vscode.window.createWebviewPanel(VIEW_TYPE, 'Marginalia', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, {
        // The run and its frames live in the page: hidden behind another tab they must not be lost.
        retainContextWhenHidden: true,
      });
      this.own(panel);
      this.attach(panel);
      return;
    }
    this.webviewPanel.reveal(undefined, true);
    this.retitle();
    if (!this.greeted) return;
    if (model) this.tell('model', { model, action });
    else if (action === 'sample') this.tell('run', null);
    else if (action === 'derivation') this.tell('showDerivation', null);
  }

  stop(): void {
    if (this.greeted) this.tell('stop', null);
  }

  cursorSymbol(symbol: string | null): void {
    if (this.greeted) this.tell('cursorSymbol', { symbol });
  }

  /** Settings, ᾱ and points as the page has them. */
  snapshot(): Promise<PanelSnapshot> {
    if (!this.channel || !this.greeted) return Promise.reject(new ChannelError(CLOSED, 'The playground is not open.'));
    return this.channel.call('snapshot', null);
  }

  /** After a window reload VS Code hands the panel back with what the page kept. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: PanelState | undefined): Promise<void> {
    this.webviewPanel?.dispose();
    // Before the wait: a lens clicked meanwhile must find this panel, not make a second one, and the panel may be closed.
    this.own(panel);
    const model = await this.modelOf(state);
    if (this.webviewPanel !== panel) return;
    if (!this.currentModel) {
      this.setModel(model);
      this.pendingAction = model ? 'sample' : 'none';
    }
    this.attach(panel);
  }

  dispose(): void {
    this.webviewPanel?.dispose();
    this.subscriptions.forEach((subscription) => subscription.dispose());
  }

  private own(panel: vscode.WebviewPanel): void {
    this.webviewPanel = panel;
    panel.onDidDispose(() => this.detach(panel));
  }

  private attach(panel: vscode.WebviewPanel): void {
    this.greeted = false;
    const { webview } = panel;
    panel.iconPath = vscode.Uri.joinPath(this.extension, 'docs', 'images', 'icon.png');
    webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(this.extension)] };
    this.channel = new Channel(webviewPort(webview), this.handlers(webview), (text) => this.log.warn(text));
    this.retitle();
    webview.html = pageHtml(webview, this.extension);
  }

  private detach(panel: vscode.WebviewPanel): void {
    if (this.webviewPanel !== panel) return;
    this.channel?.dispose();
    this.channel = undefined;
    this.webviewPanel = undefined;
    this.greeted = false;
    this.setModel(null);
    this.highlighted.fire(null);
    this.running.fire(null);
  }

  private handlers(webview: vscode.Webview): Handlers<HostMethods> {
    return {
      hello: ({ protocol }) => {
        if (protocol !== PROTOCOL) this.log.error(`The page speaks protocol ${protocol}, the extension ${PROTOCOL}; reload the window.`);
        this.greeted = true;
        const action = this.pendingAction;
        this.pendingAction = 'none';
        const reduceMotion = vscode.workspace.getConfiguration('workbench').get<string>('reduceMotion') === 'on';
        return { protocol: PROTOCOL, model: this.currentModel, action, assets: pageAssets(webview, this.extension), reduceMotion };
      },
      reveal: async ({ uri, range }) => {
        await reveal(vscode.Uri.parse(uri), range);
        return null;
      },
      highlight: ({ symbol }) => {
        this.highlighted.fire(symbol);
        return null;
      },
      save: async ({ suggestedName, bytes }) =>
        ({ saved: await saveBytes(suggestedName, bytes, this.currentModel ? vscode.Uri.parse(this.currentModel.uri) : undefined) }),
      status: ({ running }) => {
        this.running.fire(running);
        return null;
      },
      log: ({ level, text }) => {
        this.log[level](text);
        return null;
      },
    };
  }

  /** The model's file was edited: the panel follows, and keeps the last model when the finding is gone. */
  private follow(document: vscode.TextDocument): void {
    const model = this.currentModel;
    if (!model || document.uri.toString() !== model.uri) return;
    const finding = successor(this.readings.of(document).findings, { ...model.finding, line: model.finding.range.line });
    if (!finding) {
      this.lost();
      return;
    }
    this.replaceModel({ ...model, version: document.version, finding });
  }

  private renamed(from: vscode.Uri, to: vscode.Uri): void {
    const model = this.currentModel;
    if (model?.uri === from.toString()) this.replaceModel({ ...model, uri: to.toString(), fileName: vscode.workspace.asRelativePath(to, false) });
  }

  private replaceModel(model: PanelModel): void {
    this.setModel(model);
    this.retitle();
    if (this.greeted) this.tell('model', { model, action: 'none' });
  }

  /** The finding is gone from its file, or the file is: the page keeps showing the last and says so. */
  private lost(): void {
    this.highlighted.fire(null);
    if (this.greeted) this.tell('model', { model: null, action: 'none' });
  }

  private async modelOf(state: PanelState | undefined): Promise<PanelModel | null> {
    if (!state?.uri) return null;
    try {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(state.uri));
      const finding = successor(this.readings.of(document).findings, { name: state.findingName ?? '', line: state.findingLine ?? undefined });
      return finding ? modelFor(document, finding) : null;
    } catch (error) {
      this.log.warn(`The playground's file is gone: ${String(error)}`);
      return null;
    }
  }

  private setModel(model: PanelModel | null): void {
    this.currentModel = model;
    this.modelChanged.fire(model);
  }

  private retitle(): void {
    if (!this.webviewPanel) return;
    const model = this.currentModel;
    this.webviewPanel.title = model ? `DDPM · ${model.fileName.split('/').pop()}` : 'Marginalia';
  }

  private tell<K extends keyof PageMethods & string>(method: K, params: PageMethods[K]['params']): void {
    this.channel?.call(method, params).catch((error: unknown) => {
      if (!(error instanceof ChannelError && error.code === CLOSED)) this.log.error(`panel, ${method}: ${String(error)}`);
    });
  }
}

export function modelFor(document: vscode.TextDocument, finding: PanelModel['finding']): PanelModel {
  return {
    uri: document.uri.toString(),
    fileName: vscode.workspace.asRelativePath(document.uri, false),
    version: document.version,
    finding,
  };
}

function webviewPort(webview: vscode.Webview): Port {
  return {
    // A webview that was just closed answers false; the channel's disposal is what rejects the caller.
    post: (message) => void webview.postMessage(message),
    listen: (receive) => {
      const subscription = webview.onDidReceiveMessage(receive);
      return () => subscription.dispose();
    },
  };
}

async function reveal(uri: vscode.Uri, range: Range): Promise<void> {
  const target = toVsRange(range);
  const visible = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  if (visible && visible.viewColumn === undefined) {
    // A notebook cell: its editor lives inside the notebook, and opening the cell as a document would tear it out.
    visible.selection = new vscode.Selection(target.start, target.end);
    visible.revealRange(target, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    return;
  }
  try {
    const document = visible?.document ?? (await vscode.workspace.openTextDocument(uri));
    const editor = await vscode.window.showTextDocument(document, { viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One });
    editor.selection = new vscode.Selection(target.start, target.end);
    editor.revealRange(target, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  } catch (error) {
    void vscode.window.showWarningMessage(`${vscode.workspace.asRelativePath(uri)} cannot be shown: ${error instanceof Error ? error.message : String(error)}`);
  }
}
