/** What commands and tests read of the page. Pure. */
import type { PanelSnapshot } from '../../core/protocol/messages';
import type { AppState, Phase } from './state';

const STATES: Record<Phase, PanelSnapshot['state']> = {
  loading: 'loading', idle: 'idle', starting: 'running', running: 'running', finished: 'finished', stopped: 'idle', failed: 'failed',
};

export function snapshot({ phase, device, resolved, player, training }: AppState): PanelSnapshot {
  return {
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
