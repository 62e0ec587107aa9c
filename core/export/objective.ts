/** The loss as the settings have it: reductions, β, and the importance weighted bound. */
import { formOf, type ScriptReduction, type VaeScript } from './vae';

/**
 * `distributed`: each process has a part of the batch, and DistributedDataParallel averages their gradients. A mean over the own rows averages to the mean over the batch; a sum over the own rows averages to
 * the sum over the batch divided by the number of processes, and is multiplied by it.
 */
export function objective(script: VaeScript, distributed: boolean): string {
  const { settings, data } = script;
  const { importance, autoencoder } = formOf(script);
  const rows = distributed ? 'world * len(reconstruction)' : 'len(reconstruction)';
  const reduced = (term: string, reduction: ScriptReduction, dimensions: number) => reduction === 'sum'
    ? `${distributed ? 'world * ' : ''}${term}.sum()`
    : `${term}.mean()${reduction === 'mean' ? ` / ${dimensions}` : ''}`;
  // A mean of both levels' divergences is taken over the dimensions of both.
  const latents = settings.latentSize + (script.networks.top ? settings.topLatentSize : 0);
  const parameters = distributed ? ', world' : '';
  const averaged = !distributed ? '' : `
    # DistributedDataParallel averages gradients over the processes. A mean over the own rows so becomes the mean over the whole batch; a sum over the own rows
    # would become the sum over the batch divided by world, so it is multiplied by it. The step is that of one process with the whole batch.`;
  if (!importance) {
    const kl = autoencoder ? '' : ` + BETA * ${reduced('kl', settings.klReduction, latents)}`;
    return `
def objective(reconstruction, kl${parameters}):
    """What is minimised: ${autoencoder ? 'the reconstruction error' : 'reconstruction + beta KL, which is -ELBO where beta is 1 and both are summed alike'}."""${averaged}
    return ${reduced('reconstruction', settings.reconstructionReduction, data.size)}${kl}
`;
  }
  const weight = betaFactor(settings.reconstructionReduction, settings.klReduction, data.size, latents, rows);
  return `
def objective(reconstruction, log_ratio${parameters}):
    """The importance weighted bound, -log 1/K sum_k w_k with w_k = p(x, z_k) / q(z_k|x) (Burda et al. 2016, eq. 8); beta weighs log p(z) - log q(z|x)."""${averaged}
    log_w = BETA${weight} * log_ratio - reconstruction
    bound = torch.logsumexp(log_w, 1) - math.log(K)
    return -${reduced('bound', settings.reconstructionReduction, data.size)}
`;
}

/** What the divergence weighs more where both terms are not added up alike, as a factor behind β. */
function betaFactor(reconstruction: ScriptReduction, kl: ScriptReduction, size: number, latents: number, rows: string): string {
  const byRows = Number(reconstruction !== 'sum') - Number(kl !== 'sum');
  return [
    byRows > 0 ? ` * (${rows})` : byRows < 0 ? ` / (${rows})` : '',
    reconstruction === 'mean' ? ` * ${size}` : '',
    kl === 'mean' ? ` / ${latents}` : '',
  ].join('');
}
