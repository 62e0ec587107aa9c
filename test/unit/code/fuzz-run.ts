/** A run of the fuzz tests: so many cases of each language from a seed, and what to print when one fails. */
import fc from 'fast-check';
import type { Case } from './fuzz-cases';
import { casesOf } from './fuzz-cases';
import type { FuzzLanguage } from './fuzz-languages';
import type { Outcome } from './fuzz-properties';
import { checkCase } from './fuzz-properties';

export interface Run {
  cases: number;
  findings: number;
  /** The case that took longest, in ms of processor time. */
  slowest: { ms: number; case: Case | null };
}

/** Shrinking ends after so long; what is smallest by then is printed. */
const SHRINKING_MS = 20_000;

/** Throws with the shrunk source and the seed where a case fails. `before` is told each case before it is read. */
export function runCases(language: FuzzLanguage, cases: number, seed: number, before: (c: Case) => void = () => {}): Run {
  const run: Run = { cases: 0, findings: 0, slowest: { ms: 0, case: null } };
  let failedAt = Infinity;
  const details = fc.check(fc.property(casesOf(language), (c) => {
    if (performance.now() - failedAt > SHRINKING_MS) return;
    before(c);
    let outcome: Outcome;
    try {
      outcome = checkCase(c);
    } catch (error) {
      failedAt = Math.min(failedAt, performance.now());
      throw error;
    }
    const { findings, slowest } = outcome;
    run.cases++;
    run.findings += findings;
    if (slowest > run.slowest.ms) run.slowest = { ms: slowest, case: c };
  }), { numRuns: cases, seed });
  if (!details.failed) return run;
  const [shrunk] = details.counterexample ?? [];
  const error = details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance);
  throw new Error(`${language.id}: ${error}\nTo repeat: npm run fuzz -- --seed ${details.seed} --language ${language.id} --cases ${cases}\nShrunk to:\n${(shrunk?.texts ?? []).map((t) => JSON.stringify(t)).join('\nthen\n')}`);
}
