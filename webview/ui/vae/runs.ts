/** Runs that are kept: their names in words, and what tells them apart. Pure. */
import { VAE_DEFAULTS, VAE_FIELDS, type VaeSettings } from '../../experiments/vae/manifest';
import { t } from '../words';
import { VAE_PAGE_FIELDS, vaeApplies } from './fields';

/** "A · MNIST, z = 20": what the run is called before it is told apart from others. */
export function describeRun(id: number, settings: VaeSettings): string {
  return t('{0} · {1}, z = {2}', letter(id), valueInWords('data', settings), settings.latentSize);
}

/** A, B, … Z, AA, … */
export function letter(id: number): string {
  let [name, rest] = ['', id];
  while (rest > 0) {
    rest--;
    name = String.fromCharCode(65 + (rest % 26)) + name;
    rest = Math.floor(rest / 26);
  }
  return name;
}

/** Settings in which runs differ, in words: one list for each run. Where all agree, none. */
export function differences(runs: readonly VaeSettings[]): string[][] {
  const different = VAE_FIELDS.filter(({ id }) => runs.some((run) => JSON.stringify(run[id]) !== JSON.stringify(runs[0][id])) && runs.some((run) => vaeApplies(id, { ...VAE_DEFAULTS, ...run })));
  return runs.map((run) => different.map(({ id, title }) => `${t(title)} ${valueInWords(id, run)}`));
}

function valueInWords(id: keyof VaeSettings, settings: VaeSettings): string {
  const value = settings[id];
  const label = VAE_PAGE_FIELDS.find((field) => field.id === id)?.choices?.find((choice) => choice.value === value)?.label;
  return label ? t(label) : Array.isArray(value) ? value.join(', ') : String(value);
}
