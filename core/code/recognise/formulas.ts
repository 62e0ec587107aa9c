/**
 * The formulas of DDPM and DDIM as linear forms: for each slot the coefficient as a function of the schedule. An
 * expression of the user is one of them when its coefficients agree (Ho et al. 2020; Song et al. 2021; Salimans & Ho 2022).
 */
import type { Coefficient, IndexVector, LinearValue } from '../interpret/values';
import type { Atom } from '../interpret/values';
import type { Point, Schedule } from './roles';

export type FormulaId =
  | 'mix' | 'difference-v' | 'x0-from-epsilon' | 'epsilon-from-x0' | 'reverse-mean' | 'posterior-mean' | 'posterior-from-v' | 'ddim-expanded' | 'ddim-from-x0' | 'ddim-from-v' | 'ddim-eta';

type Of = (p: Point, q: Point) => number;

interface Formula {
  id: FormulaId;
  /** First and second slot; what they are called depends on where their values come from, see evidence.ts. */
  slots: [Of, Of];
  /** Uses the schedule at two steps. */
  two?: boolean;
}

const s = Math.sqrt;

export const FORMULAS: readonly Formula[] = [
  // x_t = √ᾱ x₀ + √(1−ᾱ) ε (Ho et al. eq. 4)
  { id: 'mix', slots: [(p) => s(p.bar), (p) => s(1 - p.bar)] },
  // v = √ᾱ ε − √(1−ᾱ) x₀, and x₀ = √ᾱ x_t − √(1−ᾱ) v
  { id: 'difference-v', slots: [(p) => s(p.bar), (p) => -s(1 - p.bar)] },
  // x̂₀ = (x_t − √(1−ᾱ) ε_θ)/√ᾱ (eq. 15)
  { id: 'x0-from-epsilon', slots: [(p) => 1 / s(p.bar), (p) => -s(1 / p.bar - 1)] },
  // ε = (x_t − √ᾱ x̂₀)/√(1−ᾱ)
  { id: 'epsilon-from-x0', slots: [(p) => 1 / s(1 - p.bar), (p) => -s(p.bar / (1 - p.bar))] },
  // μ_θ = (x_t − β/√(1−ᾱ) ε_θ)/√α (eq. 11)
  { id: 'reverse-mean', slots: [(p) => 1 / s(p.alpha), (p) => -p.beta / s(p.alpha * (1 - p.bar))] },
  // μ̃ = √ᾱ_{t−1}β/(1−ᾱ) x₀ + √α(1−ᾱ_{t−1})/(1−ᾱ) x_t (eq. 7)
  { id: 'posterior-mean', slots: [(p) => (s(p.prev) * p.beta) / (1 - p.bar), (p) => (s(p.alpha) * (1 - p.prev)) / (1 - p.bar)] },
  // the posterior mean with x̂₀ = √ᾱ x_t − √(1−ᾱ) v written out
  { id: 'posterior-from-v', slots: [
    (p) => (s(p.prev) * p.beta * s(p.bar) + s(p.alpha) * (1 - p.prev)) / (1 - p.bar),
    (p) => -(s(p.prev) * p.beta) / s(1 - p.bar)] },
  // DDIM with ε_θ written out from x̂₀: x̂₀ is clipped, or predicted
  { id: 'ddim-from-x0', slots: [(p, q) => s(q.bar) - s(((1 - q.bar) * p.bar) / (1 - p.bar)), (p, q) => s((1 - q.bar) / (1 - p.bar))], two: true },
  // DDIM with x̂₀ and ε_θ written out from v
  { id: 'ddim-from-v', slots: [(p, q) => s(q.bar * p.bar) + s((1 - q.bar) * (1 - p.bar)), (p, q) => s((1 - q.bar) * p.bar) - s(q.bar * (1 - p.bar))], two: true },
  // DDIM with x̂₀ written out: √(ᾱ_s/ᾱ_t) x_t + (√(1−ᾱ_s) − √(ᾱ_s(1−ᾱ_t)/ᾱ_t)) ε_θ (Song et al. eq. 12, σ = 0)
  { id: 'ddim-expanded', slots: [(p, q) => s(q.bar / p.bar), (p, q) => s(1 - q.bar) - s((q.bar * (1 - p.bar)) / p.bar)], two: true },
];

/** To these, σ z is added. */
const MEANS: ReadonlySet<FormulaId> = new Set(['reverse-mean', 'posterior-mean', 'posterior-from-v']);

export interface Match {
  formula: FormulaId;
  first: Atom;
  second: Atom;
  /** Third term: the fresh noise of a sampling step, and its coefficient. */
  noise?: { atom: Atom; coefficient: Coefficient };
  index: IndexVector;
}

/** Which formula a form is, or null. Three terms: a sampling step, mean plus σ z. */
export function matchForm(form: LinearValue, schedule: Schedule): Match | null {
  if (form.terms.size < 2 || form.terms.size > 3) return null;
  if (form.constant.v.some((x) => Math.abs(x) > 1e-12)) return null;
  const terms = [...form.terms];
  const indices = indicesOf(terms.map(([, c]) => c));
  if (indices.length === 0 || indices.length > 4) return null;
  for (const formula of FORMULAS) {
    for (const index of indices) {
      for (const second of formula.two ? indices : [index]) {
        if (formula.two && second === index) continue;
        for (const [a, b, rest] of arrangements(terms.length)) {
          if (!schedule.equals(terms[a][1], index, formula.slots[0], second)) continue;
          if (!schedule.equals(terms[b][1], index, formula.slots[1], second)) continue;
          const noise = rest === null ? undefined : { atom: terms[rest][0], coefficient: terms[rest][1] };
          // The third term must be noise: a sum of a mix and anything else is not a step.
          if (noise && noise.atom.role !== 'noise' && !MEANS.has(formula.id)) continue;
          return { formula: formula.id, first: terms[a][0], second: terms[b][0], noise, index };
        }
      }
    }
  }
  return null;
}

/**
 * Song et al. eq. 12 with σ > 0, x̂₀ written out: √(ᾱ_s/ᾱ_t) x_t + (√(1−ᾱ_s−σ²) − √(ᾱ_s(1−ᾱ_t)/ᾱ_t)) ε_θ + σ z. With a known η the coefficients say so; with an
 * unknown one, σ z and √(1−ᾱ_s−σ²) ε_θ are unknown products beside what x̂₀ gives.
 */
export function matchEta(form: LinearValue, schedule: Schedule): Match | null {
  if (form.terms.size < 3 || form.terms.size > 4) return null;
  const terms = [...form.terms];
  const indices = indicesOf(terms.map(([, c]) => c));
  if (indices.length < 2 || indices.length > 4) return null;
  for (const p of indices) {
    for (const q of indices) {
      if (q === p) continue;
      const first = terms.find(([, c]) => schedule.equals(c, p, (x, y) => s(y.bar / x.bar), q));
      if (!first) continue;
      for (const second of terms) {
        if (second === first) continue;
        const rest = terms.filter((t) => t !== first && t !== second);
        const unknown = rest.every(([a, c]) => a.prov?.op === '*' && c.v.every((x) => x === 1)) && schedule.equals(second[1], p, (x, y) => -s((y.bar * (1 - x.bar)) / x.bar), q);
        const [third] = rest;
        if (unknown || (rest.length === 1 && third[0].role === 'noise' && addsUp(second[1], third[1], p, q, schedule))) return { formula: 'ddim-eta', first: first[0], second: second[0], index: p };
      }
    }
  }
  return null;
}

/** σ² + (ε_θ's own part)² = 1 − ᾱ_s. */
function addsUp(epsilon: Coefficient, z: Coefficient, p: IndexVector, q: IndexVector, schedule: Schedule): boolean {
  const squares = epsilon.v.map((e, w) => {
    const [at, next] = [schedule.at(p.v[w]), schedule.at(q.v[w])];
    return at && next ? (e + s((next.bar * (1 - at.bar)) / at.bar)) ** 2 + z.v[w] ** 2 : NaN;
  });
  return schedule.equals({ v: squares, index: epsilon.index }, p, (_, y) => 1 - y.bar, q);
}

function arrangements(n: number): [number, number, number | null][] {
  if (n === 2) return [[0, 1, null], [1, 0, null]];
  return [[0, 1, 2], [1, 0, 2], [0, 2, 1], [2, 0, 1], [1, 2, 0], [2, 1, 0]];
}

function indicesOf(coefficients: Coefficient[]): IndexVector[] {
  const out = new Map<string, IndexVector>();
  for (const c of coefficients) for (const i of c.index) out.set(i.key, i);
  return [...out.values()];
}
