/** The symbols of the mathematics: one id each, the same in derivations, pictures, panel and editor. */
import type { DiffusionQuantities } from '../math/diffusion';
import type { StepPlan } from '../math/samplers';
import { BOUND_SYMBOLS } from './symbols/bounds';
import { CHAIN_SYMBOLS } from './symbols/chains';
import { CORPUS_SYMBOLS } from './symbols/corpus';
import { DENSITY_SYMBOLS } from './symbols/densities';
import { DIFFUSION_SYMBOLS } from './symbols/diffusion';
import { FOUNDATION_SYMBOLS } from './symbols/foundations';
import { GAME_SYMBOLS } from './symbols/games';
import { HYBRID_SYMBOLS } from './symbols/hybrids';
import { LANGUAGE_SYMBOLS } from './symbols/language';
import { LATENT_SYMBOLS } from './symbols/latent';
import { PROCESS_SYMBOLS } from './symbols/processes';
import { REPRESENTATION_SYMBOLS } from './symbols/representation';
import { SAMPLER_SYMBOLS } from './symbols/samplers';
import { SCORE_SYMBOLS } from './symbols/scores';
import { SEQUENCE_SYMBOLS } from './symbols/sequences';
import type { SymbolEntry, SymbolTable } from './symbols/table';
import { WORD_SYMBOLS } from './symbols/words';

const TABLE = { ...DIFFUSION_SYMBOLS, ...LATENT_SYMBOLS, ...WORD_SYMBOLS, ...SEQUENCE_SYMBOLS, ...DENSITY_SYMBOLS, ...FOUNDATION_SYMBOLS, ...BOUND_SYMBOLS, ...CHAIN_SYMBOLS, ...SAMPLER_SYMBOLS, ...CORPUS_SYMBOLS, ...REPRESENTATION_SYMBOLS, ...LANGUAGE_SYMBOLS, ...SCORE_SYMBOLS, ...PROCESS_SYMBOLS, ...GAME_SYMBOLS, ...HYBRID_SYMBOLS };

/** No id stands in two of them; a test says so. */
export const SYMBOL_TABLES: readonly SymbolTable[] = [DIFFUSION_SYMBOLS, LATENT_SYMBOLS, WORD_SYMBOLS, SEQUENCE_SYMBOLS, DENSITY_SYMBOLS, FOUNDATION_SYMBOLS, BOUND_SYMBOLS, CHAIN_SYMBOLS, SAMPLER_SYMBOLS, CORPUS_SYMBOLS, REPRESENTATION_SYMBOLS, LANGUAGE_SYMBOLS, SCORE_SYMBOLS, PROCESS_SYMBOLS, GAME_SYMBOLS, HYBRID_SYMBOLS];

export type SymbolId = keyof typeof TABLE;

export interface SymbolInfo extends SymbolEntry {
  id: SymbolId;
}

export const SYMBOLS = Object.fromEntries(Object.entries<SymbolEntry>(TABLE).map(([id, entry]) => [id, { id, ...entry }])) as Readonly<Record<SymbolId, SymbolInfo>>;

/** Symbols that a t, or its neighbour, stands below: inside of a sum over t its own t is meant. */
export const FOLLOWS_T: ReadonlySet<SymbolId> = new Set((Object.keys(SYMBOLS) as SymbolId[]).filter((id) => /_(?:t|\{[^{}]*t(?:[-+]1)?\)?\})$/.test(SYMBOLS[id].tex)));

export interface SymbolValueContext {
  quantities: DiffusionQuantities;
  /** Timestep as diffusers counts, 0 … T − 1: the index into `quantities`. */
  t: number;
  /** The sampling step at t. Without it, the step is taken to go to t − 1 and `sigma` has no value. */
  plan?: Pick<StepPlan, 'alphaBar' | 'alphaBarPrev' | 'prevT' | 'out'>;
  eta?: number;
  betaStart?: number;
  betaEnd?: number;
}

/**
 * The value of a symbol at timestep t, for the panel; null where it has none: vectors, and what the context does not say.
 * `t` is given as it was put in. With a plan that skips timesteps the symbols speak of the chain that the sampler walks:
 * α_t = ᾱ_t/ᾱ_prev, β_t = 1 − α_t (as diffusers' current_alpha_t), and β̃ accordingly.
 */
export function symbolValue(id: SymbolId, context: SymbolValueContext): number | null {
  const { quantities: q, t, plan } = context;
  if (id === 'T') return q.T;
  if (id === 'eta' || id === 'betaStart' || id === 'betaEnd') return context[id] ?? null;
  if (!Number.isInteger(t) || t < 0 || t >= q.T) return null;
  const respaced = plan !== undefined && plan.prevT !== t - 1;
  const alphaBar = q.alphasCumprod[t];
  const alphaBarPrev = plan ? plan.alphaBarPrev : q.alphasCumprodPrev[t];
  const beta = respaced ? 1 - alphaBar / alphaBarPrev : q.betas[t];
  switch (id) {
    case 't':
      return t;
    case 'beta':
      return beta;
    case 'alpha':
      return 1 - beta;
    case 'alphaBar':
      return alphaBar;
    case 'alphaBarPrev':
      return alphaBarPrev;
    case 'betaTilde':
      return ((1 - alphaBarPrev) / (1 - alphaBar)) * beta;
    case 'snr':
      return alphaBar / (1 - alphaBar);
    case 'sigma':
      return plan ? plan.out.z : null;
    default:
      return null;
  }
}
