/** What the derivations of differential equations have in common. */
import { apply, div, divergence, fn, gradient, mul, num, pow, sym, type Expr } from '../../formulas/expr';

export const [zero, one, two] = [num(0), num(1), num(2)];
export const half = div(one, two);
export const time = sym('continuousTime');
export const squared = (of: Expr): Expr => pow(of, 2);

/** The moving point, its density, and the forward equation. */
export const point = sym('flowPoint');
export const marginal = apply('timeDensity', point, time);
export const drift = apply('driftField', point, time);
export const diffusion = apply('diffusionRate', time);
export const score = gradient('flowPoint', fn('log', marginal));
/** The second term of the Fokker–Planck equation. */
export const spreading = mul(half, squared(diffusion), divergence('flowPoint', gradient('flowPoint', marginal)));
