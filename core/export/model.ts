/** The model of a script: its layers, what can be asked of it, and the terms of its bound. */
import { constructorLines } from './layers';
import { indented } from './python';
import { formOf, type VaeScript } from './vae';

/** Functions beside the module: densities, and the normals of a batch. */
export function densities(script: VaeScript): string {
  const { importance, hierarchical, autoencoder } = formOf(script);
  const kl = autoencoder || (importance && !hierarchical) ? '' : `
def kl_standard(mean, logvar):
    """KL(N(mean, exp(logvar)) || N(0, I)) of each row, in closed form."""
    return 0.5 * (mean.pow(2) + logvar.exp() - 1 - logvar).sum(1)
`;
  const logNormal = importance || hierarchical ? `
def log_normal(z, mean, logvar):
    """log N(z; mean, exp(logvar)) of each row."""
    return -0.5 * (math.log(2 * math.pi) + logvar + (z - mean).pow(2) / logvar.exp()).sum(1)
` : '';
  return [kl, logNormal].map((text) => text.trim()).filter(Boolean).join('\n\n\n');
}

/** `distributed`: each process draws the normals of the whole batch and takes its own rows, so that the numbers do not depend on how many processes there are. */
export function noiseClass(script: VaeScript, distributed: boolean): string {
  const { drawn, importance } = formOf(script);
  if (!drawn) return '';
  const columns = importance ? 'K * size' : 'size';
  const back = importance ? '.reshape(rows * K, size)' : '';
  if (!distributed) {
    return `
class Noise:
    """Standard normals of a seed${importance ? ': K rows for each example' : ''}."""

    def __init__(self, seed):
        self.generator = torch.Generator().manual_seed(seed)

    def __call__(self, rows, size):
        return torch.randn(rows, ${columns}, generator=self.generator)${back}.to(DEVICE)
`;
  }
  return `
class Noise:
    """Standard normals of a seed${importance ? ', K rows for each example' : ''}. Each process draws those of the whole batch and takes its own, so that they do not depend on how many there are."""

    def __init__(self, seed, rank=0, world=1):
        self.rank, self.world = rank, world
        self.generator = torch.Generator().manual_seed(seed)

    def __call__(self, rows, size):
        drawn = torch.randn(rows * self.world, ${columns}, generator=self.generator)[self.rank::self.world]
        return drawn${back}.to(DEVICE)
`;
}

export function modelClass(script: VaeScript): string {
  const { networks, settings } = script;
  const { hierarchical, autoencoder, gaussian } = formOf(script);
  const moments = autoencoder ? 'return self.mean(h), None' : 'return self.mean(h), self.logvar(h)';
  const input = settings.architecture === 'conv' ? 'x' : 'x.flatten(1)';
  const means = networks.output === 'sigmoid' ? 'torch.sigmoid(self.decode(z))' : 'self.decode(z)';
  const of = hierarchical ? 'z1' : 'z';
  const level = hierarchical ? `
    def top(self, z1):
        """Mean and log-variance of q(z2|z1)."""
        h = self.top_encoder(z1)
        return self.top_mean(h), self.top_logvar(h)

    def below(self, z2):
        """Mean and log-variance of p(z1|z2)."""
        h = self.prior(z2)
        return self.prior_mean(h), self.prior_logvar(h)
` : '';
  const reconstruction = gaussian
    ? `"""-log p(x|${of}) = |x - mean|^2 / (2 sigma^2), summed over each row; without its constant."""
        return (self.means(z) - x.flatten(1)).pow(2).sum(1) / (2 * SIGMA**2)`
    : `"""-log p(x|${of}), summed over each row: the binary cross-entropy."""
        return F.binary_cross_entropy_with_logits(self.decode(z), x.flatten(1), reduction="none").sum(1)`;
  return `
class ${hierarchical ? 'HierarchicalVAE' : autoencoder ? 'Autoencoder' : 'VAE'}(nn.Module):
    def __init__(self):
        super().__init__()
${indented(constructorLines(networks), 2)}

    def encode(self, x):
        """${autoencoder ? 'The code z of x; it has no variance' : `Mean and log-variance of q(${of}|x)`}."""
        h = self.encoder(${input})
        ${moments}
${level}
    def decode(self, z):
        """${networks.output === 'sigmoid' ? 'Logits of the means' : 'Means'} of p(x|${of}), one row an example."""
        return self.decoder(z).flatten(1)

    def means(self, z):
        return ${means}

    def reconstruction(self, z, x):
        ${reconstruction}

${indented(forward(script).trim(), 1)}

    @torch.no_grad()
    def sample(self, n):
${indented(sampling(script), 2)}
`;
}

function sampling({ networks: { top } }: VaeScript): string {
  if (!top) return '"""Decodes draws from N(0, I)."""\nreturn self.means(torch.randn(n, LATENT, device=DEVICE))';
  return '"""z2 ~ N(0, I), z1 ~ p(z1|z2), then the means of p(x|z1)."""\nmean, logvar = self.below(torch.randn(n, TOP_LATENT, device=DEVICE))\nreturn self.means(mean + torch.exp(logvar / 2) * torch.randn_like(mean))';
}

function forward(script: VaeScript): string {
  const { importance, hierarchical, autoencoder, drawn } = formOf(script);
  const result = importance ? 'return reconstruction.view(-1, K), log_ratio.view(-1, K)' : 'return reconstruction, kl';
  if (hierarchical) return twoLevels(importance, result);
  const terms = importance
    ? 'Of each of K samples: -log p(x|z), and log p(z) - log q(z|x).'
    : autoencoder ? 'Of each example: the reconstruction error; no divergence is taken.' : 'Of each example: -log p(x|z), and KL(q(z|x) || N(0, I)).';
  const moments = importance ? 'mean, logvar = (moment.repeat_interleave(K, 0) for moment in self.encode(x))' : autoencoder ? 'z, _ = self.encode(x)' : 'mean, logvar = self.encode(x)';
  const draw = drawn ? '    z = mean + torch.exp(logvar / 2) * noise(len(x), LATENT)  # the reparameterisation trick\n' : autoencoder ? '' : '    z = mean  # nothing is drawn\n';
  const second = importance
    ? 'log_ratio = log_normal(z, torch.zeros_like(z), torch.zeros_like(z)) - log_normal(z, mean, logvar)'
    : autoencoder ? 'kl = torch.zeros_like(reconstruction)' : 'kl = kl_standard(mean, logvar)';
  return `
def forward(self, x, noise):
    """${terms}"""
    ${moments}
${draw}    reconstruction = self.reconstruction(z, x${importance ? '.repeat_interleave(K, 0)' : ''})
    ${second}
    ${result}
`;
}

function twoLevels(importance: boolean, result: string): string {
  const moments = importance ? 'mean1, logvar1 = (moment.repeat_interleave(K, 0) for moment in self.encode(x))' : 'mean1, logvar1 = self.encode(x)';
  const rest = importance
    ? `top = log_normal(z2, torch.zeros_like(z2), torch.zeros_like(z2)) - log_normal(z2, mean2, logvar2)
    log_ratio = log_normal(z1, *self.below(z2)) - log_normal(z1, mean1, logvar1) + top`
    : `# z2 depends on z1: that divergence is taken at the sample, the upper one in closed form.
    kl = log_normal(z1, mean1, logvar1) - log_normal(z1, *self.below(z2)) + kl_standard(mean2, logvar2)`;
  return `
def forward(self, x, noise):
    """${importance ? 'Of each of K samples: -log p(x|z1), and log p(z1, z2) - log q(z1, z2|x).' : 'Of each example: -log p(x|z1), and KL(q(z1|x) || p(z1|z2)) + KL(q(z2|z1) || N(0, I)).'}"""
    ${moments}
    z1 = mean1 + torch.exp(logvar1 / 2) * noise(len(x), LATENT)  # the reparameterisation trick
    mean2, logvar2 = self.top(z1)
    z2 = mean2 + torch.exp(logvar2 / 2) * noise(len(x), TOP_LATENT)
    reconstruction = self.reconstruction(z1, x${importance ? '.repeat_interleave(K, 0)' : ''})
    ${rest}
    ${result}
`;
}
