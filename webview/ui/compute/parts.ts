/** A run that two workers share: each samples its part of the points, and the page sees whole frames. */
import type { Part } from '../../experiments/ddpm/runtime/sampling';
import type { Frame } from '../../worker/protocol';

export function halves(points: number): [Part, Part] {
  const first = Math.ceil(points / 2);
  return [{ from: 0, count: first }, { from: first, count: points - first }];
}

/**
 * Puts the frames of the parts together by index. Each part sends its frames in order, so whole frames come out in order too.
 * @returns a receiver for each part.
 */
export function mergeFrames(parts: readonly Part[], points: number, whole: (frame: Frame) => void): ((frame: Frame) => void)[] {
  const waiting = new Map<number, { points: Float32Array; missing: number }>();
  return parts.map(({ from }) => (frame: Frame) => {
    const gathered = waiting.get(frame.index) ?? { points: new Float32Array(2 * points), missing: parts.length };
    waiting.set(frame.index, gathered);
    gathered.points.set(frame.points, 2 * from);
    if (--gathered.missing > 0) return;
    waiting.delete(frame.index);
    whole({ ...frame, points: gathered.points });
  });
}
