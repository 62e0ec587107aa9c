/** Layers as the lines of an `nn.Module`'s constructor. */
import type { ScriptActivation, ScriptGaussian, ScriptLayer, ScriptNetworks } from './vae';

/** GELU with erf, ELU of α = 1 and a slope of 0.01 are PyTorch's defaults. */
const ACTIVATIONS: Record<ScriptActivation, string> = {
  linear: 'nn.Identity()', relu: 'nn.ReLU()', leaky_relu: 'nn.LeakyReLU()', elu: 'nn.ELU()', tanh: 'nn.Tanh()', sigmoid: 'nn.Sigmoid()', softplus: 'nn.Softplus()', silu: 'nn.SiLU()', gelu: 'nn.GELU()',
};

function moduleOf(layer: ScriptLayer): string {
  switch (layer.kind) {
    case 'dense':
      return `nn.Linear(${layer.inputs}, ${layer.outputs})`;
    case 'conv': {
      const { channels, filters, kernel, stride, padding } = layer.shape;
      return `nn.Conv2d(${channels}, ${filters}, ${kernel}, stride=${stride}, padding=${padding})`;
    }
    case 'convTranspose': {
      const { channels, filters, kernel, stride, padding } = layer.shape;
      const [down, across] = missing(layer.shape);
      const rest = down === 0 && across === 0 ? '' : `, output_padding=${down === across ? down : `(${down}, ${across})`}`;
      return `nn.ConvTranspose2d(${filters}, ${channels}, ${kernel}, stride=${stride}, padding=${padding}${rest})`;
    }
    case 'activation':
      return ACTIVATIONS[layer.activation];
    case 'flatten':
      return 'nn.Flatten()';
    case 'unflatten':
      return `nn.Unflatten(1, (${layer.image.channels}, ${layer.image.height}, ${layer.image.width}))`;
  }
}

/** Rows and columns that the convolution rounded away, so that the transposed one has to give them back. */
function missing({ height, width, kernel, stride, padding }: Extract<ScriptLayer, { kind: 'conv' | 'convTranspose' }>['shape']): [number, number] {
  const rest = (side: number) => (side + 2 * padding - kernel) % stride;
  return [rest(height), rest(width)];
}

const attribute = (layer: ScriptLayer): string => `self.${layer.name} = ${moduleOf(layer)}`;

/** `self.encoder = nn.Sequential(…)`; an empty list passes on what it is given. */
function sequence(name: string, layers: readonly ScriptLayer[]): string {
  return layers.length === 0 ? `self.${name} = nn.Identity()` : `self.${name} = nn.Sequential(\n${layers.map((layer) => `    ${moduleOf(layer)},\n`).join('')})`;
}

const gaussian = (name: string, { body, mean, logVariance }: ScriptGaussian): string[] => [sequence(name, body), attribute(mean), ...(logVariance ? [attribute(logVariance)] : [])];

/** Statements that make all layers, in the order of the parameters. */
export function constructorLines({ posterior, top, decoder }: ScriptNetworks): string {
  const between = top ? ['# q(z2|z1)', ...gaussian('top_encoder', top.posterior), '# p(z1|z2)', ...gaussian('prior', top.prior), '# p(x|z1)'] : ['# p(x|z)'];
  return [top ? '# q(z1|x)' : '# q(z|x)', ...gaussian('encoder', posterior), ...between, sequence('decoder', decoder)].join('\n');
}
