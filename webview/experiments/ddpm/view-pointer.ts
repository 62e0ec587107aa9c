/** The pointer over the picture: choosing points, drawing new ones, and what lies beneath it. Speaks data units only. */
import { ERASER_RADIUS, Spray } from './view-strokes';

/** `pick`: a click chooses the nearest point. `draw` and `erase`: strokes add points or take them away. */
export type PointerMode = 'pick' | 'draw' | 'erase';

/** One piece of a stroke. */
export type DrawEvent =
  | { kind: 'add'; points: Float32Array }
  | { kind: 'erase'; x: number; y: number; radius: number };

export interface PointerHost {
  toData(clientX: number, clientY: number): { x: number; y: number };
  /** Null when the pointer has left. */
  moved(at: { x: number; y: number } | null): void;
  pressed(at: { x: number; y: number }, coarse: boolean): void;
  drew(event: DrawEvent): void;
}

export class PointerHandler {
  private mode: PointerMode = 'pick';
  private spray = new Spray(0);
  private stroke: { pointer: number; x: number; y: number } | null = null;

  constructor(private readonly element: HTMLElement, private readonly host: PointerHost) {
    element.addEventListener('pointerdown', (event) => this.down(event));
    element.addEventListener('pointermove', (event) => this.move(event));
    for (const name of ['pointerup', 'pointercancel'] as const) element.addEventListener(name, (event) => this.up(event));
    element.addEventListener('pointerleave', () => host.moved(null));
    element.addEventListener('click', (event) => {
      if (this.mode === 'pick') host.pressed(host.toData(event.clientX, event.clientY), (event as PointerEvent).pointerType === 'touch');
    });
  }

  /** With a seed the spray begins anew: the same seed and the same strokes give the same points. */
  setMode(mode: PointerMode, seed?: number): void {
    this.mode = mode;
    this.stroke = null;
    if (seed !== undefined) this.spray = new Spray(seed);
    // While drawing, a finger draws; otherwise it scrolls the page as everywhere.
    this.element.style.touchAction = mode === 'pick' ? '' : 'none';
  }

  private down(event: PointerEvent): void {
    if (this.mode === 'pick' || event.button !== 0 || this.stroke) return;
    event.preventDefault();
    this.element.setPointerCapture(event.pointerId);
    const { x, y } = this.host.toData(event.clientX, event.clientY);
    this.stroke = { pointer: event.pointerId, x, y };
    this.draw(x, y);
  }

  private move(event: PointerEvent): void {
    this.host.moved(this.host.toData(event.clientX, event.clientY));
    if (this.stroke?.pointer !== event.pointerId) return;
    // Fast strokes come as several positions in one event.
    const events = event.getCoalescedEvents();
    for (const { clientX, clientY } of events.length > 0 ? events : [event]) {
      const { x, y } = this.host.toData(clientX, clientY);
      this.draw(x, y);
    }
  }

  private up(event: PointerEvent): void {
    if (this.stroke?.pointer === event.pointerId) this.stroke = null;
  }

  private draw(x: number, y: number): void {
    const { stroke } = this;
    if (!stroke) return;
    if (this.mode === 'erase') this.host.drew({ kind: 'erase', x, y, radius: ERASER_RADIUS });
    else this.host.drew({ kind: 'add', points: this.spray.along(stroke.x, stroke.y, x, y) });
    stroke.x = x;
    stroke.y = y;
  }
}
