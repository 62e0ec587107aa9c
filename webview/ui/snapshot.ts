/** What commands and tests read of the page. Pure. */
import type { PanelSnapshot } from '../../core/protocol/messages';
import { derivationFor } from './derivation';
import { pageOf, type AppState, type Phase } from './state';

const STATES: Record<Phase, PanelSnapshot['state']> = {
  loading: 'loading', idle: 'idle', starting: 'running', running: 'running', finished: 'finished', stopped: 'idle', failed: 'failed',
};

export function snapshot(state: AppState): PanelSnapshot {
  const { phase, device, resolved, player, training, model, derivationStep } = state;
  const derivation = derivationFor(state);
  const reading = { derivation: derivation.id, derivationStep: Math.min(derivationStep, derivation.steps.length - 1) };
  const page = pageOf(state);
  if (page === 'reading') {
    const settings = Object.fromEntries(Object.entries(model?.finding.hyperparameters ?? {}).map(([key, found]) => [key, found.value]));
    return { page, ...reading, state: phase === 'loading' ? 'loading' : 'idle', device: null, settings, alphasCumprod: [], points: [], training: { step: 0, steps: 0, loss: null, state: 'none' } };
  }
  return {
    page, ...reading,
    state: STATES[phase],
    device: device?.label ?? null,
    settings: { ...(resolved.settings ?? resolved.values) },
    alphasCumprod: [...(resolved.quantities?.alphasCumprod ?? [])],
    points: phase === 'finished' ? [...(player.last?.points ?? [])] : [],
    training: {
      step: training.step,
      steps: training.settings?.trainSteps ?? 0,
      loss: training.history.latest?.smooth ?? null,
      state: training.phase === 'starting' ? 'running' : training.phase,
    },
  };
}
