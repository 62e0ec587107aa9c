/** Ten thousand generated and damaged sources: reading never throws, ends in time, tells places that are there, and says of an edited text what it says of a fresh one. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { LANGUAGES, sharesOf } from './fuzz-languages';
import { runCases } from './fuzz-run';

const SEED = 20251102;
const CASES = 10_000;

for (const { language: id, cases } of sharesOf(CASES)) {
  it(`${cases} cases of ${id}`, () => {
    const { findings } = runCases(LANGUAGES.find((l) => l.id === id)!, cases, SEED);
    // Damage that leaves the model whole must leave the finding: this is no test of empty answers.
    assert.ok(findings > cases / 20, `only ${findings} findings`);
  });
}
