/** The VAE bench. Started by scripts/bench-vae.mjs; the result goes back as a message. */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { endChildrenWithUs, stopAll } from '../../scripts/lib/children.mjs';
import { fullImages } from '../../scripts/lib/full-images.mjs';
import { round } from './rounds';
import { measureVae, type VaeResult } from './vae';

const root = process.cwd();
const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, load: { type: 'string' } } });
const begun = performance.now();
const say = (text: string) => console.error(`[${((performance.now() - begun) / 1000).toFixed(0).padStart(4)} s] ${text}`);

const TARGETS = {
  ratioToPyTorch: { text: '≥ 0.8 with relaxed SIMD', met: ({ mlp }: VaeResult) => mlp.ratioToPyTorch !== null && mlp.ratioToPyTorch >= 0.8 },
  plainSimdRatioToPyTorch: { text: '≥ 0.5', met: ({ mlp }: VaeResult) => mlp.plainSimdRatioToPyTorch !== null && mlp.plainSimdRatioToPyTorch >= 0.5 },
  convRatioToPyTorch: { text: '≥ 0.3', met: ({ conv }: VaeResult) => conv.ratioToPyTorch !== null && conv.ratioToPyTorch >= 0.3 },
  testLoss10: { text: '≤ 107', met: ({ testLoss10 }: VaeResult) => testLoss10 <= 107 },
} as const;

function results(measured: VaeResult, before: number) {
  const { mlp, conv, testLoss1, testLoss10, device, chromium, pytorch } = measured;
  return {
    imagesPerSecond: mlp.imagesPerSecond, ratioToPyTorch: mlp.ratioToPyTorch, testLoss1, testLoss10, convRatioToPyTorch: conv.ratioToPyTorch, device,
    plainSimdImagesPerSecond: mlp.plainSimdImagesPerSecond, plainSimdRatioToPyTorch: mlp.plainSimdRatioToPyTorch, oneWorkerImagesPerSecond: mlp.oneWorkerImagesPerSecond, pytorchImagesPerSecond: mlp.pytorchImagesPerSecond,
    convImagesPerSecond: conv.imagesPerSecond, convPlainSimdImagesPerSecond: conv.plainSimdImagesPerSecond, convPlainSimdRatioToPyTorch: conv.plainSimdRatioToPyTorch, convOneWorkerImagesPerSecond: conv.oneWorkerImagesPerSecond,
    convPyTorchImagesPerSecond: conv.pytorchImagesPerSecond,
    measured: { mlp: mlp.measured, conv: conv.measured }, pytorch,
    machine: {
      processor: cpus()[0]?.model.trim() ?? 'unknown processor', cores: cpus().length, chromium, node: process.versions.node, loadAverage: { before, after: round(loadavg()[0]) },
      busy: before > cpus().length / 2, quick: values.quick, seconds: Math.round((performance.now() - begun) / 1000),
    },
    targets: Object.fromEntries(Object.entries(TARGETS).map(([name, { text, met }]) => [name, { target: text, met: values.quick ? null : met(measured) }])),
  };
}

function table(result: ReturnType<typeof results>): string {
  const shown = Object.entries(result).filter(([, value]) => typeof value !== 'object' || value === null);
  const lines = shown.map(([name, value]) => {
    const target = (result.targets as Record<string, { target: string; met: boolean | null } | undefined>)[name];
    return `${name.padEnd(30)} ${String(value).padEnd(18)} ${target ? `${target.met === null ? 'target' : target.met ? 'met' : 'MISSED'}: ${target.target}` : ''}`.trimEnd();
  });
  const { machine } = result;
  const doubt = machine.quick ? 'These are the figures of --quick: that everything runs, nothing else.' : machine.busy ? `The machine was busy (load average ${machine.loadAverage.before}): do not trust the speeds.` : '';
  return [...lines, ...(doubt ? ['', doubt] : [])].join('\n');
}

async function main(): Promise<void> {
  const before = round(Number(values.load ?? loadavg()[0]));
  say('MNIST');
  const result = results(await measureVae(root, await fullImages(root, 'mnist'), values.quick, say), before);
  await new Promise<void>((resolve, reject) => {
    process.send!({ results: result, table: table(result) }, (error: Error | null) => (error ? reject(error) : resolve()));
  });
}

endChildrenWithUs();
main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(async () => {
    await stopAll();
    process.disconnect?.();
  });
