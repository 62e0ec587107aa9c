/** The DDPM experiment without its picture: what the worker, the command line and the tests run. */
export { initialParameters, loadNetwork, readNetwork, STAND_IN, writeNetwork, type Network, type NetworkFile } from './network';
export { forwardFrames } from './forward';
export { networkBound, noiseField } from './probes';
export { affineStep, sampleCloud, sampleFrames, type AffineStep, type Part } from './sampling';
export { DivergedError, Trainer, type TrainingState } from './training';
