/** The page: wires the store, the two channels and the panes. What happens is in the modules; here is only who knows whom. */
// First, so that its mark is the script's beginning.
import { markFirstFrame } from './marks';
import './panel.css';
import './pictures.css';
import { PROTOCOL, type PanelAction, type PanelModel } from '../../core/protocol/messages';
import { encodePoints, type RunRecord } from '../../core/protocol/record';
import type { Range } from '../../core/code/types';
import { OWN_POINTS, trainingKey } from '../experiments/ddpm/manifest';
import { actionBar } from './actionbar';
import { Compute } from './compute';
import { isTyping, registerControls } from './controls';
import { h } from './dom';
import { exportMenu } from './exportmenu';
import { form } from './form';
import { glossary } from './glossary';
import { header } from './header';
import { connectHost } from './host';
import { derivationPane } from './math';
import { ownBar } from './own';
import { picture } from './picture';
import { plotPane } from './plotpane';
import { followField, measureRun } from './probes';
import { keptPoints, overridesOf, ownPointsOf, recordOf } from './record';
import { Runner } from './run';
import { overridesForOtherModel, readOverrides, resolve, type Overrides } from './settings';
import { snapshot } from './snapshot';
import { finishedRun, initialState, isBusy, isSameModel, networkFor, playerFor, type AppState } from './state';
import { Store } from './store';
import { SymbolLinks } from './symbols';
import { followTheme, prefersStillness } from './theme';
import { trainBar, trainButton } from './trainbar';
import { TrainingRunner } from './train';
import { isTraining } from './training-state';
import { viewBar } from './viewbar';

const store = new Store<AppState>(initialState());
let runner: Runner | null = null;
let trainer: TrainingRunner | null = null;
let showDerivation = () => {};
let markSymbol: (symbol: string | null) => void = () => {};

const nothing = (act: () => void) => () => {
  act();
  return null;
};

const host = connectHost({
  model: ({ model, action }) => {
    takeModel(model, action);
    act(action);
    return null;
  },
  run: nothing(() => void runner?.start()),
  train: nothing(() => void trainer?.start('continue')),
  pause: nothing(() => (trainer?.running ? trainer.pause() : void trainer?.start('continue'))),
  stop: nothing(() => {
    runner?.stop();
    trainer?.pause();
  }),
  openRun: ({ record }) => {
    void repeat(record);
    return null;
  },
  pinned: ({ pinned }) => {
    store.set({ pinned });
    return null;
  },
  showDerivation: nothing(() => showDerivation()),
  cursorSymbol: ({ symbol }) => {
    markSymbol(symbol);
    return null;
  },
  snapshot: () => snapshot(store.get()),
});
const { channel } = host;

/** Messages whose answer changes nothing here; a host that is gone takes the page with it. */
function tell<K extends 'reveal' | 'highlight' | 'status' | 'log' | 'choose' | 'pin' | 'remember'>(method: K, params: Parameters<typeof channel.call<K>>[1]): void {
  channel.call(method, params).catch((error: unknown) => console.warn(`${method}: ${String(error)}`));
}

const log = (level: 'info' | 'warn' | 'error', text: string) => tell('log', { level, text });
const warn = (text: string) => log('warn', text);

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
  if (!same) {
    runner?.stop();
    trainer?.leave();
  }
  const overrides = same || !(last ?? lost) ? own : overridesForOtherModel(own);
  const resolved = resolve(model.finding, overrides);
  store.set({ model, gone: false, lost: null, overrides, resolved, player: playerFor(store.get(), resolved) });
  if (!same && action !== 'train') void trainer?.offer();
}

function act(action: PanelAction): void {
  if (action === 'sample') void runner?.start();
  if (action === 'train') void trainer?.start('continue');
  if (action === 'derivation') showDerivation();
}

/** Repeats a run as it was recorded: the same settings, and where the network was trained, the same steps from the beginning. */
async function repeat(record: RunRecord): Promise<void> {
  runner?.stop();
  const own = ownPointsOf(record);
  store.set({ own: own ?? store.get().own, networkChoice: record.trainedSteps > 0 ? 'trained' : 'stand-in' });
  setOverrides(overridesOf(record));
  const { resolved, training } = store.get();
  if (!resolved.settings || !runner || !trainer) return;
  if (record.trainedSteps > 0) {
    const there = training.settings && trainingKey(training.settings) === trainingKey(resolved.settings) && training.step === record.trainedSteps
      && training.settings.learningRate === resolved.settings.learningRate && training.settings.emaDecay === resolved.settings.emaDecay && !isTraining(training);
    if (!there) {
      trainer.leave();
      await trainer.start('fresh', record.trainedSteps, record.kind === 'sample');
      if (store.get().training.step !== record.trainedSteps) return;
    }
  }
  if (record.kind === 'sample') await runner.start();
}

async function save(suggestedName: string, bytes: Uint8Array | Promise<Uint8Array>): Promise<void> {
  try {
    const { saved } = await channel.call('save', { suggestedName, bytes: await bytes });
    store.set({ notice: saved === null ? null : `saved ${saved}` });
  } catch (error) {
    log('error', `export failed: ${String(error)}`);
    store.set({ notice: `not saved: ${error instanceof Error ? error.message : String(error)}` });
  }
}

async function copyLink(): Promise<void> {
  const run = finishedRun(store.get());
  if (!run) return;
  const { copied, problem } = await channel.call('copyLink', { record: recordOf('sample', run) });
  store.set({ notice: copied ? 'link copied' : problem });
}

/** The host keeps the last run, so that it can be repeated after this panel is gone. */
function remember(kind: RunRecord['kind']): void {
  const { ran, own, model, resolved, training } = store.get();
  const of = kind === 'sample' ? ran : { resolved, trainedSteps: training.step };
  if (!of?.resolved.settings || (kind === 'sample' && ran?.direction !== 'reverse')) return;
  tell('remember', { record: recordOf(kind, { ran: of, own: of.resolved.values.data === OWN_POINTS ? own : null, model }) });
}

function build(compute: Compute, reduceMotion: boolean): void {
  const page = { status: (running: string | null) => tell('status', { running }), log, still: () => prefersStillness(reduceMotion) };
  const run = (runner = new Runner(store, compute, {
    ...page,
    finished: () => {
      remember('sample');
      void measureRun(store, compute, warn);
    },
  }));
  const train = (trainer = new TrainingRunner(store, compute, {
    ...page,
    ended: (finished) => {
      remember('train');
      // The last preview stands still; the whole way from noise can be scrubbed.
      if (finished && store.get().previewing && !isBusy(store.get())) void run.start();
    },
  }));
  const links = new SymbolLinks(store, (symbol) => tell('highlight', { symbol }), reveal);
  const own = ownBar(store, { openFile: () => channel.call('openPoints', null), changed: () => train.leave(), log: warn });
  const image = picture(store, run, reveal, [viewBar(store, run), own]);
  const plots = plotPane(store, compute, (t) => run.seek((player) => player.seekTime(t)), warn);
  const derivation = derivationPane(store, links);
  const exports = exportMenu(store, { save, picture: () => image.toPng(), weights: () => compute.exportNetwork(store.get().resolved.device), copyLink });
  document.body.replaceChildren(
    header(store, {
      reveal: () => {
        const { model } = store.get();
        if (model) reveal(model.finding.range);
      },
      choose: (line) => tell('choose', { line }),
      pin: (pinned) => {
        store.set({ pinned });
        tell('pin', { pinned });
      },
    }),
    actionBar(store, run, trainButton(store, train), exports),
    trainBar(store, train),
    h('main', { class: 'panes' },
      h('div', { class: 'column left' }, image.element, plots.metrics, plots.element),
      h('div', { class: 'column right' }, h('div', { class: 'reading-pane' }, derivation.element, glossary(store, links, reveal)))),
    form(store, { change: setOverrides, reveal }),
    links.popover,
  );
  followField(store, compute, (field) => image.setField(field), warn);
  markFirstFrame(store);
  keepState();
  followTheme((theme) => {
    image.setTheme(theme);
    plots.setTheme(theme);
  });
  showDerivation = () => derivation.focus();
  markSymbol = (symbol) => links.markFromEditor(symbol);
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === 'Escape') {
      if (store.get().drawn !== null) store.set({ drawn: null });
      else if (isBusy(store.get())) run.stop();
    }
    if (isTyping(event.target)) return;
    if (event.key === 'r' || event.key === 'R') void run.start();
    if (event.key === 't' || event.key === 'T') {
      if (train.running) train.pause();
      else void train.start('continue');
    }
  });
}

/** Larger sets are left to their file: VS Code keeps this state as text. */
const KEPT_POINTS = 20_000;

function keepState(): void {
  let kept: { of: AppState['own']; own: { name: string; base64: string } | null } = { of: null, own: null };
  store.on(['model', 'lost', 'overrides', 'derivationStep', 'pinned', 'own'], ({ model, lost, overrides, derivationStep, pinned, own }) => {
    if (own !== kept.of) kept = { of: own, own: own && own.rows <= KEPT_POINTS ? { name: own.name, base64: encodePoints(own.points) } : null };
    host.keep({
      uri: (model ?? lost)?.uri ?? null, findingName: model ? model.finding.name : (lost?.findingName ?? null), findingLine: model?.finding.range.line ?? null,
      overrides: { ...overrides }, derivationStep, pinned, own: kept.own,
    });
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
  store.set({ lost, pinned: hello.pinned, overrides: restored ? readOverrides(saved.overrides) : {}, derivationStep: saved?.derivationStep ?? 0, own: restored ? keptPoints(saved.own) : null });
  setOverrides(store.get().overrides);
  takeModel(hello.model, hello.action);
  const compute = new Compute(hello.assets, warn);
  compute.prepare(store.get().resolved.device, networkFor(store.get()));
  build(compute, hello.reduceMotion);
  store.set({ phase: 'idle' });
  // Closing the panel ends the page, and with it the worker; a reload inside the webview would not.
  addEventListener('pagehide', () => compute.dispose());
  if (hello.record) return repeat(hello.record);
  act(hello.action);
  if (hello.action !== 'sample' && hello.action !== 'train') await runner?.warm();
  if (hello.action !== 'train') await trainer?.offer();
}

begin().catch((error: unknown) => fail(`Marginalia could not start: ${error instanceof Error ? error.message : String(error)}`));
