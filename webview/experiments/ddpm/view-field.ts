/** How long the arrows of a field are drawn. Pure. */
import type { Field } from './view-scene';
import { inEnglish, type Translate } from '../../../core/l10n/translate';

export interface ArrowScale {
  /** The length, in the field's own units, of the longest arrow that is drawn; 0 when there is nothing to draw. */
  reference: number;
  /** Some arrows are longer and were cut to it. */
  saturated: boolean;
}

const STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
/** This share of the arrows is drawn to scale. Far from the data they grow with the distance; there they must not shrink the ones that matter. */
const TO_SCALE = 0.6;

/**
 * A round number that at least 60 % of the arrows of both fields do not exceed. Round, so that lengths stay comparable
 * while t is scrubbed: the scale changes seldom, and then by a visible step.
 */
export function arrowScale({ arrows, secondary }: Pick<Field, 'arrows' | 'secondary'>): ArrowScale {
  const lengths = [...magnitudes(arrows), ...(secondary ? magnitudes(secondary) : [])].filter(Number.isFinite).sort((a, b) => a - b);
  const longest = lengths.at(-1) ?? 0;
  if (longest === 0) return { reference: 0, saturated: false };
  const typical = lengths[Math.ceil(TO_SCALE * lengths.length) - 1] || longest;
  const power = 10 ** Math.floor(Math.log10(typical));
  // The tolerance keeps 3·10^k from being rounded up to 4·10^k by its last bit.
  const step = STEPS.find((candidate) => candidate * (1 + 1e-9) >= typical / power) ?? 10;
  const reference = Number((step * power).toPrecision(3));
  return { reference, saturated: longest > reference * (1 + 1e-6) };
}

export function magnitudes(arrows: Float32Array): Float64Array {
  return Float64Array.from({ length: arrows.length / 2 }, (_, i) => Math.hypot(arrows[2 * i], arrows[2 * i + 1]));
}

/** What the page says beside the picture. */
export function arrowLegend({ reference, saturated }: ArrowScale, t: Translate = inEnglish): string {
  if (reference === 0) return t('all arrows are 0');
  const value = reference >= 1e-3 && reference < 1e5 ? String(reference) : reference.toExponential();
  return t('longest arrow {0} {1}', saturated ? '≥' : '=', value.replace('-', '−'));
}
