/** The DDPM experiment without its picture: what the worker, the command line and the tests run. */
export { initialParameters, kernelShape, loadNetwork, readNetwork, STAND_IN, writeNetwork, type Network, type NetworkFile } from './network';
export { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from './checkpoint';
export { boundPoints, requireOwn, shownPoints, trainingPoints, TRAINING_POINTS } from './data';
export { forwardFrames } from './forward';
export { Measuring } from './measuring';
export { networkBound, noiseField, predictAt } from './probes';
export { affineStep, quickSample, sampleCloud, sampleFrames, type AffineStep, type Part } from './sampling';
export { DivergedError } from '../../../engine';
export { Trainer, type TrainingState } from './training';
