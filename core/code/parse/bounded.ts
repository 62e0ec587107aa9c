/**
 * Lezer goes on after any error, which costs it some twenty times as much as reading on. A text that is mostly errors (another language, a dump) is therefore
 * read up to a number of them and no further; so is one that nests without end. The counts are those of the text alone, so the same text gives the same tree.
 */
import type { PartialParse, Parser, Tree } from '@lezer/common';

/** Steps of recovery in all statements of a file, about 15 µs each; a mistake while typing takes about ten. */
export const MAX_RECOVERIES = 10_000;

/** Entries of the parser's stacks that were copied where it follows two readings at once: with very deep nesting each token copies all of it. */
const MAX_COPIED = 100_000_000;

/** What Lezer's parse keeps besides its interface. Without it nothing is counted. */
interface Inside {
  recovering?: number;
  stacks?: readonly { stack: readonly number[] }[];
}

const spent = new WeakMap<Tree, number>();

export function parseBounded(parser: Parser, text: string): Tree {
  const parse: PartialParse & Inside = parser.startParse(text);
  let recoveries = 0;
  let copied = 0;
  for (;;) {
    const tree = parse.advance();
    if (tree) {
      spent.set(tree, recoveries);
      return tree;
    }
    if (parse.recovering) recoveries++;
    if (parse.stacks && parse.stacks.length > 1) copied += parse.stacks.length * parse.stacks[0].stack.length;
    if ((recoveries > MAX_RECOVERIES || copied > MAX_COPIED) && parse.stoppedAt === null) parse.stopAt(parse.parsedPos);
  }
}

/** Of trees in turn: whether the next may still be read. */
export class Recoveries {
  private left = MAX_RECOVERIES;

  allows(tree: Tree): boolean {
    if (this.left <= 0) return false;
    this.left -= spent.get(tree) ?? 0;
    return true;
  }
}
