/** A Huffman tree over a few words with a random vector at every inner node; probabilities flow down from the root. */
import type { Outcome, World } from '../../formulas/evaluate';
import { random } from './random';
import { between, inner, nth, sum, worldOf } from './world';

const DIMENSIONS = 3;
interface Node { count: number; word?: number; children?: readonly [Node, Node]; vector?: readonly number[] }
interface Turn { vector: readonly number[]; score: number; first: boolean; reach: number; stay: number }
interface Leaf { word: number; path: readonly Turn[]; probability: number }

export const treeWorld = (seed: number): World => made(seed, [9, 5, 4, 3, 2].map((c, i) => c + ((seed * (i + 3)) % 5)));
/** Every share is a power of one half. */
export const dyadicTree = (seed: number): World => made(seed, [8, 4, 2, 1, 1]);

function made(seed: number, counts: readonly number[]): World {
  const next = random(seed);
  let nodes: Node[] = counts.map((count, word) => ({ count, word }));
  while (nodes.length > 1) {
    nodes.sort((a, b) => b.count - a.count);
    const [first, second] = next() < 0.5 ? [nodes.at(-1)!, nodes.at(-2)!] : [nodes.at(-2)!, nodes.at(-1)!];
    nodes = [...nodes.slice(0, -2), { count: first.count + second.count, children: [first, second], vector: Array.from({ length: DIMENSIONS }, () => between(next, -1.3, 1.3)) }];
  }
  const centreVector = Array.from({ length: DIMENSIONS }, () => between(next, -1.3, 1.3));
  const leaves: Leaf[] = [];
  const descend = (node: Node, reach: number, path: readonly Turn[]): void => {
    if (!node.children) {
      leaves.push({ word: node.word!, path, probability: reach });
      return;
    }
    const score = inner(node.vector!, centreVector);
    const [yes, no] = [Math.exp(score / 2), Math.exp(-score / 2)];
    node.children.forEach((child, which) => {
      const stay = (which === 0 ? yes : no) / (yes + no);
      descend(child, reach * stay, [...path, { vector: node.vector!, score, first: which === 0, reach, stay }]);
    });
  };
  descend(nodes[0], 1, []);
  leaves.sort((a, b) => a.word - b.word);
  // A path of at least two inner nodes.
  const long = leaves.filter(({ path }) => path.length > 1);
  const { word, path, probability } = long[Math.floor(next() * long.length)];
  const outcomes = leaves.map((leaf): Outcome => ({
    value: leaf.word + 1, weight: 1,
    parts: [{ id: 'pathLength', value: leaf.path.length + 1 }, ...leaf.path.flatMap(({ vector, first }, n) => [
      { id: 'pathVector' as const, n: n + 1, value: vector }, { id: 'pathSign' as const, n: n + 1, value: first ? 1 : -1 }])],
  }));
  return worldOf({
    values: { anyWord: word + 1, pathLength: path.length + 1, centreVector, labelLoss: -Math.log(probability) },
    members: {
      pathVector: nth(path.map(({ vector }) => vector)), pathScore: nth(path.map(({ score }) => score)), pathSign: nth(path.map(({ first }) => (first ? 1 : -1))),
      pathLabel: nth(path.map(({ first }) => Number(first))), branchProbability: nth(path.map(({ stay }) => stay)), reachProbability: nth([...path.map(({ reach }) => reach), probability]),
    },
    functions: () => ({
      treeModel: (w: number) => leaves[w - 1]?.probability, wordShare: (w: number) => (counts[w - 1] ?? NaN) / sum(counts), wordDepth: (w: number) => leaves[w - 1]?.path.length,
    }),
    outcomes: { anyWord: outcomes },
    letters: { j: 1 + Math.floor(next() * path.length), l: 1 + Math.floor(next() * path.length) },
  });
}
