/** All lines of derivations in random worlds, and every slip that a formula invites. */
import { children, type Expr } from '../../formulas/expr';
import type { Derivation, DerivationStep } from '../types';
import { HOLDS, isCaught, residual, withSide } from './check';
import { EQUIVALENT } from './equivalent';
import { mutantsOf, surroundingsOf, type Surroundings } from './mutants';

/** `beside`: one of its sides has a part with an evaluator of its own. */
export type StepKind = 'numeric' | 'beside' | 'definition';

export interface Verification {
  derivations: number;
  steps: number;
  numeric: number;
  beside: number;
  definitions: number;
  /** Lines that do not hold, with the case and the residual. */
  failed: { derivation: string; step: number; label: string; case: string; residual: number | null }[];
  /** Largest relative difference of two sides in any world. */
  worstResidual: number;
  mutants: { killed: number; total: number; equivalent: number; survivors: string[] };
  seconds: number;
}

export function kindOf(step: DerivationStep): StepKind {
  if (step.kind === 'definition') return 'definition';
  return hasBeside(step.left) || hasBeside(step.right) ? 'beside' : 'numeric';
}
const hasBeside = (e: Expr): boolean => e.kind === 'beside' || children(e).some(hasBeside);

/** The name of a mutant in {@link EQUIVALENT}: derivation, line from 1, side, what. */
export const mutantKey = (derivation: string, line: number, side: 'left' | 'right', what: string): string => `${derivation} ${line} ${side}: ${what}`;

/** Mutants of one line that nothing tells from it. Each case alone has to catch a mutant: a slip that only another setting shows would stand in this one's panel. */
export function survivorsOf(derivation: Derivation, i: number, around: Surroundings): { total: number; survivors: string[] } {
  const step = derivation.steps[i];
  const cases = derivation.cases(step);
  const survivors: string[] = [];
  let total = 0;
  for (const side of ['left', 'right'] as const) for (const mutant of mutantsOf(step[side], around)) {
    total++;
    const sides = withSide(step, side, mutant.expr);
    if (!cases.every((kind) => isCaught(sides, kind))) survivors.push(mutantKey(derivation.id, i + 1, side, mutant.what));
  }
  return { total, survivors };
}

/** What any symbol of the derivation may be mistaken for. */
export const surroundingsIn = ({ steps }: Derivation): Surroundings => surroundingsOf(steps.flatMap(({ left, right }) => [left, right]));

/** @param clock seconds, from any moment. */
export function verify(derivations: readonly Derivation[], clock: () => number, mutate = true): Verification {
  const begun = clock();
  const out: Verification = { derivations: derivations.length, steps: 0, numeric: 0, beside: 0, definitions: 0, failed: [], worstResidual: 0, mutants: { killed: 0, total: 0, equivalent: 0, survivors: [] }, seconds: 0 };
  for (const derivation of derivations) {
    const around = surroundingsIn(derivation);
    derivation.steps.forEach((step, i) => {
      out.steps++;
      const kind = kindOf(step);
      out[kind === 'definition' ? 'definitions' : kind]++;
      for (const here of derivation.cases(step)) {
        const found = residual(step, here);
        if (found <= HOLDS) out.worstResidual = Math.max(out.worstResidual, found);
        else out.failed.push({ derivation: derivation.id, step: i + 1, label: step.label, case: here.name, residual: Number.isFinite(found) ? found : null });
      }
      if (!mutate) return;
      const { total, survivors } = survivorsOf(derivation, i, around);
      const unexplained = survivors.filter((key) => !(key in EQUIVALENT));
      out.mutants.total += total;
      out.mutants.equivalent += survivors.length - unexplained.length;
      out.mutants.killed += total - survivors.length;
      out.mutants.survivors.push(...unexplained);
    });
  }
  out.seconds = clock() - begun;
  return out;
}
