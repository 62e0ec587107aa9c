/** Models as programs that run elsewhere. */
export { scriptNames } from './head';
export { pytorchScript } from './pytorch';
export { torchrunScript } from './torchrun';
export type { VaeScript } from './vae';
