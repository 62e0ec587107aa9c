/** What the module offers to networks made of layers; ../../../nets/wasm.ts calls it, on an instance of its own. */
import { alloc, reset } from '../arena';
import { prepareProducts } from './product';

export { activate, activateGradient } from './activations';
export { adam, add, addRow, fill, fromBytes, normalsInto, reparameterise, reparameteriseGradient, repeatRows, scale, segmentSums, sumAll, sumColumns, sumRows } from './elementwise';
export { gather, scatter } from './patches';
export { product } from './product';
export { logMeanExp, logMeanExpGradient, termGradients, terms } from './terms';

/** Once an instance. @returns where the memory begins that the caller gives out. */
export function prepareNets(): usize {
  reset();
  prepareProducts();
  return alloc(0);
}
