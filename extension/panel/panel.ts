/** One playground panel: its webview, the host end of the channel, and the model it shows. Who owns which is for `panels.ts`. */
import * as vscode from 'vscode';
import { Channel, ChannelError, CLOSED, type Handlers } from '../../core/protocol/channel';
import { languageOf } from '../../core/l10n/language';
import { PROTOCOL, type HostMethods, type PageMethods, type PanelAction, type PanelModel, type PanelSnapshot, type ReadAt } from '../../core/protocol/messages';
import type { RunRecord } from '../../core/protocol/record';
import { experimentOf, FAMILIES, type ExperimentId } from '../../core/code/vocabulary';
import type { Readings } from '../editor/readings';
import { reveal } from '../editor/reveal';
import { insertCode } from '../editor/insert';
import { openPoints, openWeights } from '../runs/files';
import { openImages } from '../runs/images';
import { copyLink } from '../runs/links';
import { pageAssets, pageHtml, pageWords, webviewRoot } from './html';
import { fileNameOf, followed, modelFor, type Place } from './models';
import type { Slot, Titled } from './ownership';
import { webviewPort } from './port';
import { saveBytes } from './save';

/** What a panel tells the one who owns it. */
export interface PanelListener {
  /** It became active, was pinned, shows another model, or started or ended a run. */
  changed(panel: PlaygroundPanel): void;
  modelChanged(panel: PlaygroundPanel): void;
  highlighted(panel: PlaygroundPanel, symbol: string | null): void;
  closed(panel: PlaygroundPanel): void;
  remember(record: RunRecord): Promise<void>;
}

export interface PanelServices {
  extension: vscode.Uri;
  readings: Readings;
  log: vscode.LogOutputChannel;
}

let activations = 0;

export class PlaygroundPanel implements Slot {
  /** Counted across all panels; also grows when a command shows something here. */
  lastActive = ++activations;
  running: string | null = null;
  model: PanelModel | null = null;
  private channel: Channel<HostMethods, PageMethods> | undefined;
  /** True from the page's hello on; until then what is asked waits in `pending`. */
  private greeted = false;
  private pending: { action: PanelAction; record: RunRecord | null } = { action: 'none', record: null };
  /** A line that the page should open at. */
  private reading: ReadAt | null = null;

  /** `place` is what the panel is about while its model has not been read yet; `pinned` as it was kept; `empty`: what it runs as long as it has no model. */
  constructor(
    private readonly view: vscode.WebviewPanel,
    private readonly services: PanelServices,
    private readonly listener: PanelListener,
    private place: Place | null,
    public pinned: boolean,
    private readonly empty: ExperimentId = 'ddpm',
  ) {
    view.onDidDispose(() => this.closed());
    view.onDidChangeViewState(() => {
      if (view.active) this.lastActive = ++activations;
      listener.changed(this);
    });
  }

  get uri(): string | null {
    return this.place?.uri ?? null;
  }

  /** Of the family that it shows, null where that has a derivation alone. A place that an older version kept without its family was of a diffusion model. */
  get experiment(): ExperimentId | null {
    if (!this.place) return this.empty;
    return this.place.family === undefined ? 'ddpm' : experimentOf(this.place.family);
  }

  get active(): boolean {
    return this.view.active;
  }

  get viewColumn(): vscode.ViewColumn | undefined {
    return this.view.viewColumn;
  }

  /** What the title is made of; of a model that could not be read again, what was kept of it. */
  get titled(): Titled {
    const { model, place, pinned } = this;
    const fileName = model?.fileName ?? (place && fileNameOf(vscode.Uri.parse(place.uri)));
    const family = place?.family ? FAMILIES[place.family].short : !place && this.empty === 'vae' ? FAMILIES.vae.short : null;
    return { fileName, family, modelName: model?.finding.kind === 'script' ? vscode.l10n.t('script') : (place?.name ?? ''), models: model?.siblings.length ?? 0, pinned };
  }

  get title(): string {
    return this.view.title;
  }

  set title(title: string) {
    if (this.view.title !== title) this.view.title = title;
  }

  /** Loads the page; what `show` asked for before waits for its hello. */
  attach(): void {
    const { webview } = this.view;
    const { extension, log } = this.services;
    this.view.iconPath = vscode.Uri.joinPath(extension, 'docs', 'images', 'icon.png');
    webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(extension)] };
    this.channel = new Channel(webviewPort(webview), this.handlers(webview), (text) => log.warn(text));
    webview.html = pageHtml(webview, extension, this.experiment !== null);
  }

  /** Shows a model (null: what is there stays) and asks the page for `action`, or to repeat a run. */
  show(model: PanelModel | null, action: PanelAction, record: RunRecord | null = null): void {
    this.lastActive = ++activations;
    if (model) this.setModel(model);
    if (!this.greeted) {
      this.pending = { action, record };
      return;
    }
    if (model) this.tell('model', { model, action });
    else if (action === 'sample') this.tell('run', null);
    else if (action === 'train') this.tell('train', null);
    else if (action === 'latentMap') this.tell('latentMap', null);
    else if (action === 'derivation') this.tell('showDerivation', null);
    if (record) this.tell('openRun', { record });
  }

  /** Opens a derivation at one of its lines. */
  readAt(place: ReadAt): void {
    if (this.greeted) this.tell('readAt', place);
    else this.reading = place;
  }

  /** Brings the panel to the front without taking the focus from the editor. */
  reveal(): void {
    this.view.reveal(undefined, true);
  }

  stop(): void {
    if (this.greeted) this.tell('stop', null);
  }

  pause(): void {
    if (this.greeted) this.tell('pause', null);
  }

  pin(pinned: boolean): void {
    if (pinned === this.pinned) return;
    this.pinned = pinned;
    if (this.greeted) this.tell('pinned', { pinned });
    this.listener.changed(this);
  }

  cursorSymbol(symbol: string | null): void {
    if (this.greeted) this.tell('cursorSymbol', { symbol });
  }

  /** Settings, ᾱ and points as the page has them. */
  snapshot(): Promise<PanelSnapshot> {
    if (!this.channel || !this.greeted) return Promise.reject(new ChannelError(CLOSED, 'The playground is not open.'));
    return this.channel.call('snapshot', null);
  }

  /** The model's file was edited: the panel follows, and keeps the last model when the finding is gone. */
  follow(document: vscode.TextDocument): void {
    const { model } = this;
    if (!model || document.uri.toString() !== model.uri) return;
    const { findings } = this.services.readings.of(document);
    const finding = followed(findings, { ...model.finding, line: model.finding.range.line });
    if (finding) this.replaceModel(modelFor(document, finding, findings));
    else this.lost();
  }

  /** A file, or a folder above it, has another name now. */
  renamed(from: vscode.Uri, to: vscode.Uri): void {
    const { model } = this;
    const [before, after] = [from.toString(), to.toString()];
    if (model?.uri !== before && !model?.uri.startsWith(`${before}/`)) return;
    const uri = after + model.uri.slice(before.length);
    this.replaceModel({ ...model, uri, fileName: fileNameOf(vscode.Uri.parse(uri)) });
  }

  deleted(uri: vscode.Uri): void {
    const gone = uri.toString();
    if (this.model?.uri === gone || this.model?.uri.startsWith(`${gone}/`)) this.lost();
  }

  dispose(): void {
    this.view.dispose();
  }

  private closed(): void {
    this.channel?.dispose();
    this.channel = undefined;
    this.greeted = false;
    this.running = null;
    this.listener.closed(this);
  }

  private handlers(webview: vscode.Webview): Handlers<HostMethods> {
    const { extension, log } = this.services;
    return {
      hello: ({ protocol }) => {
        if (protocol !== PROTOCOL) log.error(`The page speaks protocol ${protocol}, the extension ${PROTOCOL}; reload the window.`);
        this.greeted = true;
        const { action, record } = this.pending;
        this.pending = { action: 'none', record: null };
        const read = this.reading;
        this.reading = null;
        const reduceMotion = vscode.workspace.getConfiguration('workbench').get<string>('reduceMotion') === 'on';
        const language = languageOf(vscode.env.language);
        return { protocol: PROTOCOL, model: this.model, experiment: this.experiment, action, assets: pageAssets(webview, extension), reduceMotion, pinned: this.pinned, language, words: pageWords(webview, extension, language), record, read };
      },
      reveal: async ({ uri, range }) => {
        await reveal(vscode.Uri.parse(uri), range);
        return null;
      },
      highlight: ({ symbol }) => {
        this.listener.highlighted(this, symbol);
        return null;
      },
      choose: async ({ line }) => {
        await this.choose(line);
        return null;
      },
      pin: ({ pinned }) => {
        this.pinned = pinned;
        this.listener.changed(this);
        return null;
      },
      openPoints: () => openPoints(this.uri),
      openWeights: () => openWeights(this.uri),
      openImages: ({ kind }, { signal, progress }) => openImages(kind, this.uri, signal, progress),
      remember: async ({ record }) => {
        await this.listener.remember(record);
        return null;
      },
      copyText: async ({ text }) => {
        await vscode.env.clipboard.writeText(text);
        return null;
      },
      insertCode: ({ uri, language, code, imports }) => insertCode(uri, language, code, imports),
      copyLink: ({ record }) => copyLink(record),
      save: async ({ suggestedName, bytes }) => ({ saved: await saveBytes(suggestedName, bytes, this.uri === null ? undefined : vscode.Uri.parse(this.uri)) }),
      status: ({ running }) => {
        this.running = running;
        this.listener.changed(this);
        return null;
      },
      log: ({ level, text }) => {
        log[level](text);
        return null;
      },
    };
  }

  /** The person chose another model of the same file in the panel itself. */
  private async choose(line: number): Promise<void> {
    if (!this.model) throw new Error(vscode.l10n.t('There is no model to choose from: the playground is empty.'));
    const chosen = this.model.siblings.find((sibling) => sibling.line === line);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(this.model.uri));
    // An edit that has not been told yet comes first: it may have moved the lines, and the page tells an edit from a choice by the version.
    if (document.version !== this.model.version) this.follow(document);
    const { findings } = this.services.readings.of(document);
    const finding = chosen && followed(findings, chosen);
    if (!finding) throw new Error(vscode.l10n.t('No model stands at line {0} of {1} any more.', line, this.model.fileName));
    this.replaceModel(modelFor(document, finding, findings));
  }

  private replaceModel(model: PanelModel): void {
    this.setModel(model);
    if (this.greeted) this.tell('model', { model, action: 'none' });
  }

  /** The finding is gone from its file, or the file is: the page keeps showing the last and says so. */
  private lost(): void {
    this.listener.highlighted(this, null);
    if (this.greeted) this.tell('model', { model: null, action: 'none' });
  }

  private setModel(model: PanelModel): void {
    this.model = model;
    this.place = { uri: model.uri, name: model.finding.name, line: model.finding.range.line, family: model.finding.family };
    this.listener.modelChanged(this);
    this.listener.changed(this);
  }

  private tell<K extends keyof PageMethods & string>(method: K, params: PageMethods[K]['params']): void {
    this.channel?.call(method, params).catch((error: unknown) => {
      if (!(error instanceof ChannelError && error.code === CLOSED)) this.services.log.error(`panel, ${method}: ${String(error)}`);
    });
  }
}
