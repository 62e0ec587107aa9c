/** Which plane is looked at: the latent plane itself, the principal one, or two dimensions that are chosen. */
import { h, setHidden } from '../../../ui/dom';
import { select } from '../../../ui/controls';
import { choice } from '../../../ui/plots/toggles';
import { t } from '../../../ui/words';
import { byDivergence } from './latent';
import { planeOfAxes, planeOfMeans, type Plane } from './plane';

const PLANES = ['principal', 'two axes'] as const;
let pickers = 0;
const subscript = (value: number): string => Array.from(String(value), (digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('');
/** Dimensions count from 1. */
export const dimensionName = (dimension: number): string => `z${subscript(dimension + 1)}`;

export class AxesPicker {
  readonly element = h('span', { class: 'vae-bar' });
  private readonly fields = h('span', { class: 'vae-bar' });
  private readonly id = ++pickers;
  private size = 0;
  private principal = true;
  private axes: [number, number] = [0, 1];
  private plane: Plane | null = null;

  constructor(private readonly changed: () => void) {
    const kinds = choice(t('Plane'), PLANES, (value) => {
      this.principal = value === PLANES[0];
      setHidden(this.fields, this.principal);
      this.changed();
    });
    this.fields.hidden = true;
    this.element.append(kinds.element, this.fields);
    this.element.hidden = true;
  }

  /** @param kl of each dimension: the two most telling ones are offered first. */
  planeOf(means: ArrayLike<number>, size: number, kl: ArrayLike<number> | null): Plane {
    if (size !== this.size) this.rebuild(size, kl);
    this.plane = size <= 2 ? planeOfAxes(size) : this.principal ? planeOfMeans(means, size, this.plane) : planeOfAxes(size, ...this.axes);
    return this.plane;
  }

  private rebuild(size: number, kl: ArrayLike<number> | null): void {
    this.size = size;
    const order = kl ? byDivergence(kl) : [];
    this.axes = size > 2 ? [order[0] ?? 0, order[1] ?? 1] : [0, 1];
    setHidden(this.element, size <= 2);
    if (size <= 2) return;
    const choices = Array.from({ length: size }, (_, i) => ({ value: String(i), label: dimensionName(i) }));
    const shown: ReturnType<typeof select>[] = [];
    this.fields.replaceChildren(...([0, 1] as const).map((side) => {
      const field = select({
        id: `vae-axis-${this.id}-${side}`, label: side === 0 ? t('Axis to the right') : t('Axis upwards'), hint: t('A latent dimension'), choices,
        onChange: (value) => {
          const wanted = Number(value);
          // The same dimension twice is no plane: they change places.
          this.axes = this.axes[1 - side] === wanted ? [this.axes[1], this.axes[0]] : side === 0 ? [wanted, this.axes[1]] : [this.axes[0], wanted];
          shown.forEach((other, i) => other.set(String(this.axes[i])));
          this.changed();
        },
      });
      field.set(String(this.axes[side]));
      shown[side] = field;
      return field.element;
    }));
  }
}

/** What stands at the ends of the axes. */
export function axisNames({ kind, explained, dimensions }: Plane): [string, string] {
  if (kind === 'principal') return [0, 1].map((k) => t('component {0}: {1} % of the variance', k + 1, Math.round(100 * explained![k]))) as [string, string];
  return [dimensionName(dimensions![0]), dimensions![0] === dimensions![1] ? '' : dimensionName(dimensions![1])];
}
