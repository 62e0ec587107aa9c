/** Settings of a diffusion in discrete time that a name tells where the schedule itself is out of sight. */
import type { Definition, FileView, Settings } from '../family';
import type { NamedRule } from '../named';
import { count, positive, word } from '../named';
import { plain } from '../../training/survey';
import { underName } from '../../training/agree';

const SCHEDULES: Readonly<Record<string, string>> = { linear: 'linear', cosine: 'cosine', squaredcos_cap_v2: 'cosine', scaled_linear: 'scaled_linear', quad: 'scaled_linear', sigmoid: 'sigmoid' };

export const DIFFUSION_RULES: readonly NamedRule[] = [
  { key: 'T', names: ['t', 'timesteps', 'numtimesteps', 'diffusionsteps', 'ntimesteps', 'numdiffusiontimesteps', 'noisesteps', 'nt', 'numtraintimesteps', 'numdiffusionsteps', 'nsteps', 'tmax', 'maxt', 'ndiffusionsteps', 'totaltimesteps'], fits: count(1_000_000) },
  { key: 'schedule', names: ['schedule', 'noiseschedule', 'betaschedule', 'schedulename', 'scheduletype'], fits: word, convert: (x) => (typeof x === 'string' && Object.hasOwn(SCHEDULES, x) ? SCHEDULES[x] : null) },
  { key: 'betaStart', names: ['betastart', 'beta1', 'linearstart', 'betamin', 'minbeta', 'betasmall'], fits: positive(0.5) },
  { key: 'betaEnd', names: ['betaend', 'beta2', 'betat', 'linearend', 'betamax', 'maxbeta', 'betalarge'], fits: positive(0.9) },
  { key: 'samplingSteps', names: ['samplingtimesteps', 'samplingsteps', 'ddimsteps', 'ddimtimesteps', 'numinferencesteps', 'samplesteps', 'inferencesteps', 'ddimnumsteps', 'plotdiffusionsteps'], fits: count(100_000) },
];

export const OWN_STEPS = ['steps', 'nsteps', 'numsteps', 'ddimsteps', 'samplesteps'];

/** A class' method of DDIM's name says by its default how many steps it takes. */
export function stepsOfDdim(view: FileView, definition: Definition | null): Settings {
  if (definition?.kind !== 'class') return {};
  for (const f of definition.body) {
    const p = f.kind === 'function' && /ddim/i.test(f.name) ? f.params.find((x) => OWN_STEPS.includes(plain(x.name))) : undefined;
    const c = p && view.constants.number(p.default);
    if (c && Number.isInteger(c.value) && c.value > 1) return { samplingSteps: { value: c.value, source: { ...underName(c.source, p.name), origin: 'default' } } };
  }
  return {};
}
