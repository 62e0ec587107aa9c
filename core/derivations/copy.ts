/** A line of a derivation as code. */
import { javascript, type JavaScriptOptions } from '../formulas/javascript';
import { python, type PythonOptions } from '../formulas/python';
import type { DerivationStep } from './types';

/** An assignment where the left side is a symbol, else the right side alone; an inequality as a comparison. */
export function stepPython({ left, relation, right }: DerivationStep, options?: PythonOptions): { code: string; imports: readonly string[] } {
  const [a, b] = [python(left, options), python(right, options)];
  if (relation === 'at-least' || relation === 'at-most') return { code: `${a.code} ${relation === 'at-least' ? '>=' : '<='} ${b.code}`, imports: [...new Set([...a.imports, ...b.imports])] };
  return { code: relation === 'equal' && left.kind === 'symbol' ? `${a.code} = ${b.code}` : b.code, imports: b.imports };
}

/** The same in JavaScript; null where only Python can say it. */
export function stepJavaScript({ left, relation, right }: DerivationStep, options?: JavaScriptOptions): string | null {
  const [a, b] = [javascript(left, options), javascript(right, options)];
  if (relation === 'at-least' || relation === 'at-most') return a === null || b === null || options?.library === 'tf' ? null : `${a} ${relation === 'at-least' ? '>=' : '<='} ${b}`;
  if (relation !== 'equal' || left.kind !== 'symbol' || a === null || b === null) return b;
  // A member of the reader's own object is given a value, a name of its own is introduced.
  return `${/^[\w$]+$/.test(a) ? 'const ' : ''}${a} = ${b};`;
}
