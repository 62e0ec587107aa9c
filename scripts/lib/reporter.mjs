// A node:test reporter that writes one JSON line per finished test. Suites (`describe`) are groups, not tests; a file that
// holds no test is reported by Node as a passing test of the file's name; it proves nothing and is told apart as "empty".
import path from 'node:path';

export default async function* report(source) {
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const passed = type === 'test:pass';
    const isGroup = data.details?.type === 'suite';
    const isFile = data.nesting === 0 && path.isAbsolute(data.name);
    // A group fails when a test in it does, which is counted there; by itself only when its own body or hook threw.
    const failure = data.details?.error?.failureType;
    if (isGroup && (passed || failure === 'subtestsFailed')) continue;
    if (isFile && passed) {
      yield `${JSON.stringify({ outcome: 'empty', name: path.basename(data.name, '.cjs') })}\n`;
      continue;
    }
    if (!passed && failure === 'subtestsFailed' && !data.skip && !data.todo) continue;
    const outcome = data.skip !== undefined || data.todo !== undefined ? 'skipped' : passed ? 'passed' : 'failed';
    yield `${JSON.stringify({ outcome, name: data.name, file: data.file })}\n`;
  }
}
