/** The settings of the VAE as options of a command line. */
import { ARCHITECTURE_DEFAULTS, POINT_DEFAULTS, POINT_SETS, VAE_DEFAULTS, type Architecture, type VaeSettings } from '../webview/experiments/vae/manifest';
import { toNumber } from './arguments';
import { UsageError } from './usage';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

export const VAE_OPTIONS = {
  data: text, full: text, architecture: text, latent: text, 'top-latent': text, widths: text, encoder: text, decoder: text, activation: text,
  likelihood: text, 'decoder-deviation': text, reduction: text, 'reconstruction-reduction': text, 'kl-reduction': text, beta: text, 'no-noise': flag, k: text,
  'batch-size': text, 'learning-rate': text, epochs: text, examples: text, seed: text,
} as const;

export type VaeValues = Partial<Record<string, string | boolean>>;

/** What the options say, over what fits the architecture and the data; their limits are `validateVae`'s. @throws UsageError for what is no number. */
export function vaeSettingsFrom(values: VaeValues, data: VaeSettings['data'], points: boolean): VaeSettings {
  const string = (name: string) => values[name] as string | undefined;
  const number = (name: string) => (string(name) === undefined ? undefined : toNumber(name, string(name)!));
  const architecture = (string('architecture') ?? VAE_DEFAULTS.architecture) as Architecture;
  const ofArchitecture = Object.hasOwn(ARCHITECTURE_DEFAULTS, architecture) ? ARCHITECTURE_DEFAULTS[architecture] : {};
  const start: VaeSettings = { ...VAE_DEFAULTS, ...ofArchitecture, ...(points ? POINT_DEFAULTS : {}) };
  const widths = widthsFrom('widths', string('widths'));
  const likelihood = (string('likelihood') ?? start.likelihood) as VaeSettings['likelihood'];
  const reduction = (name: 'reconstruction' | 'kl') => (string(`${name}-reduction`) ?? string('reduction') ?? start[`${name}Reduction`]) as VaeSettings['klReduction'];
  return {
    ...start, data, architecture, likelihood,
    encoderWidths: widthsFrom('encoder', string('encoder')) ?? widths ?? start.encoderWidths,
    decoderWidths: widthsFrom('decoder', string('decoder')) ?? widths?.toReversed() ?? start.decoderWidths,
    activation: (string('activation') ?? start.activation) as VaeSettings['activation'],
    latentSize: number('latent') ?? start.latentSize,
    topLatentSize: number('top-latent') ?? start.topLatentSize,
    decoderDeviation: number('decoder-deviation') ?? start.decoderDeviation,
    reconstructionReduction: reduction('reconstruction'),
    klReduction: reduction('kl'),
    beta: number('beta') ?? start.beta,
    noise: values['no-noise'] ? 'no' : 'yes',
    importanceSamples: number('k') ?? start.importanceSamples,
    batchSize: number('batch-size') ?? start.batchSize,
    learningRate: number('learning-rate') ?? start.learningRate,
    epochs: number('epochs') ?? start.epochs,
    examples: number('examples') ?? start.examples,
    seed: number('seed') ?? start.seed,
  };
}

/** "300,64" and "300, 64"; nothing between the quotes is no hidden layer. */
function widthsFrom(flagName: string, given: string | undefined): number[] | undefined {
  if (given === undefined) return undefined;
  return given.trim() === '' ? [] : given.split(',').map((part) => toNumber(flagName, part));
}

export const isPointSet = (name: string): boolean => (POINT_SETS as readonly string[]).includes(name);

export const DEVICES = ['auto', 'wasm', 'cpu'] as const;
export type CliDevice = (typeof DEVICES)[number];

export function vaeDeviceFrom(values: VaeValues): CliDevice {
  const device = (values.device ?? 'auto') as CliDevice;
  if (!DEVICES.includes(device)) throw new UsageError(`--device is one of ${DEVICES.join(', ')}, not "${device}".`);
  return device;
}
