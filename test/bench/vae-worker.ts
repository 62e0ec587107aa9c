/** A compute worker of the VAE bench: the product's trainer on the WASM device; with a port, one half of each batch. */
import { loadIdxSet } from '../../core/data/shipped';
import { VaeTrainer } from '../../webview/experiments/vae/runtime';
import { advanceTogether, pairPort, type HalfStep, type PairPort } from '../../webview/experiments/vae/runtime/pair';
import { wasmOps, type WasmMatrix } from '../../webview/kernels/nets/wasm';
import { loadKernels } from '../../webview/kernels/wasm/module';
import { VAE_WORK, type VaeAnswer, type VaeRequest } from './vae-work';

interface Started {
  trainer: VaeTrainer<WasmMatrix>;
  shard: 0 | 1;
  line: PairPort | null;
}

/** Of the noise that the test loss is taken with; another than that of training. */
const TEST_SEED = 2;
let started: Started;
let data: Awaited<ReturnType<typeof loadIdxSet>>;

async function answer(request: VaeRequest): Promise<number | string> {
  if (request.do === 'start') {
    const { choice, shard, port } = request;
    const build = await loadKernels(choice.build);
    data = await loadIdxSet('mnist', (part) => Promise.resolve(request.data[part]));
    started = { trainer: new VaeTrainer(wasmOps(), { ...VAE_WORK[choice.model], examples: choice.examples }, data), shard, line: port && lineOver(port) };
    return `WASM ${build}`;
  }
  const { trainer, shard, line } = started;
  switch (request.do) {
    case 'advance': {
      const begun = performance.now();
      await (line ? advanceTogether(trainer, shard, line, request.steps) : trainer.advance(request.steps));
      return performance.now() - begun;
    }
    case 'steps per epoch':
      return trainer.stepsPerEpoch;
    case 'test loss': {
      const { reconstruction, kl } = await trainer.bound(data.test.values, data.test.count, [1], TEST_SEED);
      return reconstruction + kl;
    }
  }
}

function lineOver(port: MessagePort): PairPort {
  const line = pairPort(port);
  port.onmessage = ({ data: half }: MessageEvent<HalfStep>) => { line.deliver(half); };
  return line;
}

self.addEventListener('message', ({ data: request }: MessageEvent<VaeRequest>) => {
  answer(request).then(
    (value) => self.postMessage({ value } satisfies VaeAnswer),
    (error: unknown) => self.postMessage({ error: error instanceof Error ? error.message : String(error) } satisfies VaeAnswer),
  );
});
