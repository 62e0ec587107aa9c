/** Long work that can be done at once or in pieces: a generator that stops wherever others may have their turn. */

export type Pieces<T> = Generator<void, T, void>;

/** All of it, at once. */
export function atOnce<T>(work: Pieces<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Until about so many milliseconds have passed; what is done, or undefined where some is left. */
export function forWhile<T>(work: Pieces<T>, ms: number, now: () => number): { value: T } | undefined {
  const until = now() + ms;
  do {
    const { done, value } = work.next();
    if (done) return { value };
  } while (now() < until);
  return undefined;
}
