/** What speaks for and against a VAE besides its formulas. */
import type { Value } from '../../../interpret/values';
import { comesFrom, operationOf } from '../../graph';
import type { Clue, Definition, FileView } from '../family';
import { isNoise } from './formulas';
import { isConvolution, isLinear } from './layers';
import { bare, comparisons } from './losses';

/** Names of definitions, calls and settings that say so. */
export function supportsOfVae(view: FileView): Clue[] {
  const out: Clue[] = [];
  support(view, out, 'name', 0.3, /vae|variational|^elbo|reparam/i, 'is called a VAE');
  support(view, out, 'decoder', 0.2, /decod|recon|^generat/i, 'has a decoder');
  if (['Trace_ELBO', 'TraceMeanField_ELBO', 'RenyiELBO', 'TraceGraph_ELBO'].some((w) => view.words.has(w))) support(view, out, 'elbo', 0.3, /^(Trace|Renyi)\w*ELBO$/, 'maximises the evidence lower bound');
  return out;
}

/** What stands beside the anchors: a loss of the reconstruction; classes that are made of the anchored one, which then is a part. */
export function aroundVae(view: FileView, found: readonly Clue[]): Clue[] {
  const out: Clue[] = [];
  const kl = found.find((c) => c.id === 'kl');
  // Squares inside the KL term itself are none.
  const beside = kl && comparisons(view).find((c) => view.topOf(c.at) === view.topOf(kl.at) && !found.some((f) => f.id === 'kl' && f.at.from <= c.at.from && c.at.to <= f.at.to));
  if (beside) out.push({ id: 'reconstruction', weight: 0.3, text: 'compares the input with its reconstruction', at: beside.at, role: 'support' });
  const drawn = comparisons(view).find((c) => [c.sides, [c.sides[1], c.sides[0]] as const].some(([output, input]) => throughDraw(output, bare(input))));
  if (drawn && found.some((c) => c.id === 'sample')) out.push({ id: 'decoded', weight: 0.5, text: 'compares the input with what was decoded from the sample', at: drawn.at, role: 'support' });
  const network = [...view.survey.classes.values()].some((c) => c.bases.length > 0) || view.survey.calls.some((s) => isLinear(s) || isConvolution(s) || /^(matmul|dot|matMul)$/.test(s.name));
  if (!network && !kl) out.push({ id: 'borrowed', weight: -0.3, text: 'only uses a VAE of another file', at: { from: 0, to: 0 }, role: 'support' });
  if (found.some((c) => c.role === 'anchor' && /^(Diag(onal)?|Multivariate)?_?(Normal|Gaussian)(?!.*(sampl|layer|noise))/i.test(view.topOf(c.at)?.name ?? ''))) out.push({ id: 'distribution', weight: -0.6, text: 'is a distribution of a library', at: { from: 0, to: 0 }, role: 'support' });
  const parts = new Set<Definition>(found.flatMap((c) => { const d = c.role === 'anchor' ? view.topOf(c.at) : null; return d ? [d] : []; }));
  for (const d of parts) {
    if (d.kind === 'class' && /vae|variational(?!_?encoder)/i.test(d.name.replace(/encoder|quantizer|layer/i, '')) && !/encoder$/i.test(d.name)) continue;
    if (view.survey.calls.some((s) => s.definitions.includes(d) && /decod/i.test(s.name))) continue;
    for (const c of view.survey.classes.values()) {
      if (parts.has(c) || !isNetwork(c) || /loss/i.test(c.name) || view.topOf(c.nameSpan) !== c) continue;
      if (view.survey.calls.some((s) => s.name === d.name && s.definitions.includes(c))) out.push({ id: 'whole', weight: 0.01, text: `builds on ${d.name}`, at: c.nameSpan, role: 'anchor' });
    }
  }
  return out;
}

/** Was `output` made of `input`, and of something drawn on the way? */
function throughDraw(output: Value, input: Value): boolean {
  return (input.kind === 'atom' || input.kind === 'linear') && output !== input && !isNoise(input) && comesFrom(output, (v) => isNoise(v) || /^r?sample$/.test(operationOf(v)?.op ?? ''), 500) && comesFrom(output, (v) => v === input, 500);
}

function isNetwork(d: Definition): boolean {
  return d.kind === 'class' && d.body.some((s) => s.kind === 'function' && /^(forward|call|__call__|training_step|train_step|loss|loss_function|apply)$/.test(s.name));
}

/** A definition, call or setting that is called so. */
export function support(view: FileView, out: Clue[], id: string, weight: number, pattern: RegExp, text: string): void {
  const d = [...view.survey.classes.values(), ...view.survey.functions.values()].find((x) => pattern.test(x.name));
  const at = d?.nameSpan ?? view.survey.calls.find((s) => pattern.test(s.name))?.call.callee ?? view.survey.settings.find((s) => pattern.test(s.name))?.value;
  if (at) out.push({ id, weight, text, at: { from: at.from, to: at.to }, role: 'support' });
}

const TESTS = ['assert_allclose', 'assertAllClose', 'pytest', 'unittest', 'assertEqual', 'assert_array_almost_equal', 'absltest', 'TestCase'];
const OTHERS: readonly { id: string; text: string; words: readonly string[]; enough: number }[] = [
  { id: 'policy', text: 'is a policy of reinforcement learning', words: ['gym', 'gymnasium', 'policy', 'reward', 'rewards', 'actor', 'replay_buffer', 'log_std', 'action_dim', 'act_dim', 'action_space', 'SAC', 'PPO', 'actions', 'action', 'logstd', 'neglogp', 'entropy'], enough: 2 },
  { id: 'weights', text: 'samples the weights of a network', words: ['weight_mu', 'w_mu', 'weight_rho', 'bias_mu', 'w_rho', 'weight_mean', 'bias_rho', 'weight_sigma', 'bayes_by_backprop', 'BayesianLinear', 'BayesLinear', 'NoisyLinear', 'qw_mean', 'W_mu', 'mu_weights', 'BayesianNetwork', 'BayesianNN', 'BayesianModel', 'bnn', 'BNN', 'PyroModule'], enough: 1 },
  { id: 'diffusion', text: 'is a diffusion model', words: ['cumprod', 'alphas_cumprod', 'alphas_bar', 'q_sample', 'betas', 'p_mean_variance', 'posterior_log_variance_clipped', 'n_timesteps', 'marginal_prob', 'beta_schedule', 'sigma_data', 'c_skip', 'sigma_max', 'P_mean', 'log_snr'], enough: 2 },
  { id: 'adversarial', text: 'is trained against a discriminator', words: ['discriminator', 'Discriminator', 'netD', 'D_loss', 'd_loss', 'NetD', 'D_NET64', 'loss_D', 'disc_loss', 'errD', 'CA_NET'], enough: 1 },
  { id: 'process', text: 'is a Gaussian process', words: ['GPRegression', 'gpytorch', 'GaussianProcess', 'VariationalSparseGP', 'VariationalGP', 'gpr'], enough: 1 },
  { id: 'classifier', text: 'classifies', words: ['cross_entropy', 'CrossEntropyLoss', 'softmax_cross_entropy_with_logits', 'sparse_categorical_crossentropy', 'nll_loss', 'accuracy', 'information_bottleneck'], enough: 2 },
  { id: 'flow', text: 'is a normalizing flow', words: ['log_det', 'logdet', 'log_det_jacobian', 'slogdet', 'log_abs_det_jacobian', 'RealNVP', 'Glow', 'coupling', 'NormalizingFlow'], enough: 2 },
];
const OWN = /(?<![a-z])(b|c|cv|d|h|iw|nv|vq|g|vg|f|tc)?vae(?![a-z])|variational_?auto|reconstruct|recon_|_recon|decoder|decode(?![a-z])|elbo/i;

/** Code that checks other code. */
export function isTest(view: FileView): boolean {
  // A program that calls its `test_model()` itself shows what it can do.
  const shown = new Set(view.survey.calls.filter((s) => s.definitions.length === 0).map((s) => s.name));
  return [...view.survey.functions.keys()].some((n) => /^test_(?!mnist|cifar|celeb|sita|fashion)/.test(n) && !shown.has(n)) || [...view.survey.classes.keys()].some((n) => /^Test[A-Z]|Tests?$/.test(n)) || hits(view, TESTS) > 0;
}

/** Other models that sample and weigh alike; they count where nothing says that a decoder follows. */
export function againstVae(view: FileView, found: readonly Clue[]): Clue[] {
  return [...others(view, found), ...(isTest(view) ? [against({ id: 'test', text: 'tests a library' })] : [])];
}

function others(view: FileView, found: readonly Clue[]): Clue[] {
  if ([...view.words].some((w) => OWN.test(w))) {
    const strong = found.some((c) => c.id === 'kl' || c.id === 'quantised' || c.id === 'call');
    // Diffusion models share the formulas of both, and speak of variational bounds.
    return OTHERS.filter((o) => (o.id === 'diffusion' || o.id === 'process' || (!strong && (o.id === 'policy' || o.id === 'flow'))) && hits(view, o.words) >= o.enough).map((o) => against(o));
  }
  return OTHERS.filter((o) => hits(view, o.words) >= o.enough).map(against);
}

function hits(view: FileView, words: readonly string[]): number {
  return words.filter((w) => view.words.has(w)).length;
}

function against({ id, text }: { id: string; text: string }): Clue {
  return { id, weight: id === 'diffusion' || id === 'weights' ? -1 : -0.6, text, at: { from: 0, to: 0 }, role: 'support' };
}
