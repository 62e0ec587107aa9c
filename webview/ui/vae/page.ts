/** The page of the VAE: pictures, the bound in numbers, settings, training. Built, and its worker started, when such a page is first shown. */
import type { SymbolId } from '../../../core/formulas/symbols';
import type { HostMethods, PanelAction, PanelModel } from '../../../core/protocol/messages';
import type { RunRecord } from '../../../core/protocol/record';
import { vaeLinks, VAE_VIEWS } from '../../experiments/vae/view';
import type { VaeScene, VaeView } from '../../experiments/vae/view/types';
import type { DeviceReport } from '../../worker/protocol';
import type { WorkerPool } from '../compute/pool';
import { isTyping } from '../controls';
import { h } from '../dom';
import type { ExperimentPage } from '../experiment';
import { form } from '../form';
import type { HostChannel, Reveal } from '../host';
import { plotTabs } from '../plots/tabs';
import { Store } from '../store';
import type { Theme } from '../theme';
import { t } from '../words';
import { BaselineAsker } from './baseline';
import { vaeBar, vaeProgress } from './bar';
import './vae.css';
import { VaeCompute } from './compute';
import { dataBar, followData } from './data';
import { vaeExports } from './exports';
import { vaeApplies, VAE_GROUPS, VAE_PAGE_FIELDS, type VaeControlId } from './fields';
import { ShippedData } from './images';
import { sceneOf } from './scene';
import { parseVaeField, readVaeOverrides, resolveVae, vaeOverridesForOtherModel, withVaeOverride, type VaeOverrides } from './settings';
import { vaeSnapshot } from './snapshot';
import { initialVaeState, type VaeState } from './state';
import { liveValues } from './live';
import { boundTerms } from './terms';
import { VaeRunner, WATCH } from './train';
import { runList } from './runlist';

export interface VaePageHost {
  channel: HostChannel;
  /** For messages whose answer changes nothing here. */
  tell<K extends 'status' | 'log'>(method: K, params: HostMethods[K]['params']): void;
  reveal: Reveal;
  /** Whether the person wants no animation. */
  still(): boolean;
  /** The model that is shown; null for an empty page. */
  model(): PanelModel | null;
  device(report: DeviceReport | null): void;
  /** What symbols of the derivation are worth now. */
  live(values: Readonly<Partial<Record<SymbolId, number>>>): void;
  /** Brings a derivation to sight. */
  read(derivation: string): void;
  /** Under which checkpoints of this model are kept. */
  key(): string;
  /** Its state is another: what is kept over a reload is to be written. */
  changed(): void;
}

export interface VaePage extends ExperimentPage {
  readonly overrides: VaeOverrides;
  /** Takes a model; what a person had changed for the same one stays. */
  take(change: { same: boolean; kept?: Readonly<Record<string, unknown>> }): void;
  snapshot(): ReturnType<typeof vaeSnapshot>;
}

export function buildVaePage(pool: WorkerPool, images: Readonly<Record<string, string>>, host: VaePageHost): VaePage {
  const store = new Store<VaeState>(initialVaeState());
  const { channel } = host;
  const log = (level: 'info' | 'warn' | 'error', text: string) => host.tell('log', { level, text });
  const warn = (text: string) => log('warn', text);
  const compute = new VaeCompute(pool);
  const runner = new VaeRunner(store, compute, {
    key: host.key, status: (running) => host.tell('status', { running }), log, still: host.still, ended: () => {},
  });
  let train = false;

  function setOverrides(overrides: VaeOverrides): void {
    store.set({ overrides, resolved: resolveVae(host.model()?.finding ?? null, overrides), notice: null });
    host.changed();
  }

  const settings = form<VaeControlId>(VAE_GROUPS, VAE_PAGE_FIELDS, {
    set: (id, text) => setOverrides(withVaeOverride(store.get().overrides, id, text === undefined ? undefined : parseVaeField(id, text), host.model()?.finding ?? null)),
    reveal: host.reveal,
  }, { model: [dataBar(store, channel, warn)] });
  store.on(['resolved'], ({ resolved }) => settings.draw((id) => ({ value: resolved.values[id], origin: resolved.origins[id], problem: resolved.problems[id] ?? null, applies: vaeApplies(id, resolved.values) })));

  const pictures = pictureTabs(store, compute, new BaselineAsker(store, compute, WATCH.pairs, warn), host.read);
  followData(store, new ShippedData({ images }), () => runner.leave());
  // What was asked for before the data came is done when they are there; else an interrupted training goes on.
  store.on(['data'], ({ data }) => {
    if (!data) return;
    if (train) void runner.start('continue');
    else void runner.offer().catch((error: unknown) => warn(`checkpoint: ${String(error)}`));
    train = false;
  });
  const exports = vaeExports(store, compute, {
    save: async (suggestedName, bytes) => (await channel.call('save', { suggestedName, bytes })).saved,
    open: () => channel.call('openWeights', null),
    key: host.key,
    opened: (step) => runner.start('continue', step),
    failed: (text) => log('error', text),
  });
  store.on(['device'], ({ device }) => host.device(device));
  store.on(['tick', 'trained', 'resolved', 'data'], (state) => host.live(liveValues(state)));
  const readingPane = h('div', { class: 'reading-pane' });
  const terms = boundTerms(store, compute, warn);

  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.body.dataset.page !== 'vae' || isTyping(event.target)) return;
    if (event.key === 't' || event.key === 'T') {
      if (runner.running) runner.pause();
      else void runner.start('continue');
    }
  });

  const start = () => {
    if (store.get().data) void runner.start('continue');
    else train = true;
  };
  return {
    elements: [
      vaeBar(store, runner, exports),
      vaeProgress(store),
      h('main', { class: 'panes' },
        h('div', { class: 'column left' }, h('section', { class: 'picture vae-pictures', 'aria-label': t('Pictures of the model') }, pictures.element), terms, runList(store)),
        h('div', { class: 'column right' }, readingPane)),
      settings.element,
    ],
    readingPane,
    setTheme: pictures.setTheme,
    act(action: PanelAction) {
      if (action === 'train') start();
      if (action === 'latentMap') pictures.select('map');
    },
    pause: () => (runner.running ? runner.pause() : start()),
    stop: () => runner.pause(),
    leave: () => {
      train = false;
      runner.leave();
    },
    offer: () => (store.get().data ? runner.offer() : Promise.resolve()),
    warm: async () => {
      await pool.open(store.get().resolved.device).then(({ device }) => device).then((device) => store.set({ device }), () => {});
    },
    repeat: async (_record: RunRecord) => {},
    get overrides() {
      return store.get().overrides;
    },
    take({ same, kept }) {
      const before = store.get().overrides;
      const overrides = kept ? readVaeOverrides(kept) : same ? before : vaeOverridesForOtherModel(before);
      setOverrides(overrides);
    },
    snapshot: () => vaeSnapshot(store.get()),
  };
}

/** The pictures, one in sight; each is made when it is first looked at. */
function pictureTabs(store: Store<VaeState>, compute: VaeCompute, { want: wantBaseline }: BaselineAsker, read: (derivation: string) => void): { element: HTMLElement; select(id: string): void; setTheme(theme: Theme): void } {
  let theme: Theme | null = null;
  const made = new Map<string, VaeView>();
  const holders = VAE_VIEWS.map(({ id, label }) => ({ id, label: t(label), element: h('div', { class: 'vae-holder', 'data-view': id }) }));
  const model = { device: () => store.get().resolved.device, compute, wantBaseline, decoded: (point: Float32Array) => store.set({ point }) };
  const scene = (): VaeScene => sceneOf(store.get(), model);
  const show = (id: string) => {
    for (const [other, view] of made) if (other !== id) view.show(false);
    let view = made.get(id);
    if (!view) {
      view = VAE_VIEWS.find((candidate) => candidate.id === id)!.create(links);
      made.set(id, view);
      holders.find((holder) => holder.id === id)!.element.append(view.element);
      if (theme) view.setTheme(theme);
    }
    view.show(true);
    view.set(scene());
    store.set({ view: id });
  };
  const links = vaeLinks((id) => open(id), read);
  const tabs = plotTabs(holders, { label: t('Pictures'), changed: show });
  const open = (id: string) => {
    tabs.select(id);
    show(id);
  };
  let waiting = 0;
  // At most one drawing a frame, however fast the training tells.
  store.on(['revision', 'tick', 'preview', 'data', 'runs', 'bound', 'baseline', 'trained', 'resolved'], () => {
    if (waiting) return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      made.get(tabs.selected)?.set(scene());
    });
  });
  show(tabs.selected);
  return {
    element: tabs.element,
    select: open,
    setTheme(next) {
      theme = next;
      for (const view of made.values()) view.setTheme(next);
    },
  };
}
