import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { checksum } from '../core/math/checksum';
import { LossHistory } from '../core/math/history';
import { CheckpointError } from '../core/math/sealed';
import { startEngine, type Engine } from '../webview/engine';
import { trainingKey, type DdpmSettings } from '../webview/experiments/ddpm/manifest';
import {
  boundPoints, decodeCheckpoint, encodeCheckpoint, Measuring, networkBound, quickSample, sampleCloud, Trainer, trainingPoints, type Checkpoint,
} from '../webview/experiments/ddpm/runtime';
import { parse } from './arguments';
import { dataFrom, deviceFrom, MODEL_OPTIONS, settingsFrom } from './ddpm-options';
import { print, replaceFile, requireWritable } from './output';
import { trainVae } from './train-vae';
import { UsageError } from './usage';

const text = { type: 'string' } as const;
const OPTIONS = {
  ...MODEL_OPTIONS, steps: text, 'hidden-units': text, 'hidden-layers': text, loss: text, gamma: text, 'batch-size': text, 'learning-rate': text, 'ema-decay': text,
  checkpoint: text, resume: { type: 'boolean' },
} as const;

/** Steps between two looks at the clock, and what it is looked at for, in ms. */
const SLICE = 10;
const REPORT_MS = 1000;
const CHECKPOINT_MS = 10_000;
const MEASURED = { steps: 50, bound: 512 } as const;

/** `marginalia train ddpm …`: the panel's trainer in Node. Of a VAE: see train-vae.ts. */
export async function train(args: string[]): Promise<number> {
  if (args[0] === 'vae') return trainVae(args.slice(1));
  const { values, positionals } = parse(args, OPTIONS);
  if (positionals.length !== 1 || positionals[0] !== 'ddpm') throw new UsageError('train knows two experiments, ddpm and vae; write "marginalia train ddpm …" or "marginalia train vae …".');
  if (values.resume && values.checkpoint === undefined) throw new UsageError('--resume wants the --checkpoint to go on from.');
  const { data, own } = await dataFrom(values);
  const settings = settingsFrom(values, data, 'train');
  const device = deviceFrom(values);
  await requireWritable('out', values.out);
  await requireWritable('checkpoint', values.checkpoint);
  const key = trainingKey(settings) + (own ? ` ${checksum(own)}` : '');
  const from = values.resume ? await readCheckpoint(values.checkpoint!, key, settings) : null;

  const engine = await startEngine({ device, wasmPaths: path.join(__dirname, 'webview/wasm/') });
  process.stderr.write(`device: ${engine.report.label} (${engine.report.why})\n`);
  if (from) process.stderr.write(`going on from step ${from.state.step}\n`);
  const trainer = new Trainer(engine, settings, trainingPoints(settings, own), from?.state);
  try {
    const { loss, seconds, steps } = await run(trainer, key, from, values.checkpoint);
    if (values.out !== undefined) await replaceFile(values.out, await trainer.file());
    const quality = await measure(engine, trainer, settings, own);
    print({
      data: values.data ?? settings.data, steps: trainer.step, loss, stepsPerSecond: seconds > 0 ? steps / seconds : null, ...quality,
      seconds, device: engine.report.label, seed: settings.seed,
    }, values.json);
    return 0;
  } finally {
    trainer.dispose();
    engine.dispose();
  }
}

async function run(trainer: Trainer, key: string, from: Checkpoint | null, file: string | undefined): Promise<{ loss: number | null; seconds: number; steps: number }> {
  const { settings } = trainer;
  const losses = new LossHistory(from?.losses);
  const write = async () => {
    if (file !== undefined) await replaceFile(file, encodeCheckpoint({ trainingKey: key, settings, state: await trainer.state(), losses: losses.record, at: Date.now(), running: false }));
  };
  const [begun, first] = [performance.now(), trainer.step];
  let [reported, kept] = [begun, begun];
  let recent: number | null = null;
  while (trainer.step < settings.trainSteps) {
    const own = await trainer.advance(Math.min(SLICE, settings.trainSteps - trainer.step));
    losses.add(own);
    for (const loss of own) recent = recent === null ? loss : 0.99 * recent + 0.01 * loss;
    const now = performance.now();
    if (now - reported >= REPORT_MS || trainer.step >= settings.trainSteps) {
      const rate = ((trainer.step - first) * 1000) / (now - begun);
      process.stderr.write(`step ${trainer.step} of ${settings.trainSteps}, loss ${recent!.toPrecision(4)}, ${rate.toFixed(1)} steps/s, ${((settings.trainSteps - trainer.step) / rate).toFixed(0)} s left\n`);
      reported = now;
    }
    if (now - kept >= CHECKPOINT_MS) {
      await write();
      kept = performance.now();
    }
  }
  const seconds = (performance.now() - begun) / 1000;
  await write();
  return { loss: recent, seconds, steps: trainer.step - first };
}

/** Against held-out points, in units that do not depend on the training: distances of a sample, and the variational bound. */
async function measure(engine: Engine, trainer: Trainer, settings: DdpmSettings, own: Float32Array | null) {
  const network = trainer.network();
  const { signal } = new AbortController();
  try {
    const points = await sampleCloud(engine, network, quickSample(settings, MEASURED.steps));
    const measures = await new Measuring().measure(settings, own, points, signal);
    const { total, bitsPerDim } = await networkBound(engine, network, settings, boundPoints(settings, own, MEASURED.bound), signal);
    return { ...measures, boundNats: total, bitsPerDim };
  } finally {
    network.dispose();
  }
}

async function readCheckpoint(file: string, key: string, settings: DdpmSettings): Promise<Checkpoint> {
  let checkpoint: Checkpoint;
  try {
    checkpoint = decodeCheckpoint(await readFile(file));
  } catch (error) {
    const why = error instanceof CheckpointError ? error.message : (error as Error).message;
    throw new UsageError(`${file}: the checkpoint cannot be used: ${why}. Leave out --resume to start afresh.`);
  }
  if (checkpoint.trainingKey !== key) {
    const changed = (Object.keys(settings) as (keyof DdpmSettings)[]).filter((id) => checkpoint.settings[id] !== settings[id] && trainingKey({ ...settings, [id]: checkpoint.settings[id] }) !== trainingKey(settings));
    throw new UsageError(`${file}: the checkpoint is of other settings (${changed.map((id) => `${id} was ${String(checkpoint.settings[id])}`).join(', ') || 'other points'}). Train with those, or leave out --resume to start afresh.`);
  }
  return checkpoint;
}
