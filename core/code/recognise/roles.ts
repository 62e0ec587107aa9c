/**
 * What an array or coefficient is, decided by its numbers. From the betas follows every quantity of the schedule
 * (Ho et al. 2020, eqs. 4, 6, 7); a value that equals one of them holds it, however it was computed and named.
 */
import type { SymbolId } from '../../formulas/symbols';
import type { Coefficient, IndexVector } from '../interpret/values';

export interface Role {
  symbol: SymbolId;
  holds?: string;
}

/** The schedule at one step. */
export interface Point {
  beta: number;
  alpha: number;
  /** ᾱ_t */
  bar: number;
  /** ᾱ_{t−1}, 1 at the first step. */
  prev: number;
}

interface Quantity extends Role {
  of(p: Point): number;
  /** Its first entry is degenerate (β̃₁ = 0), and implementations replace it. */
  skipFirst?: boolean;
}

const tilde = (p: Point): number => (p.beta * (1 - p.prev)) / (1 - p.bar);

/** Order matters where two quantities coincide. */
const QUANTITIES: readonly Quantity[] = [
  { symbol: 'beta', of: (p) => p.beta },
  { symbol: 'alpha', of: (p) => p.alpha },
  { symbol: 'alphaBar', of: (p) => p.bar },
  { symbol: 'alphaBarPrev', of: (p) => p.prev },
  { symbol: 'alphaBar', holds: '√ᾱ', of: (p) => Math.sqrt(p.bar) },
  { symbol: 'alphaBar', holds: '1−ᾱ', of: (p) => 1 - p.bar },
  { symbol: 'alphaBar', holds: '√(1−ᾱ)', of: (p) => Math.sqrt(1 - p.bar) },
  { symbol: 'alphaBar', holds: '1/√ᾱ', of: (p) => 1 / Math.sqrt(p.bar) },
  { symbol: 'alphaBar', holds: '√(1/ᾱ−1)', of: (p) => Math.sqrt(1 / p.bar - 1) },
  { symbol: 'alphaBar', holds: '1/√(1−ᾱ)', of: (p) => 1 / Math.sqrt(1 - p.bar) },
  { symbol: 'alphaBar', holds: '1/ᾱ', of: (p) => 1 / p.bar },
  { symbol: 'alphaBar', holds: '1/ᾱ−1', of: (p) => 1 / p.bar - 1 },
  { symbol: 'alphaBar', holds: 'log(1−ᾱ)', of: (p) => Math.log(1 - p.bar) },
  { symbol: 'alphaBar', holds: 'log ᾱ', of: (p) => Math.log(p.bar) },
  { symbol: 'alphaBar', holds: 'ᾱ/(1−ᾱ)', of: (p) => p.bar / (1 - p.bar) },
  { symbol: 'alphaBar', holds: '(1−ᾱ)/ᾱ', of: (p) => (1 - p.bar) / p.bar },
  { symbol: 'alphaBar', holds: '√((1−ᾱ)/ᾱ)', of: (p) => Math.sqrt((1 - p.bar) / p.bar) },
  { symbol: 'alphaBarPrev', holds: '√ᾱ_{t−1}', of: (p) => Math.sqrt(p.prev) },
  { symbol: 'alphaBarPrev', holds: '1−ᾱ_{t−1}', of: (p) => 1 - p.prev, skipFirst: true },
  { symbol: 'alphaBarPrev', holds: '√(1−ᾱ_{t−1})', of: (p) => Math.sqrt(1 - p.prev), skipFirst: true },
  { symbol: 'alpha', holds: '√α', of: (p) => Math.sqrt(p.alpha) },
  { symbol: 'alpha', holds: '1/√α', of: (p) => 1 / Math.sqrt(p.alpha) },
  { symbol: 'alpha', holds: '1/α', of: (p) => 1 / p.alpha },
  { symbol: 'alpha', holds: 'log α', of: (p) => Math.log(p.alpha) },
  { symbol: 'beta', holds: '√β', of: (p) => Math.sqrt(p.beta) },
  { symbol: 'beta', holds: 'log β', of: (p) => Math.log(p.beta) },
  { symbol: 'betaTilde', of: tilde, skipFirst: true },
  { symbol: 'betaTilde', holds: 'log β̃', of: (p) => Math.log(tilde(p)), skipFirst: true },
  { symbol: 'sigma', holds: '√β̃', of: (p) => Math.sqrt(tilde(p)), skipFirst: true },
  { symbol: 'mu', holds: '√ᾱ_{t−1}β/(1−ᾱ)', of: (p) => (Math.sqrt(p.prev) * p.beta) / (1 - p.bar) },
  { symbol: 'mu', holds: '√α(1−ᾱ_{t−1})/(1−ᾱ)', of: (p) => (Math.sqrt(p.alpha) * (1 - p.prev)) / (1 - p.bar), skipFirst: true },
  // Coefficients of ε_θ in μ_θ (eq. 11); those of x₀ and x_t above belong to μ̃ (eq. 7).
  { symbol: 'muTheta', holds: 'β/√(1−ᾱ)', of: (p) => p.beta / Math.sqrt(1 - p.bar) },
  { symbol: 'muTheta', holds: 'β/(√α√(1−ᾱ))', of: (p) => p.beta / Math.sqrt(p.alpha * (1 - p.bar)) },
];

export const TOLERANCE = 1e-9;

export function close(a: number, b: number): boolean {
  // Infinite where ᾱ is 0.
  return a === b || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b)) + 1e-300;
}

export class Schedule {
  readonly points: Point[];
  readonly bars: Float64Array;
  private readonly tables = new Map<Quantity, Float64Array>();

  constructor(readonly betas: Float64Array) {
    this.bars = new Float64Array(betas.length);
    let bar = 1;
    this.points = Array.from(betas, (beta, i) => {
      const prev = bar;
      bar *= 1 - beta;
      this.bars[i] = bar;
      return { beta, alpha: 1 - beta, bar, prev };
    });
  }

  private table(q: Quantity): Float64Array {
    let table = this.tables.get(q);
    if (!table) {
      // A plain loop: `Float64Array.from` takes ten times as long.
      table = new Float64Array(this.points.length);
      for (let i = 0; i < table.length; i++) table[i] = q.of(this.points[i]);
      this.tables.set(q, table);
    }
    return table;
  }

  /** The quantity that an array holds for every t; also with one more entry in front, for t = 0. */
  arrayRole(data: Float64Array): Role | null {
    const n = this.betas.length;
    if (data.length === n + 1 && data.length > 3 && close(data[1], this.bars[0]) && data.every((x, i) => i === 0 ? x === 1 : close(x, this.bars[i - 1]))) return { symbol: 'alphaBar' };
    if (data.length === n - 1) return null;
    if (data.length !== n) return null;
    // Where β₀ = 0 was put in front, ᾱ and friends have ᾱ₀ = 1 there and quotients by 1−ᾱ are undefined.
    const first = this.betas[0] === 0 ? 1 : 0;
    for (const q of QUANTITIES) {
      const table = this.table(q);
      let same = true;
      for (let i = Math.max(first, q.skipFirst ? 1 : 0); same && i < n; i++) same = close(data[i], table[i]);
      if (same) return { symbol: q.symbol, holds: q.holds };
    }
    return null;
  }

  at(i: number): Point | null {
    return this.points[i] ?? null;
  }

  /** The quantity that a coefficient is at its own index. */
  coefficientRole(c: Coefficient): Role | null {
    for (const index of c.index) {
      for (const q of QUANTITIES) if (this.equals(c, index, q.of)) return { symbol: q.symbol, holds: q.holds };
    }
    return null;
  }

  /** Does the coefficient equal f of the schedule at `index` in every world that says something? */
  equals(c: Coefficient, index: IndexVector, f: (p: Point, q: Point) => number, second: IndexVector = index): boolean {
    let told = 0;
    for (let w = 0; w < c.v.length; w++) {
      const p = this.at(index.v[w]);
      const q = this.at(second.v[w]);
      const x = c.v[w];
      if (!p || !q || Number.isNaN(x)) continue;
      // At the very first step the posterior is degenerate; implementations clip there.
      if (p.prev === 1) continue;
      const y = f(p, q);
      // A square root of a difference of nearly equal numbers loses digits: 1e-7 of the coefficient is the same formula.
      if (Number.isNaN(y) || Math.abs(x - y) > 1e-7 * Math.max(Math.abs(x), Math.abs(y), 1e-12)) return false;
      told++;
    }
    return told >= 2;
  }
}
