/** Training of VAEs in Chromium with the panel's two workers, PyTorch beside it in turns, and how good the trained model is. */
import path from 'node:path';
import { openBench, type Bench } from './browser';
import { launchPeer, type PythonPeer } from './peer';
import { inTurns, median, ratio, round } from './rounds';
import type * as vaePage from './vae-page';
import { DATA_PARTS, VAE_WORK, type TrainerChoice, type VaeModelName } from './vae-work';

type Page = Bench<typeof vaePage>;
type PeerAbout = { torch: string; threads: number; blas: string[] };
type VaePeer = PythonPeer<PeerAbout>;

/** Contenders by name; the first is what the panel does. */
const CONTENDERS: Record<VaeModelName, Record<string, Omit<TrainerChoice, 'examples'>>> = {
  mlp: {
    ours: { model: 'mlp', build: 'relaxed SIMD', workers: 2 }, plainSimd: { model: 'mlp', build: 'SIMD', workers: 2 }, oneWorker: { model: 'mlp', build: 'relaxed SIMD', workers: 1 },
  },
  conv: { ours: { model: 'conv', build: 'relaxed SIMD', workers: 2 }, plainSimd: { model: 'conv', build: 'SIMD', workers: 2 }, oneWorker: { model: 'conv', build: 'relaxed SIMD', workers: 1 } },
};
/** Steps of a turn. */
const STEPS: Record<VaeModelName, number> = { mlp: 100, conv: 10 };
const WARM_UP: Record<VaeModelName, number> = { mlp: 20, conv: 3 };
const ROUNDS = 9;
const EPOCHS = 10;
const QUICK = { steps: 2, rounds: 1, examples: 1280 } as const;

export interface SpeedFigures {
  imagesPerSecond: number;
  plainSimdImagesPerSecond: number;
  oneWorkerImagesPerSecond: number;
  /** Null where no Python here has PyTorch. */
  pytorchImagesPerSecond: number | null;
  ratioToPyTorch: number | null;
  plainSimdRatioToPyTorch: number | null;
  measured: { rounds: number; steps: number };
}

export interface VaeResult {
  mlp: SpeedFigures;
  conv: SpeedFigures;
  testLoss1: number;
  testLoss10: number;
  device: string;
  chromium: string;
  pytorch: (PeerAbout & { warning: string | null }) | null;
}

/** @param files of the whole MNIST, by part. @param quick whether everything runs, not how fast. */
export async function measureVae(root: string, files: Record<(typeof DATA_PARTS)[number], string>, quick: boolean, say: (text: string) => void): Promise<VaeResult> {
  const peer = await launchPeer<PeerAbout>(path.join(root, 'test/bench/vae-peer.py'), [files['train-images']]);
  say(peer ? (peer.warning ?? `PyTorch ${peer.about.torch}, ${peer.about.threads} threads`) : 'no Python here has PyTorch');
  const served = Object.fromEntries(DATA_PARTS.map((part) => [`/mnist/${part}`, files[part]]));
  const bench: Page = await openBench(root, { page: 'vae-page', worker: 'vae-worker', files: served });
  try {
    const mlp = await speed(bench, 'mlp', peer, quick, say);
    const conv = await speed(bench, 'conv', peer, quick, say);
    await peer?.stop();
    const { device, losses } = await quality(bench, quick, say);
    return { mlp, conv, testLoss1: round(losses[0]), testLoss10: round(losses[1]), device, chromium: bench.version, pytorch: peer && { ...peer.about, warning: peer.warning } };
  } finally {
    await bench.close();
    await peer?.stop();
  }
}

async function speed(bench: Page, model: VaeModelName, peer: VaePeer | null, quick: boolean, say: (text: string) => void): Promise<SpeedFigures> {
  const steps = quick ? QUICK.steps : STEPS[model];
  const names = Object.keys(CONTENDERS[model]);
  for (const name of names) {
    await bench.call('start', `${model} ${name}`, { ...CONTENDERS[model][name], examples: 0 });
    await bench.call('advance', `${model} ${name}`, quick ? 1 : WARM_UP[model]);
  }
  const time = (request: number) => peer!.ask<number>({ do: 'time', model, steps: request });
  if (peer) await time(quick ? 1 : WARM_UP[model]);
  const rounds = quick ? QUICK.rounds : ROUNDS;
  const measured = await inTurns({
    ...Object.fromEntries(names.map((name) => [name, () => bench.call('advance', `${model} ${name}`, steps)])),
    ...(peer ? { pytorch: () => time(steps) } : {}),
  } as Record<string, () => Promise<number>>, rounds);
  for (const name of names) await bench.call('stop', `${model} ${name}`);
  const images = VAE_WORK[model].batchSize * steps;
  const rate = (times: readonly number[]) => round((1000 * images) / median(times));
  say(`${model}: ${Object.entries(measured).map(([name, times]) => `${name} ${rate(times)}`).join(', ')} images/s`);
  return {
    imagesPerSecond: rate(measured.ours), plainSimdImagesPerSecond: rate(measured.plainSimd), oneWorkerImagesPerSecond: rate(measured.oneWorker),
    pytorchImagesPerSecond: peer ? rate(measured.pytorch) : null,
    ratioToPyTorch: peer ? round(ratio(measured.pytorch, measured.ours)) : null, plainSimdRatioToPyTorch: peer ? round(ratio(measured.pytorch, measured.plainSimd)) : null,
    measured: { rounds, steps },
  };
}

/** After one and after ten epochs. */
async function quality(bench: Page, quick: boolean, say: (text: string) => void): Promise<{ device: string; losses: number[] }> {
  const device = await bench.call('start', 'quality', { ...CONTENDERS.mlp.ours, examples: quick ? QUICK.examples : 0 });
  const perEpoch = await bench.call('stepsPerEpoch', 'quality');
  const losses: number[] = [];
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    await bench.call('advance', 'quality', perEpoch);
    if (epoch !== 1 && epoch !== EPOCHS) continue;
    losses.push(await bench.call('testLoss', 'quality'));
    say(`epoch ${epoch}: test loss ${round(losses.at(-1)!)} an image`);
  }
  await bench.call('stop', 'quality');
  return { device, losses };
}
