import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './usage';

/** Node's own parser, its complaints turned into usage errors. */
export function parse<O extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: O) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

export function toNumber(flag: string, text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(value)) throw new UsageError(`--${flag} wants a number, not "${text}".`);
  return value;
}
