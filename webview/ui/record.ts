/** Runs as records (core/protocol/record): what a link, a file or *Run Last Experiment Again* repeats. Pure. */
import type { PointSet } from '../../core/math/points';
import type { PanelModel } from '../../core/protocol/messages';
import { decodePoints, encodePoints, pointsOf, type RunRecord } from '../../core/protocol/record';
import { PAGE_FIELDS } from './fields';
import type { Overrides } from './settings';
import type { Ran } from './state';

/** A run with all its settings, also the ones that the file or a default gave: the file may change, the run does not. */
export function recordOf(kind: RunRecord['kind'], { ran, own, model }: { ran: Pick<Ran, 'resolved' | 'trainedSteps'>; own: PointSet | null; model: PanelModel | null }): RunRecord {
  const { settings, device } = ran.resolved;
  if (!settings) throw new RangeError('Settings that cannot run make no record.');
  return {
    format: 'marginalia-run', version: 1, kind, settings: { ...settings }, device, trainedSteps: ran.trainedSteps,
    points: own ? { name: own.name, base64: encodePoints(own.points) } : null,
    model: model ? { uri: model.uri, name: model.finding.name, line: model.finding.range.line } : null,
  };
}

/** The record's settings as changes by hand; ids that no control has are dropped, values that cannot run are refused at their control. */
export function overridesOf({ settings, device, trainedSteps }: RunRecord): Overrides {
  const known = PAGE_FIELDS.flatMap(({ id }) => {
    const written = id === 'device' ? device : settings[id];
    // The wanted number may have been lowered since; the run took what it took.
    const value = id === 'trainSteps' && typeof written === 'number' ? Math.max(written, trainedSteps) : written;
    return typeof value === 'string' || typeof value === 'number' ? [[id, value] as const] : [];
  });
  return { ...Object.fromEntries(known), ...(Array.isArray(settings.betas) ? { betas: settings.betas } : {}) };
}

/** The record's own points; null where it has none. */
export const ownPointsOf = (record: RunRecord): PointSet | null => (record.points ? pointSet(record.points.name, pointsOf(record)) : null);

/** Points out of the page's kept state; null when there are none or they are damaged. */
export function keptPoints(kept: { name: string; base64: string } | null): PointSet | null {
  if (!kept) return null;
  try {
    return pointSet(kept.name, decodePoints(kept.base64));
  } catch {
    return null;
  }
}

/** They are standardised already; what they were before is not kept. */
const pointSet = (name: string, points: Float32Array): PointSet => ({ name, points, mean: [0, 0], std: [1, 1], rows: points.length / 2, notes: [] });
