/** The noise schedules as formulas; ids follow `ScheduleName` in core/math/schedules. t counts from 1 here. */
import { add, div, fn, mul, num, PI, pow, sqrt, sub, sym, type Expr } from './expr';
import { formula, type Formula } from './formula';
import { HO_2020, JABRI_2022, NICHOL_2021, ROMBACH_2022, XU_2022 } from './sources';

const one = num(1);
const [T, t, start, end] = [sym('T'), sym('t'), sym('betaStart'), sym('betaEnd')];
/** From 0 at t = 1 to 1 at t = T. */
const progress = div(sub(t, one), sub(T, one));
const between = (from: Expr, to: Expr): Expr => add(from, mul(progress, sub(to, from)));

/** β_t from a curve of ᾱ over u in 0 … 1, clipped. */
const betaFromCurve = (curve: (u: Expr) => Expr): Expr => fn('min', sub(one, div(curve(div(t, T)), curve(div(sub(t, one), T)))), num(0.999));

const offset = num(0.008);
const cosineCurve = (u: Expr): Expr => pow(fn('cos', mul(div(add(u, offset), add(one, offset)), div(PI, num(2)))), 2);
/** Up to a constant factor, which the quotient of two values cancels. */
const sigmoidCurve = (u: Expr): Expr => sub(fn('sigmoid', num(3)), fn('sigmoid', sub(mul(num(6), u), num(3))));

export const SCHEDULE_FORMULAS: readonly Formula[] = [
  formula('schedule.linear', 'Linear schedule, fixed end points', 'beta', between(start, end), HO_2020('section 4')),
  formula('schedule.linear_scaled', 'Linear schedule, end points times 1000/T', 'beta', mul(div(num(1000), T), add(start, mul(progress, sub(end, start)))), NICHOL_2021('published code')),
  formula('schedule.scaled_linear', 'Scaled linear schedule (linear in the root)', 'beta', pow(between(sqrt(start), sqrt(end)), 2), ROMBACH_2022('published code')),
  formula('schedule.cosine', 'Cosine schedule', 'beta', betaFromCurve(cosineCurve), NICHOL_2021('eq. 17')),
  formula('schedule.sigmoid', 'Sigmoid schedule on β', 'beta', add(start, mul(sub(end, start), fn('sigmoid', sub(mul(num(12), progress), num(6))))), XU_2022('published code')),
  formula('schedule.sigmoid_alpha_bar', 'Sigmoid schedule on ᾱ', 'beta', betaFromCurve(sigmoidCurve), JABRI_2022('figure 8')),
];
