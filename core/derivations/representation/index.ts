/** Representations of data without words: codes, singular vectors, features. In the order in which they may be read. */
import { AUTOENCODER_OBJECTIVE } from './autoencoder-objective';
import { FEATURE_SELECTION_EXTRACTION } from './feature-selection-extraction';
import { COSINE_SIMILARITY } from './cosine-similarity';
import { ECKART_YOUNG } from './eckart-young';
import { ONE_HOT_LOOKUP } from './one-hot-lookup';
import { PCA_LINEAR_AUTOENCODER } from './pca-linear-autoencoder';
import { SVD_GEOMETRY } from './svd-geometry';
import type { Derivation } from '../types';

export const REPRESENTATION: readonly Derivation[] = [FEATURE_SELECTION_EXTRACTION, SVD_GEOMETRY, ECKART_YOUNG, PCA_LINEAR_AUTOENCODER, AUTOENCODER_OBJECTIVE, ONE_HOT_LOOKUP, COSINE_SIMILARITY];
