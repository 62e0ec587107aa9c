/** The two forms of the bound of a diffusion model, which two derivations speak of. */
import { add, apply, conditional, expectation, fn, kl, num, sub, sum, sym, div, type Expr } from '../../formulas/expr';

const [T, x0, xt, xPrev, xNext, xFirst, xEnd, xBeforeEnd, trio] = [sym('T'), sym('x0'), sym('xt'), sym('xPrev'), sym('xNext'), sym('xFirst'), sym('xEnd'), sym('xBeforeEnd'), sym('trio')];
const start = apply('startDensity', xEnd);

/** E_{q(x_1 | x_0)}[log p_θ(x_0 | x_1)] */
export const reconstruction = expectation('xFirst', conditional('forwardKernel', xFirst, x0), fn('log', conditional('reverseStep', x0, xFirst)));

const consistency = expectation('trio', conditional('forwardTrio', trio, x0), fn('log', div(conditional('forwardStep', xt, xPrev), conditional('reverseStep', xt, xNext))));
const lastStepMatching = expectation('xBeforeEnd', conditional('forwardKernel', xBeforeEnd, x0), kl('xEnd', conditional('forwardStep', xEnd, xBeforeEnd), start));
const consistencies = sum(1, sub(T, num(1)), consistency, 't');
export const consistencyLosses = add(lastStepMatching, consistencies);
export const consistencyForm: Expr = sub(sub(reconstruction, lastStepMatching), consistencies);

/** D_KL(q(x_T | x_0) ‖ p(x_T)) */
export const priorMatching = kl('xEnd', conditional('forwardKernel', xEnd, x0), start);
/** E_{q(x_t | x_0)}[D_KL(q(x_{t−1} | x_t, x_0) ‖ p_θ(x_{t−1} | x_t))] */
export const denoising = expectation('xt', conditional('forwardKernel', xt, x0), kl('xPrev', conditional('forwardPosterior', xPrev, xt, x0), conditional('reverseStep', xPrev, xt)));
export const denoisingForm: Expr = sub(sub(reconstruction, priorMatching), sum(2, T, denoising, 't'));
