/** tfjs behind one door: start the device here, then compute with `tf`, the layers and the optimiser. */
export * as tf from './tf';
export { DeviceError, startEngine, type Engine, type EngineOptions } from './device';
export { dense, matMul, silu } from './layers';
export { createAdam, createEma, type Adam, type AdamOptions, type Ema } from './optimisers';
