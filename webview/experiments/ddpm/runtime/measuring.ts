/** Distances of a sample from the data, beside those of real draws; in pieces, so that training goes on and a cancel is heard. */
import { drawDataset } from '../../../../core/math/datasets';
import { DATA_STREAMS, HELD_OUT, heldOutDraw, mmd, slicedWasserstein, type Baseline } from '../../../../core/math/metrics';
import { breathe } from '../../../engine/breathe';
import { OWN_POINTS, type DdpmSettings } from '../manifest';
import type { Measures } from '../../../worker/protocol';
import { checksum } from './checksum';
import { bootstrap, requireOwn } from './data';

/** As `realBaseline` of core/math/metrics. */
const PAIRS = 20;
/** Baselines of so many (data, n) are kept. */
const KEPT = 16;

/** Draws of the data: `stream` tells independent ones apart. */
interface Source {
  id: string;
  draw(n: number, stream: number): Float32Array;
  heldOut(): Float32Array;
}

export class Measuring {
  private readonly baselines = new Map<string, Baseline>();
  private readonly heldOut = new Map<string, Float32Array>();

  /** @param pairs of real draws whose mean distances are the baseline. */
  constructor(private readonly pairs = PAIRS) {}

  /** @throws RangeError where a cloud cannot be measured; the signal's reason when aborted. */
  async measure(settings: DdpmSettings, own: Float32Array | null, points: Float32Array, signal: AbortSignal): Promise<Measures> {
    const source = sourceOf(settings, own);
    const heldOut = remember(this.heldOut, source.id, () => source.heldOut());
    const pause = async () => {
      await breathe();
      signal.throwIfAborted();
    };
    const distance = slicedWasserstein(points, heldOut);
    await pause();
    const discrepancy = mmd(points, heldOut);
    await pause();
    const n = points.length / 2;
    const key = `${source.id} ${n}`;
    const real = this.baselines.get(key) ?? (await baseline(source, n, this.pairs, pause));
    remember(this.baselines, key, () => real);
    return { slicedWasserstein: distance, slicedWassersteinReal: real.slicedWasserstein, mmd: discrepancy, mmdReal: real.mmd };
  }
}

async function baseline(source: Source, n: number, pairs: number, pause: () => Promise<void>): Promise<Baseline> {
  const total: Baseline = { slicedWasserstein: 0, mmd: 0 };
  for (let pair = 0; pair < pairs; pair++) {
    const [drawn, heldOut] = [source.draw(n, DATA_STREAMS.baseline + 2 * pair), source.draw(HELD_OUT, DATA_STREAMS.baseline + 2 * pair + 1)];
    total.slicedWasserstein += slicedWasserstein(drawn, heldOut) / pairs;
    await pause();
    total.mmd += mmd(drawn, heldOut) / pairs;
    await pause();
  }
  return total;
}

/** Of one's own points every draw is one with replacement, also the held-out one: the points are all there is of their distribution. */
function sourceOf(settings: DdpmSettings, own: Float32Array | null): Source {
  const { data } = settings;
  if (data !== OWN_POINTS) return { id: data, draw: (n, stream) => drawDataset(data, n, 0, stream), heldOut: () => heldOutDraw(data) };
  const points = requireOwn(own);
  const draw = (n: number, stream: number) => bootstrap(points, n, 0, stream);
  return { id: `own ${checksum(points)}`, draw, heldOut: () => draw(HELD_OUT, DATA_STREAMS.heldOut) };
}

function remember<V>(map: Map<string, V>, key: string, make: () => V): V {
  const value = map.get(key) ?? make();
  map.delete(key);
  map.set(key, value);
  if (map.size > KEPT) map.delete(map.keys().next().value!);
  return value;
}
