/** The page in numbers, for commands and tests. */
import type { PanelSnapshot } from '../../../core/protocol/messages';
import { objective } from './objective';
import { allSteps, type VaeState } from './state';

export function vaeSnapshot(state: VaeState): Pick<PanelSnapshot, 'state' | 'device' | 'settings' | 'alphasCumprod' | 'points' | 'training' | 'vae'> {
  const { resolved, phase, device, step, histories, trained, preview, data } = state;
  const smooth = histories.latest?.smooth ?? null;
  const settings = resolved.settings;
  const loss = smooth && objective({ loss: [smooth.loss], reconstruction: [smooth.reconstruction], klDivergence: [smooth.klDivergence] }, trained, data?.train.size ?? 1)[0];
  const training = phase === 'starting' ? 'running' : phase;
  return {
    state: training === 'none' || training === 'paused' ? 'idle' : training,
    device: device?.label ?? null, settings: { ...(settings ?? resolved.values) }, alphasCumprod: [], points: [],
    training: { step, steps: allSteps(state, trained ?? settings), loss, state: training },
    vae: settings && {
      latentSize: settings.latentSize, widths: { encoder: [...settings.encoderWidths], decoder: [...settings.decoderWidths] }, step, steps: allSteps(state, trained ?? settings),
      point: state.point && [...state.point], view: state.view,
      loss, reconstruction: smooth?.reconstruction ?? null, kl: smooth?.klDivergence ?? null, heldOut: preview ? preview.bound.reconstruction + preview.bound.kl : null,
    },
  };
}
