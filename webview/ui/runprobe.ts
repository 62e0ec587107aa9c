/**
 * The first point of a finished run as a world of the derivation: schedule, points and noise of the step that is shown, and what the network says there.
 * Nothing of it comes from the formulas: points are the frames that the device sent, noise is drawn anew by the run's seed, the network is asked again.
 */
import { worldAt, type Value, type World } from '../../core/formulas/evaluate';
import { symbolValue, type SymbolId } from '../../core/formulas/symbols';
import { createRandom } from '../../core/math/random';
import type { StepPlan } from '../../core/math/samplers';
import type { Derivation, DerivationStep } from '../../core/derivations';
import { numbersIn, type SideNumbers } from '../../core/derivations/numbers';
import { TRAINED, type Frame } from '../worker/protocol';
import type { Compute } from './compute';
import { Latest, NEVER } from './latest';
import { isBusy, pageOf, type AppState, type Ran } from './state';
import type { Store } from './store';
import { isTraining } from './training-state';
import { planOf } from './values';

export interface RunProbe {
  world: World;
  /** As the paper counts. */
  t: number;
  eta: number;
}

interface Question {
  ran: Ran;
  step: StepPlan;
  from: Frame;
  /** Null where the next frame that was kept lies more than one step on. */
  to: Frame | null;
}

const SCHEDULE = ['beta', 'alpha', 'alphaBar', 'alphaBarPrev', 'betaTilde', 'snr', 'sigma'] as const satisfies readonly SymbolId[];

/** What there is to be asked; null without a finished run, or when its network has learned on since. */
function questionOf(state: AppState): Question | null {
  const { ran, player, training } = state;
  if (pageOf(state) !== 'playground' || !ran || ran.direction !== 'reverse' || isBusy(state) || state.replaying || isTraining(training)) return null;
  if (ran.network === TRAINED && training.step !== ran.trainedSteps) return null;
  const { from, to } = player.step;
  const step = from && planOf(ran.resolved)[from.index];
  return step ? { ran, step, from, to: to && to.index === from.index + 1 ? to : null } : null;
}

const firstPoint = ({ points }: Frame): number[] => [points[0], points[1]];

/** x_{t−1} and the noise in it are known where both frames were kept. */
async function probe(compute: Compute, { ran: { resolved, network }, step, from, to }: Question): Promise<RunProbe> {
  const [settings, quantities] = [resolved.settings!, resolved.quantities!];
  const { eta, betaStart, betaEnd } = settings;
  const context = { quantities, t: step.t, plan: step, eta, betaStart, betaEnd };
  const values: Partial<Record<SymbolId, Value>> = { eta, betaStart, betaEnd };
  for (const id of SCHEDULE) {
    const value = symbolValue(id, context);
    if (value !== null) values[id] = value;
  }
  const xt = (values.xt = firstPoint(from));
  if (to) {
    // Point n of step i takes pair i · points + n of the stream (runtime/sampling.ts).
    const z = [...createRandom(settings.seed).normals('ddpm/z', 2 * from.index * settings.points, 2)];
    const xPrev = firstPoint(to);
    values.z = z;
    values.xPrev = xPrev;
    values.muTheta = xPrev.map((x, axis) => x - step.out.z * z[axis]);
  }
  values.epsilonTheta = [...(await compute.field({ settings, network, t: step.t, x: Float32Array.from(xt), device: resolved.device, signal: NEVER }))];
  return { world: worldAt({ quantities, t: step.t, values }), t: step.t + 1, eta };
}

/** Keeps `probe` of the state in step with the picture. */
export function followRun(store: Store<AppState>, compute: Compute, log: (text: string) => void): void {
  let asked: Question | null = null;
  const latest = new Latest<Question>(async (question) => {
    const found = await probe(compute, question);
    if (asked === question) store.set({ probe: found });
  }, (error) => log(`run probe: ${String(error)}`));
  store.on(['ran', 'player', 'tick', 'phase', 'replaying', 'training'], (state) => {
    const question = questionOf(state);
    if (question?.from === asked?.from && question?.to === asked?.to) return;
    asked = question;
    if (store.get().probe) store.set({ probe: null });
    if (question) latest.ask(question);
  });
}

/** Both sides of the line in the run; null where it speaks of what no run knows, as the data that a sample starts from. */
export function numbersOfRun({ world, eta }: RunProbe, { id }: Derivation, step: DerivationStep): SideNumbers | null {
  if (!OF_A_RUN.has(id) || (step.assuming && 'eta' in step.assuming && step.assuming.eta !== eta)) return null;
  return numbersIn(step, world);
}

/** Derivations whose symbols mean what they mean in a run of the playground. */
const OF_A_RUN: ReadonlySet<string> = new Set(['ddpm-sampling', 'ddim-sampling', 'ddpm-posterior', 'ddpm-mean-mse', 'ddpm-parameterisations', 'ddpm-kernel', 'ddim']);
