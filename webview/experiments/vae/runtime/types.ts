/** What a trained model of this experiment can be asked. All of it is per example, in nats, unless it says otherwise. */

export interface StepTerms {
  /** What is minimised, as the file has it: its reductions and its β. */
  loss: number;
  /** Means over the batch, of sums over pixels and over latent dimensions: these do not depend on the file's reductions. */
  reconstruction: number;
  /** Of a hierarchical model: both levels together. */
  kl: number;
}

/** The bound of some examples, term by term. */
export interface Bound {
  count: number;
  /** −ELBO = reconstruction + kl (β = 1), means over the examples. */
  reconstruction: number;
  kl: number;
  /** Each example's own. */
  reconstructions: Float32Array;
  kls: Float32Array;
  /** Mean divergence of each latent dimension; of a hierarchical model those of the top level. */
  klPerDimension: Float32Array;
  /** The importance weighted bound log (1/k) Σ w (Burda et al. 2016, eq. 8), mean over the examples, for each k that was asked for. */
  importance: readonly { k: number; bound: number }[];
}

export interface Posterior {
  /** [n, latentSize]; of a hierarchical model the level next to the data. */
  mean: Float32Array;
  logVariance: Float32Array;
}

/** What a checkpoint holds. */
export interface VaeTrainingState {
  /** Steps that were taken. */
  step: number;
  /** [3, P]: parameters, first and second moments of Adam. */
  rows: Float32Array;
}

/** Principal components of the training examples, measured on the held-out ones that `squaredError` of a preview is of. */
export interface VaeBaseline {
  /** As many as were asked for, or as the data have. */
  components: number;
  /** How many training examples they were taken of, and how many held-out ones were measured. */
  trainedOn: number;
  count: number;
  /** Means of ‖x − x̂‖² where x̂ is the projection on the components, and where it is the mean of the training examples. */
  pca: number;
  mean: number;
  /** Of the variance of the training examples, 0 … 1. */
  explainedShare: number;
  /** Projections of the first held-out examples, [n, size]; pixels may fall outside of 0 … 1. */
  reconstructions: Float32Array;
}
