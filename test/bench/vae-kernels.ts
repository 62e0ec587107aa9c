/**
 * Training steps of two VAEs on one thread of the WASM device, with Adam, beside PyTorch on one thread, in turns, by the time of the processor, so that other programs disturb little:
 *   npx esbuild test/bench/vae-kernels.ts --bundle --platform=node --target=node20 --loader:.wasm=binary --outfile=.cache/vae-kernels.cjs && node .cache/vae-kernels.cjs [rounds]
 * The product of the densest layer is measured alone, too.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setFlagsFromString } from 'node:v8';
import { keyFromSeed, streamWords } from '../../core/math/random';
import { wasmOps } from '../../webview/kernels/nets/wasm';
import { loadKernels, netKernels, type Build } from '../../webview/kernels/wasm/module';
import { median } from './rounds';
import { convolutionalVae, denseVae, type VaeStep } from './vae-step';

if (Number(process.versions.node.split('.')[0]) < 22) setFlagsFromString('--experimental-wasm-relaxed-simd');

const ROUNDS = Number(process.argv[2] ?? 5);
const ADAM = { rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const BUILDS: readonly Build[] = ['relaxed SIMD', 'SIMD'];
const STEPS = { mlp: 60, conv: 8 } as const;
type Model = keyof typeof STEPS;

const WORK: readonly { name: string; model: Model; rows: number; peerRows: number; exchange?: boolean }[] = [
  { name: 'dense, 64 of 128 rows', model: 'mlp', rows: 64, peerRows: 128 },
  { name: 'dense, 64 of 128 rows, gradients exchanged', model: 'mlp', rows: 64, peerRows: 128, exchange: true },
  { name: 'dense, 128 rows', model: 'mlp', rows: 128, peerRows: 128 },
  { name: 'convolutional, 64 rows', model: 'conv', rows: 64, peerRows: 64 },
];

/** @param exchange what one of two workers does: it reads its gradient to send it, and takes in another's. */
function trainer(model: Model, rows: number, exchange = false): () => Promise<number> {
  const ops = wasmOps();
  const vae: VaeStep<ReturnType<typeof ops.filled>> = (model === 'mlp' ? denseVae : convolutionalVae)(ops, exchange ? 2 : 1);
  const x = new Float32Array(rows * 784).map((_, i) => ((i * 7919) % 1000) / 1000);
  let step = 0;
  return async () => {
    const steps = STEPS[model];
    const start = process.cpuUsage();
    for (let i = 0; i < steps; i++) {
      ops.reset();
      vae.store.begin(0);
      vae.gradient(ops.input(x, rows, 784), { key: keyFromSeed(1), stream: streamWords('noise'), firstPair: step * rows * 10 }, 1);
      if (exchange) vae.store.writeGradient(1, await vae.store.readGradient(0));
      vae.store.adam({ ...ADAM, step: ++step });
    }
    return (rows * steps) / (process.cpuUsage(start).user / 1e6);
  };
}

/** GFLOP/s of the three products of a layer 784 → 400 for 64 rows. */
function products(): number[] {
  const wasm = netKernels();
  const at = wasm.prepareNets();
  const [n, inputs, outputs] = [64, 784, 400];
  const x = at;
  const w = x + 4 * n * inputs + 64;
  const y = w + 4 * inputs * outputs + 64;
  wasm.memory.grow(64);
  new Float32Array(wasm.memory.buffer, at, (y - at) / 4 + n * outputs).fill(0.01);
  const speed = (run: () => void) => {
    for (let i = 0; i < 30; i++) run();
    const start = process.cpuUsage();
    for (let i = 0; i < 100; i++) run();
    return (100 * 2 * n * inputs * outputs) / process.cpuUsage(start).user / 1e3;
  };
  return [
    speed(() => { wasm.product(x, false, w, false, n, outputs, inputs, 0, false, y); }),
    speed(() => { wasm.product(x, true, y, false, inputs, outputs, n, 0, false, w); }),
    speed(() => { wasm.product(y, false, w, true, n, inputs, outputs, 0, false, x); }),
  ];
}

async function main(): Promise<void> {
  const ours = new Map<string, () => Promise<number>>();
  for (const build of BUILDS) {
    await loadKernels(build);
    console.log(`${build}: x·W, xᵀ·dy, dy·Wᵀ of 64 × 784 × 400: ${products().map((speed) => speed.toFixed(1)).join(', ')} GFLOP/s`);
    for (const { name, model, rows, exchange } of WORK) ours.set(`${build} ${name}`, trainer(model, rows, exchange));
  }
  const libraries = '/usr/lib/x86_64-linux-gnu/openblas-openmp';
  const child = spawn('/usr/bin/python3', [path.join(process.cwd(), 'test/bench/vae-kernels.py')], {
    stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, OMP_NUM_THREADS: '1', LD_LIBRARY_PATH: libraries },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const peer = async (model: Model, rows: number) => {
    child.stdin.write(`${JSON.stringify({ model, rows, steps: STEPS[model] })}\n`);
    return (JSON.parse((await lines.next()).value as string) as { imagesPerSecond: number }).imagesPerSecond;
  };
  for (const { name, model, peerRows } of WORK) {
    const speeds: Record<string, number[]> = { PyTorch: [] };
    for (let round = 0; round < ROUNDS; round++) {
      speeds.PyTorch.push(await peer(model, peerRows));
      for (const build of BUILDS) (speeds[build] ??= []).push(await ours.get(`${build} ${name}`)!());
    }
    const torch = median(speeds.PyTorch);
    for (const [who, values] of Object.entries(speeds)) {
      const ratios = values.map((value, i) => value / speeds.PyTorch[i]);
      console.log(`${name}, ${who}: ${median(values).toFixed(0)} images/s (best ${Math.max(...values).toFixed(0)}), ${(median(values) / torch).toFixed(2)} × PyTorch, in pairs ${median(ratios).toFixed(2)}`);
    }
  }
  child.stdin.end();
}

void main();
