/**
 * Mocha for an extension host. The browser build is used everywhere, because the web extension host is a worker without
 * Node's modules and one harness for both is one fewer to trust. Both of Mocha's vocabularies work: describe/it and suite/test.
 */
import 'mocha/mocha.js';

/** Begins the line on which the harness tells the runner its numbers; the runner reads it from the console. */
const RESULT_MARK = 'marginalia-host-result';

interface Failure {
  title: string;
  message: string;
}

/** Runs what `load` defines. Prints a line a test, then the totals; rejects when a test failed or none ran. */
export async function runMocha(load: () => Promise<void>): Promise<void> {
  // Not the ready-made `mocha`: its run() reads window.location, which neither host has.
  const { Mocha: Runner } = globalThis as unknown as { Mocha: typeof Mocha };
  const mocha = new Runner({ ui: 'tdd', reporter: silent as unknown as Mocha.ReporterConstructor, timeout: 20_000 });
  mocha.ui('bdd');
  // Defines describe, it, suite, test, … as globals.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await load();
  const failures: Failure[] = [];
  let passed = 0;
  let pending = 0;
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', (test: Mocha.Test) => {
      passed += 1;
      console.log(`✔ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
    });
    runner.on('pending', (test: Mocha.Test) => {
      pending += 1;
      console.log(`- ${test.fullTitle()} (skipped)`);
    });
    // A hook that throws arrives here too, under the hook's title.
    runner.on('fail', (test: Mocha.Test, error: Error) => {
      failures.push({ title: test.fullTitle(), message: error.stack ?? error.message });
      console.log(`✖ ${test.fullTitle()}\n${error.stack ?? error.message}`);
    });
  });
  // Told apart by what is there, so that a host of the wrong kind cannot pass for the right one.
  const host = typeof process !== 'undefined' && process.versions?.node ? 'node' : 'web';
  console.log(`${RESULT_MARK} ${JSON.stringify({ passed, failed: failures.length, skipped: pending, host })}`);
  if (failures.length > 0) throw new Error(`${failures.length} failed: ${failures.map((failure) => failure.title).join('; ')}`);
  if (passed === 0) throw new Error('no test ran');
}

/** Mocha insists on a reporter; ours listens to the runner instead. */
function silent(): void {}
