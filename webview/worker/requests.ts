/** Settings that cannot run are refused in the caller's words: errors of code `settings`. */
import { ChannelError } from '../../core/protocol/channel';
import { validateSettings, validateTraining, type DdpmSettings, type Problem } from '../experiments/ddpm/manifest';

export const requireRunnable = (settings: DdpmSettings): void => refuse(validateSettings(settings));
export const requireTrainable = (settings: DdpmSettings): void => refuse(validateTraining(settings));

function refuse([problem]: Problem[]): void {
  if (problem) throw new ChannelError('settings', problem.message);
}

/** Runs a check whose RangeError is about what was asked for. */
export function unmetAsSettings<V>(check: () => V): V {
  try {
    return check();
  } catch (error) {
    throw asSettings(error);
  }
}

export const asSettings = (error: unknown): unknown => (error instanceof RangeError ? new ChannelError('settings', error.message) : error);
