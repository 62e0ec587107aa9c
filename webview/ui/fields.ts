/** The manifest's fields as the page shows them: readable option names, and which fields have a meaning just now. */
import { DATASETS } from '../../core/math/datasets';
import { SCHEDULES } from '../../core/math/schedules';
import { FIELDS, OWN_POINTS, type DdpmSettings, type Field } from '../experiments/ddpm/manifest';
import type { DeviceChoice } from '../worker/protocol';
import type { FormField } from './form';

export type ControlId = Exclude<keyof DdpmSettings, 'betas'> | 'device';

export type PageField = FormField<ControlId>;

const LABELS: Partial<Record<ControlId, Readonly<Record<string, string>>>> = {
  data: { ...Object.fromEntries(DATASETS.map(({ id, title }) => [id, title])), [OWN_POINTS]: 'Your own points' },
  schedule: Object.fromEntries(SCHEDULES.map(({ id, title }) => [id, title])),
  predictionType: { epsilon: 'epsilon (ε)', sample: 'sample (x₀)', v_prediction: 'v_prediction (v)' },
  sampler: { ddpm: 'DDPM', ddim: 'DDIM' },
  lossWeighting: { simple: 'simple', min_snr: 'min-SNR-γ', vlb: 'variational bound' },
  varianceType: { fixed_small: 'fixed_small (β̃)', fixed_large: 'fixed_large (β)' },
};

export const DEVICE_CHOICES: readonly DeviceChoice[] = ['auto', 'webgpu', 'wasm', 'cpu'];
export const DEVICE_LABELS: Readonly<Record<DeviceChoice, string>> = { auto: 'auto', webgpu: 'WebGPU', wasm: 'WASM', cpu: 'CPU' };
const WIDE: readonly ControlId[] = ['schedule'];

export const PAGE_FIELDS: readonly PageField[] = [
  ...FIELDS.map((field): PageField => {
    const id = field.id as ControlId;
    const choices = field.kind === 'choice' ? field.options.map((value) => ({ value, label: LABELS[id]?.[value] ?? value })) : null;
    return { id, title: field.title, hint: field.hint, group: field.group, choices, wide: WIDE.includes(id) };
  }),
  {
    id: 'device', title: 'Device', group: 'sampling', hint: 'Where the network runs; auto takes a real WebGPU adapter, else WASM, else the CPU.',
    choices: DEVICE_CHOICES.map((value) => ({ value, label: DEVICE_LABELS[value] })), wide: false,
  },
];

export const GROUPS: readonly { id: Field['group']; title: string }[] = [
  { id: 'model', title: 'Model and data' },
  { id: 'sampling', title: 'Sampling' },
  { id: 'training', title: 'Training' },
];

/** Whether a field changes anything under these values: β end points only for schedules that have them, η only for DDIM. */
export function applies(id: ControlId, values: { schedule: unknown; sampler: unknown; lossWeighting?: unknown }): boolean {
  switch (id) {
    case 'betaStart':
    case 'betaEnd':
      return SCHEDULES.find((schedule) => schedule.id === values.schedule)?.parameters.includes(id) ?? false;
    case 'varianceType':
      return values.sampler === 'ddpm';
    case 'eta':
      return values.sampler === 'ddim';
    case 'gamma':
      return values.lossWeighting === 'min_snr';
    default:
      return true;
  }
}
