/** Networks made of layers: what devices compute for them, and the layers. */
export * from './contract';
export { cpuOps, type CpuOps } from './cpu';
export type { CpuMatrix } from './cpu/matrix';
export type { CpuStore, Precision } from './cpu/store';
export { networkOf, placesOf, type Layer, type Places } from './layers';
export * from './specs';
export { fromTorch, toTorch, torchShape } from './torch';
