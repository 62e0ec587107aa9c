/** What training minimises: the losses of one draw of t, x_0 and ε, their weights, and the terms of the variational bound in nats. */
import { add, apply, div, fn, mul, normSq, num, pow, sqrt, sub, sym, type Expr } from './expr';
import { formula, type Formula } from './formula';
import { HANG_2023, HO_2020, LIN_2024 } from './sources';
import { diffused, noiseVariance, predictedMean } from './ddpm';

const [one, two] = [num(1), num(2)];
const [alphaBar, first, last] = [sym('alphaBar'), sym('alphaBar', '1'), sym('alphaBar', 'T')];
const [snr, D, sigmaSquared, betaTilde] = [sym('snr'), sym('dimensions'), pow(sym('sigma'), 2), sym('betaTilde')];

/** min(SNR_t, γ) */
const cutSnr: Expr = fn('min', snr, sym('gamma'));
/** β̃_t/σ_t² */
const varianceRatio = div(betaTilde, sigmaSquared);

export const LOSS_FORMULAS: readonly Formula[] = [
  formula('loss.simple', 'Simple loss of one draw', 'lossSimple', normSq(sub(sym('epsilon'), apply('epsilonTheta', diffused, sym('t')))), HO_2020('eq. 14, inside the expectation')),
  formula('loss.snr', 'Signal-to-noise ratio', 'snr', div(alphaBar, noiseVariance), HANG_2023('section 3')),
  formula('loss.min_snr.epsilon', 'Min-SNR weight of an error of the noise', 'lossWeight', div(cutSnr, snr), HANG_2023('section 3.4')),
  formula('loss.min_snr.sample', 'Min-SNR weight of an error of the data', 'lossWeight', cutSnr, HANG_2023('section 3.4')),
  formula('loss.min_snr.v_prediction', 'Min-SNR weight of an error of the velocity', 'lossWeight', div(cutSnr, add(snr, one)), HANG_2023('section 3.4')),
  formula('loss.vlb.epsilon', 'Weight of an error of the noise in the variational bound', 'lossWeight',
    div(pow(sym('beta'), 2), mul(two, sigmaSquared, sym('alpha'), noiseVariance)), HO_2020('eq. 12')),
  formula('loss.bound.step', 'One step of the bound: KL divergence from the posterior to the sampling step', 'lossStep',
    div(add(
      div(normSq(sub(sym('mu'), predictedMean)), sigmaSquared),
      mul(D, sub(sub(varianceRatio, one), fn('log', varianceRatio))),
    ), two), HO_2020('eq. 5 and 8, with the constant')),
  formula('loss.bound.prior', 'Prior term of the bound: KL divergence from the end of the forward process to pure noise', 'lossPrior',
    div(sub(mul(last, normSq(sym('x0'))), mul(D, add(last, fn('log', sub(one, last))))), two), HO_2020('eq. 5')),
  formula('loss.zero_terminal_snr', 'Rescaling to zero terminal SNR', sqrt(sym('alphaBarRescaled')),
    div(mul(sqrt(first), sub(sqrt(alphaBar), sqrt(last))), sub(sqrt(first), sqrt(last))), LIN_2024('algorithm 1')),
];
