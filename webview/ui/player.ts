/**
 * The frames of one run, and where in them the person stands. Pure: no clock, no DOM.
 *
 * Time is the paper's: t = T is the starting noise, t = 0 the finished sample, so a frame whose cloud stands at the
 * 0-based timestep k of the code has t = k + 1. Positions count frames from the noise (0) to the data (last); before there
 * are frames they count the steps themselves, so that the schedule can be read without a run. Frames of the forward process come the other way, from
 * t = 0 to T.
 */
import type { Frame } from '../worker/protocol';
import { t } from './words';

export class Player {
  private frames: Frame[] = [];
  private position = 0;
  /** While true, each new frame moves the position with it; scrubbing away ends that, scrubbing to the end resumes it. */
  private follows = true;

  /** @param T number of diffusion steps of the run. */
  constructor(readonly T: number) {}

  /** Frames come in order; one that is not later than the last is dropped, so a stray answer cannot rewind the run. */
  add(frame: Frame): boolean {
    const last = this.frames.at(-1);
    if (last && frame.index <= last.index) return false;
    this.frames.push(frame);
    if (this.follows) this.position = this.frames.length - 1;
    return true;
  }

  get count(): number {
    return this.frames.length;
  }

  get following(): boolean {
    return this.follows;
  }

  get current(): Frame | null {
    return this.frames[this.position] ?? null;
  }

  /** x_t and x_{t−1} of the step at the current position: the clouds before and after a sampling step; at the data, those of the last step. */
  get step(): { from: Frame | null; to: Frame | null } {
    if (this.frames[0]?.t === -1) {
      const start = Math.max(1, this.position);
      return { from: this.frames[start] ?? null, to: this.frames[start - 1] ?? null };
    }
    const start = Math.max(0, this.current?.t === -1 ? this.position - 1 : this.position);
    return { from: this.frames[start] ?? null, to: this.frames[start + 1] ?? null };
  }

  get last(): Frame | null {
    return this.frames.at(-1) ?? null;
  }

  get index(): number {
    return this.position;
  }

  /** The last position. */
  get end(): number {
    return this.frames.length > 0 ? this.frames.length - 1 : this.T;
  }

  /** The last position that the whole run will have, by the stride of the frames so far: the length of the scrubber. */
  get span(): number {
    const last = this.frames.at(-1);
    if (!last || last.index >= last.total) return this.end;
    const stride = Math.max(1, last.index / Math.max(1, this.end));
    return Math.max(this.end, Math.ceil(last.total / stride));
  }

  /** The paper's t of the current frame, or of the position where there are no frames. */
  get t(): number {
    return this.current ? this.current.t + 1 : this.T - this.position;
  }

  /** Where one point stood in each frame up to the current one: x and y interleaved. */
  path(point: number): Float32Array {
    return this.current ? this.pathUntil(point, this.current) : new Float32Array();
  }

  /** The same up to a frame of this player. */
  pathUntil(point: number, frame: Frame): Float32Array {
    const out = new Float32Array(2 * (this.frames.indexOf(frame) + 1));
    for (let i = 0; 2 * i < out.length; i++) out.set(this.frames[i].points.subarray(2 * point, 2 * point + 2), 2 * i);
    return out;
  }

  /** The frame whose t is nearest; null before there are frames. */
  frameAt(t: number): Frame | null {
    return this.frames.reduce<Frame | null>((best, frame) => (best && Math.abs(best.t + 1 - t) <= Math.abs(frame.t + 1 - t) ? best : frame), null);
  }

  /** Moves to a frame, clamped into range. */
  seek(position: number): void {
    this.position = Math.min(this.end, Math.max(0, Math.round(position)));
    this.follows = this.frames.length === 0 || this.position === this.end;
  }

  /** A share of the way, 0 the noise and 1 the sample: what replay asks for. */
  seekShare(share: number): void {
    this.seek(share * this.end);
  }

  /** The frame whose t is nearest to the one asked for: what a click on the schedule plot asks for. */
  seekTime(t: number): void {
    if (this.frames.length === 0) return this.seek(this.T - t);
    this.seek(this.frames.indexOf(this.frameAt(t)!));
  }
}

/** What a screen reader says for the scrubber. */
export function spokenTime(time: number, T: number): string {
  return t('t = {0} of {1}', time, T);
}
