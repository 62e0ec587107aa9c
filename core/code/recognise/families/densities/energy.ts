/**
 * Energy-based models: a network's scalar is an energy, sampled by Langevin dynamics on its input (Du & Mordatch 2019, JEM), and machines of visible and hidden
 * units, sampled by Gibbs' steps (Hinton 2002).
 */
import type { Clue, Family, FileView } from '../family';
import { count, type NamedRule } from '../named';
import { boltzmannClues } from './boltzmann';
import { energySettings } from './energy-settings';
import { contrastsOf, langevinOf, samplersOf } from './langevin';

export const ENERGY: Family = {
  id: 'energy-based',
  needs: {
    python: [['grad', 'gradient', 'gradients', 'backward', 'value_and_grad', 'BernoulliRBM', 'bernoulli', 'Bernoulli', 'binomial', 'sigmoid', 'rand', 'random_uniform', 'uniform', 'random_sample', 'expit', 'exp'],
      ['randn', 'randn_like', 'normal', 'normal_', 'random_normal', 'uniform', 'uniform_', 'rand', 'rand_like', 'bernoulli', 'Bernoulli', 'binomial', 'random_uniform', 'BernoulliRBM', 'random_sample', 'random']],
    javascript: [['exp', 'sigmoid', 'grad', 'grads', 'valueAndGrad', 'logistic', 'Sigmoid'], ['random', 'randomUniform', 'randomNormal', 'bernoulli', 'RBM', 'rbm', 'Rbm', 'hbias', 'vbias', 'gibbs', 'Gibbs', 'visible', 'nVisible', 'numVisible']],
  },
  seeds: ['grad', 'gradient', 'gradients', 'randn_like', 'normal_', 'bernoulli', 'Bernoulli', 'binomial', 'BernoulliRBM', 'sigmoid', 'expit', 'energy', 'Energy', 'free_energy', 'langevin', 'Langevin', 'random_uniform', 'rand'],
  clues,
  named: [
    { key: 'hiddenUnits', names: ['nhidden', 'numhidden', 'hiddenunits', 'nhid', 'hiddensize', 'hiddendim', 'nh', 'numhiddenunits', 'nhiddenunits', 'ncomponents', 'hidden', 'numhid', 'hidunits', 'hidnum', 'dimhidden', 'hiddendims', 'hiddennum', 'hiddenlayersize', 'hdim', 'nhidunits', 'sizehidden', 'ndimh', 'ndimhidden', 'hiddenlayern', 'noutput', 'hiddennodes', 'hiddenlength', 'featurenum', 'hn'], fits: count(65_536) },
    { key: 'inputSize', names: ['nvisible', 'numvisible', 'visibleunits', 'nvis', 'visiblesize', 'visibledim', 'nv', 'numvisibleunits', 'inputdim', 'inputsize', 'visible', 'numvis', 'visunits', 'visnum', 'dimvisible', 'visiblenum', 'visiblelayersize', 'vdim', 'sizevisible', 'ndimv', 'ndimvisible', 'nins', 'nvisibleunits', 'ninput', 'visiblenodes', 'vn', 'numfeatures', 'datadim'], fits: count() },
    { key: 'imageSize', names: ['imgsize', 'imagesize', 'imsize', 'imsz'], fits: count(4096) },
    { key: 'channels', names: ['nc', 'nch', 'imgchannels', 'numchannels'], fits: count(64) },
    { key: 'classes', names: ['nclasses', 'numclasses'], fits: (x) => count(100_000)(x) && (x as number) > 1 },
  ] satisfies NamedRule[],
  settings: energySettings,
  foreign: /discrim|generator|policy|actor|critic/i,
};

function clues(view: FileView): Clue[] {
  const out: Clue[] = [];
  for (const at of langevinOf(view)) out.push({ id: 'langevin', weight: 0.75, text: 'follows −∇E(x) of a network with noise', at, role: 'anchor' });
  for (const at of contrastsOf(view)) out.push({ id: 'contrast', weight: 0.35, text: 'takes the difference of one network at data and at samples', at, role: 'anchor' });
  for (const at of samplersOf(view)) out.push({ id: 'sampler', weight: 0.4, text: 'gives a network to a sampler', at, role: 'anchor' });
  out.push(...boltzmannClues(view));
  if (out.length === 0) return [];
  const words = [...view.words];
  // An autoencoder with tied weights goes both ways as well, but draws no units.
  if (!out.some((c) => /^(draw|free energy|library|langevin|sampler)$/.test(c.id)) && !words.some((w) => /rbm|boltzmann|gibbs|contrastive_?div|^cd_?k?$/i.test(w))) out.push({ id: 'nothing drawn', weight: -0.5, text: 'draws no units', at: { from: 0, to: 0 }, role: 'support' });
  const energies = words.some((w) => /energy|energies|^ebm|EBM|langevin|sgld|contrastive_?div|^jem|replay_?buffer|partition|logsumexp/i.test(w));
  const boltzmann = words.some((w) => /rbm|boltzmann|gibbs|contrastive_?div|free_?energy|hbias|vbias|visible|^cd_?k?$|^dbn$/i.test(w));
  const langevin = out.some((c) => c.id === 'langevin' || c.id === 'contrast' || c.id === 'sampler');
  if ((langevin && energies) || (!langevin && boltzmann)) out.push({ id: 'name', weight: 0.3, text: langevin ? 'is called an energy' : 'is called a Boltzmann machine', at: { from: 0, to: 0 }, role: 'support' });
  const text = words.join(' ');
  const against = (id: string, what: string) => { out.push({ id, weight: -0.8, text: what, at: { from: 0, to: 0 }, role: 'support' }); };
  if (/\b(env|gym|rewards?)\b/.test(text) && !/rbm|boltzmann|ebm/i.test(text)) against('policy', 'learns by reward');
  if (/fgsm|pgd|adversarial_attack|deepdream|style_transfer/i.test(text) && !/ebm|energy|jem/i.test(text)) against('attack', 'changes the input against a classifier');
  if (/\bising|lattice|\bspins?\b|\bforces?\b|molecul|\batoms?\b/i.test(text) && !/rbm|boltzmann_machine|ebm|restricted/i.test(text)) against('physics', 'is an energy of physics');
  if (/alphas_cumprod|\bsde\b|score_?net|score_?model|score_fn|sigmas\b|classifier_guid/i.test(text) && !energies) against('scores', 'follows scores or denoises');
  return out;
}
