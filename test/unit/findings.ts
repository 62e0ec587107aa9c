/** Findings made by hand, for tests of what is said and shown of them. */
import type { Finding, Hyperparameter, Range } from '../../core/code/types';
import type { PanelModel } from '../../core/protocol/messages';

export const at = (line: number): Range => ({ from: 10 * line, to: 10 * line + 5, line, column: 0, endLine: line, endColumn: 5 });

export function value<V>(v: V, line: number, name: string, origin: Hyperparameter['origin'] = 'literal'): Hyperparameter<V> {
  return { value: v, line, range: at(line), origin, name };
}

export function finding(more: Partial<Finding>): Finding {
  return {
    family: 'ddpm', kind: 'class', name: 'Model', framework: 'pytorch', range: at(5), extent: { ...at(5), endLine: 40 }, confidence: 0.9,
    hyperparameters: {}, symbols: [], evidence: [], notes: [], ...more,
  };
}

export const VAE_FINDING: Finding = finding({
  family: 'vae', name: 'ConvVAE', confidence: 0.97,
  hyperparameters: {
    latentSize: value(20, 12, 'latent_dim', 'default'), beta: value(4, 3, 'beta', 'config'), likelihood: value('bernoulli', 31, ''), hiddenUnits: value(1, 14, 'hidden', 'folded'),
    batchSize: value(128, 44, 'batch_size', 'library'), learningRate: value(1e-3, 50, 'lr'), optimizer: value('adam', 50, 'Adam'),
  },
  symbols: [{ symbol: 'z', name: 'z', ranges: [at(22), at(25)] }],
  evidence: [{ text: 'samples z = μ + σ ε', range: at(22) }, { text: 'adds the KL divergence from N(0, I)', range: at(33) }],
  notes: ['The width of the decoder is set elsewhere.'],
});

/** Of a family that has a derivation and no experiment. */
export const GAN_FINDING: Finding = finding({
  family: 'gan', name: 'Duel', hyperparameters: { latentSize: value(20, 12, 'latent_dim', 'default'), ganLoss: value('non-saturating', 31, ''), learningRate: value(1e-3, 50, 'lr') },
});

export function panelModel(found: Finding, more: Partial<PanelModel> = {}): PanelModel {
  const { name, family, range: { line } } = found;
  return { uri: 'file:///model.py', fileName: 'model.py', version: 1, finding: found, siblings: [{ name, family, line }], ...more };
}
