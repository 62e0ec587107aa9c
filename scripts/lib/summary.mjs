// The numbers at the end of a run. `npm test` and `npm run check` end with exactly "N passed, M failed".

/** @typedef {{name: string, passed: number, failed: number, seconds: number, note?: string}} Suite */

/** A suite that ran nothing proves nothing: it counts as a failure, and the note says why. */
export function settled(suite) {
  if (suite.passed + suite.failed > 0) return suite;
  return { ...suite, failed: 1, note: suite.note ?? 'no test ran' };
}

export function table(suites) {
  const width = Math.max(...suites.map((suite) => suite.name.length), 5);
  const row = (name, passed, failed, seconds, note = '') => `${name.padEnd(width)}  ${passed.padStart(6)}  ${failed.padStart(6)}  ${seconds.padStart(8)}  ${note}`.trimEnd();
  return [
    row('suite', 'passed', 'failed', 'seconds'),
    ...suites.map((suite) => row(suite.name, String(suite.passed), String(suite.failed), suite.seconds.toFixed(1), suite.note)),
  ].join('\n');
}

/** Prints the table and the last line; returns the exit code. */
export function conclude(suites) {
  const sum = (key) => suites.reduce((total, suite) => total + suite[key], 0);
  console.log(`\n${table(suites)}\n`);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 && sum('passed') > 0 ? 0 : 1;
}

/** Runs one suite; whatever it throws becomes a failure of that suite, never of the run. */
export async function measure(name, body) {
  console.log(`\n── ${name} ──`);
  const started = Date.now();
  const seconds = () => (Date.now() - started) / 1000;
  try {
    const { passed, failed, note } = await body();
    return settled({ name, passed, failed, note, seconds: seconds() });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(message);
    return { name, passed: 0, failed: 1, note: message.split('\n')[0], seconds: seconds() };
  }
}
