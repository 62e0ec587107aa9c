/** The activations of the hidden layers in float64, as PyTorch defines them: the reference that devices are compared with. */
import { normalCdf, normalPdf } from '../../../core/math/gaussian';
import type { Activation } from './contract';

/** Slope of leaky ReLU below 0: PyTorch's default. */
export const LEAKY_SLOPE = 0.01;

/** 1/(1 + exp(−x)), without overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/** log(1 + exp(x)), without overflow. */
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

interface Rule {
  value: (x: number) => number;
  /** f′(x), where y = f(x). */
  slope: (x: number, y: number) => number;
}

export const RULES: Readonly<Record<Activation, Rule>> = {
  linear: { value: (x) => x, slope: () => 1 },
  // The derivative at 0 is 0, as PyTorch has it.
  relu: { value: (x) => (x > 0 ? x : 0), slope: (x) => (x > 0 ? 1 : 0) },
  leaky_relu: { value: (x) => (x > 0 ? x : LEAKY_SLOPE * x), slope: (x) => (x > 0 ? 1 : LEAKY_SLOPE) },
  elu: { value: (x) => (x > 0 ? x : Math.expm1(x)), slope: (x, y) => (x > 0 ? 1 : y + 1) },
  tanh: { value: Math.tanh, slope: (_, y) => 1 - y * y },
  sigmoid: { value: sigmoid, slope: (_, y) => y * (1 - y) },
  softplus: { value: softplus, slope: sigmoid },
  silu: {
    value: (x) => x * sigmoid(x),
    slope: (x) => {
      const s = sigmoid(x);
      return s * (1 + x * (1 - s));
    },
  },
  gelu: { value: (x) => x * normalCdf(x), slope: (x) => normalCdf(x) + x * normalPdf(x) },
};
