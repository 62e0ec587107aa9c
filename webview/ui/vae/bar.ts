/** The bars on top of the VAE's page: what can be done, how far the training is, and what a person should know of it. */
import { button } from '../controls';
import { h, setAttributes, setHidden, setText } from '../dom';
import type { Store } from '../store';
import { PHASES } from '../trainbar';
import { t } from '../words';
import { allSteps, isVaeTraining, vaeProgressText, type VaeState } from './state';
import type { VaeRunner } from './train';

/** Why training cannot start now, in words; null when it can. */
export function trainingProblem({ resolved, data, dataProblem, phase, step }: VaeState): string | null {
  if (!resolved.settings) return Object.values(resolved.problems)[0] ?? t('A setting below needs mending first.');
  if (!data) return dataProblem ?? t('The data are not there yet.');
  if (phase === 'finished' && step >= allSteps({ data }, resolved.settings)) return t('All epochs are done: raise “Epochs”, or reset.');
  return null;
}

export function vaeBar(store: Store<VaeState>, runner: VaeRunner, exports: HTMLElement): HTMLElement {
  const train = button({ label: t('Train'), icon: 'play', appearance: 'primary', onPress: () => (runner.running ? runner.pause() : void runner.start('continue')) });
  train.element.id = 'train-vae';
  const step = button({ label: t('Step'), icon: 'step', appearance: 'secondary', title: t('One training step'), onPress: () => void runner.step() });
  const reset = button({ label: t('Reset'), icon: 'reset', appearance: 'secondary', title: t('Forget the trained network and its checkpoints'), onPress: () => void runner.reset() });
  const keep = button({ label: t('Keep run'), icon: 'pin', appearance: 'secondary', title: t('Keep the curves of this training, to compare the next one with'), onPress: () => runner.keep() });
  const status = h('span', { class: 'run-status', role: 'status' });
  const badge = h('span', { class: 'badge' });
  store.on(['phase', 'resolved', 'data', 'dataProblem', 'step'], (state) => {
    const busy = isVaeTraining(state);
    const problem = trainingProblem(state);
    const label = busy ? t('Pause') : state.phase === 'paused' || state.phase === 'failed' ? t('Resume') : state.phase === 'finished' ? t('Train on') : t('Train');
    train.set({ label, icon: busy ? 'pause' : 'play', primary: !busy, disabled: !busy && problem !== null, title: busy ? t('Pause; the network is kept (T)') : (problem ?? t('Train with the settings below (T)')) });
    step.set({ disabled: busy || problem !== null });
    reset.set({ disabled: state.phase === 'none' });
    keep.set({ disabled: state.step === 0 });
  });
  store.on(['phase', 'resolved', 'notice', 'data', 'dataProblem', 'trained'], (state) => {
    const problem = isVaeTraining(state) ? null : trainingProblem(state);
    setText(status, state.notice ?? (problem && state.phase !== 'finished' ? t('cannot train: {0}', problem) : ''));
    const stale = state.trained !== null && state.resolved.settings !== null && JSON.stringify(state.trained) !== JSON.stringify(state.resolved.settings);
    setText(badge, stale ? t('settings changed · the pictures are of the training before') : '');
    setHidden(badge, !stale);
  });
  return h('div', { class: 'action-bar', role: 'toolbar', 'aria-label': t('Run') }, train.element, step.element, reset.element, keep.element, exports, h('span', { class: 'spacer' }), status, h('span', { role: 'status' }, badge));
}

export function vaeProgress(store: Store<VaeState>): HTMLElement {
  const fill = h('div', { class: 'progress-fill' });
  const progress = h('div', { class: 'progress', role: 'progressbar', 'aria-label': t('Training'), 'aria-valuemin': 0 }, fill);
  const text = h('span', { class: 'train-text' });
  const note = h('span', { class: 'train-note' });
  // Progress changes ten times a second; only what a person must know is read out.
  const said = h('span', { class: 'visually-hidden', role: 'status' });
  const element = h('div', { class: 'train-bar', role: 'group', 'aria-label': t('Training') }, progress, text, note, said);
  store.on(['phase', 'step', 'tick', 'note', 'error', 'data', 'trained'], (state) => {
    setHidden(element, state.phase === 'none' && !state.note && !state.error);
    const all = Math.max(1, allSteps(state, state.trained));
    setAttributes(progress, { 'aria-valuemax': all, 'aria-valuenow': state.step });
    fill.style.inlineSize = `${100 * Math.min(1, state.step / all)}%`;
    setText(text, state.phase === 'starting' ? t('starting') : vaeProgressText(state));
    setText(note, state.error ?? state.note ?? '');
    note.classList.toggle('error', state.error !== null);
    setText(said, state.error ?? state.note ?? t(PHASES[state.phase]));
  });
  return element;
}
