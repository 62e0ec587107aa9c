/** What the derivations of differential equations have in common. */
import { div, num, pow, sym, type Expr } from '../../formulas/expr';

export const [zero, one, two] = [num(0), num(1), num(2)];
export const half = div(one, two);
export const time = sym('continuousTime');
export const squared = (of: Expr): Expr => pow(of, 2);
