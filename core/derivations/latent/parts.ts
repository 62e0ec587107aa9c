/** What the derivations of bounds speak of again and again. */
import { apply, conditional, div, expectation, fn, kl, num, sym, type Expr } from '../../formulas/expr';
import { encoder } from '../../formulas/latent';

export { encoder, likelihood, prior, regulariser } from '../../formulas/latent';

export const [zero, one, two] = [num(0), num(1), num(2)];
export const half = div(one, two);
export const [x, z] = [sym('x'), sym('latent')];
export const log = (of: Expr): Expr => fn('log', of);

export const elbo = sym('elbo');
export const joint = apply('modelJoint', x, z);
export const evidence = apply('evidence', x);
export const posterior = conditional('posterior', z, x);

/** E_{q(z | x)}[…], and the same under the true posterior. */
export const underEncoder = (body: Expr): Expr => expectation('latent', encoder, body);
export const underPosterior = (body: Expr): Expr => expectation('latent', posterior, body);
/** From the encoder to the true posterior. */
export const posteriorGap = kl('latent', encoder, posterior);
