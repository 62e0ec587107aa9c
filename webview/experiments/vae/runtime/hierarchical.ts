/**
 * Two Markovian levels: x ← z₁ ← z₂ with q(z₁|x)·q(z₂|z₁). The divergence of z₂ from N(0, I) is in closed form; that of z₁ from p(z₁|z₂) is log q(z₁|x) − log p(z₁|z₂) at the sample,
 * since z₂ depends on z₁.
 */
import type { Matrix, Ops, ParameterStore, Places } from '../../../kernels/nets';
import type { VaeNetworks } from '../architecture';
import type { VaeSettings } from '../manifest';
import type { Draw, Model, Terms, TermWeights } from './model';
import { decoderPart, gaussianPart, sum, type DecoderPart, type GaussianPart, type Normal } from './parts';

interface Pass<M> {
  k: number;
  /** Of each sample. */
  lower: Normal<M>;
  upper: Normal<M>;
  prior: Normal<M>;
  noise1: M;
  noise2: M;
  z1: M;
  z2: M;
}

export class Hierarchical<M extends Matrix> implements Model<M> {
  private readonly encoder: GaussianPart<M>;
  private readonly topEncoder: GaussianPart<M>;
  private readonly prior1: GaussianPart<M>;
  private readonly decoder: DecoderPart<M>;
  private pass!: Pass<M>;

  constructor(private readonly ops: Ops<M>, store: ParameterStore<M>, places: Places, networks: VaeNetworks & { top: NonNullable<VaeNetworks['top']> }, private readonly settings: VaeSettings) {
    this.encoder = gaussianPart(ops, store, places, networks.posterior);
    this.topEncoder = gaussianPart(ops, store, places, networks.top.posterior);
    this.prior1 = gaussianPart(ops, store, places, networks.top.prior);
    this.decoder = decoderPart(ops, store, places, networks, settings);
  }

  forward(x: M, k: number, draw: Draw<M>, sampled: boolean): Terms<M> {
    const { ops } = this;
    const repeat = (matrix: M) => (k === 1 ? matrix : ops.repeatRows(matrix, k));
    const ofX = this.encoder.forward(x) as Normal<M>;
    const lower = { mean: repeat(ofX.mean), logVariance: repeat(ofX.logVariance) };
    const noise1 = draw(1, lower.mean.rows, lower.mean.columns);
    const z1 = ops.reparameterise(lower.mean, lower.logVariance, noise1);
    const upper = this.topEncoder.forward(z1) as Normal<M>;
    const noise2 = draw(2, upper.mean.rows, upper.mean.columns);
    const z2 = ops.reparameterise(upper.mean, upper.logVariance, noise2);
    const prior = this.prior1.forward(z2) as Normal<M>;
    this.pass = { k, lower, upper, prior, noise1, noise2, z1, z2 };
    const minus = (matrix: M) => ops.scale(matrix, -1);
    // log p(z₁|z₂) − log q(z₁|x)
    const ratio1 = ops.add(ops.logNormal(z1, prior), minus(ops.logNormal(z1, lower)));
    return {
      reconstruction: this.decoder.forward(z1, repeat(x)),
      kl: ops.add(minus(ratio1), ops.klStandard(upper.mean, upper.logVariance)),
      logRatio: sampled ? sum(ops, ratio1, ops.logNormal(z2, null), minus(ops.logNormal(z2, upper))) : null,
      closed: upper,
    };
  }

  backward(weights: TermWeights<M>): void {
    const { ops } = this;
    const { k, lower, upper, prior, noise1, noise2, z1, z2 } = this.pass;
    const minus = (matrix: M) => ops.scale(matrix, -1);
    const elbo = weights.kind === 'elbo';
    const fromDecoder = this.decoder.backward(elbo ? ops.filled(weights.reconstruction, z1.rows, 1) : weights.reconstruction);
    // The loss falls as the log ratio grows.
    const ratio = elbo ? ops.filled(-weights.kl, z1.rows, 1) : weights.logRatio;
    const ofPrior = ops.logNormalGradient(z1, prior, ratio);
    const ofLower = ops.logNormalGradient(z1, lower, minus(ratio));
    const fromPrior = this.prior1.backward(ofPrior.given as Normal<M>, true);
    let ofUpper: Normal<M>;
    let dz2: M;
    if (elbo) {
      ofUpper = ops.klStandardGradient(upper.mean, upper.logVariance, ops.filled(weights.kl, z1.rows, 1));
      dz2 = fromPrior as M;
    } else {
      const posterior = ops.logNormalGradient(z2, upper, minus(ratio));
      ofUpper = posterior.given as Normal<M>;
      dz2 = sum(ops, fromPrior, ops.logNormalGradient(z2, null, ratio).z, posterior.z);
    }
    const through2 = ops.reparameteriseGradient(upper.logVariance, noise2, dz2);
    const fromTop = this.topEncoder.backward({ mean: ops.add(through2.mean, ofUpper.mean), logVariance: ops.add(through2.logVariance, ofUpper.logVariance) }, true);
    const through1 = ops.reparameteriseGradient(lower.logVariance, noise1, sum(ops, fromDecoder, ofPrior.z, ofLower.z, fromTop));
    const given = ofLower.given as Normal<M>;
    const gather = (matrix: M) => (k === 1 ? matrix : ops.sumRows(matrix, k));
    this.encoder.backward({ mean: gather(ops.add(through1.mean, given.mean)), logVariance: gather(ops.add(through1.logVariance, given.logVariance)) }, false);
  }

  posterior(x: M): { mean: M; logVariance: M | null } {
    return this.encoder.forward(x);
  }

  means(z: M): M {
    return this.decoder.means(z);
  }

  prior(rows: number, draw: Draw<M>): M {
    const { mean, logVariance } = this.prior1.forward(draw(2, rows, this.settings.topLatentSize)) as Normal<M>;
    return this.ops.reparameterise(mean, logVariance, draw(1, rows, mean.columns));
  }
}
