/** The pictures of the VAE, in the order in which they are offered. */
import { baselineView } from './baseline';
import { boundView } from './bound';
import { curvesView } from './curves';
import { dimensionsView } from './dimensions';
import { drawView } from './draw';
import { interpolateView } from './interpolate';
import type { VaeLinks, VaeViewId } from './links';
import { manifoldView } from './manifold';
import { mapView } from './map';
import { pairsView } from './pairs';
import { samplesView } from './samples';
import { traverseView } from './traverse';
import type { VaeView } from './types';

export { vaeLinks, type VaeLinks, type VaeViewId } from './links';

export interface VaeViewEntry {
  id: VaeViewId;
  /** In English: the page translates it where it is shown. */
  label: string;
  /** One `links` for all views of a page lets them follow each other's picks. */
  create(links: VaeLinks): VaeView;
}

export const VAE_VIEWS: readonly VaeViewEntry[] = [
  { id: 'pairs', label: 'Reconstructions', create: pairsView },
  { id: 'map', label: 'Latent map', create: mapView },
  { id: 'manifold', label: 'Manifold', create: manifoldView },
  { id: 'traverse', label: 'Traversal', create: traverseView },
  { id: 'interpolate', label: 'Interpolation', create: interpolateView },
  { id: 'draw', label: 'Draw an image', create: drawView },
  { id: 'samples', label: 'Samples', create: samplesView },
  { id: 'curves', label: 'Curves', create: curvesView },
  { id: 'dimensions', label: 'Dimensions', create: dimensionsView },
  { id: 'bound', label: 'Bound', create: boundView },
  { id: 'baseline', label: 'Baselines', create: baselineView },
];
