/** Mutants that mean the same as the line; see verify/equivalent.ts. */
export const EQUIVALENT_DENSITIES: Readonly<Record<string, string>> = {
  'normalizing-flow 5 left: derivative.0 › + → −': 'a constant has no derivative',
  'normalizing-flow 5 left: derivative.0 › drop last term': 'a constant has no derivative',
  'normalizing-flow 5 left: derivative.0 › add.1 › shift → coupledOutput': 'nor has another constant',
  'normalizing-flow 5 left: derivative.0 › add.1 › shift → logScale': 'nor has another constant',
  'normalizing-flow 5 left: derivative.0 › add.1 › shift → layerJacobian': 'nor has another constant',
  'autoregressive 8 left: derivative.0 › sub.1 › sum.1 › mul.0 › oneHot: index k': 'the derivative of y_k a_k + y_k times the other logits is y_k as well',
  'gmm 5 right: sum.1 › mul.0 › responsibility → mixtureWeight': 'each logarithm is log p(x) itself, so any weights that add up to 1 do',
  'gmm 5 right: sum.1 › mul.0 › responsibility → anyShare': 'each logarithm is log p(x) itself, so any weights that add up to 1 do',
  'gmm 9 right: mul.1 › sum.1 › mul.1 › normSq.0 › swap terms': '‖a − b‖ = ‖b − a‖',
};
