/** What a family of models is to the reader: which words a file of it has, what speaks for it, and which settings it has. */
import type { ClassDefinition, FunctionDefinition, Span } from '../../parse/ast';
import type { Machine, Observation } from '../../interpret/machine';
import type { Value } from '../../interpret/values';
import type { LineMap } from '../../parse/lines';
import type { FamilyId, Framework, HyperparameterKey } from '../../types';
import type { Told } from '../training/agree';
import type { Constants } from '../training/constants';
import type { CallSite, Survey } from '../training/survey';
import type { NamedRule } from './named';
import type { Bound } from './symbols';

export type Definition = ClassDefinition | FunctionDefinition;

/** One file as all families see it: what it says (survey) and what it computes (the run). */
export interface FileView {
  readonly m: Machine;
  readonly survey: Survey;
  readonly constants: Constants;
  readonly lines: LineMap;
  /** The statements that are read. */
  readonly text: string;
  /** All words of that text. */
  readonly words: ReadonlySet<string>;
  readonly framework: Framework;
  /** What operators and calls made of unknowns. */
  readonly computed: readonly Observation<Value>[];
  /** The definition at the top level that a place stands in; null for the module's own statements. */
  topOf(at: Span): Definition | null;
}

export interface Clue {
  /** Clues of one id count once, the heaviest. */
  id: string;
  /** 1 is enough by itself. Below 0: speaks against the family. */
  weight: number;
  /** A clause in words, of what is computed: "samples z = μ + σ ε". */
  text: string;
  at: Span;
  /** An anchor says where the model stands; a support speaks for it from wherever it is. */
  role: 'anchor' | 'support';
  /** What the values in its formula are in the family's derivation. */
  bound?: readonly Bound[];
}

/** Where a finding's lens stands, and what belongs to it. */
export interface Place {
  kind: 'class' | 'function' | 'script' | 'call';
  name: string;
  definition: Definition | null;
  /** Header and whole, where there is no definition. */
  span: Span;
}

/** A call of a library that makes a model by itself. */
export interface ModelCall {
  site: CallSite;
  /** What it says, in words. */
  text: string;
  settings: Settings;
  notes: string[];
}

export type Settings = Partial<Record<HyperparameterKey, Told<number | string | boolean>>>;

/** With what is a list. */
export type Lists = Partial<Record<'encoderWidths' | 'decoderWidths', Told<number[]>>>;

export interface Family {
  id: FamilyId;
  /** Of each group one word must stand in the file, or it is not looked at. Words of libraries, not of users. */
  needs: { python: readonly (readonly string[])[]; javascript: readonly (readonly string[])[] };
  /** A statement with one of these is read, with all that it uses and that uses it. */
  seeds: readonly string[];
  clues(view: FileView): Clue[];
  /** Settings that a name tells, in their order. */
  named: readonly NamedRule[];
  /** Settings that the structure tells; they count more than names. */
  settings?(view: FileView, place: Place): Settings;
  /** What follows from the rest: asked last, with all that was told; it may take back what it finds to be no constant. */
  conclude?(view: FileView, place: Place, told: Settings): Lists;
  /** Models that are one call each, with settings of their own. */
  calls?(view: FileView): ModelCall[];
  /** Definitions whose settings are another model's. */
  foreign?: RegExp;
}
