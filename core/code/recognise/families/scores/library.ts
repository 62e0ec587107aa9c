/** Diffusion models of the package denoising_diffusion_pytorch: what is passed to them and to their trainer. Defaults differ between its versions and are left out. */
import { underName } from '../../training/agree';
import type { HyperparameterKey } from '../../../types';
import { argumentOf, type CallSite } from '../../training/survey';
import type { FileView, ModelCall, Settings } from '../family';

const LIBRARY = /^denoising_diffusion_pytorch\./;
const MODELS = /^(GaussianDiffusion(1D)?|LearnedGaussianDiffusion|WeightedObjectiveGaussianDiffusion|ContinuousTimeGaussianDiffusion|VParamContinuousTimeGaussianDiffusion)$/;
const TRAINERS = /^Trainer(1D)?$/;

const OF_MODEL: readonly (readonly [string, HyperparameterKey])[] = [['timesteps', 'T'], ['beta_schedule', 'schedule'], ['sampling_timesteps', 'samplingSteps'], ['objective', 'predictionType'], ['image_size', 'imageSize'], ['ddim_sampling_eta', 'eta']];
const OF_TRAINER: readonly (readonly [string, HyperparameterKey])[] = [['train_batch_size', 'batchSize'], ['train_lr', 'learningRate'], ['train_num_steps', 'trainSteps'], ['ema_decay', 'emaDecay']];
/** The package's words in the vocabulary's. */
const WORDS: Readonly<Record<string, string>> = { pred_noise: 'epsilon', pred_x0: 'sample', pred_v: 'v_prediction', linear: 'linear_scaled', cosine: 'cosine', sigmoid: 'sigmoid_alpha_bar' };

export function diffusionCalls(view: FileView): ModelCall[] {
  const made = view.survey.calls.filter((s) => MODELS.test(s.name) && LIBRARY.test(s.path));
  if (made.length !== 1) return [];
  const [site] = made;
  const trainers = view.survey.calls.filter((s) => TRAINERS.test(s.name) && LIBRARY.test(s.path));
  const settings: Settings = { ...passed(view, site, OF_MODEL), ...(trainers.length === 1 ? passed(view, trainers[0], OF_TRAINER) : {}) };
  return [{ site, text: `makes ${site.name} of denoising_diffusion_pytorch`, settings, notes: [] }];
}

function passed(view: FileView, { call }: CallSite, keys: readonly (readonly [string, HyperparameterKey])[]): Settings {
  const out: Settings = {};
  for (const [word, key] of keys) {
    const c = view.constants.of(argumentOf(call, -1, word));
    if (!c) continue;
    const value = typeof c.value === 'string' ? (Object.hasOwn(WORDS, c.value) ? WORDS[c.value] : null) : c.value;
    if (value !== null) out[key] = { value, source: underName(c.source, word) };
  }
  return out;
}
