/** Where a setting's value comes from. Pure. */
import type { Hyperparameter, Range } from '../../core/code/types';

export type ValueOrigin =
  | { kind: 'file'; line: number; range: Range; name: string }
  /** The file calls a library and leaves the value to it. */
  | { kind: 'library'; line: number; range: Range }
  | { kind: 'default' }
  /** `beneath` is what a reset brings back. */
  | { kind: 'you'; beneath: { value: number | string; origin: ValueOrigin } };

export function originOf({ line, range, name, origin }: Hyperparameter): ValueOrigin {
  return origin === 'library' ? { kind: 'library', line, range } : { kind: 'file', line, range, name };
}
