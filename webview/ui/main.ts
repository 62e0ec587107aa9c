/** The page: wires the store, the two channels and the panes. What happens is in the modules; here is only who knows whom. */
// First, so that its mark is the script's beginning.
import { markFirstFrame } from './marks';
import './panel.css';
import './pictures.css';
import './reading.css';
import { PROTOCOL, type HostMethods, type PanelAction, type PanelModel, type ReadAt } from '../../core/protocol/messages';
import { DERIVATIONS } from '../../core/derivations';
import { encodePoints } from '../../core/protocol/record';
import { Compute } from './compute';
import { WorkerPool } from './compute/pool';
import { contents } from './contents';
import { registerControls } from './controls';
import { derivationFor, stepAfter } from './derivation';
import { h } from './dom';
import type { ExperimentPage } from './experiment';
import { glossary } from './glossary';
import { header } from './header';
import { connectHost, type Reveal } from './host';
import { lineTools } from './linetools';
import { derivationPane } from './math';
import { buildPlayground, type Playground } from './playground';
import { readingPage } from './reading';
import { keptPoints } from './record';
import { overridesForOtherModel, readOverrides, resolve, type Overrides } from './settings';
import { snapshot } from './snapshot';
import { familyShown, initialState, isSameModel, networkFor, pageOf, playerFor, trainingKeyOf, type AppState } from './state';
import { Store } from './store';
import { SymbolLinks } from './symbols';
import { followTheme, prefersStillness, readTheme } from './theme';
import { reworded } from './sentences';
import { buildVaePage, type VaePage } from './vae/page';
import { learn, t } from './words';

const store = new Store<AppState>(initialState());
/** Pages on which something runs, each once it is first shown. */
let playground: Playground | null = null;
let vae: VaePage | null = null;
let showDerivation = () => {};
let markSymbol: (symbol: string | null) => void = () => {};

const nothing = (act: () => void) => () => {
  act();
  return null;
};
/** The page that is shown, where something runs on it. */
const shownPage = (): ExperimentPage | null => ({ playground, vae, reading: null })[pageOf(store.get())];
/** Commands that run or stop something mean nothing on a page to read. */
const running = (act: (shown: ExperimentPage) => void) => nothing(() => {
  const shown = shownPage();
  if (shown) act(shown);
});

const host = connectHost({
  model: ({ model, action }) => {
    takeModel(model, action);
    act(action);
    return null;
  },
  run: running((shown) => shown.act('sample')),
  latentMap: running((shown) => shown.act('latentMap')),
  train: running((shown) => shown.act('train')),
  pause: running((shown) => shown.pause()),
  stop: running((shown) => shown.stop()),
  openRun: ({ record }) => {
    running((shown) => void shown.repeat(record))();
    return null;
  },
  pinned: ({ pinned }) => {
    store.set({ pinned });
    return null;
  },
  showDerivation: nothing(() => showDerivation()),
  readAt: (place) => {
    readAt(place);
    return null;
  },
  cursorSymbol: ({ symbol }) => {
    markSymbol(symbol);
    return null;
  },
  snapshot: () => ({ ...snapshot(store.get()), ...(pageOf(store.get()) === 'vae' && vae ? vae.snapshot() : {}) }),
});
const { channel } = host;

/** Messages whose answer changes nothing here; a host that is gone takes the page with it. */
function tell<K extends 'reveal' | 'highlight' | 'status' | 'log' | 'choose' | 'pin' | 'remember'>(method: K, params: HostMethods[K]['params']): void {
  channel.call(method, params).catch((error: unknown) => console.warn(`${method}: ${String(error)}`));
}

const warn = (text: string) => tell('log', { level: 'warn', text });

const reveal: Reveal = (range) => {
  const { model } = store.get();
  if (model) tell('reveal', { uri: model.uri, range });
};

function setOverrides(overrides: Overrides): void {
  const resolved = resolve(store.get().model?.finding ?? null, overrides);
  store.set({ overrides, resolved, notice: null, player: playerFor(store.get(), resolved) });
}

/** An edit of the same model, another model, or (null) the end of one: then the last is kept and said to be gone. */
function takeModel(model: PanelModel | null, action: PanelAction): void {
  if (!model) {
    store.set({ gone: store.get().model !== null });
    return;
  }
  const before = store.get();
  const { model: last, lost, overrides: own } = before;
  const same = isSameModel({ model: last, lost }, model, action);
  const page = pageOf({ model, lost: null });
  // Another model's run is not this one's, also where this one's settings cannot run, or its family has no experiment.
  if (!same || page !== pageOf(before)) {
    playground?.leave();
    vae?.leave();
  }
  // What was chosen from the contents stays while the same model is edited.
  const chosen = same ? before.chosen : null;
  const shown = { model, gone: false, lost: null, chosen, derivationStep: stepAfter({ ...before, chosen }, model) };
  if (page !== 'playground') {
    // What was set for a model of another experiment waits until one comes that runs there.
    store.set(shown);
    if (page === 'vae') vae?.take({ same });
    if (page === 'vae' && !same && action !== 'train') void vae?.offer();
    return;
  }
  const overrides = same || !(last ?? lost) ? own : overridesForOtherModel(own);
  const resolved = resolve(model.finding, overrides);
  store.set({ ...shown, overrides, resolved, player: playerFor(before, resolved) });
  if (!same && action !== 'train') void playground?.offer();
}

function act(action: PanelAction): void {
  if (action === 'derivation') showDerivation();
  shownPage()?.act(action);
}

function readAt({ derivation, step }: ReadAt): void {
  const known = DERIVATIONS.find(({ id }) => id === derivation);
  if (known) {
    store.set({ chosen: derivation });
    // Lines of another variance than the settings' are left out here, so its place may be another.
    const place = derivationFor(store.get()).steps.indexOf(known.steps[step]);
    store.set({ derivationStep: place < 0 ? step : place });
  }
  showDerivation();
}

function build(assets: HostMethods['hello']['result']['assets'], reduceMotion: boolean): void {
  const links = new SymbolLinks(store, (symbol) => tell('highlight', { symbol }), reveal);
  const tools = lineTools(store, {
    copy: async (text) => { await channel.call('copyText', { text }); },
    save: async (suggestedName, bytes) => (await channel.call('save', { suggestedName, bytes })).saved,
    insert: async (language, code, imports) => {
      const { problem } = await channel.call('insertCode', { uri: store.get().model?.uri ?? null, language, code, imports: [...imports] });
      return problem ?? t('Inserted at the cursor.');
    },
  });
  const derivation = derivationPane(store, links, tools, contents(store));
  const symbols = glossary(store, links, reveal);
  const reading = readingPage(store, derivation.element, symbols, reveal);
  const head = header(store, {
    reveal: () => {
      const { model } = store.get();
      if (model) reveal(model.finding.range);
    },
    choose: (line) => tell('choose', { line }),
    pin: (pinned) => {
      store.set({ pinned });
      tell('pin', { pinned });
    },
  });
  const pool = new WorkerPool(assets, warn);
  // Closing the panel ends the page, and with it the workers; a reload inside the webview would not.
  addEventListener('pagehide', () => pool.dispose());
  const makePlayground = (): Playground => {
    const compute = new Compute(pool);
    compute.prepare(store.get().resolved.device, networkFor(store.get()));
    const made = buildPlayground(store, compute, { channel, tell, reveal, still: () => prefersStillness(reduceMotion), setOverrides });
    made.setTheme(readTheme());
    return made;
  };
  const makeVae = (): VaePage => {
    const made = buildVaePage(pool, assets.images, {
      channel, tell, reveal, still: () => prefersStillness(reduceMotion), model: () => store.get().model, key: () => trainingKeyOf(store.get()), read: (id) => readAt({ derivation: id, step: 0 }),
      live: (live) => store.set({ live }), changed: () => keep(), device: (device) => store.set({ device }),
    });
    made.setTheme(readTheme());
    made.take({ same: true, kept: keptOverrides });
    return made;
  };
  let shown: ReturnType<typeof pageOf> | null = null;
  store.on(['model', 'lost', 'experiment'], (state) => {
    const page = pageOf(state);
    if (page === shown) return;
    const first = shown === null;
    shown = page;
    document.body.dataset.page = page;
    if (page === 'reading') {
      reading.fill();
      document.body.replaceChildren(head, reading.element, links.popover);
      return;
    }
    const fresh = page === 'vae' ? vae === null : playground === null;
    const run: ExperimentPage = page === 'vae' ? (vae ??= makeVae()) : (playground ??= makePlayground());
    run.readingPane.replaceChildren(derivation.element, symbols);
    document.body.replaceChildren(head, ...run.elements, links.popover);
    if (fresh && !first) void run.warm();
  });
  followTheme((theme) => [playground, vae].forEach((page) => page?.setTheme(theme)));
  markFirstFrame(store);
  keepState();
  showDerivation = () => derivation.focus();
  markSymbol = (symbol) => links.markFromEditor(symbol);
}

/** Larger sets are left to their file: VS Code keeps this state as text. */
const KEPT_POINTS = 20_000;

/** What was kept of the settings of the page that is restored. */
let keptOverrides: Readonly<Record<string, unknown>> = {};
/** Writes what the page keeps over a reload. */
let keep = () => {};

function keepState(): void {
  let kept: { of: AppState['own']; own: { name: string; base64: string } | null } = { of: null, own: null };
  keep = () => {
    const { model, lost, overrides, derivationStep, chosen, pinned, own, experiment } = store.get();
    if (own !== kept.of) kept = { of: own, own: own && own.rows <= KEPT_POINTS ? { name: own.name, base64: encodePoints(own.points) } : null };
    host.keep({
      uri: (model ?? lost)?.uri ?? null, findingName: model ? model.finding.name : (lost?.findingName ?? null), findingLine: model?.finding.range.line ?? null,
      family: familyShown({ model, lost }), experiment, overrides: { ...(pageOf(store.get()) === 'vae' ? vae?.overrides : overrides) }, derivationStep, chosen, pinned, own: kept.own,
    });
  };
  store.on(['model', 'lost', 'overrides', 'derivationStep', 'chosen', 'pinned', 'own'], () => keep());
}

function fail(text: string): void {
  document.body.replaceChildren(h('p', { class: 'fatal', role: 'alert' }, text));
}

async function begin(): Promise<void> {
  registerControls();
  document.body.replaceChildren(h('p', { class: 'waiting', role: 'status' }, 'Connecting to the editor…'));
  const hello = await channel.call('hello', { protocol: PROTOCOL });
  await learn(hello.language, hello.words, warn);
  if (hello.protocol !== PROTOCOL) {
    fail(t('This panel speaks version {0} of the protocol and the extension version {1}: they come from different installs. Reload the window to bring them together.', PROTOCOL, hello.protocol));
    return;
  }
  const { saved } = host;
  // What was changed by hand belongs to one model; another one starts from its own file.
  // A model that could not be read again keeps its state: the next reload may bring it back.
  const lost = !hello.model && saved?.uri ? { uri: saved.uri, findingName: saved.findingName, family: saved.family } : null;
  const restored = saved && (lost || (saved.uri === (hello.model?.uri ?? null) && saved.findingName === (hello.model?.finding.name ?? null)));
  // Some settings of the two experiments have the same name.
  const page = pageOf({ model: hello.model, lost, experiment: hello.experiment });
  if (restored && page === 'vae') keptOverrides = saved.overrides;
  store.set({ lost, pinned: hello.pinned, experiment: hello.experiment, overrides: restored && page !== 'vae' ? readOverrides(saved.overrides) : {}, own: restored ? keptPoints(saved.own) : null });
  setOverrides(store.get().overrides);
  takeModel(hello.model, hello.action);
  store.set({ derivationStep: restored ? saved.derivationStep : 0, chosen: restored ? saved.chosen : null });
  build(hello.assets, hello.reduceMotion);
  store.set({ phase: 'idle' });
  const opened = shownPage();
  if (hello.record && opened) return opened.repeat(hello.record);
  act(hello.action);
  if (hello.read) readAt(hello.read);
  if (!opened) return;
  if (hello.action !== 'sample' && hello.action !== 'train') await opened.warm();
  if (hello.action !== 'train') await opened.offer();
}

begin().catch((error: unknown) => fail(t('Marginalia could not start: {0}', error instanceof Error ? reworded(error.message) : String(error))));
