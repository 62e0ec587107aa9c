/**
 * Clauses of evidence and notes that name something, as the readers of core/code write them. A finding is plain data in English: it crosses the channel and prints
 * as JSON. Whoever shows it in another language finds the sentence again here, with its names; sentences without any are their own key.
 */
import { retellerOf } from '../l10n/retell';
import { inEnglish, type Translate } from '../l10n/translate';

export const SENTENCES: readonly string[] = [
  // Files of settings, notebooks, what is not read.
  'settings of diffusers\' {0}', 'a pipeline with diffusers\' {0}', 'The settings of {0} are in {1}.', 'The settings of {0} are in its own config.json.',
  'The file has {0} million characters; files over {1} million are not read.', 'The file is binary, not {0} source.', 'The file could not be read: {0}',
  'The notebook has {0} million characters; notebooks over {1} million are not read.', 'The file is no notebook: it is not JSON ({0}).',
  // Diffusion.
  'T is set outside the class, in line {0}.', 'T is set outside the class, in cell {0}, line {1}.', 'A second schedule of {0} steps is in use as well; this is the first.',
  'T is not known: `{0}` is set by the caller and has no default.', 'The arrays have {0} entries for T = {1}: entry 0 stands for t = 0.', '{0} is set by the caller and has no default.',
  'trains a network to predict {0}', 'has {0} noise levels in geometric progression', 'makes {0} of denoising_diffusion_pytorch',
  'creates diffusers\' {0}', '{0} may be among arguments that cannot be read.', '{0} is not a constant of this file.', 'diffusers has no beta_schedule \'{0}\'.',
  'variance_type \'{0}\' has no fixed variance.', 'diffusers has no timestep_spacing \'{0}\'.', 'steps_offset={0}: the timesteps here are not shifted.',
  // Latent variables.
  'narrows to {0} and widens to the size of the input again', 'calls {0} on the posterior and the prior', 'makes scikit-learn’s {0}', 'makes diffusers’ {0}', 'builds on {0}',
  // Words.
  'trains looked-up vectors with {0}', 'scores looked-up vectors with {0}', 'calls fastText\'s {0}', 'calls gensim\'s {0} with sg=0, its default', 'calls gensim\'s {0} with sg={1}', 'calls NLTK\'s {0}',
  // Adversarial training.
  'stacks {0} under {1}, which is trained by itself as well', 'has {0} and {1}, which ends in one output', 'makes {0} and {1}, which ends in one output',
  'gives what {0} makes of noise to {1}', 'gives what {0} makes of its input to {1}', 'gives what {0} makes of noise to {1}, as it does with other data', 'gives what {0} makes of its input to {1}, as it does with other data',
  // Densities.
  'is called {0}', 'is built of {0}', 'builds a flow with {0}', 'builds {0}', 'is given {0} by the model', 'takes {0} of a matrix of weights', 'builds a causal language model from {0}',
  // Models of other files.
  'trains {0} of {1}', 'trains what {0} of {1} makes', 'trains {0} of {1}, which {2}', 'trains what {0} of {1} makes, which {2}',
];

/** Values that are clauses themselves, by their place. */
const CLAUSES: Readonly<Record<string, number>> = { 'trains {0} of {1}, which {2}': 2, 'trains what {0} of {1} makes, which {2}': 2 };

const retell = retellerOf(SENTENCES, (sentence, place) => CLAUSES[sentence] === place);

/** A clause of evidence, a note, or why a file was not read, in the language of `t`; as it is where that does not know it. */
export const retold = (text: string, t: Translate): string => (t === inEnglish ? text : retell(text, t));
