/** What the export menu writes. Pure. */
import { inEnglish } from '../../core/l10n/translate';
import { pointsToCsv } from '../../core/math/csv';
import type { PointSet } from '../../core/math/points';
import { writeNpy } from '../../core/math/points';
import type { PanelModel } from '../../core/protocol/messages';
import type { DeviceReport, Measures } from '../worker/protocol';
import { describeOrigin } from './format';
import { recordOf } from './record';
import type { Ran } from './state';

export interface FinishedRun {
  ran: Ran;
  device: DeviceReport;
  /** x and y interleaved. */
  points: Float32Array;
  /** Where the data are the person's own. */
  own: PointSet | null;
  measures: Measures | null;
  model: PanelModel | null;
}

/**
 * Everything needed to repeat the run, as *Open Run* reads it, and to check it: where each setting came from, ᾱ_1 … ᾱ_T in float64, the sample and
 * its distances from real data. A file is data, and in English whoever writes it.
 */
export function exportJson({ ran, device, points, own, measures, model }: FinishedRun): Uint8Array {
  const { origins, quantities } = ran.resolved;
  return encode(`${JSON.stringify({
    ...recordOf('sample', { ran, own, model }),
    origins: Object.fromEntries(Object.entries(origins).map(([id, origin]) => [id, describeOrigin(origin, inEnglish)])),
    usedDevice: device.label,
    alphasCumprod: [...(quantities?.alphasCumprod ?? [])],
    measures,
    sample: pairs(points),
  }, null, 1)}\n`);
}

/** One point a line, with a header; enough digits to give the same float32 back. */
export const exportCsv = ({ points }: FinishedRun): Uint8Array => encode(pointsToCsv(points));

/** NumPy's format: [n, 2], float32. */
export const exportNpy = ({ points }: FinishedRun): Uint8Array => writeNpy(points);

function pairs(points: Float32Array): [number, number][] {
  return Array.from({ length: points.length / 2 }, (_, i) => [Number(points[2 * i].toPrecision(9)), Number(points[2 * i + 1].toPrecision(9))]);
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
