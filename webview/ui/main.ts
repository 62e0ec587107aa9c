/** The page: wires the store, the two channels and the panes. What happens is in the modules; here is only who knows whom. */
import './panel.css';
import './pictures.css';
import { PROTOCOL, type PanelAction, type PanelModel } from '../../core/protocol/messages';
import type { Range } from '../../core/code/types';
import { actionBar } from './actionbar';
import { Compute } from './compute';
import { isTyping, registerControls } from './controls';
import { h } from './dom';
import { exportCsv, exportJson, type FinishedRun } from './export';
import { form } from './form';
import { glossary } from './glossary';
import { header } from './header';
import { connectHost } from './host';
import { derivationPane } from './math';
import { picture } from './picture';
import { schedulePlot } from './plots/schedule';
import { Runner } from './run';
import { overridesForOtherModel, readOverrides, resolve, type Overrides } from './settings';
import { snapshot } from './snapshot';
import { finishedRun, initialState, isBusy, isSameModel, playerFor, shownTime, type AppState } from './state';
import { Store } from './store';
import { SymbolLinks } from './symbols';
import { followTheme, prefersStillness } from './theme';

const store = new Store<AppState>(initialState());
let runner: Runner | null = null;
let showDerivation = () => {};
let markSymbol: (symbol: string | null) => void = () => {};

const host = connectHost({
  model: ({ model, action }) => {
    takeModel(model, action);
    act(action);
    return null;
  },
  run: () => {
    void runner?.start();
    return null;
  },
  stop: () => {
    runner?.stop();
    return null;
  },
  showDerivation: () => {
    showDerivation();
    return null;
  },
  cursorSymbol: ({ symbol }) => {
    markSymbol(symbol);
    return null;
  },
  snapshot: () => snapshot(store.get()),
});
const { channel } = host;

/** Messages whose answer changes nothing here; a host that is gone takes the page with it. */
function tell<K extends 'reveal' | 'highlight' | 'status' | 'log'>(method: K, params: Parameters<typeof channel.call<K>>[1]): void {
  channel.call(method, params).catch((error: unknown) => console.warn(`${method}: ${String(error)}`));
}

const reveal = (range: Range) => {
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
  const { model: last, lost, overrides: own } = store.get();
  const same = isSameModel({ model: last, lost }, model, action);
  // Another model's run is not this one's, also where this one's settings cannot run.
  if (!same) runner?.stop();
  const overrides = same || !(last ?? lost) ? own : overridesForOtherModel(own);
  const resolved = resolve(model.finding, overrides);
  store.set({ model, gone: false, lost: null, overrides, resolved, player: playerFor(store.get(), resolved) });
}

function act(action: PanelAction): void {
  if (action === 'sample') void runner?.start();
  if (action === 'derivation') showDerivation();
}

async function save(suggestedName: string, encode: (run: FinishedRun) => Uint8Array): Promise<void> {
  const finished = finishedRun(store.get());
  // The buttons are disabled then; should a press come all the same, it is answered.
  if (!finished) return store.set({ notice: 'nothing to save before a run has finished' });
  try {
    const { saved } = await channel.call('save', { suggestedName, bytes: encode(finished) });
    store.set({ notice: saved === null ? null : `saved ${saved}` });
  } catch (error) {
    tell('log', { level: 'error', text: `export failed: ${String(error)}` });
    store.set({ notice: `not saved: ${error instanceof Error ? error.message : String(error)}` });
  }
}

function build(compute: Compute, reduceMotion: boolean): void {
  const run = (runner = new Runner(store, compute, {
    status: (running) => tell('status', { running }),
    log: (level, text) => tell('log', { level, text }),
    still: () => prefersStillness(reduceMotion),
  }));
  const links = new SymbolLinks(store, (symbol) => tell('highlight', { symbol }), reveal);
  const image = picture(store, run, reveal);
  const plot = schedulePlot((t) => run.seek((player) => player.seekTime(t)));
  const derivation = derivationPane(store, links);
  document.body.replaceChildren(
    header(store, () => {
      const { model } = store.get();
      if (model) reveal(model.finding.range);
    }),
    actionBar(store, run, {
      exportJson: () => void save('ddpm-sample.json', exportJson),
      exportCsv: () => void save('ddpm-sample.csv', ({ points }) => exportCsv(points)),
    }),
    h('main', { class: 'panes' },
      h('div', { class: 'column left' }, image.element, plot.element),
      h('div', { class: 'column right' }, h('div', { class: 'reading-pane' }, derivation.element, glossary(store, links, reveal)))),
    form(store, { change: setOverrides, reveal }),
    links.popover,
  );
  store.on(['resolved'], ({ resolved }) => plot.set({ quantities: resolved.quantities }));
  store.on(['tick', 'player', 'resolved'], (state) => plot.setTime(shownTime(state)));
  store.on(['model', 'lost', 'overrides', 'derivationStep'], ({ model, lost, overrides, derivationStep }) =>
    host.keep({ uri: (model ?? lost)?.uri ?? null, findingName: model ? model.finding.name : (lost?.findingName ?? null), findingLine: model?.finding.range.line ?? null, overrides: { ...overrides }, derivationStep }));
  followTheme((theme) => {
    image.setTheme(theme);
    plot.setTheme(theme);
  });
  showDerivation = () => derivation.focus();
  markSymbol = (symbol) => links.markFromEditor(symbol);
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === 'Escape' && isBusy(store.get())) run.stop();
    if ((event.key === 'r' || event.key === 'R') && !isTyping(event.target)) void run.start();
  });
}

function fail(text: string): void {
  document.body.replaceChildren(h('p', { class: 'fatal', role: 'alert' }, text));
}

async function begin(): Promise<void> {
  registerControls();
  document.body.replaceChildren(h('p', { class: 'waiting', role: 'status' }, 'Connecting to the editor…'));
  const hello = await channel.call('hello', { protocol: PROTOCOL });
  if (hello.protocol !== PROTOCOL) {
    fail(`This panel speaks version ${PROTOCOL} of the protocol and the extension version ${hello.protocol}: they come from different installs. Reload the window to bring them together.`);
    return;
  }
  const { saved } = host;
  // What was changed by hand belongs to one model; another one starts from its own file.
  // A model that could not be read again keeps its state: the next reload may bring it back.
  const lost = !hello.model && saved?.uri ? { uri: saved.uri, findingName: saved.findingName } : null;
  const restored = saved && (lost || (saved.uri === (hello.model?.uri ?? null) && saved.findingName === (hello.model?.finding.name ?? null)));
  store.set({ lost, overrides: restored ? readOverrides(saved.overrides) : {}, derivationStep: saved?.derivationStep ?? 0 });
  setOverrides(store.get().overrides);
  takeModel(hello.model, hello.action);
  const compute = new Compute(hello.assets, (text) => tell('log', { level: 'warn', text }));
  build(compute, hello.reduceMotion);
  store.set({ phase: 'idle' });
  act(hello.action);
  if (hello.action !== 'sample') void runner?.warm();
  // Closing the panel ends the page, and with it the worker; a reload inside the webview would not.
  addEventListener('pagehide', () => compute.dispose());
}

begin().catch((error: unknown) => fail(`Marginalia could not start: ${error instanceof Error ? error.message : String(error)}`));
