/** Densities by the name of their points: computed in steps between which the page breathes, since the whole takes longer than a frame may. */
import { density, densityOpacity, levelLine, massLevel, type Density } from './view-density';

export interface Smooth {
  field: Density;
  opacity: Float32Array;
  /** Segments of the line that holds OUTLINED_SHARE of the mass. */
  outline: Float32Array;
}

const KEPT = 4;
const OUTLINED_SHARE = 0.95;

export class Densities {
  private readonly known = new Map<string, Smooth>();
  private readonly underWay = new Set<string>();

  /** @param ready called when a density that was asked for has come. */
  constructor(private readonly ready: () => void) {}

  /** Null until it is computed. */
  of(key: string, points: Float32Array): Smooth | null {
    const known = this.known.get(key);
    if (!known && !this.underWay.has(key)) void this.compute(key, points);
    return known ?? null;
  }

  private async compute(key: string, points: Float32Array): Promise<void> {
    this.underWay.add(key);
    await nextTask();
    const field = density(points);
    await nextTask();
    const opacity = densityOpacity(field);
    await nextTask();
    const level = massLevel(field, OUTLINED_SHARE);
    await nextTask();
    this.known.set(key, { field, opacity, outline: levelLine(field, level) });
    if (this.known.size > KEPT) this.known.delete(this.known.keys().next().value!);
    this.underWay.delete(key);
    this.ready();
  }
}

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
