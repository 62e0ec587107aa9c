/** Distances of a sample from the data, beside those of real draws; in pieces, so that training goes on and a cancel is heard. */
import { baselineSteps, heldOutDraw, mmd, slicedWasserstein, type Baseline } from '../../../../core/math/metrics';
import { breathe } from '../../../engine/breathe';
import type { DdpmSettings } from '../manifest';
import type { Measures } from '../../../worker/protocol';
import { checksum } from '../../../../core/math/checksum';
import { sourceOf } from './data';

/** As `realBaseline` of core/math/metrics. */
const PAIRS = 20;
/** Baselines of so many (data, n) are kept. */
const KEPT = 16;

export class Measuring {
  private readonly baselines = new Map<string, Baseline>();
  private readonly heldOut = new Map<string, Float32Array>();

  /** @param pairs of real draws whose mean distances are the baseline. */
  constructor(private readonly pairs = PAIRS) {}

  /** @throws RangeError where a cloud cannot be measured; the signal's reason when aborted. */
  async measure(settings: DdpmSettings, own: Float32Array | null, points: Float32Array, signal: AbortSignal): Promise<Measures> {
    const source = sourceOf(settings, own);
    const id = typeof source === 'string' ? source : `own ${checksum(source)}`;
    const heldOut = remember(this.heldOut, id, () => heldOutDraw(source));
    const pause = async () => {
      await breathe();
      signal.throwIfAborted();
    };
    const distance = slicedWasserstein(points, heldOut);
    await pause();
    const discrepancy = mmd(points, heldOut);
    await pause();
    const n = points.length / 2;
    const key = `${id} ${n}`;
    const real = this.baselines.get(key) ?? (await inPieces(baselineSteps(source, n, this.pairs), pause));
    remember(this.baselines, key, () => real);
    return { slicedWasserstein: distance, slicedWassersteinReal: real.slicedWasserstein, mmd: discrepancy, mmdReal: real.mmd };
  }
}

async function inPieces(steps: Generator<void, Baseline, void>, pause: () => Promise<void>): Promise<Baseline> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await pause();
  }
}

function remember<V>(map: Map<string, V>, key: string, make: () => V): V {
  const value = map.get(key) ?? make();
  map.delete(key);
  map.set(key, value);
  if (map.size > KEPT) map.delete(map.keys().next().value!);
  return value;
}
