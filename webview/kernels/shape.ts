/**
 * The network that the kernels compute, as data: 2 → hidden × layers → 2. Layer k is SiLU(h·W_k + f·C_k + b_k), where f are features of the noise level
 * (FEATURES of them); the last layer is linear in h alone. All parameters lie in one array, in the order of `parameterTable`, so that an optimiser
 * step is one call and a checkpoint one array.
 */

export interface MlpShape {
  /** Units of each hidden layer: a multiple of 4 (see `paddedUnits`), at most MAX_HIDDEN. */
  hidden: number;
  /** Hidden layers, 1 … MAX_LAYERS. */
  layers: number;
}

/** Features of the noise level: 1 + 8 sines + 8 cosines. */
export const FEATURES = 17;
export const MAX_HIDDEN = 512;
export const MAX_LAYERS = 8;

export interface ParameterEntry {
  name: string;
  shape: readonly number[];
  /** Where it begins in the one array. */
  offset: number;
  size: number;
}

/** Name, shape and place of every parameter; kernels are stored [inputs, outputs], row by row. */
export function parameterTable({ hidden, layers }: MlpShape): ParameterEntry[] {
  const named = [
    ...Array.from({ length: layers }, (_, layer) => [
      { name: `hidden.${layer}.kernel`, shape: [layer === 0 ? 2 : hidden, hidden] },
      { name: `hidden.${layer}.condition`, shape: [FEATURES, hidden] },
      { name: `hidden.${layer}.bias`, shape: [hidden] },
    ]).flat(),
    { name: 'out.kernel', shape: [hidden, 2] },
    { name: 'out.bias', shape: [2] },
  ];
  let offset = 0;
  return named.map(({ name, shape }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const entry = { name, shape, offset, size };
    offset += size;
    return entry;
  });
}

export function parameterCount({ hidden, layers }: MlpShape): number {
  return 2 * hidden + (layers - 1) * hidden * hidden + layers * (FEATURES + 1) * hidden + 2 * hidden + 2;
}

/**
 * The next multiple of 4: kernels work on vectors of four. The units that fill it up start with zero weights on both sides; then their output and every gradient
 * through them is zero, so they stay zero and the network is the one that was asked for.
 */
export const paddedUnits = (hidden: number): number => Math.ceil(hidden / 4) * 4;
