/** The one bar that is always there: sample or stop, the scrubber over t, replay, export. */
import { h, setAttributes, setHidden, setText } from './dom';
import { button } from './controls';
import { spokenTime } from './player';
import type { Runner } from './run';
import { finishedRun, isBusy, isStale, type AppState } from './state';
import type { Store } from './store';

export interface BarActions {
  exportJson(): void;
  exportCsv(): void;
}

/** Page keys move this share of the way. */
const PAGE_SHARE = 0.1;

export function actionBar(store: Store<AppState>, runner: Runner, actions: BarActions): HTMLElement {
  const run = button({
    label: 'Sample', icon: 'play', appearance: 'primary', title: 'Sample with the settings below (R)',
    onPress: () => (isBusy(store.get()) ? runner.stop() : void runner.start()),
  });
  run.element.id = 'run';
  const replay = button({ label: 'Replay', icon: 'replay', appearance: 'secondary', title: 'Play the run again, from noise to data', onPress: () => runner.replay() });
  const json = button({ label: 'JSON', icon: 'export', appearance: 'secondary', title: 'Export settings, their origins, ᾱ and the sample as JSON', onPress: actions.exportJson });
  const csv = button({ label: 'CSV', icon: 'export', appearance: 'secondary', title: 'Export the sample as CSV', onPress: actions.exportCsv });
  const scrubber = h('input', { type: 'range', id: 'scrubber', min: 0, max: 0, step: 1, value: 0, 'aria-label': 'Diffusion time t, from noise to data' });
  // The slider itself says its value; read out from here too, every frame of a run would be spoken.
  const time = h('span', { class: 'time', 'aria-hidden': 'true' });
  const badge = h('span', { class: 'badge' });
  const status = h('span', { class: 'run-status', role: 'status' });

  scrubber.addEventListener('input', () => runner.seek((player) => player.seek(scrubber.valueAsNumber)));
  scrubber.addEventListener('keydown', (event) => {
    const direction = event.key === 'PageUp' ? 1 : event.key === 'PageDown' ? -1 : 0;
    if (direction === 0) return;
    event.preventDefault();
    runner.seek((player) => player.seek(player.index + direction * Math.max(1, Math.round(PAGE_SHARE * player.end))));
  });

  store.on(['phase', 'resolved'], (state) => {
    const busy = isBusy(state);
    const invalid = !state.resolved.settings;
    run.set({
      label: busy ? 'Stop' : 'Sample', icon: busy ? 'stop' : 'play', primary: !busy,
      disabled: state.phase === 'loading' || (!busy && invalid),
      title: busy ? 'Stop (Escape)' : invalid ? 'A setting below needs mending first' : 'Sample with the settings below (R)',
    });
  });
  store.on(['tick', 'phase', 'player', 'ran', 'device'], (state) => {
    const { player, phase } = state;
    const { span } = player;
    scrubber.disabled = phase === 'loading' || phase === 'starting' || span < 1;
    if (scrubber.max !== String(span)) scrubber.max = String(span);
    if (scrubber.valueAsNumber !== player.index) scrubber.value = String(player.index);
    setAttributes(scrubber, { 'aria-valuetext': spokenTime(player.t, player.T) });
    scrubber.style.setProperty('--share', String(span > 0 ? player.index / span : 0));
    setText(time, `t = ${player.t} / ${player.T}`);
    replay.set({ disabled: player.count < 2 || phase === 'running' || phase === 'starting' });
    const exportable = finishedRun(state) !== null;
    json.set({ disabled: !exportable });
    csv.set({ disabled: !exportable });
  });
  store.on(['phase', 'resolved', 'ran', 'notice'], (state) => {
    setText(status, statusText(state));
    const stale = isStale(state) && state.resolved.settings !== null;
    setText(badge, stale ? 'settings changed · press R to run again' : '');
    setHidden(badge, !stale);
  });

  return h('div', { class: 'action-bar', role: 'toolbar', 'aria-label': 'Run' },
    run.element, replay.element, h('span', { class: 'button-pair' }, json.element, csv.element),
    h('div', { class: 'scrub' }, h('span', { class: 'scrub-end', 'aria-hidden': 'true' }, 'noise'), scrubber, h('span', { class: 'scrub-end', 'aria-hidden': 'true' }, 'data'), time),
    status, h('span', { role: 'status' }, badge));
}

function statusText({ phase, resolved, player, notice }: AppState): string {
  const problem = Object.values(resolved.problems)[0];
  // What came of an export is told even while a field below is being mended.
  if (phase === 'finished' && notice) return notice;
  if (phase !== 'running' && phase !== 'starting' && problem) return `cannot run: ${problem}`;
  switch (phase) {
    case 'loading':
      return 'loading';
    case 'starting':
      return 'starting';
    case 'stopped':
      return player.last ? `stopped at t = ${player.last.t + 1}` : 'stopped before the first step';
    case 'failed':
      return 'failed';
    default:
      return notice ?? '';
  }
}
