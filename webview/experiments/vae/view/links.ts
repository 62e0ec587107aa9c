/** What the views tell each other: the example and the latent dimension that were picked. */

export type VaeViewId = 'pairs' | 'map' | 'manifold' | 'traverse' | 'interpolate' | 'draw' | 'samples' | 'curves' | 'dimensions' | 'bound' | 'baseline';

export interface VaeLinks {
  /** Index among the watched examples of the map. */
  readonly example: number | null;
  readonly dimension: number | null;
  pick(change: { example?: number | null; dimension?: number | null }): void;
  changed(listener: () => void): void;
  /** Brings another view to sight. */
  open(view: VaeViewId): void;
  /** Brings a derivation to sight, by its id. */
  read(derivation: string): void;
}

/** What the page does when a view sends its reader elsewhere: @param open to another view, @param read to a derivation. */
export function vaeLinks(open: (view: VaeViewId) => void = () => undefined, read: (derivation: string) => void = () => undefined): VaeLinks {
  const listeners: (() => void)[] = [];
  const links = {
    example: null as number | null,
    dimension: null as number | null,
    pick(change: { example?: number | null; dimension?: number | null }) {
      const { example = links.example, dimension = links.dimension } = change;
      if (example === links.example && dimension === links.dimension) return;
      Object.assign(links, { example, dimension });
      for (const listener of listeners) listener();
    },
    changed: (listener: () => void) => void listeners.push(listener),
    open, read,
  };
  return links;
}
