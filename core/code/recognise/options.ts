/** What strings in code choose: the options of the common libraries. */
import type { ScheduleName } from '../../math/schedules';
import type { TimestepSpacing } from '../../math/samplers';
import type { Prediction } from './evidence';

/** diffusers' `beta_schedule`. */
export const DIFFUSERS_SCHEDULES: Readonly<Record<string, ScheduleName>> = {
  linear: 'linear', scaled_linear: 'scaled_linear', squaredcos_cap_v2: 'cosine', sigmoid: 'sigmoid',
};

/** diffusers' `timestep_spacing`. */
export const SPACING_WORDS: Readonly<Record<string, TimestepSpacing>> = { leading: 'leading', linspace: 'linspace', trailing: 'trailing' };

/** Words that name a schedule. They tell where it was chosen; which it is, its values tell. */
export const SCHEDULE_WORDS: ReadonlySet<string> = new Set(['linear', 'scaled_linear', 'cosine', 'squaredcos_cap_v2', 'sigmoid', 'quadratic', 'quad', 'const', 'constant', 'jsd', 'sqrt', 'sqrt_linear', 'linear_scaled', 'cos', 'warmup10', 'warmup50']);

export const PREDICTION_WORDS: Readonly<Record<string, Prediction>> = {
  epsilon: 'epsilon', eps: 'epsilon', pred_noise: 'epsilon', noise: 'epsilon', pred_eps: 'epsilon', pred_epsilon: 'epsilon',
  sample: 'sample', pred_x0: 'sample', x0: 'sample', x_start: 'sample', start_x: 'sample', pred_x_start: 'sample', x_0: 'sample', pred_xstart: 'sample',
  v_prediction: 'v_prediction', pred_v: 'v_prediction', v: 'v_prediction', velocity: 'v_prediction', v_pred: 'v_prediction',
};

export const VARIANCE_WORDS: Readonly<Record<string, 'fixed_small' | 'fixed_large'>> = {
  fixed_small: 'fixed_small', fixedsmall: 'fixed_small', fixed_small_log: 'fixed_small', fixed_large: 'fixed_large', fixedlarge: 'fixed_large', fixed_large_log: 'fixed_large',
};
