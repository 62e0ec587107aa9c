/** The VAE experiment without its pictures: what the worker, the command line and the tests run. */
export { DivergedError } from '../../../engine/errors';
export { SHARDS, shardRows } from './batches';
export type { ShardTerms } from './loss';
export { VaeTrainer, type ShardGradient } from './training';
export { VaeModel } from './vae';
export { describeWeights, readWeights, writeWeights, type VaeWeights } from './weights';
export type { Bound, Posterior, StepTerms, VaeTrainingState } from './types';
