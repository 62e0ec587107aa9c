/** What the export buttons write. Pure. */
import { pointsToCsv } from '../../core/math/csv';
import type { DeviceReport } from '../worker/protocol';
import { describeOrigin } from './format';
import type { Resolved } from './settings';

export interface FinishedRun {
  resolved: Resolved;
  device: DeviceReport;
  /** x and y interleaved. */
  points: Float32Array;
}

/** Everything needed to repeat the run and to check it: settings with their origins, ᾱ_1 … ᾱ_T in float64, and the sample. */
export function exportJson({ resolved, device, points }: FinishedRun): Uint8Array {
  const origins = Object.fromEntries(Object.entries(resolved.origins).map(([id, origin]) => [id, describeOrigin(origin)]));
  return encode(`${JSON.stringify({
    settings: resolved.settings,
    origins,
    alphasCumprod: [...(resolved.quantities?.alphasCumprod ?? [])],
    points: pairs(points),
    seed: resolved.values.seed,
    device: device.label,
  }, null, 1)}\n`);
}

/** One point a line, with a header; enough digits to give the same float32 back. */
export function exportCsv(points: Float32Array): Uint8Array {
  return encode(pointsToCsv(points));
}

function pairs(points: Float32Array): [number, number][] {
  return Array.from({ length: points.length / 2 }, (_, i) => [Number(points[2 * i].toPrecision(9)), Number(points[2 * i + 1].toPrecision(9))]);
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
