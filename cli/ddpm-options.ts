/** The settings of the ddpm experiment as options of a command line; sample and train share them. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isDatasetId } from '../core/math/datasets';
import { PointsError, readPoints } from '../core/math/points';
import { DEFAULTS, defaultSteps, defaultT, OWN_POINTS, validateSettings, validateTraining, type DdpmSettings } from '../webview/experiments/ddpm/manifest';
import { toNumber } from './arguments';
import { UsageError } from './usage';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** Options of both commands. */
export const MODEL_OPTIONS = {
  data: text, schedule: text, T: text, 'beta-start': text, 'beta-end': text, 'zero-snr': flag, 'prediction-type': text, 'variance-type': text,
  seed: text, n: text, device: text, out: text, json: flag,
} as const;

const DEVICES = ['auto', 'wasm', 'cpu'] as const;
type Device = (typeof DEVICES)[number];

export type Values = Partial<Record<string, string | boolean>>;

export function deviceFrom(values: Values): Device {
  const device = (values.device ?? 'auto') as Device;
  if (!DEVICES.includes(device)) throw new UsageError(`--device is one of ${DEVICES.join(', ')}, not "${device}".`);
  return device;
}

/** @throws UsageError with every problem of the settings, a line each. */
export function settingsFrom(values: Values, data: DdpmSettings['data'], use: 'sample' | 'train'): DdpmSettings {
  const string = (name: string) => values[name] as string | undefined;
  const number = (name: string) => (string(name) === undefined ? undefined : toNumber(name, string(name)!));
  const choice = <K extends keyof DdpmSettings>(name: string, id: K) => (string(name) ?? DEFAULTS[id]) as DdpmSettings[K];
  const sampler = choice('sampler', 'sampler');
  const schedule = choice('schedule', 'schedule');
  const T = number('T') ?? defaultT(schedule);
  const steps = number('steps');
  const settings: DdpmSettings = {
    data, schedule, T, sampler,
    betaStart: number('beta-start') ?? DEFAULTS.betaStart,
    betaEnd: number('beta-end') ?? DEFAULTS.betaEnd,
    rescaleBetasZeroSnr: values['zero-snr'] ? 'yes' : 'no',
    predictionType: choice('prediction-type', 'predictionType'),
    varianceType: choice('variance-type', 'varianceType'),
    eta: number('eta') ?? DEFAULTS.eta,
    timestepSpacing: choice('timestep-spacing', 'timestepSpacing'),
    steps: (use === 'sample' ? steps : undefined) ?? defaultSteps(sampler, T),
    seed: number('seed') ?? DEFAULTS.seed,
    points: number('n') ?? DEFAULTS.points,
    hiddenUnits: number('hidden-units') ?? DEFAULTS.hiddenUnits,
    hiddenLayers: number('hidden-layers') ?? DEFAULTS.hiddenLayers,
    lossWeighting: choice('loss', 'lossWeighting'),
    gamma: number('gamma') ?? DEFAULTS.gamma,
    batchSize: number('batch-size') ?? DEFAULTS.batchSize,
    learningRate: number('learning-rate') ?? DEFAULTS.learningRate,
    emaDecay: number('ema-decay') ?? DEFAULTS.emaDecay,
    trainSteps: (use === 'train' ? steps : undefined) ?? DEFAULTS.trainSteps,
  };
  const problems = use === 'train' ? validateTraining(settings) : validateSettings(settings);
  if (problems.length > 0) throw new UsageError(problems.map(({ message }) => message).join('\n'));
  return settings;
}

/** A name of a set that is shipped, or a file of points. */
export async function dataFrom(values: Values): Promise<{ data: DdpmSettings['data']; own: Float32Array | null }> {
  const name = (values.data as string | undefined) ?? DEFAULTS.data;
  // Names have neither; where a file cannot be meant, the settings' own complaint lists the names.
  if (isDatasetId(name) || !/[./\\]/.test(name)) return { data: name as DdpmSettings['data'], own: null };
  try {
    const { points, rows, notes } = readPoints(await readFile(name), path.basename(name));
    process.stderr.write(`data: ${rows} points of ${path.basename(name)}, standardised per axis\n`);
    for (const note of notes) process.stderr.write(`data: ${note}\n`);
    return { data: OWN_POINTS, own: points };
  } catch (error) {
    if (error instanceof PointsError) throw new UsageError(error.message);
    throw new UsageError(`The points cannot be read: ${(error as Error).message}`);
  }
}
