/**
 * The part of `node:assert/strict` that host tests use, for the web extension host, which is a worker without Node's
 * modules. Same names, same meaning; the bundler puts it in the place of `node:assert/strict` there.
 */
class AssertionError extends Error {
  override name = 'AssertionError';
}

type Assertion = (condition: unknown, message?: string) => asserts condition;
const assert: Assertion = (condition, message) => {
  if (!condition) throw new AssertionError(message ?? 'the value is not truthy');
};

export const ok: Assertion = assert;

export function fail(message = 'failed'): never {
  throw new AssertionError(message);
}

export function equal(actual: unknown, expected: unknown, message?: string): void {
  if (!Object.is(actual, expected)) fail(message ?? `${show(actual)} is not ${show(expected)}`);
}

export function notEqual(actual: unknown, expected: unknown, message?: string): void {
  if (Object.is(actual, expected)) fail(message ?? `both are ${show(actual)}`);
}

export function deepEqual(actual: unknown, expected: unknown, message?: string): void {
  if (!same(actual, expected)) fail(message ?? `${show(actual)} is not ${show(expected)}`);
}

export function notDeepEqual(actual: unknown, expected: unknown, message?: string): void {
  if (same(actual, expected)) fail(message ?? `both are ${show(actual)}`);
}

export function match(text: string, pattern: RegExp, message?: string): void {
  if (!pattern.test(text)) fail(message ?? `${show(text)} does not match ${String(pattern)}`);
}

export function doesNotMatch(text: string, pattern: RegExp, message?: string): void {
  if (pattern.test(text)) fail(message ?? `${show(text)} matches ${String(pattern)}`);
}

export function throws(action: () => unknown, expected?: RegExp): void {
  try {
    action();
  } catch (error) {
    return expectError(error, expected);
  }
  fail('nothing was thrown');
}

export async function rejects(action: Promise<unknown> | (() => Promise<unknown>), expected?: RegExp): Promise<void> {
  try {
    await (typeof action === 'function' ? action() : action);
  } catch (error) {
    return expectError(error, expected);
  }
  fail('the promise was not rejected');
}

function expectError(error: unknown, expected?: RegExp): void {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (expected && !expected.test(message)) fail(`the error "${message}" does not match ${String(expected)}`);
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Map && b instanceof Map) return same([...a], [...b]);
  if (a instanceof Set && b instanceof Set) return same([...a], [...b]);
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

function show(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

export default Object.assign(assert, {
  ok, fail, match, doesNotMatch, throws, rejects,
  equal, strictEqual: equal, notEqual, notStrictEqual: notEqual,
  deepEqual, deepStrictEqual: deepEqual, notDeepEqual, notDeepStrictEqual: notDeepEqual,
});
