/** The fields of the VAE as the page shows them: readable option names, and which have a meaning just now. */
import { DATASETS } from '../../../core/math/datasets';
import { OWN_DATA, VAE_FIELDS, type VaeField, type VaeSettings } from '../../experiments/vae/manifest';
import { DEVICE_CHOICES, DEVICE_LABELS } from '../fields';
import type { FormField } from '../form';

export type VaeControlId = keyof VaeSettings | 'device';
export type VaePageField = FormField<VaeControlId>;

const ADDED_UP: Readonly<Record<string, string>> = { sum: 'sum', batch_mean: 'mean over the batch', mean: 'mean over all' };

const LABELS: Partial<Record<VaeControlId, Readonly<Record<string, string>>>> = {
  data: { 'mnist': 'MNIST', 'fashion-mnist': 'Fashion-MNIST', ...Object.fromEntries(DATASETS.map(({ id, title }) => [id, title])), [OWN_DATA]: 'Your own data' },
  architecture: { mlp: 'dense', conv: 'convolutional', hierarchical: 'two levels' },
  likelihood: { bernoulli: 'Bernoulli', gaussian: 'Gaussian' },
  reconstructionReduction: ADDED_UP,
  klReduction: ADDED_UP,
};
const WIDE: readonly VaeControlId[] = ['reconstructionReduction', 'klReduction'];

export const VAE_PAGE_FIELDS: readonly VaePageField[] = [
  ...VAE_FIELDS.map((field): VaePageField => ({
    id: field.id, title: field.title, hint: field.hint, group: field.group, wide: WIDE.includes(field.id),
    choices: field.kind === 'choice' ? field.options.map((value) => ({ value, label: LABELS[field.id]?.[value] ?? value })) : null,
  })),
  {
    id: 'device', title: 'Device', group: 'training', hint: 'Where the network runs; auto takes a real WebGPU adapter, else WASM, else the CPU.',
    choices: DEVICE_CHOICES.map((value) => ({ value, label: DEVICE_LABELS[value] })), wide: false,
  },
];

export const VAE_GROUPS: readonly { id: VaeField['group']; title: string }[] = [
  { id: 'model', title: 'Model and data' },
  { id: 'objective', title: 'Objective' },
  { id: 'training', title: 'Training' },
];

/** Whether a field changes anything under these values. */
export function vaeApplies(id: VaeControlId, values: Readonly<Record<string, unknown>>): boolean {
  switch (id) {
    case 'topLatentSize':
      return values.architecture === 'hierarchical';
    case 'decoderDeviation':
      return values.likelihood === 'gaussian';
    case 'importanceSamples':
      return values.noise === 'yes';
    default:
      return true;
  }
}
