/** Settings around a diffusion model that its schedule does not tell: how it is sampled, trained and fed. */
import type { Finding, HyperparameterKey } from '../../../types';
import type { FileView, Place, Settings } from '../family';
import { readImages } from '../images';
import { count, readNamed, type NamedRule } from '../named';
import { readTraining } from '../training';
import { readWidths } from '../widths';
import { DDPM, predictionOf } from './ddpm';
import { DIFFUSION_RULES, OWN_STEPS, stepsOfDdim } from './rules';

const NAMED: ReadonlySet<HyperparameterKey> = new Set(['samplingSteps', 'eta', 'guidanceScale', 'emaDecay']);

const STEPS: NamedRule = { key: 'samplingSteps', names: OWN_STEPS, fits: count(100_000), inside: true };

/** Settings that `finding` has not. The number of steps is left to its own loop: a name like `steps` may be T. */
export function supplementOf(view: FileView, { family, range, name, kind, hyperparameters: known }: Pick<Finding, 'family' | 'range' | 'name' | 'kind' | 'hyperparameters'>): Settings {
  const definition = view.m.body.find((s) => (s.kind === 'class' || s.kind === 'function') && s.name === name && s.header.from === range.from);
  const place: Place = definition?.kind === 'class' || definition?.kind === 'function'
    ? { kind: definition.kind, name, definition, span: definition } : { kind: kind === 'call' ? 'call' : 'script', name, definition: null, span: range };
  const told: Settings = { ...stepsOfDdim(view, place.definition), ...predictionOf(view, place.definition?.kind === 'class' ? place.span : { from: 0, to: Infinity }), ...readWidths(view, place, DDPM.foreign), ...readImages(view, place, DDPM.foreign), ...readTraining(view, DDPM, place) };
  for (const rule of DDPM.named) if (NAMED.has(rule.key)) told[rule.key] ??= readNamed(view, place, rule, DDPM.foreign);
  // Betas that another file makes of what the constructor is given.
  if (!('T' in known) && !('schedule' in known)) for (const rule of DIFFUSION_RULES) if (rule.key !== 'samplingSteps') told[rule.key] ??= readNamed(view, place, { ...rule, names: rule.names.filter((n) => n.length > 2), inside: true }, DDPM.foreign);
  // In a sampler that is nothing else, `steps` are its own.
  if (family === 'ddim' && place.kind === 'function') told.samplingSteps ??= readNamed(view, place, STEPS);
  return Object.fromEntries(Object.entries(told).filter(([key, t]) => t !== undefined && !(key in known) && key !== 'trainSteps' && !(key === 'epochs' && 'trainSteps' in known))) as Settings;
}
