/** A formula with a file's own numbers in it: the formula, its tree with the numbers put in, and its value. Nothing here knows a formula of its own. */
import type { Hyperparameters } from '../code/types';
import type { Language } from '../l10n/language';
import { diffusionQuantities, type DiffusionQuantities } from '../math/diffusion';
import { makeBetas, SCHEDULES, type ScheduleName } from '../math/schedules';
import { worldAt, type World } from './evaluate';
import { isLetter, sym, symbolsOf, type Expr, type Index } from './expr';
import type { Formula } from './formula';
import { computed, folded, inserted, isRounded, valueIn, written } from './insert';
import { PHRASES, spoken } from './spoken';
import type { SymbolId } from './symbols';
import { tex, type TexOptions } from './tex';

/** One after the other, each the same as the one before. */
export interface Live {
  parts: readonly Expr[];
  /** The step that t stands for, counted from 1. */
  t?: number;
}

/** The chain that a file describes. */
export interface FileSchedule {
  quantities: DiffusionQuantities;
  betaStart?: number;
  betaEnd?: number;
  /** The file samples with fewer steps than the chain has: the step before t is not t − 1. */
  skips: boolean;
}

/** Null where the file leaves open what the schedule needs, or where it is none that can be used. */
export function scheduleOf({ T, schedule, betaStart, betaEnd, betas, rescaleZeroTerminalSnr, sampler, samplingSteps }: Hyperparameters): FileSchedule | null {
  const info = SCHEDULES.find(({ id }) => id === schedule?.value);
  const needed = { betaStart, betaEnd, betas };
  if (!info || (info.id !== 'custom' && !T) || info.parameters.some((key) => !needed[key])) return null;
  try {
    const made = makeBetas({
      name: info.id satisfies ScheduleName, T: T?.value ?? betas!.value.length, betaStart: betaStart?.value, betaEnd: betaEnd?.value, betas: betas?.value, rescaleZeroTerminalSnr: rescaleZeroTerminalSnr?.value,
    });
    return {
      quantities: diffusionQuantities(made), betaStart: betaStart?.value, betaEnd: betaEnd?.value,
      skips: sampler?.value === 'ddim' || (samplingSteps !== undefined && samplingSteps.value !== made.length),
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** What speaks of the step before. */
const NEIGHBOURS: ReadonlySet<SymbolId> = new Set(['alphaBarPrev', 'betaTilde', 'xPrev', 'mu', 'muTheta', 'sigma']);

/** The same number by two ways; schedules agree with their formulas to far more digits. */
const AGREES = 1e-9;

/**
 * A formula at step t of a file's chain. Symbols under a product are written by their definitions (α_s as 1 − β_s), so that what is multiplied can be read.
 * Null where nothing of it is known, and where its value is not what the file has: a schedule that was changed afterwards is not its formula.
 */
export function liveInChain({ defines, expression }: Pick<Formula, 'defines' | 'expression'>, { quantities, betaStart, betaEnd, skips }: FileSchedule, t: number, definitions: Readonly<Partial<Record<SymbolId, Expr>>> = {}): Live | null {
  if (skips && symbolsOf(defines, expression).some((id) => NEIGHBOURS.has(id))) return null;
  const world = worldAt({ quantities, t: t - 1, values: { ...(betaStart !== undefined && { betaStart }), ...(betaEnd !== undefined && { betaEnd }) } });
  const put = (id: SymbolId, index: Index | undefined): Expr | undefined => {
    if (isLetter(index) && index !== 't') return definitions[id] && inserted(definitions[id], (inner) => sym(inner, index));
    const value = valueIn(sym(id, index), world);
    if (value === null) return undefined;
    return id === 'T' || id === 't' || id === 'betaStart' || id === 'betaEnd' ? written(value) : computed(value);
  };
  return liveOf(defines, expression, world, put, t);
}

/** A formula without a chain: some of its symbols are numbers of the file. */
export function liveWith({ defines, expression }: Pick<Formula, 'defines' | 'expression'>, values: Readonly<Partial<Record<SymbolId, number>>>): Live | null {
  const number = (id: SymbolId): number | undefined => values[id];
  const world: World = { symbol: number, call: () => undefined, density: () => undefined };
  return liveOf(defines, expression, world, (id) => (number(id) === undefined ? undefined : written(number(id)!)));
}

function liveOf(defines: Expr, expression: Expr, world: World, put: (id: SymbolId, index: Index | undefined) => Expr | undefined, t?: number): Live | null {
  const filled = inserted(expression, put);
  if (JSON.stringify(filled) === JSON.stringify(expression)) return null;
  const value = valueIn(expression, world);
  if (value === null) return { parts: [defines, folded(filled)], t };
  const own = valueIn(defines, world);
  if (own !== null && Math.abs(own - value) > AGREES * Math.abs(own)) return null;
  return { parts: [defines, filled, computed(value)], t };
}

/** Equal as long as no number before was rounded. */
function joined(parts: readonly Expr[], say: (part: Expr) => string, equal: string, about: string): string {
  return parts.map((part, i) => (i === 0 ? say(part) : `${parts.slice(1, i + 1).some(isRounded) ? about : equal} ${say(part)}`)).join(' ');
}

export const liveTex = ({ parts, t }: Live, options: TexOptions = {}): string => joined(parts, (part) => tex(part, { ...options, t }), '=', '\\approx');
export const liveSpoken = ({ parts, t }: Live, language: Language = 'en'): string => joined(parts, (part) => spoken(part, language, t), PHRASES[language].equals, PHRASES[language].about);
