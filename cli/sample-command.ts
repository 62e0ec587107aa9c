import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pointsToCsv } from '../core/math/csv';
import { startEngine } from '../webview/engine';
import { OWN_POINTS } from '../webview/experiments/ddpm/manifest';
import { loadNetwork, Measuring, sampleFrames } from '../webview/experiments/ddpm/runtime';
import { parse } from './arguments';
import { dataFrom, deviceFrom, MODEL_OPTIONS, settingsFrom } from './ddpm-options';
import { print, requireWritable } from './output';
import { UsageError } from './usage';

const text = { type: 'string' } as const;
const OPTIONS = { ...MODEL_OPTIONS, sampler: text, steps: text, eta: text, 'timestep-spacing': text, weights: text } as const;

/** `marginalia sample ddpm …`: the same runtime as the panel's, in Node. */
export async function sample(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, OPTIONS);
  if (positionals.length !== 1 || positionals[0] !== 'ddpm') throw new UsageError(`sample knows one experiment, ddpm; write "marginalia sample ddpm …".`);
  const { data, own } = await dataFrom(values);
  const settings = settingsFrom(values, data, 'sample');
  const device = deviceFrom(values);
  await requireWritable('out', values.out);
  const weights = await readWeights(values.weights, data);

  const engine = await startEngine({ device, wasmPaths: path.join(__dirname, 'webview/wasm/') });
  process.stderr.write(`device: ${engine.report.label} (${engine.report.why})\n`);
  const network = load(() => loadNetwork(engine, weights), values.weights);
  const { signal } = new AbortController();
  const started = performance.now();
  let points = new Float32Array();
  for await (const frame of sampleFrames(engine, network, settings, signal)) {
    points = frame.points as Float32Array<ArrayBuffer>;
    if (process.stderr.isTTY) process.stderr.write(`\rt = ${frame.t} (${frame.index} of ${frame.total})   `);
  }
  const seconds = (performance.now() - started) / 1000;
  process.stderr.write(`${process.stderr.isTTY ? '\r' : ''}${settings.steps} steps of ${settings.points} points in ${seconds.toFixed(2)} s\n`);

  if (values.out !== undefined) await writeFile(values.out, pointsToCsv(points));
  // One yardstick for every seed: the same held-out points, the same projections, the same real draws.
  const measures = await new Measuring().measure(settings, own, points, signal);
  print({ points: settings.points, ...measures, seconds, device: engine.report.label, seed: settings.seed }, values.json);
  network.dispose();
  return 0;
}

async function readWeights(file: string | undefined, data: string): Promise<Uint8Array> {
  if (file === undefined && data === OWN_POINTS) throw new UsageError('No network is shipped for points of your own: train one ("marginalia train ddpm --data FILE --out weights.safetensors") and give it with --weights.');
  const from = file ?? path.join(__dirname, 'webview/weights', `${data}.safetensors`);
  try {
    return await readFile(from);
  } catch (error) {
    if (file !== undefined) throw new UsageError(`The weights cannot be read: ${(error as Error).message}`);
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new UsageError(`No network is shipped for the data set "${data}": train one and give it with --weights.`);
    throw new Error(`The weights cannot be read: ${(error as Error).message}`, { cause: error });
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
