/** The line of a training: how far, how fast, what happened, and what can be done about it. */
import { h, setAttributes, setHidden, setText } from './dom';
import { button } from './controls';
import { formatNumber } from './format';
import type { AppState } from './state';
import type { Store } from './store';
import { isTraining, progressText, type TrainingPhase } from './training-state';
import type { TrainingRunner } from './train';
import { t } from './words';

/** As they are read out. */
export const PHASES = { none: '', starting: 'starting', running: 'training', paused: 'paused', finished: 'finished', failed: 'failed' } as const satisfies Record<TrainingPhase, string>;

/** Starts, pauses and resumes; the same button in every state of a training. */
export function trainButton(store: Store<AppState>, runner: TrainingRunner): HTMLElement {
  const { element, set } = button({ label: t('Train'), icon: 'train', appearance: 'secondary', onPress: () => (runner.running ? runner.pause() : void runner.start('continue')) });
  element.id = 'train';
  store.on(['training', 'resolved', 'phase', 'own'], ({ training, resolved, phase }) => {
    const done = training.phase === 'finished' && training.step >= (resolved.settings?.trainSteps ?? 0);
    const problem = !resolved.settings ? t('A setting below needs mending first.') : done ? t('All steps are taken: raise “Training steps”, or reset.') : resolved.trainingProblem;
    const label = isTraining(training) ? t('Pause') : training.phase === 'paused' || training.phase === 'failed' ? t('Resume') : training.phase === 'finished' ? t('Train on') : t('Train');
    set({
      label, icon: isTraining(training) ? 'pause' : 'train', disabled: phase === 'loading' || (!isTraining(training) && problem !== null),
      title: isTraining(training) ? t('Pause; the network is kept') : (problem ?? t('Train a network on these data with the settings below (T)')),
    });
  });
  return element;
}

export function trainBar(store: Store<AppState>, runner: TrainingRunner): HTMLElement {
  const fill = h('div', { class: 'progress-fill' });
  const progress = h('div', { class: 'progress', role: 'progressbar', 'aria-label': t('Training'), 'aria-valuemin': 0 }, fill);
  const text = h('span', { class: 'train-text' });
  const loss = h('span', { class: 'train-loss' });
  const note = h('span', { class: 'train-note' });
  const step = button({ label: t('Step'), icon: 'step', appearance: 'secondary', title: t('One training step'), onPress: () => void runner.step() });
  const reset = button({ label: t('Reset'), icon: 'reset', appearance: 'secondary', title: t('Forget the trained network and its checkpoints'), onPress: () => void runner.reset() });
  // Progress changes ten times a second; only what a person must know is read out.
  const said = h('span', { class: 'visually-hidden', role: 'status' });
  const element = h('div', { class: 'train-bar', role: 'group', 'aria-label': t('Training') }, step.element, reset.element, progress, text, loss, note, said);
  store.on(['training', 'resolved'], ({ training, resolved }) => {
    const { phase, step: taken, settings, history, error, note: message } = training;
    setHidden(element, phase === 'none');
    const total = resolved.settings?.trainSteps ?? settings?.trainSteps ?? 1;
    setAttributes(progress, { 'aria-valuemax': total, 'aria-valuenow': taken });
    fill.style.inlineSize = `${100 * Math.min(1, taken / total)}%`;
    setText(text, phase === 'starting' ? t('starting') : progressText(settings ? { ...training, settings: { ...settings, trainSteps: total } } : training));
    const latest = history.latest;
    setText(loss, latest ? t('loss {0}', formatNumber(Number(latest.smooth.toPrecision(3)))) : '');
    setText(note, error ?? message ?? '');
    note.classList.toggle('error', error !== null);
    setText(said, error ?? message ?? t(PHASES[phase]));
    step.set({ disabled: isTraining(training) || resolved.trainingProblem !== null || !resolved.settings });
  });
  return element;
}
