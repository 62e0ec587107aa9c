/** The one bar that is always there: sample or stop, the scrubber over t, replay, export. */
import { h, setAttributes, setHidden, setText } from './dom';
import { button } from './controls';
import { spokenTime } from './player';
import type { Runner } from './run';
import { isBusy, isStale, sampleProblem, type AppState } from './state';
import type { Store } from './store';
import { t } from './words';

/** Page keys move this share of the way. */
const PAGE_SHARE = 0.1;

/** `train` and `exports` stand in the bar as they come. */
export function actionBar(store: Store<AppState>, runner: Runner, train: HTMLElement, exports: HTMLElement): HTMLElement {
  const run = button({
    label: t('Sample'), icon: 'play', appearance: 'primary', title: t('Sample with the settings below (R)'),
    onPress: () => (isBusy(store.get()) ? runner.stop() : void runner.start()),
  });
  run.element.id = 'run';
  const replay = button({ label: t('Replay'), icon: 'replay', appearance: 'secondary', title: t('Play the run again'), onPress: () => runner.replay() });
  const scrubber = h('input', { type: 'range', id: 'scrubber', min: 0, max: 0, step: 1, value: 0, 'aria-label': t('Diffusion time t') });
  // The slider itself says its value; read out from here too, every frame of a run would be spoken.
  const time = h('span', { class: 'time', 'aria-hidden': 'true' });
  const [from, to] = [h('span', { class: 'scrub-end', 'aria-hidden': 'true' }), h('span', { class: 'scrub-end', 'aria-hidden': 'true' })];
  const badge = h('span', { class: 'badge' });
  const status = h('span', { class: 'run-status', role: 'status' });

  scrubber.addEventListener('input', () => runner.seek((player) => player.seek(scrubber.valueAsNumber)));
  scrubber.addEventListener('keydown', (event) => {
    const direction = event.key === 'PageUp' ? 1 : event.key === 'PageDown' ? -1 : 0;
    if (direction === 0) return;
    event.preventDefault();
    runner.seek((player) => player.seek(player.index + direction * Math.max(1, Math.round(PAGE_SHARE * player.end))));
  });

  store.on(['phase', 'resolved', 'own', 'training', 'networkChoice'], (state) => {
    const busy = isBusy(state);
    const problem = state.resolved.settings ? sampleProblem(state) : t('A setting below needs mending first');
    run.set({
      label: busy ? t('Stop') : t('Sample'), icon: busy ? 'stop' : 'play', primary: !busy,
      disabled: state.phase === 'loading' || (!busy && problem !== null),
      title: busy ? t('Stop (Escape)') : (problem ?? t('Sample with the settings below (R)')),
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
    const forward = state.ran?.direction === 'forward' && player.count > 0;
    setText(from, forward ? t('data') : t('noise'));
    setText(to, forward ? t('noise') : t('data'));
  });
  store.on(['phase', 'resolved', 'ran', 'notice', 'networkChoice', 'own'], (state) => {
    setText(status, statusText(state));
    const stale = isStale(state) && state.resolved.settings !== null && sampleProblem(state) === null;
    setText(badge, stale ? t('settings changed · press R to run again') : '');
    setHidden(badge, !stale);
  });

  return h('div', { class: 'action-bar', role: 'toolbar', 'aria-label': t('Run') },
    run.element, train, replay.element, exports,
    h('div', { class: 'scrub' }, from, scrubber, to, time),
    status, h('span', { role: 'status' }, badge));
}

function statusText(state: AppState): string {
  const { phase, resolved, player, notice } = state;
  const problem = Object.values(resolved.problems)[0];
  // What came of an export is told even while a field below is being mended.
  if (phase === 'finished' && notice) return notice;
  if (phase !== 'running' && phase !== 'starting' && problem) return t('cannot run: {0}', problem);
  const missing = sampleProblem(state);
  if (missing && !isBusy(state) && phase !== 'loading') return missing;
  switch (phase) {
    case 'loading':
      return t('loading');
    case 'starting':
      return t('starting');
    case 'stopped':
      return player.last ? t('stopped at t = {0}', player.last.t + 1) : t('stopped before the first step');
    case 'failed':
      return t('failed');
    default:
      return notice ?? '';
  }
}
