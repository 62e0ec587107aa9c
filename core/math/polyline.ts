/** Drawings as distributions: points spread evenly by arc length over strokes of straight pieces. */

export type Stroke = readonly (readonly [number, number])[];

export interface Drawing {
  /** Length of all strokes together. */
  length: number;
  mean: readonly [number, number];
  /** Variance per axis of a point spread evenly over the strokes. */
  variance: readonly [number, number];
  /** The point at a share u in [0, 1] of the way along all strokes, one after the other. */
  at(u: number): [number, number];
}

/** @param strokes at least one piece of positive length in all. */
export function drawingOf(strokes: readonly Stroke[]): Drawing {
  const pieces = strokes.flatMap((stroke) => stroke.slice(1).map((to, i) => ({ from: stroke[i], to, length: Math.hypot(to[0] - stroke[i][0], to[1] - stroke[i][1]) })));
  const ends: number[] = [];
  const length = pieces.reduce((sum, piece) => ends[ends.push(sum + piece.length) - 1], 0);
  const moments = ([0, 1] as const).map((axis) => {
    let [first, second] = [0, 0];
    for (const { from, to, length: own } of pieces) {
      const [p, q] = [from[axis], to[axis]];
      first += (own * (p + q)) / 2;
      // ∫ (p + (q − p) s)² ds over 0 … 1.
      second += (own * (p * p + p * q + q * q)) / 3;
    }
    return { mean: first / length, variance: second / length - (first / length) ** 2 };
  });
  return {
    length,
    mean: [moments[0].mean, moments[1].mean],
    variance: [moments[0].variance, moments[1].variance],
    at(u) {
      const target = u * length;
      let [low, high] = [0, pieces.length - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (ends[middle] < target) low = middle + 1;
        else high = middle;
      }
      const { from, to, length: own } = pieces[low];
      const s = Math.min(Math.max(1 - (ends[low] - target) / own, 0), 1);
      return [from[0] + s * (to[0] - from[0]), from[1] + s * (to[1] - from[1])];
    },
  };
}
