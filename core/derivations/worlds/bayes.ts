/** A random joint table of a hypothesis and two pieces of data; every probability is a quotient of sums of its entries. */
import type { World } from '../../formulas/evaluate';
import { random } from './random';
import { each, probabilities, worldOf } from './world';

const [HYPOTHESES, FIRST, LATER] = [[1, 2, 3, 4], [11, 12, 13], [21, 22, 23]];

/** @param turn which hypothesis is spoken of; the rival is another one. */
export function bayesWorld(seed: number, turn = 0): World {
  const next = random(seed);
  const cells = HYPOTHESES.flatMap((h) => FIRST.flatMap((d) => LATER.map((later) => ({ h, d, later }))));
  const table = probabilities(next, cells.length);
  /** Sum of all entries that agree with what is known; what is not in the table has none. */
  const mass = (known: { h?: number; d?: number; later?: number }): number => {
    const inside = cells.flatMap((cell, i) => ((known.h ?? cell.h) === cell.h && (known.d ?? cell.d) === cell.d && (known.later ?? cell.later) === cell.later ? [table[i]] : []));
    return inside.length === 0 ? NaN : inside.reduce((a, b) => a + b, 0);
  };
  const first = Math.floor(next() * HYPOTHESES.length);
  const of = (list: readonly number[]): number => list[Math.floor(next() * list.length)];
  const rivalHypothesis = HYPOTHESES[(first + 3) % HYPOTHESES.length];
  return worldOf({
    values: { hypothesis: HYPOTHESES[(first + turn) % HYPOTHESES.length], rivalHypothesis, observedData: of(FIRST), laterData: of(LATER) },
    functions: () => ({
      hypothesisPrior: (h: number) => mass({ h }),
      hypothesisLikelihood: (d: number, h: number) => mass({ h, d }) / mass({ h }),
      hypothesisJoint: (h: number, d: number) => mass({ h, d }),
      dataEvidence: (d: number) => mass({ d }),
      hypothesisPosterior: (h: number, d: number) => mass({ h, d }) / mass({ d }),
      laterLikelihood: (later: number, h: number, d: number) => mass({ h, d, later }) / mass({ h, d }),
      predictive: (later: number, d: number) => mass({ d, later }) / mass({ d }),
      laterPosterior: (h: number, d: number, later: number) => mass({ h, d, later }) / mass({ d, later }),
    }),
    outcomes: { rivalHypothesis: each(HYPOTHESES) },
  });
}
