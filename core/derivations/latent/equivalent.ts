/** Mutants that mean the same as the line; see verify/equivalent.ts. */
export const EQUIVALENT_LATENT: Readonly<Record<string, string>> = {
  'vae 7 right: sub.0 › expectation.1 › sub.1 › div.0 › pow.0 › swap terms': '(a − b)² = (b − a)²',
  'autoencoder 4 right: add.0 › div.0 › normSq.0 › swap terms': '‖a − b‖ = ‖b − a‖',
  'autoencoder 6 left: derivative.0 › normSq.0 › swap terms': '‖a − b‖ = ‖b − a‖',
  'autoencoder 9 left: normSq.0 › swap terms': '‖a − b‖ = ‖b − a‖',
  'elbo-jensen 3 right: function.0 › total.0 › mul.1 › div.1 › encoder → posterior': 'the joint probability over the posterior is the evidence for every z, and the probabilities of the encoder add up to 1',
  'elbo-jensen 4 right: function.0 › expectation.1 › div.1 › encoder → posterior': 'the joint probability over the posterior is the evidence for every z, and the probabilities of the encoder add up to 1',
  'elbo-jensen 10 left: drop expectation': 'the quotient is the evidence for every z, so its logarithm is its own mean under any distribution',
  'elbo-jensen 10 left: expectation.0 › posterior → encoder': 'the quotient is the evidence for every z, so its logarithm is its own mean under any distribution',
  'elbo-kl-gap 1 right: drop expectation': 'what stands inside is log p(x) for every z, so it is its own mean',
  'elbo-kl-gap 1 right: expectation.0 › encoder → posterior': 'what stands inside is log p(x) for every z, so any probabilities that add up to 1 do',
  'elbo-kl-gap 3 right: drop expectation': 'what stands inside is log p(x) for every z, so it is its own mean',
  'elbo-kl-gap 3 right: expectation.0 › encoder → posterior': 'what stands inside is log p(x) for every z, so any probabilities that add up to 1 do',
  'elbo-kl-gap 4 right: drop expectation': 'what stands inside is log p(x) for every z, so it is its own mean',
  'elbo-kl-gap 4 right: expectation.0 › encoder → posterior': 'what stands inside is log p(x) for every z, so any probabilities that add up to 1 do',
};
