/** Cut, spliced and scrambled programs, seeded: what every reader must survive, in time and without throwing. */
import assert from 'node:assert/strict';
import type { Reading } from '../../../core/code';
import { seeded } from '../../seeded';

const LIMIT_MS = 3000;

export interface Damage<S extends { text: string }> {
  cases: number;
  seed: number;
  sources: readonly S[];
  /** What is spliced in. */
  snippets: readonly string[];
  read(text: string, source: S): Reading;
}

export function surviveDamage<S extends { text: string }>({ cases, seed, sources, snippets, read }: Damage<S>): void {
  const random = seeded(seed);
  const pick = <V>(list: readonly V[]) => list[Math.floor(random() * list.length)];
  const at = (text: string) => Math.floor(random() * (text.length + 1));
  let found = 0;
  for (let i = 0; i < cases; i++) {
    const source = pick(sources);
    let { text } = source;
    for (let k = Math.floor(random() * 4); k >= 0; k--) {
      const a = at(text);
      const b = Math.min(text.length, a + Math.floor(random() * 60));
      switch (Math.floor(random() * 5)) {
        case 0: text = text.slice(0, a); break;
        case 1: text = text.slice(0, a) + text.slice(b); break;
        case 2: text = text.slice(0, a) + pick(snippets) + text.slice(a); break;
        case 3: { const other = pick(sources).text; text = text.slice(0, a) + other.slice(at(other)); break; }
        default: text = text.slice(0, a) + text.slice(a, b).split('').reverse().join('') + text.slice(b);
      }
    }
    const start = performance.now();
    const result = read(text, source);
    assert.ok(performance.now() - start < LIMIT_MS, `case ${i} took ${performance.now() - start} ms\n${text}`);
    assert.equal(result.skipped, undefined, `case ${i}: ${result.skipped}\n${text}`);
    for (const f of result.findings) {
      found++;
      JSON.stringify(f);
      for (const b of f.symbols) for (const r of b.ranges) assert.ok(r.from < r.to && r.to <= text.length, `case ${i}: range outside the text`);
    }
  }
  // Damage that leaves the model whole must leave the finding: the loop is not a test of empty answers.
  assert.ok(found > cases / 20, `only ${found} findings`);
}
