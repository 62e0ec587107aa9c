/** tfjs behind one door: start the device here, then compute with `tf`, the layers and the optimiser. */
export * as tf from './tf';
export { startEngine, type Engine, type EngineOptions } from './device';
export { countDispatches, type DispatchCounter } from './dispatches';
export { DeviceError, DivergedError } from './errors';
export { dense, matMul, silu } from './layers';
export { createAdam, createEma, type Adam, type AdamOptions, type Ema } from './optimisers';
