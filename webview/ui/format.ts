/** Numbers and origins in words. Pure. */
import { placeInWords } from '../../core/code/words';
import type { ValueOrigin } from './origins';
import type { Translate } from '../../core/l10n/translate';
import { t as here } from './words';

/** Four significant digits, without the noise of an exponent where a plain number is as short. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value).replace('-', '−').replace('Infinity', '∞');
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size >= 1e-3 && size < 1e5 ? String(Number(value.toPrecision(4))) : value.toExponential(2).replace(/\.?0+e/, 'e').replace('e+', 'e');
  return text.replaceAll('-', '−');
}

export function describeOrigin(origin: ValueOrigin, t: Translate = here): string {
  switch (origin.kind) {
    case 'file':
      return placeInWords(origin.range, t);
    case 'library':
      return t('library default');
    case 'default':
      return t('default');
    case 'you':
      return t('you');
  }
}

/** 12345 → "12,345". */
export const grouped = (value: number): string => value.toLocaleString('en-US');
