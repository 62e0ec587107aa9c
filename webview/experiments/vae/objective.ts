/** How a file's reductions and its β weigh the terms of the bound. */
import type { Reduction, VaeSettings } from './manifest';

/** What the sums over a batch's examples are multiplied by in the loss. */
export interface Scales {
  reconstruction: number;
  /** With the file's β. */
  kl: number;
}

type Objective = Pick<VaeSettings, 'reconstructionReduction' | 'klReduction' | 'beta' | 'batchSize' | 'latentSize' | 'topLatentSize' | 'architecture'>;

/** @param size numbers an example. @param rows examples in the batch: the last of an epoch may have fewer. */
export function scalesOf(settings: Objective, size: number, rows = settings.batchSize): Scales {
  // A file that takes the mean of both levels' divergences takes it over the dimensions of both.
  const latents = settings.latentSize + (settings.architecture === 'hierarchical' ? settings.topLatentSize : 0);
  return { reconstruction: scaleOf(settings.reconstructionReduction, rows, size), kl: settings.beta * scaleOf(settings.klReduction, rows, latents) };
}

function scaleOf(reduction: Reduction, rows: number, dimensions: number): number {
  switch (reduction) {
    case 'sum':
      return 1;
    case 'batch_mean':
      return 1 / rows;
    case 'mean':
      return 1 / (rows * dimensions);
  }
}

/**
 * The β of the ELBO whose gradient the file's loss has, up to a factor: what the divergence weighs where reconstruction and divergence are both sums over dimensions. A mean of the squared error over batch and
 * pixels with a sum of the divergence gives β·batch·pixels; a mean of both β·pixels/latents.
 */
export function impliedBeta(settings: Objective, size: number): number {
  const { reconstruction, kl } = scalesOf(settings, size);
  return kl / reconstruction;
}
