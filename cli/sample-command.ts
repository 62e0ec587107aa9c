import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pointsToCsv } from '../core/math/csv';
import { heldOutDraw, mmd, realBaseline, slicedWasserstein } from '../core/math/metrics';
import { startEngine } from '../webview/engine';
import { DEFAULTS, defaultSteps, defaultT, validateSettings, type DdpmSettings } from '../webview/experiments/ddpm/manifest';
import { loadNetwork, sampleFrames } from '../webview/experiments/ddpm/runtime';
import { parse, toNumber } from './arguments';
import { UsageError } from './usage';

const text = { type: 'string' } as const;
const OPTIONS = {
  data: text, schedule: text, T: text, 'beta-start': text, 'beta-end': text, sampler: text, steps: text, 'prediction-type': text, 'variance-type': text,
  eta: text, 'timestep-spacing': text, seed: text, n: text, device: text, weights: text, out: text, json: { type: 'boolean' },
} as const;
const DEVICES = ['auto', 'wasm', 'cpu'] as const;
type Device = (typeof DEVICES)[number];

/** `marginalia sample ddpm …`: the same runtime as the panel's, in Node. */
export async function sample(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, OPTIONS);
  if (positionals.length !== 1 || positionals[0] !== 'ddpm') throw new UsageError(`sample knows one experiment, ddpm; write "marginalia sample ddpm …".`);
  const settings = settingsFrom(values);
  const device = (values.device ?? 'auto') as Device;
  if (!DEVICES.includes(device)) throw new UsageError(`--device is one of ${DEVICES.join(', ')}, not "${device}".`);
  const weights = await readWeights(values.weights, settings.data);

  const engine = await startEngine({ device, wasmPaths: path.join(__dirname, 'webview/wasm/') });
  process.stderr.write(`device: ${engine.report.label} (${engine.report.why})\n`);
  const network = load(() => loadNetwork(engine, weights), values.weights);
  const started = performance.now();
  let points = new Float32Array();
  for await (const frame of sampleFrames(engine, network, settings, new AbortController().signal)) {
    points = frame.points as Float32Array<ArrayBuffer>;
    if (process.stderr.isTTY) process.stderr.write(`\rt = ${frame.t} (${frame.index} of ${frame.total})   `);
  }
  const seconds = (performance.now() - started) / 1000;
  process.stderr.write(`${process.stderr.isTTY ? '\r' : ''}${settings.steps} steps of ${settings.points} points in ${seconds.toFixed(2)} s\n`);

  if (values.out !== undefined) await writeFile(values.out, pointsToCsv(points));
  // One yardstick for every seed: the same held-out points, the same projections, the same real draws.
  const heldOut = heldOutDraw(settings.data);
  const real = realBaseline(settings.data, settings.points);
  const result = {
    points: settings.points,
    slicedWasserstein: slicedWasserstein(points, heldOut, { projections: 256 }),
    slicedWassersteinReal: real.slicedWasserstein,
    mmd: mmd(points, heldOut),
    mmdReal: real.mmd,
    seconds,
    device: engine.report.label,
    seed: settings.seed,
  };
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else for (const [key, value] of Object.entries(result)) process.stdout.write(`${key}: ${typeof value === 'number' ? Number(value.toPrecision(4)) : value}\n`);
  network.dispose();
  return 0;
}

function settingsFrom(values: Partial<Record<string, string | boolean>>): DdpmSettings {
  const string = (flag: string) => values[flag] as string | undefined;
  const number = (flag: string) => (string(flag) === undefined ? undefined : toNumber(flag, string(flag)!));
  const sampler = (string('sampler') ?? DEFAULTS.sampler) as DdpmSettings['sampler'];
  const schedule = (string('schedule') ?? DEFAULTS.schedule) as DdpmSettings['schedule'];
  const T = number('T') ?? defaultT(schedule);
  const settings: DdpmSettings = {
    data: (string('data') ?? DEFAULTS.data) as DdpmSettings['data'],
    schedule,
    T,
    betaStart: number('beta-start') ?? DEFAULTS.betaStart,
    betaEnd: number('beta-end') ?? DEFAULTS.betaEnd,
    predictionType: (string('prediction-type') ?? DEFAULTS.predictionType) as DdpmSettings['predictionType'],
    sampler,
    varianceType: (string('variance-type') ?? DEFAULTS.varianceType) as DdpmSettings['varianceType'],
    eta: number('eta') ?? DEFAULTS.eta,
    timestepSpacing: (string('timestep-spacing') ?? DEFAULTS.timestepSpacing) as DdpmSettings['timestepSpacing'],
    steps: number('steps') ?? defaultSteps(sampler, T),
    seed: number('seed') ?? DEFAULTS.seed,
    points: number('n') ?? DEFAULTS.points,
  };
  const problems = validateSettings(settings);
  if (problems.length > 0) throw new UsageError(problems.map(({ message }) => message).join('\n'));
  return settings;
}

async function readWeights(file: string | undefined, data: string): Promise<Uint8Array> {
  const from = file ?? path.join(__dirname, 'webview/weights', `${data}.safetensors`);
  try {
    return await readFile(from);
  } catch (error) {
    const message = `The weights cannot be read: ${(error as Error).message}`;
    throw file === undefined ? new Error(message) : new UsageError(message);
  }
}

function load<N>(open: () => N, file: string | undefined): N {
  try {
    return open();
  } catch (error) {
    // A shipped file that does not load is our fault (exit code 1), a file the user named is an input.
    if (file === undefined) throw error;
    throw new UsageError(`${file}: ${(error as Error).message}`);
  }
}
