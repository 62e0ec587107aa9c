/** The reference: the network forwards and backwards in plain loops with float64 sums. What the other devices compute is compared with this. */
import { FEATURES, parameterTable, type MlpShape } from '../shape';

interface Layer {
  inputs: number;
  outputs: number;
  kernel: number;
  /** Absent in the last layer. */
  condition?: number;
  bias: number;
}

/** Where each layer's parameters begin in the one array. */
export function layersOf(shape: MlpShape): Layer[] {
  const table = new Map(parameterTable(shape).map(({ name, offset }) => [name, offset]));
  const at = (name: string) => table.get(name)!;
  return [
    ...Array.from({ length: shape.layers }, (_, k) => ({
      inputs: k === 0 ? 2 : shape.hidden, outputs: shape.hidden,
      kernel: at(`hidden.${k}.kernel`), condition: at(`hidden.${k}.condition`), bias: at(`hidden.${k}.bias`),
    })),
    { inputs: shape.hidden, outputs: 2, kernel: at('out.kernel'), bias: at('out.bias') },
  ];
}

/** Everything of one point's forward pass that its backward pass needs. */
export interface Trace {
  /** Input of each layer; the last entry is the output. */
  values: Float64Array[];
  /** Sums before SiLU, of each hidden layer. */
  sums: Float64Array[];
}

/** f(x) of one point. `p` holds the P parameters, `features` the FEATURES of its noise level. */
export function forward(layers: readonly Layer[], p: Float32Array, x: ArrayLike<number>, features: ArrayLike<number>): Trace {
  const values = [Float64Array.from(x)];
  const sums: Float64Array[] = [];
  for (const { inputs, outputs, kernel, condition, bias } of layers) {
    const h = values[values.length - 1];
    const sum = Float64Array.from({ length: outputs }, (_, unit) => p[bias + unit]);
    for (let i = 0; i < inputs; i++) for (let unit = 0; unit < outputs; unit++) sum[unit] += h[i] * p[kernel + i * outputs + unit];
    if (condition === undefined) {
      values.push(sum);
      continue;
    }
    for (let k = 0; k < FEATURES; k++) for (let unit = 0; unit < outputs; unit++) sum[unit] += features[k] * p[condition + k * outputs + unit];
    sums.push(sum);
    values.push(sum.map((a) => a / (1 + Math.exp(-a))));
  }
  return { values, sums };
}

/** Adds to `gradient` the derivative of δ·f(x) by every parameter; δ has 2 numbers. */
export function backward(layers: readonly Layer[], p: Float32Array, { values, sums }: Trace, features: ArrayLike<number>, delta: ArrayLike<number>, gradient: Float64Array): void {
  let d = Float64Array.from(delta);
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    const { inputs, outputs, kernel, condition, bias } = layers[layer];
    const h = values[layer];
    if (condition !== undefined) {
      d = d.map((value, unit) => {
        const s = 1 / (1 + Math.exp(-sums[layer][unit]));
        return value * s * (1 + sums[layer][unit] * (1 - s));
      });
      for (let k = 0; k < FEATURES; k++) for (let unit = 0; unit < outputs; unit++) gradient[condition + k * outputs + unit] += features[k] * d[unit];
    }
    for (let unit = 0; unit < outputs; unit++) gradient[bias + unit] += d[unit];
    const before = new Float64Array(inputs);
    for (let i = 0; i < inputs; i++) {
      for (let unit = 0; unit < outputs; unit++) {
        gradient[kernel + i * outputs + unit] += h[i] * d[unit];
        before[i] += p[kernel + i * outputs + unit] * d[unit];
      }
    }
    d = before;
  }
}
