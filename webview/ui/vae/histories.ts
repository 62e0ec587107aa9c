/** The curves of a training of any length in bounded memory: means over groups of steps, of which two become one when there are too many. Pure. */

export const VAE_CURVES = ['loss', 'reconstruction', 'klDivergence'] as const;
export type VaeCurveId = (typeof VAE_CURVES)[number];
type Row = Readonly<Record<VaeCurveId, number>>;

const MAX_GROUPS = 1200;

export class VaeHistories {
  private readonly groups: { last: number; count: number; sum: Row }[] = [];
  private every = 1;
  private latestRow: { step: number; smooth: Row } | null = null;

  /** A step that is not after the last one means that training went back: what came at or after it is forgotten. What is not finite is left out. */
  push(step: number, row: Row): void {
    if (!VAE_CURVES.every((id) => Number.isFinite(row[id]))) return;
    while ((this.groups.at(-1)?.last ?? -1) >= step) this.groups.pop();
    const tail = this.groups.at(-1);
    if (tail && tail.count < this.every) Object.assign(tail, { last: step, count: tail.count + 1, sum: added(tail.sum, row) });
    else this.groups.push({ last: step, count: 1, sum: row });
    const before = this.latestRow && this.latestRow.step < step ? this.latestRow.smooth : row;
    this.latestRow = { step, smooth: mixed(before, row, 0.95) };
    if (this.groups.length > MAX_GROUPS) this.halve();
  }

  clear(): void {
    this.groups.length = 0;
    this.every = 1;
    this.latestRow = null;
  }

  /** A running mean, for a number that can be read while it changes. */
  get latest(): { step: number; smooth: Row } | null {
    return this.latestRow;
  }

  get columns(): { steps: number[] } & Record<VaeCurveId, number[]> {
    const mean = (id: VaeCurveId) => this.groups.map(({ sum, count }) => sum[id] / count);
    return { steps: this.groups.map(({ last }) => last), loss: mean('loss'), reconstruction: mean('reconstruction'), klDivergence: mean('klDivergence') };
  }

  copy(): VaeHistories {
    const copy = new VaeHistories();
    copy.groups.push(...this.groups.map((group) => ({ ...group })));
    copy.every = this.every;
    copy.latestRow = this.latestRow;
    return copy;
  }

  private halve(): void {
    const merged = [];
    for (let i = 0; i < this.groups.length; i += 2) {
      const [a, b] = [this.groups[i], this.groups[i + 1]];
      merged.push(b ? { last: b.last, count: a.count + b.count, sum: added(a.sum, b.sum) } : a);
    }
    this.groups.splice(0, this.groups.length, ...merged);
    this.every *= 2;
  }
}

const combined = (a: Row, b: Row, by: (x: number, y: number) => number): Row =>
  ({ loss: by(a.loss, b.loss), reconstruction: by(a.reconstruction, b.reconstruction), klDivergence: by(a.klDivergence, b.klDivergence) });
const added = (a: Row, b: Row): Row => combined(a, b, (x, y) => x + y);
const mixed = (a: Row, b: Row, memory: number): Row => combined(a, b, (x, y) => memory * x + (1 - memory) * y);
