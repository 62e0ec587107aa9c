/** What a run will do, in words: for the question before a link is opened. Pure. */
import { DATASETS } from '../math/datasets';
import type { RunRecord } from './record';

/** One phrase, as in "Train DDPM 2,000 steps on two moons". What others wrote is cut and freed of line breaks. */
export function runInWords(record: RunRecord): string {
  const { kind, trainedSteps, settings } = record;
  const data = dataInWords(record);
  const training = `Train DDPM ${count(trainedSteps, 'step')} on ${data}`;
  if (kind === 'train') return trainedSteps > 0 ? training : `Train DDPM on ${data}`;
  const points = typeof settings.points === 'number' ? `${count(settings.points, 'point')} ` : '';
  const steps = typeof settings.steps === 'number' ? ` in ${count(settings.steps, 'step')}` : '';
  if (trainedSteps > 0) return `${training}, then sample ${points}${steps.trim()}`.trimEnd();
  return `Sample ${points ? `${points}of ` : ''}${data} from DDPM${steps}`;
}

/** The rest of what the run sets, one phrase; empty when there is nothing to say. */
export function settingsOfRun({ settings, device, model }: RunRecord): string {
  const parts = [
    typeof settings.T === 'number' ? `T = ${settings.T}` : '',
    typeof settings.schedule === 'string' ? `${plain(settings.schedule)} schedule` : '',
    typeof settings.sampler === 'string' ? `sampler ${plain(settings.sampler)}` : '',
    typeof settings.seed === 'number' ? `seed ${settings.seed}` : '',
    device === 'auto' ? '' : `on ${device}`,
    model ? `for ${plain(model.name)} of ${plain(model.uri.split('/').pop() ?? model.uri)}` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function dataInWords({ points, settings }: RunRecord): string {
  if (points) return `the points of ${plain(points.name)} that it brings along`;
  const id = settings.data;
  const known = DATASETS.find((dataset) => dataset.id === id);
  return known ? known.title.toLowerCase() : typeof id === 'string' ? `the data "${plain(id)}"` : 'the data chosen there';
}

const count = (value: number, what: string): string => `${value.toLocaleString('en-US')} ${what}${value === 1 ? '' : 's'}`;

function plain(text: string): string {
  // Control characters, and those that turn the direction of writing, could make the question look like another.
  const clean = text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  return clean.length > 60 ? `${clean.slice(0, 57)}…` : clean;
}
