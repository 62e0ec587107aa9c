/** A number as a reader wants it: few digits, and a power of ten where it is far from 1. */

export interface Rounded {
  /** What stands before the power of ten. */
  mantissa: number;
  /** Null where none is written. */
  exponent: number | null;
  /** Nothing was lost. */
  exact: boolean;
}

/** Powers of ten between which a number is written out. */
const [SMALLEST, LARGEST] = [-3, 6];

export function roundedTo(value: number, digits: number): Rounded {
  const shown = Number(value.toPrecision(digits));
  const [mantissa, power] = shown.toExponential().split('e').map(Number);
  const whole = shown === 0 || !Number.isFinite(shown) || (power >= SMALLEST && power < LARGEST);
  return { mantissa: whole ? shown : mantissa, exponent: whole ? null : power, exact: shown === value };
}
