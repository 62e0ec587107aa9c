/** What every model of this experiment can do: its terms forward, and their gradient backward. Models differ in their levels alone. */
import { parametersOf, placesOf, type Matrix, type Ops, type ParameterStore } from '../../../kernels/nets';
import { layersOf, type VaeNetworks } from '../architecture';
import type { VaeSettings } from '../manifest';
import { Hierarchical } from './hierarchical';
import { SingleLevel } from './single';

/** Standard normals for a level of latent variables, 1 next to the data. */
export type Draw<M> = (level: 1 | 2, rows: number, columns: number) => M;

/** Terms of n examples, of which each was given k samples: columns. */
export interface Terms<M> {
  /** [n·k]: −log p(x|z) of each sample; of a Gaussian without its constant. */
  reconstruction: M;
  /** [n] where it is in closed form, else [n·k]; null of an autoencoder. */
  kl: M | null;
  /** [n·k]: log p(z) − log q(z|x), summed over levels; null where it was not asked for. */
  logRatio: M | null;
  /** Moments whose divergence from the standard normal is in closed form: of z, or of z₂ for each sample. */
  closed: { mean: M; logVariance: M } | null;
}

/** Derivatives of the loss by the terms: numbers, since they are the same for all examples, or columns [n·k]. */
export type TermWeights<M> =
  | { kind: 'elbo'; reconstruction: number; kl: number }
  | { kind: 'importance'; reconstruction: M; logRatio: M };

export interface Model<M extends Matrix> {
  /** @param sampled whether `logRatio` is wanted. */
  forward(x: M, k: number, draw: Draw<M>, sampled: boolean): Terms<M>;
  /** Adds the gradient of the loss to the shard that was chosen last; follows its forward pass. */
  backward(weights: TermWeights<M>): void;
  posterior(x: M): { mean: M; logVariance: M | null };
  /** Means of p(x|z). */
  means(z: M): M;
  /** Draws from the prior of the level next to the data. */
  prior(rows: number, draw: Draw<M>): M;
}

export function modelOf<M extends Matrix>(ops: Ops<M>, store: ParameterStore<M>, networks: VaeNetworks, settings: VaeSettings): Model<M> {
  const places = placesOf(parametersOf(layersOf(networks)));
  return networks.top ? new Hierarchical(ops, store, places, { ...networks, top: networks.top }, settings) : new SingleLevel(ops, store, places, networks, settings);
}
