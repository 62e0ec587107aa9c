/** The page on which a model runs: picture, plots, settings, training. Built, and its worker started, when such a page is first shown. */
import { type HostMethods } from '../../core/protocol/messages';
import type { RunRecord } from '../../core/protocol/record';
import { OWN_POINTS, trainingKey } from '../experiments/ddpm/manifest';
import { actionBar } from './actionbar';
import type { Compute } from './compute';
import { isTyping } from './controls';
import { h } from './dom';
import type { ExperimentPage } from './experiment';
import { exportMenu } from './exportmenu';
import { applies, GROUPS, PAGE_FIELDS } from './fields';
import { form } from './form';
import type { HostChannel, Reveal } from './host';
import { ownBar } from './own';
import { picture } from './picture';
import { plotPane } from './plotpane';
import { followField, measureRun } from './probes';
import { followRun } from './runprobe';
import { overridesOf, ownPointsOf, recordOf } from './record';
import { Runner } from './run';
import { parseField, withOverride, type Overrides } from './settings';
import { finishedRun, isBusy, pageOf, type AppState } from './state';
import type { Store } from './store';
import { trainBar, trainButton } from './trainbar';
import { TrainingRunner } from './train';
import { isTraining } from './training-state';
import { viewBar } from './viewbar';
import { reworded } from './sentences';
import { t } from './words';

export interface Playground extends ExperimentPage {
  runner: Runner;
  trainer: TrainingRunner;
}

export interface PlaygroundHost {
  channel: HostChannel;
  /** For messages whose answer changes nothing here. */
  tell<K extends 'status' | 'log' | 'remember'>(method: K, params: HostMethods[K]['params']): void;
  reveal: Reveal;
  /** Whether the person wants no animation. */
  still(): boolean;
  setOverrides(overrides: Overrides): void;
}

export function buildPlayground(store: Store<AppState>, compute: Compute, { channel, tell, reveal, still, setOverrides }: PlaygroundHost): Playground {
  const log = (level: 'info' | 'warn' | 'error', text: string) => tell('log', { level, text });
  const warn = (text: string) => log('warn', text);
  const host = { status: (running: string | null) => tell('status', { running }), log, still };
  const runner = new Runner(store, compute, {
    ...host,
    finished: () => {
      remember('sample');
      void measureRun(store, compute, warn);
    },
  });
  const trainer = new TrainingRunner(store, compute, {
    ...host,
    ended: (finished) => {
      remember('train');
      // The last preview stands still; the whole way from noise can be scrubbed.
      if (finished && store.get().previewing && !isBusy(store.get())) void runner.start();
    },
  });

  /** The host keeps the last run, so that it can be repeated after this panel is gone. */
  function remember(kind: RunRecord['kind']): void {
    const { ran, own, model, resolved, training } = store.get();
    const of = kind === 'sample' ? ran : { resolved, trainedSteps: training.step };
    if (!of?.resolved.settings || (kind === 'sample' && ran?.direction !== 'reverse')) return;
    tell('remember', { record: recordOf(kind, { ran: of, own: of.resolved.values.data === OWN_POINTS ? own : null, model }) });
  }

  async function save(suggestedName: string, bytes: Uint8Array | Promise<Uint8Array>): Promise<void> {
    try {
      const { saved } = await channel.call('save', { suggestedName, bytes: await bytes });
      store.set({ notice: saved === null ? null : t('saved {0}', saved) });
    } catch (error) {
      log('error', `export failed: ${String(error)}`);
      store.set({ notice: t('not saved: {0}', error instanceof Error ? reworded(error.message) : String(error)) });
    }
  }

  async function copyLink(): Promise<void> {
    const run = finishedRun(store.get());
    if (!run) return;
    const { copied, problem } = await channel.call('copyLink', { record: recordOf('sample', run) });
    store.set({ notice: copied ? t('link copied') : problem });
  }

  async function repeat(record: RunRecord): Promise<void> {
    runner.stop();
    const own = ownPointsOf(record);
    store.set({ own: own ?? store.get().own, networkChoice: record.trainedSteps > 0 ? 'trained' : 'stand-in' });
    setOverrides(overridesOf(record));
    const { resolved, training } = store.get();
    if (!resolved.settings) return;
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

  const own = ownBar(store, { openFile: () => channel.call('openPoints', null), changed: () => trainer.leave(), log: warn });
  const image = picture(store, runner, reveal, [viewBar(store, runner), own]);
  const plots = plotPane(store, compute, (time) => runner.seek((player) => player.seekTime(time)), warn);
  const exports = exportMenu(store, { save, picture: () => image.toPng(), weights: () => compute.exportNetwork(store.get().resolved.device), copyLink });
  const settings = form(GROUPS, PAGE_FIELDS, {
    set(id, text) {
      const { overrides, model } = store.get();
      setOverrides(withOverride(overrides, id, text === undefined ? undefined : parseField(id, text), model?.finding ?? null));
    },
    reveal,
  });
  store.on(['resolved', 'model'], ({ resolved }) => settings.draw((id) => ({
    value: resolved.values[id], origin: resolved.origins[id], problem: resolved.problems[id] ?? null, applies: applies(id, resolved.values),
  })));
  const readingPane = h('div', { class: 'reading-pane' });
  followField(store, compute, (field) => image.setField(field), warn);
  followRun(store, compute, warn);
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || pageOf(store.get()) !== 'playground') return;
    if (event.key === 'Escape') {
      if (store.get().drawn !== null) store.set({ drawn: null });
      else if (isBusy(store.get())) runner.stop();
    }
    if (isTyping(event.target)) return;
    if (event.key === 'r' || event.key === 'R') void runner.start();
    if (event.key === 't' || event.key === 'T') {
      if (trainer.running) trainer.pause();
      else void trainer.start('continue');
    }
  });

  return {
    elements: [
      actionBar(store, runner, trainButton(store, trainer), exports),
      trainBar(store, trainer),
      h('main', { class: 'panes' },
        h('div', { class: 'column left' }, image.element, plots.metrics, plots.element),
        h('div', { class: 'column right' }, readingPane)),
      settings.element,
    ],
    readingPane, runner, trainer, repeat,
    setTheme(theme) {
      image.setTheme(theme);
      plots.setTheme(theme);
    },
    act(action) {
      if (action === 'sample') void runner.start();
      if (action === 'train') void trainer.start('continue');
    },
    pause: () => (trainer.running ? trainer.pause() : void trainer.start('continue')),
    stop() {
      runner.stop();
      trainer.pause();
    },
    leave() {
      runner.stop();
      trainer.leave();
    },
    offer: () => trainer.offer(),
    warm: () => runner.warm(),
  };
}
