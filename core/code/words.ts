/** What was read, in words for a lens, a tooltip or a terminal. */
import type { Finding, Hyperparameter } from './types';

/** Yours: settings of the file. Ours: what the playground lends so that there is something to run. */
export function settingsInWords(finding: Finding): { yours: string; ours: string } {
  const { T, schedule, predictionType } = finding.hyperparameters;
  const say = (label: string, parameter: Hyperparameter | undefined) =>
    parameter && parameter.origin !== 'library' ? [`${label}${String(parameter.value)}`] : [];
  const yours = [...say('T = ', T), ...say('', schedule && { ...schedule, value: `${schedule.value} schedule` }), ...say('', predictionType)];
  return { yours: yours.join(', ') || 'the model', ours: 'a small 2-D network and its data' };
}
