/** The points of a run by purpose: none that a network is measured on was it trained on. */
import { drawDataset } from '../../../../core/math/datasets';
import { DATA_STREAMS, drawFrom, heldOutDraw, type DataSource } from '../../../../core/math/metrics';
import { OWN_POINTS, type DdpmSettings } from '../manifest';

/** What the settings' data are drawn from. @throws RangeError of `requireOwn`. */
export function sourceOf({ data }: DdpmSettings, own: Float32Array | null): DataSource {
  return data === OWN_POINTS ? requireOwn(own) : data;
}

/** A set that is shipped has no end; so many of its points are drawn once and kept on the device. */
export const TRAINING_POINTS = 65_536;

/** What training draws its examples from: of one's own points all, in their order. */
export function trainingPoints(settings: DdpmSettings, own: Float32Array | null): Float32Array {
  return settings.data === OWN_POINTS ? requireOwn(own) : drawDataset(settings.data, TRAINING_POINTS, settings.seed, DATA_STREAMS.training);
}

/** x_0 of a forward run, as many as `settings.points`; of one's own points a draw with replacement. */
export function shownPoints(settings: DdpmSettings, own: Float32Array | null): Float32Array {
  return drawFrom(sourceOf(settings, own), settings.points, settings.seed, DATA_STREAMS.shown);
}

/** The points of the bound: the first of the held-out draw, or of one's own. */
export function boundPoints(settings: DdpmSettings, own: Float32Array | null, count: number): Float32Array {
  return (settings.data === OWN_POINTS ? requireOwn(own) : heldOutDraw(settings.data)).slice(0, 2 * count);
}

/** @throws RangeError when there are no points, or not two numbers each, or one is not finite. */
export function requireOwn(own: Float32Array | null): Float32Array {
  if (!own || own.length < 2) throw new RangeError('Data: there are no points of your own yet; open a file of points or draw some.');
  if (own.length % 2 !== 0) throw new RangeError(`Data: your points are ${own.length} numbers; x and y of each are needed.`);
  const bad = own.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`Data: point ${bad >> 1} of yours holds ${own[bad]}; give finite numbers.`);
  return own;
}
