/** Settings of a diffusion in discrete time that a name tells where the schedule itself is out of sight. */
import type { NamedRule } from '../named';
import { count, positive, word } from '../named';

const SCHEDULES: Readonly<Record<string, string>> = { linear: 'linear', cosine: 'cosine', squaredcos_cap_v2: 'cosine', scaled_linear: 'scaled_linear', quad: 'scaled_linear', sigmoid: 'sigmoid' };

export const DIFFUSION_RULES: readonly NamedRule[] = [
  { key: 'T', names: ['t', 'timesteps', 'numtimesteps', 'diffusionsteps', 'ntimesteps', 'numdiffusiontimesteps', 'noisesteps', 'nt', 'numtraintimesteps', 'numdiffusionsteps', 'nsteps', 'tmax', 'maxt', 'ndiffusionsteps', 'totaltimesteps'], fits: count(1_000_000) },
  { key: 'schedule', names: ['schedule', 'noiseschedule', 'betaschedule', 'schedulename', 'scheduletype'], fits: word, convert: (x) => (typeof x === 'string' && Object.hasOwn(SCHEDULES, x) ? SCHEDULES[x] : null) },
  { key: 'betaStart', names: ['betastart', 'beta1', 'linearstart', 'betamin', 'minbeta', 'betasmall'], fits: positive(0.5) },
  { key: 'betaEnd', names: ['betaend', 'beta2', 'betat', 'linearend', 'betamax', 'maxbeta', 'betalarge'], fits: positive(0.9) },
  { key: 'samplingSteps', names: ['samplingtimesteps', 'samplingsteps', 'ddimsteps', 'ddimtimesteps', 'numinferencesteps', 'samplesteps', 'inferencesteps', 'ddimnumsteps', 'plotdiffusionsteps'], fits: count(100_000) },
];
