/** What the VAE bench computes, and how it asks for it: shared by Node, the page and its workers. */
import { VAE_DEFAULTS, type VaeSettings } from '../../webview/experiments/vae/manifest';
import type { Build } from '../../webview/kernels/wasm/module';

/** pytorch/examples' model, 784-400-20, at batches of 128 with Adam at 1e-3; and filters 32 and 64 of kernel 4 and stride 2. */
export const VAE_WORK = {
  mlp: { ...VAE_DEFAULTS, epochs: 10, seed: 1 },
  conv: { ...VAE_DEFAULTS, architecture: 'conv', encoderWidths: [32, 64], decoderWidths: [64, 32], seed: 1 },
} as const satisfies Record<string, VaeSettings>;

export type VaeModelName = keyof typeof VAE_WORK;

/** A trainer of its own, in as many workers. */
export interface TrainerChoice {
  model: VaeModelName;
  build: Build;
  workers: 1 | 2;
  /** Of the training set; 0 for all. */
  examples: number;
}

/** The IDX files as the page fetches them. */
export const DATA_PARTS = ['train-images', 'train-labels', 'test-images', 'test-labels'] as const;
export type DataBytes = Record<(typeof DATA_PARTS)[number], Uint8Array>;

export type VaeRequest =
  | { do: 'start'; choice: TrainerChoice; data: DataBytes; shard: 0 | 1; port: MessagePort | null }
  /** Milliseconds that these steps take. */
  | { do: 'advance'; steps: number }
  | { do: 'steps per epoch' }
  /** −ELBO of the whole test set with one sample of z each, an image: what pytorch/examples prints as test loss. */
  | { do: 'test loss' };

export type VaeAnswer = { value: number | string } | { error: string };
