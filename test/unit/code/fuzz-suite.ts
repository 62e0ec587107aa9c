/** The fuzz tests of `npm test`, in two files so that they run side by side. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { LANGUAGES, sharesOf, type FuzzLanguage } from './fuzz-languages';
import { runCases } from './fuzz-run';

const SEED = 20251102;
/** Of all languages together; `npm run check` takes fewer. */
const CASES = Number(process.env.FUZZ_CASES ?? 10_000);

export function fuzz(chosen: (language: FuzzLanguage) => boolean): void {
  for (const { language: id, cases } of sharesOf(CASES)) {
    const language = LANGUAGES.find((l) => l.id === id)!;
    if (!chosen(language)) continue;
    it(`${cases} cases of ${id}`, () => {
      const { findings } = runCases(language, cases, SEED);
      // Damage that leaves the model whole must leave the finding: this is no test of empty answers.
      assert.ok(findings > cases / 20, `only ${findings} findings`);
    });
  }
}
