/** A distance as a multiple of what real draws have. Pure. */
import { t } from '../words';

export interface Measured {
  value: number;
  /** The same distance between independent draws of real data. */
  real: number;
}

/** A distance is noisy even for real draws: one this near to them is as good. */
const AS_GOOD = 1.05;
/** The bar is logarithmic from 1 × to this. */
const BAR_END = 100;

export const multipleOf = ({ value, real }: Measured): number => (real > 0 ? value / real : NaN);

/** `1.4 × real draws`; `as real draws`. */
export function multipleText(measured: Measured): string {
  const multiple = multipleOf(measured);
  if (!Number.isFinite(multiple)) return '–';
  if (multiple <= AS_GOOD) return t('as real draws');
  return t('{0} × real draws', multiple < 10 ? multiple.toFixed(1) : Math.round(multiple).toLocaleString('en-US'));
}

/** Length of the bar, 0 … 1: nothing for a draw as good as real data, half at 10 ×, full from 100 ×. */
export function barShare(measured: Measured): number {
  const multiple = multipleOf(measured);
  return Number.isFinite(multiple) ? Math.min(1, Math.max(0, Math.log(multiple) / Math.log(BAR_END))) : 0;
}
