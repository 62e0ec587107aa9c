/** A derivation: lines that follow from each other, each an equation of two expressions that can be evaluated. */
import type { Expr } from '../formulas/expr';
import type { Source } from '../formulas/formula';
import type { VarianceType } from '../math/samplers';

export interface DerivationStep {
  left: Expr;
  /** `proportional`: equal up to a factor that does not depend on x_{t−1}. */
  relation: 'equal' | 'proportional';
  right: Expr;
  /** In plain words: what changed on this line, and why it may. */
  why: string;
  /** `definition` gives a name to the right side; `numeric` follows from the lines before. */
  kind: 'numeric' | 'definition';
  /** Short heading of the line, with the paper's equation number where it has one. */
  label: string;
  /** Id in core/formulas where this line is a formula of the registry. */
  formula?: string;
  /** The line holds under this setting only. */
  assuming?: Assumption;
}

/** A value of η is one that the reader may imagine; of the lines that assume a variance only those of the variance in use belong to the derivation. */
export type Assumption = { eta: 0 | 1 } | { varianceType: VarianceType };

export interface Derivation {
  id: string;
  title: string;
  /** Two sentences: what is derived, from what. */
  shows: string;
  source: Source;
  /** What the reader should know beforehand. */
  prerequisites: readonly string[];
  /** All variants; `derivationUnder` picks those of one variance. */
  steps: readonly DerivationStep[];
}
