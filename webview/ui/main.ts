/** The page: wires the store, the two channels and the panes. What happens is in the modules; here is only who knows whom. */
import './panel.css';
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
import { schedulePlot } from './plots';
import { Runner } from './run';
import { overridesForOtherModel, readOverrides, resolve, type Overrides } from './settings';
import { snapshot } from './snapshot';
import { initialState, isBusy, playerFor, shownTime, type AppState } from './state';
import { Store } from './store';
import { SymbolLinks } from './symbols';
import { followTheme, prefersStillness } from './theme';

const store = new Store<AppState>(initialState());
let runner: Runner | null = null;
let showDerivation = () => {};
let markSymbol: (symbol: string | null) => void = () => {};

const host = connectHost({
  model: ({ model, action }) => {
    takeModel(model);
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
  store.set({ overrides, resolved, player: playerFor(store.get(), resolved) });
}

/** An edit of the same model, another model, or (null) the end of one: then the last is kept and said to be gone. */
function takeModel(model: PanelModel | null): void {
  const before = store.get();
  if (!model) {
    store.set({ gone: before.model !== null });
    return;
  }
  const same = before.model?.uri === model.uri && before.model.finding.name === model.finding.name;
  const overrides = same || !before.model ? before.overrides : overridesForOtherModel(before.overrides);
  const resolved = resolve(model.finding, overrides);
  store.set({ model, gone: false, overrides, resolved, player: playerFor(before, resolved) });
}

function act(action: PanelAction): void {
  if (action === 'sample') void runner?.start();
  if (action === 'derivation') showDerivation();
}

async function save(suggestedName: string, encode: (run: FinishedRun) => Uint8Array): Promise<void> {
  const { ran, device, player } = store.get();
  if (!ran || !device || !player.last) return;
  try {
    const { saved } = await channel.call('save', { suggestedName, bytes: encode({ resolved: ran, device, points: player.last.points }) });
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
  store.on(['resolved'], ({ resolved }) => plot.setQuantities(resolved.quantities));
  store.on(['tick', 'player', 'resolved'], (state) => plot.setTime(shownTime(state)));
  store.on(['model', 'overrides', 'derivationStep'], ({ model, overrides, derivationStep }) =>
    host.keep({ uri: model?.uri ?? null, findingName: model?.finding.name ?? null, overrides: { ...overrides }, derivationStep }));
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
  const restored = saved && saved.uri === (hello.model?.uri ?? null) && saved.findingName === (hello.model?.finding.name ?? null);
  store.set({ overrides: restored ? readOverrides(saved.overrides) : {}, derivationStep: saved?.derivationStep ?? 0 });
  setOverrides(store.get().overrides);
  takeModel(hello.model);
  const compute = new Compute(hello.assets, (text) => tell('log', { level: 'warn', text }));
  build(compute, hello.reduceMotion);
  store.set({ phase: 'idle' });
  act(hello.action);
  if (hello.action !== 'sample') void runner?.warm();
  // Closing the panel ends the page, and with it the worker; a reload inside the webview would not.
  addEventListener('pagehide', () => compute.dispose());
}

begin().catch((error: unknown) => fail(`Marginalia could not start: ${error instanceof Error ? error.message : String(error)}`));
