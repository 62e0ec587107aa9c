/** What a run will do, in words: for the question before a link is opened. Pure. */
import { inEnglish, listed, type Translate } from '../l10n/translate';
import { DATASETS } from '../math/datasets';
import type { RunRecord } from './record';

/** One phrase, as in "Train DDPM 2,000 steps on two moons". What others wrote is cut and freed of line breaks. */
export function runInWords(record: RunRecord, t: Translate = inEnglish): string {
  const { kind, trainedSteps, settings } = record;
  const data = dataInWords(record, t);
  const training = trainedSteps > 0 ? t('Train DDPM {0} on {1}', stepsInWords(trainedSteps, t), data) : t('Train DDPM on {0}', data);
  if (kind === 'train') return training;
  const points = typeof settings.points === 'number' ? pointsInWords(settings.points, t) : null;
  const steps = typeof settings.steps === 'number' ? stepsInWords(settings.steps, t) : null;
  if (trainedSteps > 0) {
    if (points === null) return steps === null ? t('{0}, then sample', training) : t('{0}, then sample in {1}', training, steps);
    return steps === null ? t('{0}, then sample {1}', training, points) : t('{0}, then sample {1} in {2}', training, points, steps);
  }
  if (points === null) return steps === null ? t('Sample {0} from DDPM', data) : t('Sample {0} from DDPM in {1}', data, steps);
  return steps === null ? t('Sample {0} of {1} from DDPM', points, data) : t('Sample {0} of {1} from DDPM in {2}', points, data, steps);
}

/** The rest of what the run sets, one phrase; empty when there is nothing to say. */
export function settingsOfRun({ settings, device, model }: RunRecord, t: Translate = inEnglish): string {
  const parts = [
    typeof settings.T === 'number' ? `T = ${settings.T}` : '',
    typeof settings.schedule === 'string' ? t('{0} schedule', plain(settings.schedule)) : '',
    typeof settings.sampler === 'string' ? t('sampler {0}', plain(settings.sampler)) : '',
    typeof settings.seed === 'number' ? t('seed {0}', settings.seed) : '',
    device === 'auto' ? '' : t('on {0}', device),
    model ? t('for {0} of {1}', plain(model.name), plain(model.uri.split('/').pop() ?? model.uri)) : '',
  ];
  return listed(parts.filter((part) => part !== ''), t);
}

function dataInWords({ points, settings }: RunRecord, t: Translate): string {
  if (points) return t('the points of {0} that it brings along', plain(points.name));
  const id = settings.data;
  const known = DATASETS.find((dataset) => dataset.id === id);
  if (known) return t(known.title).toLowerCase();
  return typeof id === 'string' ? t('the data "{0}"', plain(id)) : t('the data chosen there');
}

const grouped = (value: number): string => value.toLocaleString('en-US');
const stepsInWords = (value: number, t: Translate): string => (value === 1 ? t('1 step') : t('{0} steps', grouped(value)));
const pointsInWords = (value: number, t: Translate): string => (value === 1 ? t('1 point') : t('{0} points', grouped(value)));

function plain(text: string): string {
  // Control characters, and those that turn the direction of writing, could make the question look like another.
  const clean = text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  return clean.length > 60 ? `${clean.slice(0, 57)}…` : clean;
}
