/** The state of the VAE's page, and the pure questions that several parts ask of it. */
import type { LabelledData } from '../../../core/math/examples';
import { stepsOf, type VaeSettings } from '../../experiments/vae/manifest';
import type { Bound } from '../../experiments/vae/runtime/types';
import type { DeviceReport } from '../../worker/protocol';
import type { BaselineState } from './baseline';
import type { VaePreview } from '../../worker/vae/protocol';
import { VaeHistories } from './histories';
import { resolveVae, type ResolvedVae, type VaeOverrides } from './settings';
import { duration, type TrainingPhase } from '../training-state';
import { grouped } from '../format';
import { t } from '../words';

/** A training that is kept to be compared with. */
export interface KeptVaeRun {
  /** Counted from 1. */
  id: number;
  /** e.g. "A · z = 20, β = 4". */
  name: string;
  settings: VaeSettings;
  step: number;
  histories: VaeHistories;
  bound: Bound | null;
  /** Of reconstruction, and on which data it was measured. */
  squaredError: number | null;
  data: string;
  shown: boolean;
}

export interface VaeState {
  overrides: VaeOverrides;
  resolved: ResolvedVae;
  /** What the settings' data are; null while they are fetched. */
  data: LabelledData | null;
  /** Why there are none. */
  dataProblem: string | null;
  /** Of the person's own, by their file or folder. */
  own: LabelledData | null;
  phase: TrainingPhase;
  /** What it trains with; null before any training. */
  trained: VaeSettings | null;
  step: number;
  examplesPerSecond: number | null;
  /** Changed in place; `tick` grows with it. */
  histories: VaeHistories;
  tick: number;
  checkpoints: readonly number[];
  error: string | null;
  failedAt: number | null;
  note: string | null;
  /** What came of the last export. */
  notice: string | null;
  preview: VaePreview | null;
  /** The bound with importance weights of one batch, asked for on demand; see `terms.ts`. */
  bound: Bound | null;
  /** Principal components to compare with, where they were asked for. */
  baseline: BaselineState | null;
  /** The latent variables that were decoded last by hand. */
  point: Float32Array | null;
  /** Grows whenever the model has changed. */
  revision: number;
  device: DeviceReport | null;
  runs: readonly KeptVaeRun[];
  /** Id of the picture that is in sight. */
  view: string;
}

export function initialVaeState(): VaeState {
  return {
    overrides: {}, resolved: resolveVae(null, {}), data: null, dataProblem: null, own: null, phase: 'none', trained: null, step: 0, examplesPerSecond: null,
    histories: new VaeHistories(), tick: 0, checkpoints: [], error: null, failedAt: null, note: null, notice: null, preview: null, bound: null, baseline: null, point: null, revision: 0, device: null, runs: [], view: 'pairs',
  };
}

export const isVaeTraining = ({ phase }: Pick<VaeState, 'phase'>): boolean => phase === 'starting' || phase === 'running';

/** Steps of all epochs; 0 while the data are not there. */
export const allSteps = ({ data }: Pick<VaeState, 'data'>, settings: VaeSettings | null): number => (data && settings ? stepsOf(settings, data.train.count).total : 0);

/** "epoch 3 of 10 · 1,407 of 4,690 steps · 5,210 images/s · 40 s left" */
export function vaeProgressText(state: Pick<VaeState, 'phase' | 'step' | 'trained' | 'data' | 'examplesPerSecond'>): string {
  const { trained, step, examplesPerSecond, phase, data } = state;
  const all = allSteps(state, trained);
  if (!trained || all === 0) return '';
  const perEpoch = all / trained.epochs;
  const parts = [
    t('epoch {0} of {1}', Math.min(trained.epochs, Math.floor(step / perEpoch) + 1), trained.epochs),
    t('{0} of {1} steps', grouped(step), grouped(all)),
  ];
  if (phase === 'running' && examplesPerSecond) {
    parts.push(data?.train.image ? t('{0} images/s', grouped(Math.round(examplesPerSecond))) : t('{0} points/s', grouped(Math.round(examplesPerSecond))));
    const left = ((all - step) * trained.batchSize) / examplesPerSecond;
    if (left > 0.5) parts.push(t('{0} left', duration(left)));
  }
  return parts.join(' · ');
}
