/** One level of latent variables: VAE, β-VAE, their importance weighted bound, autoencoder; with dense layers or convolutions. */
import type { Matrix, Ops, ParameterStore, Places } from '../../../kernels/nets';
import type { VaeNetworks } from '../architecture';
import type { VaeSettings } from '../manifest';
import type { Draw, Model, Terms, TermWeights } from './model';
import { decoderPart, gaussianPart, sum, type DecoderPart, type GaussianPart, type Normal } from './parts';

interface Pass<M> {
  k: number;
  rows: number;
  mean: M;
  logVariance: M | null;
  /** Of each sample; null where nothing is drawn. */
  drawn: { given: Normal<M>; noise: M } | null;
  z: M;
}

export class SingleLevel<M extends Matrix> implements Model<M> {
  private readonly encoder: GaussianPart<M>;
  private readonly decoder: DecoderPart<M>;
  private pass!: Pass<M>;

  constructor(private readonly ops: Ops<M>, store: ParameterStore<M>, places: Places, networks: VaeNetworks, private readonly settings: VaeSettings) {
    this.encoder = gaussianPart(ops, store, places, networks.posterior);
    this.decoder = decoderPart(ops, store, places, networks, settings);
  }

  forward(x: M, k: number, draw: Draw<M>, sampled: boolean): Terms<M> {
    const { ops } = this;
    const { mean, logVariance } = this.encoder.forward(x);
    const repeat = (matrix: M) => (k === 1 ? matrix : ops.repeatRows(matrix, k));
    let drawn: Pass<M>['drawn'] = null;
    let z = repeat(mean);
    if (logVariance && this.settings.noise === 'yes') {
      const given = { mean: z, logVariance: repeat(logVariance) };
      const noise = draw(1, z.rows, z.columns);
      drawn = { given, noise };
      z = ops.reparameterise(given.mean, given.logVariance, noise);
    }
    this.pass = { k, rows: x.rows, mean, logVariance, drawn, z };
    return {
      reconstruction: this.decoder.forward(z, repeat(x)),
      kl: logVariance && ops.klStandard(mean, logVariance),
      logRatio: sampled && drawn ? ops.add(ops.logNormal(z, null), ops.scale(ops.logNormal(z, drawn.given), -1)) : null,
      closed: logVariance && { mean, logVariance },
    };
  }

  backward(weights: TermWeights<M>): void {
    const { ops } = this;
    const { k, rows, mean, logVariance, drawn, z } = this.pass;
    const dz = this.decoder.backward(weights.kind === 'elbo' ? ops.filled(weights.reconstruction, z.rows, 1) : weights.reconstruction);
    if (weights.kind === 'importance') {
      if (!drawn) throw new RangeError('Without noise there is no importance weighted bound.');
      // d(log p(z) − log q(z|x)): through z, and through the moments of q.
      const prior = ops.logNormalGradient(z, null, weights.logRatio);
      const posterior = ops.logNormalGradient(z, drawn.given, ops.scale(weights.logRatio, -1));
      const given = posterior.given as Normal<M>;
      const through = ops.reparameteriseGradient(drawn.given.logVariance, drawn.noise, sum(ops, dz, prior.z, posterior.z));
      const gather = (matrix: M) => (k === 1 ? matrix : ops.sumRows(matrix, k));
      this.encoder.backward({ mean: gather(ops.add(through.mean, given.mean)), logVariance: gather(ops.add(through.logVariance, given.logVariance)) }, false);
      return;
    }
    if (!logVariance) {
      this.encoder.backward({ mean: dz, logVariance: null }, false);
      return;
    }
    const kl = weights.kl === 0 ? null : ops.klStandardGradient(mean, logVariance, ops.filled(weights.kl, rows, 1));
    const through = drawn && ops.reparameteriseGradient(logVariance, drawn.noise, dz);
    const ofLogVariance = [through?.logVariance ?? null, kl?.logVariance ?? null];
    this.encoder.backward({
      mean: sum(ops, through?.mean ?? dz, kl?.mean ?? null),
      logVariance: ofLogVariance.some((term) => term) ? sum(ops, ...ofLogVariance) : null,
    }, false);
  }

  posterior(x: M): { mean: M; logVariance: M | null } {
    return this.encoder.forward(x);
  }

  means(z: M): M {
    return this.decoder.means(z);
  }

  prior(rows: number, draw: Draw<M>): M {
    return draw(1, rows, this.settings.latentSize);
  }
}
