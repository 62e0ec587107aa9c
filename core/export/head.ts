/** The beginning of a script, and what ends it: constants of the settings, and the file of weights that it writes. */
import { pythonReal, pythonString } from './python';
import { formOf, type VaeScript } from './vae';

/** @param standard more modules of the standard library; @param torch lines that import from PyTorch. */
export function imports(script: VaeScript, standard: readonly string[] = [], torch: readonly string[] = []): string {
  const { gaussian, hierarchical, importance } = formOf(script);
  const modules = ['argparse', 'gzip', 'io', 'json', 'struct', 'sys', ...(gaussian || hierarchical || importance ? ['math'] : []), ...standard].sort();
  const packages = ['import numpy as np', 'import torch', ...torch.filter((line) => line.startsWith('import')), 'import torch.nn.functional as F', 'from torch import nn', ...torch.filter((line) => line.startsWith('from'))];
  return `${modules.map((name) => `import ${name}`).join('\n')}

${packages.join('\n')}

try:
    import safetensors.torch as safetensors
except ImportError:
    safetensors = None`;
}

/** Of the settings. @param device an expression. */
export function constants(script: VaeScript, device: string): string {
  const { settings, data, networks, weightsFile } = script;
  const { gaussian, autoencoder, importance } = formOf(script);
  const text = (value: unknown) => `'${JSON.stringify(value).replace(/[\\']/g, '\\$&')}'`;
  const lines = [
    `WEIGHTS = ${pythonString(weightsFile)}`,
    `LATENT = ${settings.latentSize}`,
    ...(networks.top ? [`TOP_LATENT = ${settings.topLatentSize}`] : []),
    ...(autoencoder ? [] : [`BETA = ${pythonReal(settings.beta)}`]),
    ...(gaussian ? [`SIGMA = ${pythonReal(settings.decoderDeviation)}`] : []),
    ...(importance ? [`K = ${settings.importanceSamples}  # importance samples`] : []),
    `BATCH, RATE, EPOCHS, SEED = ${settings.batchSize}, ${pythonReal(settings.learningRate)}, ${settings.epochs}, ${settings.seed}`,
    ...(settings.examples > 0 ? [`EXAMPLES = ${settings.examples}  # that are trained on`] : []),
    `DEVICE = ${device}`,
    '# What Marginalia reads beside the numbers.',
    `METADATA = {"format": "pt", "settings": ${text(settings)}, "examples": ${text({ size: data.size, image: data.image })}}`,
  ];
  return lines.join('\n');
}

/** One line that says what it is. */
export function title(script: VaeScript): string {
  const { settings, networks, data } = script;
  const { autoencoder, importance } = formOf(script);
  const kind = autoencoder ? 'Autoencoder' : networks.top ? 'Hierarchical variational autoencoder' : settings.architecture === 'conv' ? 'Convolutional variational autoencoder' : 'Variational autoencoder';
  const of = data.image ? `images of ${data.image.height} x ${data.image.width}${data.image.channels > 1 ? ` x ${data.image.channels}` : ''}` : `points of ${data.size} numbers`;
  const terms = [`${networks.top ? `${settings.latentSize} and ${settings.topLatentSize}` : settings.latentSize} latent dimensions`, `${settings.likelihood === 'gaussian' ? 'Gaussian' : 'Bernoulli'} decoder`, ...(importance ? [`${settings.importanceSamples} importance samples`] : [])];
  return `${kind} of ${of}: ${terms.join(', ')}. Written by Marginalia; needs PyTorch and NumPy.`;
}

export function equation(script: VaeScript): string {
  const { autoencoder, importance, hierarchical } = formOf(script);
  if (autoencoder) return 'Minimises the reconstruction error -log p(x|z) at z = f(x).';
  if (importance) return 'Maximises the importance weighted bound (Burda et al. 2016)\n    log p(x) >= E[log 1/K sum_k p(x, z_k) / q(z_k|x)],  z_1 ... z_K ~ q(z|x).';
  if (hierarchical) return 'Maximises the evidence lower bound of two levels, x <- z1 <- z2:\n    log p(x) >= E_q[log p(x|z1) - KL(q(z1|x) || p(z1|z2)) - KL(q(z2|z1) || p(z2))].';
  return 'Maximises the evidence lower bound (Kingma & Welling 2014)\n    log p(x) >= E_q(z|x)[log p(x|z)] - KL(q(z|x) || p(z)).';
}

/** What the scripts are called beside a file of weights; a name may hold anything, so that a shell needs it plain. */
export function scriptNames(weightsFile: string): { pytorch: string; torchrun: string } {
  const stem = weightsFile.replace(/\.safetensors$/i, '').replace(/[^\p{L}\p{N}._-]/gu, '_') || 'vae';
  return { pytorch: `${stem}.py`, torchrun: `${stem}_torchrun.py` };
}

export const modelName = (script: VaeScript): string => (script.networks.top ? 'HierarchicalVAE' : formOf(script).autoencoder ? 'Autoencoder' : 'VAE');

/** `load` and `save` of a model, and the mean terms of examples. */
export function keeping(script: VaeScript): string {
  const { gaussian, importance, drawn } = formOf(script);
  const constant = gaussian ? `
    constant = ${script.data.size} * (math.log(2 * math.pi) / 2 + math.log(SIGMA))` : '';
  return `
def load(model, path):
    model.load_state_dict(load_safetensors(path))
    return model


def save(model, path, step):
    save_safetensors(path, model.state_dict(), {**METADATA, "step": str(step)})


@torch.no_grad()
def terms(model, examples):
    """Means over the examples of -log p(x|z) and of the divergence, with one draw of z each."""${constant}
    noise, total = ${drawn ? 'Noise(SEED)' : 'None'}, torch.zeros(2, dtype=torch.float64)
    for batch in examples.split(1000):
        reconstruction, ${importance ? 'log_ratio' : 'kl'} = model(as_input(batch), noise)
        total += torch.tensor([reconstruction.double().sum()${importance ? ' / K' : ''}, ${importance ? '-log_ratio.double().sum() / K' : 'kl.double().sum()'}])
    reconstruction, kl = (total / len(examples)).tolist()
    return reconstruction${gaussian ? ' + constant' : ''}, kl
`;
}
