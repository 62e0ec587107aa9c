/**
 * Noise schedules β_1 … β_T. Libraries give different arrays under one name ("linear", "sigmoid", "cosine"), so every
 * variant has its own name here and says which library it equals. Arrays start at index 0: `betas[0]` is β_1 of the papers.
 */

export type ScheduleName = 'linear' | 'linear_scaled' | 'scaled_linear' | 'cosine' | 'sigmoid' | 'sigmoid_alpha_bar' | 'custom';

export interface ScheduleConfig {
  name: ScheduleName;
  /** Number of diffusion steps, 1 … {@link MAX_T}. */
  T: number;
  /** First end point, in (0, 1); default {@link DEFAULT_BETA_START}. Which schedules read it: {@link SCHEDULES}. */
  betaStart?: number;
  /** Last end point, in (0, 1); default {@link DEFAULT_BETA_END}. */
  betaEnd?: number;
  /** Only for `custom`: the array itself, length T. */
  betas?: readonly number[];
  /** Whether {@link rescaleZeroTerminalSnr} is applied at the end, as diffusers' `rescale_betas_zero_snr`; then β_T = 1 and ᾱ_T = 0. Default false. */
  rescaleZeroTerminalSnr?: boolean;
}

export const MAX_T = 10_000;
/** Ho et al. 2020, section 4, and the defaults of diffusers, lucidrains and improved-diffusion. */
export const DEFAULT_BETA_START = 1e-4;
export const DEFAULT_BETA_END = 0.02;
/** Nichol & Dhariwal 2021, section 3.2: "we clip β_t to be no larger than 0.999". */
export const MAX_BETA = 0.999;
/**
 * Below this, 1/√ᾱ_T leaves the range in which float32 can still carry x̂₀; such a schedule has destroyed the signal
 * long before its end.
 */
export const MIN_ALPHA_BAR = 1e-60;

export interface ScheduleInfo {
  id: ScheduleName;
  title: string;
  /** One line: formula, and what sets it apart from its namesakes. */
  description: string;
  /** What the libraries call it; a library that has no such schedule is missing. */
  libraryNames: Readonly<Partial<Record<'diffusers' | 'lucidrains' | 'improved-diffusion' | 'ldm', string>>>;
  parameters: readonly ('betaStart' | 'betaEnd' | 'betas')[];
  source: string;
}

export const SCHEDULES: readonly ScheduleInfo[] = [
  {
    id: 'linear',
    title: 'linear, fixed end points',
    description: 'β evenly spaced from β_start to β_end, whatever T is.',
    libraryNames: { diffusers: 'linear' },
    parameters: ['betaStart', 'betaEnd'],
    source: 'Ho et al. 2020, section 4',
  },
  {
    id: 'linear_scaled',
    title: 'linear, end points × 1000/T',
    description: 'As linear, with both end points multiplied by 1000/T so that ᾱ_T hardly depends on T.',
    libraryNames: { lucidrains: 'linear', 'improved-diffusion': 'linear' },
    parameters: ['betaStart', 'betaEnd'],
    source: 'Nichol & Dhariwal 2021, code (improved-diffusion, get_named_beta_schedule)',
  },
  {
    id: 'scaled_linear',
    title: 'scaled linear (linear in √β)',
    description: '√β evenly spaced from √β_start to √β_end, then squared.',
    libraryNames: { diffusers: 'scaled_linear', ldm: 'linear' },
    parameters: ['betaStart', 'betaEnd'],
    source: 'Rombach et al. 2022, code (latent-diffusion, make_beta_schedule)',
  },
  {
    id: 'cosine',
    title: 'cosine',
    description: 'ᾱ follows a squared cosine with offset s = 0.008; β is clipped at 0.999.',
    libraryNames: { diffusers: 'squaredcos_cap_v2', lucidrains: 'cosine', 'improved-diffusion': 'cosine' },
    parameters: [],
    source: 'Nichol & Dhariwal 2021, eq. 17',
  },
  {
    id: 'sigmoid',
    title: 'sigmoid on β',
    description: 'β rises from β_start to β_end along a sigmoid over −6 … 6.',
    libraryNames: { diffusers: 'sigmoid' },
    parameters: ['betaStart', 'betaEnd'],
    source: 'Xu et al. 2022, code (GeoDiff)',
  },
  {
    id: 'sigmoid_alpha_bar',
    title: 'sigmoid on ᾱ',
    description: 'ᾱ falls along a sigmoid from −3 to 3 with temperature 1; β is clipped at 0.999.',
    libraryNames: { lucidrains: 'sigmoid' },
    parameters: [],
    source: 'Jabri et al. 2022, figure 8',
  },
  {
    id: 'custom',
    title: 'array from the file',
    description: 'The betas themselves, as the file computes them.',
    libraryNames: { diffusers: 'trained_betas' },
    parameters: ['betas'],
    source: '',
  },
];

/**
 * The betas of a schedule, float64, length T; `betas[t − 1]` is β_t. Equal to the library named in {@link SCHEDULES}.
 *
 * - `linear`: β_t = β_start + (t − 1)/(T − 1) · (β_end − β_start). Ho et al. 2020; diffusers `linear`. End points are fixed: at T = 50
 *   the defaults end at ᾱ_T = 0.60, far from N(0, I).
 * - `linear_scaled`: the same with end points × 1000/T. lucidrains and improved-diffusion `linear`. Needs T > 1000 · β_end.
 * - `scaled_linear`: β_t = (√β_start + (t − 1)/(T − 1) · (√β_end − √β_start))². Rombach et al. 2022; diffusers `scaled_linear`.
 * - `cosine`: ᾱ(u) = cos²((u + s)/(1 + s) · π/2), s = 0.008; β_t = min(1 − ᾱ(t/T)/ᾱ((t − 1)/T), 0.999).
 *   Nichol & Dhariwal 2021, eq. 17; diffusers `squaredcos_cap_v2`.
 * - `sigmoid`: β_t = β_start + (β_end − β_start) · sigmoid(v_t), v evenly spaced over −6 … 6. GeoDiff; diffusers `sigmoid`.
 * - `sigmoid_alpha_bar`: ᾱ(u) = (sigmoid(3) − sigmoid(6u − 3)) / (sigmoid(3) − sigmoid(−3)), β_t as for cosine. Jabri et al. 2022
 *   with start −3, end 3, τ = 1; lucidrains `sigmoid`.
 * - `custom`: a copy of `config.betas`.
 *
 * With `rescaleZeroTerminalSnr`, {@link rescaleZeroTerminalSnr} of these.
 *
 * @throws RangeError with the first message of {@link validateSchedule}.
 */
export function makeBetas(config: ScheduleConfig): Float64Array {
  const problems = validateSchedule(config);
  if (problems.length > 0) throw new RangeError(problems[0]);
  const betas = namedBetas(config);
  return config.rescaleZeroTerminalSnr ? rescaleZeroTerminalSnr(betas) : betas;
}

/**
 * The betas that end in pure noise: √ᾱ is shifted and scaled so that its first value stays and its last is 0 (Lin et al. 2024, algorithm 1; diffusers
 * `rescale_zero_terminal_snr`). Then β_T = 1, and ε at the last timestep says nothing of x_0: train and sample with v_prediction or sample.
 * A schedule that ends so already comes back the same but for rounding.
 *
 * @param betas length T ≥ 2.
 * @throws RangeError for fewer.
 */
export function rescaleZeroTerminalSnr(betas: ArrayLike<number>): Float64Array {
  const T = betas.length;
  if (T < 2) throw new RangeError(`A schedule of ${T} steps cannot be rescaled to zero terminal SNR: at least 2 are needed.`);
  const roots = new Float64Array(T);
  for (let t = 0, product = 1; t < T; t++) roots[t] = Math.sqrt((product *= 1 - betas[t]));
  const [first, last] = [roots[0], roots[T - 1]];
  const alphasCumprod = roots.map((root) => (((root - last) * first) / (first - last)) ** 2);
  return alphasCumprod.map((alphaBar, t) => 1 - (t === 0 ? alphaBar : alphaBar / alphasCumprod[t - 1]));
}

/** Whether the last β is 1 exactly, so that x_T is noise alone. */
export const hasZeroTerminalSnr = (betas: ArrayLike<number>): boolean => betas.length > 1 && betas[betas.length - 1] === 1;

/**
 * What is wrong with a schedule, in words that say what, where and what to do; empty when it can be used.
 * Checked: T a whole number in 1 … 10,000; end points and every β strictly between 0 and 1; length of `custom`; ᾱ_T above {@link MIN_ALPHA_BAR}.
 * The last β may be 1 where the schedule is rescaled to zero terminal SNR or is an array of the file's; ᾱ_{T−1} is then what must stay above.
 */
export function validateSchedule(config: ScheduleConfig): string[] {
  const info = SCHEDULES.find((s) => s.id === config.name);
  if (!info) return [`Unknown schedule "${String(config.name)}". Choose one of: ${SCHEDULES.map((s) => s.id).join(', ')}.`];
  const problems: string[] = [];
  const badT = validateT(config.T);
  if (badT) problems.push(badT);
  for (const key of ['betaStart', 'betaEnd'] as const) {
    const value = config[key];
    if (value === undefined || !info.parameters.includes(key)) continue;
    if (!isOpenUnit(value)) problems.push(`${key} is ${value}: it must lie strictly between 0 and 1. Usual values: ${DEFAULT_BETA_START} for betaStart, ${DEFAULT_BETA_END} for betaEnd.`);
  }
  if (config.name === 'custom') {
    if (!config.betas) problems.push('The schedule "custom" needs the array betas. Give it, or choose a named schedule.');
    else if (!badT && config.betas.length !== config.T) problems.push(`betas has ${config.betas.length} values but T is ${config.T}. Set T to ${config.betas.length}, or give ${config.T} values.`);
  }
  if (config.rescaleZeroTerminalSnr && config.T === 1) problems.push('A schedule of one step cannot be rescaled to zero terminal SNR: raise T to at least 2, or leave rescaleZeroTerminalSnr out.');
  if (problems.length > 0) return problems;
  const betas = namedBetas(config);
  const problem = validateBetas(betas, config) ?? (config.rescaleZeroTerminalSnr ? validateRescaled(rescaleZeroTerminalSnr(betas)) : null);
  return problem ? [problem] : [];
}

function validateT(T: number): string | null {
  if (!Number.isFinite(T)) return `T is ${T}: it must be a whole number from 1 to ${MAX_T}.`;
  if (!Number.isInteger(T)) return `T is ${T}: the number of diffusion steps must be whole. Use ${Math.max(1, Math.round(T))}.`;
  if (T < 1) return `T is ${T}: a diffusion needs at least 1 step. Usual values are 50 to 1000.`;
  if (T > MAX_T) return `T is ${T}: more than the limit of ${MAX_T} steps. Usual values are 50 to 1000.`;
  return null;
}

function validateBetas(betas: Float64Array, config: ScheduleConfig): string | null {
  const endsInNoise = config.name === 'custom' && hasZeroTerminalSnr(betas);
  const signal = endsInNoise ? betas.subarray(0, -1) : betas;
  const bad = signal.findIndex((beta) => !isOpenUnit(beta));
  if (bad >= 0) {
    const remedy = config.name === 'linear_scaled'
      ? `The end points are multiplied by 1000/T = ${1000 / config.T}: raise T, or lower betaEnd below ${config.T / 1000}.`
      : 'Every β must lie strictly between 0 and 1: β = 0 adds no noise and β ≥ 1 leaves no signal.';
    return `β is ${betas[bad]} at index ${bad} of ${betas.length}. ${remedy}`;
  }
  let alphaBar = 1;
  for (const beta of signal) alphaBar *= 1 - beta;
  if (alphaBar < MIN_ALPHA_BAR) return `ᾱ falls to ${alphaBar} after ${signal.length} steps, beyond what floating point can sample from. Lower T or betaEnd.`;
  return null;
}

function validateRescaled(betas: Float64Array): string | null {
  const bad = betas.subarray(0, -1).findIndex((beta) => !isOpenUnit(beta));
  if (bad < 0) return null;
  return `After rescaling to zero terminal SNR, β is ${betas[bad]} at index ${bad} of ${betas.length}: the schedule is flat there in floating point. Lower T or betaEnd, or leave rescaleZeroTerminalSnr out.`;
}

const isOpenUnit = (value: number): boolean => value > 0 && value < 1;

function namedBetas({ name, T, betaStart = DEFAULT_BETA_START, betaEnd = DEFAULT_BETA_END, betas }: ScheduleConfig): Float64Array {
  switch (name) {
    case 'linear':
      return linspace(betaStart, betaEnd, T);
    case 'linear_scaled':
      return linspace((betaStart * 1000) / T, (betaEnd * 1000) / T, T);
    case 'scaled_linear':
      return linspace(Math.sqrt(betaStart), Math.sqrt(betaEnd), T).map((root) => root * root);
    case 'cosine':
      return betasForAlphaBar(T, (u) => Math.cos((((u + 0.008) / 1.008) * Math.PI) / 2) ** 2);
    case 'sigmoid':
      return linspace(-6, 6, T).map((v) => sigmoid(v) * (betaEnd - betaStart) + betaStart);
    case 'sigmoid_alpha_bar':
      return betasForAlphaBar(T, (u) => (sigmoid(3) - sigmoid(6 * u - 3)) / (sigmoid(3) - sigmoid(-3)));
    case 'custom':
      return Float64Array.from(betas ?? []);
  }
}

/** `n` evenly spaced values, both ends included; as NumPy and PyTorch, n = 1 gives `start` alone. */
function linspace(start: number, end: number, n: number): Float64Array {
  const step = n > 1 ? (end - start) / (n - 1) : 0;
  // From the nearer end, so that the last value is `end` exactly.
  return Float64Array.from({ length: n }, (_, i) => (i < n / 2 ? start + step * i : end - step * (n - 1 - i)));
}

/** β_t = min(1 − ᾱ(t/T)/ᾱ((t−1)/T), 0.999) for a curve ᾱ(u) on [0, 1]. */
function betasForAlphaBar(T: number, alphaBar: (u: number) => number): Float64Array {
  return Float64Array.from({ length: T }, (_, i) => Math.min(1 - alphaBar((i + 1) / T) / alphaBar(i / T), MAX_BETA));
}

const sigmoid = (v: number): number => 1 / (1 + Math.exp(-v));
