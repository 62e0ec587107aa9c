import { LossHistory } from '../core/math/history';
import { stepsOf, validateVae, type VaeSettings } from '../webview/experiments/vae/manifest';
import type { LabelledData } from '../core/math/examples';
import { parse, toNumber } from './arguments';
import { print, replaceFile, requireWritable } from './output';
import { UsageError } from './usage';
import { encodeVaeCheckpoint, keyOf, readVaeCheckpoint } from './vae-checkpoint';
import { vaeDataFrom } from './vae-data';
import { isPointSet, VAE_OPTIONS, vaeDeviceFrom, vaeSettingsFrom, type CliDevice } from './vae-options';
import { defaultThreads, startTraining, type Training } from './vae-threads';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const OPTIONS = { ...VAE_OPTIONS, device: text, threads: text, out: text, json: flag, checkpoint: text, resume: flag } as const;

/** Steps between two looks at the clock, and what it is looked at for, in ms. */
const SLICE = 10;
const REPORT_MS = 1000;
const CHECKPOINT_MS = 10_000;
/** Examples and samples of the importance weighted bound that is printed. */
const IMPORTANCE = { examples: 500, k: 50 } as const;

/** `marginalia train vae …`: the panel's trainer in Node. */
export async function trainVae(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, OPTIONS);
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is not understood; write "marginalia train vae …" with options alone.`);
  if (values.resume && values.checkpoint === undefined) throw new UsageError('--resume wants the --checkpoint to go on from.');
  const name = values.data ?? 'mnist';
  const device = vaeDeviceFrom(values);
  const seed = vaeSettingsFrom(values, 'mnist', false).seed;
  const { id, data } = await vaeDataFrom(name, values.full, seed);
  const settings = vaeSettingsFrom(values, id, isPointSet(name) || !data.train.image);
  const problems = validateVae(settings, data);
  if (problems.length > 0) throw new UsageError(problems.map(({ message }) => message).join('\n'));
  const threads = threadsFrom(values.threads, device, settings);
  await requireWritable('out', values.out);
  await requireWritable('checkpoint', values.checkpoint);
  const key = keyOf(settings, data);
  const state = values.resume ? await readVaeCheckpoint(values.checkpoint!, key, settings) : undefined;
  process.stderr.write(`data: ${data.train.count} examples of ${data.title} to train on, ${data.test.count} to test on\n`);
  if (state) process.stderr.write(`going on from step ${state.step}\n`);

  const training = await startTraining({ settings, data, state }, device, threads, __filename);
  process.stderr.write(`device: ${training.device}, ${training.threads === 2 ? 'two threads' : 'one thread'}\n`);
  try {
    const write = async () => {
      if (values.checkpoint === undefined) return;
      const at = await training.trainer.state();
      // The last step before a loss that is not finite may have spoilt the parameters: the checkpoint before stays.
      if (at.rows.every(Number.isFinite)) await replaceFile(values.checkpoint, encodeVaeCheckpoint(key, settings, at));
    };
    const { images, seconds, loss } = await run(training, data, write);
    if (values.out !== undefined) await replaceFile(values.out, await training.trainer.weights());
    print({
      data: name, steps: training.trainer.step, epochs: settings.epochs, parameters: training.trainer.parameters.reduce((sum, { rows, columns }) => sum + rows * columns, 0), loss,
      ...(await measure(training, data)), imagesPerSecond: seconds > 0 ? images / seconds : null, seconds, device: training.device, threads: training.threads, seed: settings.seed,
    }, values.json);
    return 0;
  } finally {
    await training.close();
  }
}

function threadsFrom(given: string | undefined, device: CliDevice, settings: VaeSettings): 1 | 2 {
  if (given === undefined) return defaultThreads(device, settings);
  const threads = toNumber('threads', given);
  if (threads !== 1 && threads !== 2) throw new UsageError(`--threads is 1 or 2, not ${given}.`);
  if (threads === 2 && device === 'cpu') throw new UsageError('--threads 2 is for WASM; the device cpu computes in one.');
  return threads;
}

async function run({ trainer, advance }: Training, { train }: LabelledData, write: () => Promise<void>): Promise<{ images: number; seconds: number; loss: number | null }> {
  const { settings, stepsPerEpoch } = trainer;
  const { total } = stepsOf(settings, train.count);
  const losses = new LossHistory();
  const begun = performance.now();
  let [reported, kept] = [begun, begun];
  let images = 0;
  let recent: number | null = null;
  const count = settings.examples > 0 ? Math.min(settings.examples, train.count) : train.count;
  while (trainer.step < total) {
    const first = trainer.step;
    const terms = await advance(Math.min(SLICE, total - first));
    for (let step = first; step < trainer.step; step++) images += Math.min(settings.batchSize, count - (step % stepsPerEpoch) * settings.batchSize);
    losses.add(terms.map(({ loss }) => loss));
    for (const { loss } of terms) recent = recent === null ? loss : 0.99 * recent + 0.01 * loss;
    const now = performance.now();
    if (now - reported >= REPORT_MS || trainer.step >= total) {
      const { reconstruction, kl } = terms.at(-1)!;
      const rate = images / ((now - begun) / 1000);
      process.stderr.write(`epoch ${((trainer.step) / stepsPerEpoch).toFixed(2)} of ${settings.epochs}, −ELBO ${(reconstruction + kl).toPrecision(4)} = reconstruction ${reconstruction.toPrecision(4)} + KL ${kl.toPrecision(4)}, ${rate.toFixed(0)} examples/s\n`);
      reported = now;
    }
    if (now - kept >= CHECKPOINT_MS) {
      await write();
      kept = performance.now();
    }
  }
  const seconds = (performance.now() - begun) / 1000;
  await write();
  return { images, seconds, loss: recent };
}

/** On what was held out, an example: −ELBO with one sample of z each, its two terms, and the importance weighted bound beside it. */
async function measure({ trainer }: Training, { test }: LabelledData) {
  const { seed, noise } = trainer.settings;
  const { reconstruction, kl } = await trainer.bound(test.values, test.count, [1], seed);
  const count = Math.min(IMPORTANCE.examples, test.count);
  const { importance } = noise === 'yes' ? await trainer.bound(test.values.subarray(0, count * test.size), count, [1, IMPORTANCE.k], seed) : { importance: [] };
  const bounds = Object.fromEntries(importance.map(({ k, bound }) => [k, bound]));
  return {
    testLoss: reconstruction + kl, testReconstruction: reconstruction, testKl: kl,
    importanceSamples: noise === 'yes' ? IMPORTANCE.k : null, importanceExamples: noise === 'yes' ? count : null,
    importanceBound: (bounds[IMPORTANCE.k] as number | undefined) ?? null, elboOfThose: (bounds[1] as number | undefined) ?? null,
  };
}
