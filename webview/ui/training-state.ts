/** What the page knows of a training: a part of its state. Pure. */
import type { DdpmSettings } from '../experiments/ddpm/manifest';
import { grouped } from './format';
import { LossHistory } from './plots/loss-history';
import { t } from './words';

export type TrainingPhase = 'none' | 'starting' | 'running' | 'paused' | 'finished' | 'failed';

export interface Training {
  phase: TrainingPhase;
  /** Steps that were taken. */
  step: number;
  /** What it trains with; null before any training. */
  settings: DdpmSettings | null;
  /** Changed in place; a new object of state comes with each change. */
  history: LossHistory;
  /** Steps at which a checkpoint was written. */
  checkpoints: readonly number[];
  stepsPerSecond: number | null;
  /** Why it failed. */
  error: string | null;
  /** The step whose loss was not finite; null while all is well. */
  failedAt: number | null;
  /** What a person should know: it went on from a checkpoint, on another device, storage is full. */
  note: string | null;
}

export const noTraining = (): Training => ({
  phase: 'none', step: 0, settings: null, history: new LossHistory(), checkpoints: [], stepsPerSecond: null, error: null, failedAt: null, note: null,
});

export const isTraining = ({ phase }: Training): boolean => phase === 'starting' || phase === 'running';

/** "1,240 of 5,000 steps · 143 steps/s · 26 s left" */
export function progressText({ step, settings, stepsPerSecond, phase }: Training): string {
  if (!settings) return '';
  const parts = [t('{0} of {1} steps', grouped(step), grouped(settings.trainSteps))];
  if (phase === 'running' && stepsPerSecond) {
    parts.push(t('{0} steps/s', stepsPerSecond < 10 ? stepsPerSecond.toFixed(1) : Math.round(stepsPerSecond)));
    const left = (settings.trainSteps - step) / stepsPerSecond;
    if (left > 0.5) parts.push(t('{0} left', duration(left)));
  }
  return parts.join(' · ');
}

/** 90 → "1 min 30 s". */
export function duration(seconds: number): string {
  const s = Math.max(1, Math.round(seconds));
  if (s < 60) return t('{0} s', s);
  if (s < 3600) return s % 60 > 0 ? t('{0} min {1} s', Math.floor(s / 60), s % 60) : t('{0} min', Math.floor(s / 60));
  return t('{0} h {1} min', Math.floor(s / 3600), Math.round((s % 3600) / 60));
}
