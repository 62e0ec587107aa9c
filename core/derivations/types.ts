/** A derivation: lines that follow from each other, each a relation of two expressions that can be evaluated. */
import type { World } from '../formulas/evaluate';
import type { Expr } from '../formulas/expr';
import type { Source } from '../formulas/formula';
import type { SymbolId } from '../formulas/symbols';
import type { VarianceType } from '../math/samplers';

/**
 * `proportional`: equal up to a factor that does not depend on the variable of the density (x_{t−1} in a posterior of DDPM).
 * `at-least`, `at-most`: never violated, somewhere strict, and equal in the worlds that are `tight`.
 * `approaches`: equal in the limit that the worlds of `limit` walk towards.
 */
export type Relation = 'equal' | 'proportional' | 'at-least' | 'at-most' | 'approaches';

export interface DerivationStep {
  left: Expr;
  relation: Relation;
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

/** Worlds in which a line must hold, the same for the same seed. */
export interface Case {
  name: string;
  world(seed: number): World;
  /** Two worlds that differ in the variable of the density alone: what is proportional has the same ratio in both. */
  pair?(seed: number): [World, World];
  /** Worlds in which both sides of an inequality are equal. */
  tight?(seed: number): World;
  /** Worlds towards a limit, n = 0, 1, 2 …: each about ten times nearer than the one before. */
  limit?(seed: number, n: number): World;
}

export interface Derivation {
  id: string;
  title: string;
  /** Two sentences: what is derived, from what. */
  shows: string;
  source: Source;
  /** What the reader should know beforehand. */
  prerequisites: readonly string[];
  /** Derivations to read before, by id. */
  after?: readonly string[];
  /** All variants; `derivationUnder` picks those of one variance. */
  steps: readonly DerivationStep[];
  /** Symbols that it may speak of without having introduced them. */
  given: readonly SymbolId[];
  /** Where a line must hold: in each case alone. */
  cases(step: DerivationStep): readonly Case[];
}
