/** A line of a derivation as code. */
import { python, type PythonOptions } from '../formulas/python';
import type { DerivationStep } from './types';

/** An assignment where the left side is a symbol, else the right side alone; an inequality as a comparison. */
export function stepPython({ left, relation, right }: DerivationStep, options?: PythonOptions): { code: string; imports: readonly string[] } {
  const [a, b] = [python(left, options), python(right, options)];
  if (relation === 'at-least' || relation === 'at-most') return { code: `${a.code} ${relation === 'at-least' ? '>=' : '<='} ${b.code}`, imports: [...new Set([...a.imports, ...b.imports])] };
  return { code: relation === 'equal' && left.kind === 'symbol' ? `${a.code} = ${b.code}` : b.code, imports: b.imports };
}
