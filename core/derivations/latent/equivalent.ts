/** Mutants that mean the same as the line; see verify/equivalent.ts. */
export const EQUIVALENT_LATENT: Readonly<Record<string, string>> = {
  'vae 7 right: sub.0 › expectation.1 › sub.1 › div.0 › pow.0 › swap terms': '(a − b)² = (b − a)²',
  'autoencoder 4 right: add.0 › div.0 › normSq.0 › swap terms': '‖a − b‖ = ‖b − a‖',
  'autoencoder 6 left: derivative.0 › normSq.0 › swap terms': '‖a − b‖ = ‖b − a‖',
  'autoencoder 9 left: normSq.0 › swap terms': '‖a − b‖ = ‖b − a‖',
};
