/** The sheet to draw on: pen, eraser, keys. It knows strokes; what they become is for others. */
import { h } from '../../../ui/dom';
import type { Theme } from '../../../ui/theme';
import type { Stroke } from './strokes';

const STEP = 1 / 28;

export class Ink {
  readonly element: HTMLElement;
  private readonly canvas = h('canvas');
  private strokes: Stroke[] = [];
  private current: { pointer: number | null; stroke: Stroke } | null = null;
  private pen = { x: 0.5, y: 0.5, shown: false };
  private theme: Theme | null = null;
  private under: HTMLCanvasElement | null = null;
  erases = false;

  constructor(label: string, private readonly changed: () => void) {
    this.element = h('div', { class: 'vae-ink', tabindex: 0, role: 'application', 'aria-label': label }, this.canvas);
    new ResizeObserver(() => this.draw()).observe(this.element);
    this.element.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || this.current) return;
      this.element.setPointerCapture(event.pointerId);
      this.begin(event.pointerId, ...this.place(event));
    });
    this.element.addEventListener('pointermove', (event) => {
      if (this.current?.pointer !== event.pointerId) return;
      const events = event.getCoalescedEvents();
      for (const one of events.length > 0 ? events : [event]) this.current.stroke.path.push(...this.place(one));
      this.tell();
    });
    for (const name of ['pointerup', 'pointercancel'] as const) this.element.addEventListener(name, (event) => {
      if (this.current?.pointer === event.pointerId) this.current = null;
    });
    this.element.addEventListener('keydown', (event) => this.key(event));
    this.element.addEventListener('blur', () => {
      this.pen.shown = false;
      if (this.current?.pointer === null) this.current = null;
      this.draw();
    });
  }

  get drawn(): readonly Stroke[] {
    return this.strokes;
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.draw();
  }

  /** An image that is drawn over; null for an empty sheet. Strokes are gone. */
  start(under: HTMLCanvasElement | null): void {
    this.under = under;
    this.strokes = [];
    this.current = null;
    this.tell();
  }

  undo(): void {
    this.strokes.pop();
    this.current = null;
    this.tell();
  }

  private place = (event: MouseEvent): [number, number] => {
    const box = this.element.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };

  private begin(pointer: number | null, x: number, y: number): void {
    this.current = { pointer, stroke: { path: [x, y], erases: this.erases } };
    this.strokes.push(this.current.stroke);
    this.tell();
  }

  private key(event: KeyboardEvent): void {
    const moves: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const move = moves[event.key];
    if (event.key === 'z' && (event.ctrlKey || event.metaKey)) this.undo();
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (move) {
      this.pen = { x: clamp(this.pen.x + move[0] * STEP), y: clamp(this.pen.y + move[1] * STEP), shown: true };
      if (this.current?.pointer === null) {
        this.current.stroke.path.push(this.pen.x, this.pen.y);
        this.tell();
      } else this.draw();
    } else if (event.key === ' ' || event.key === 'Enter') {
      // Down and up again.
      this.pen.shown = true;
      if (this.current?.pointer === null) this.current = null;
      else this.begin(null, this.pen.x, this.pen.y);
      this.draw();
    } else if (event.key === 'Backspace' || event.key === 'Delete') this.undo();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private tell(): void {
    this.draw();
    this.changed();
  }

  private draw(): void {
    const { canvas, element, theme } = this;
    const side = Math.round(element.clientWidth * devicePixelRatio);
    if (side < 10 || !theme) return;
    canvas.width = side;
    canvas.height = Math.round(element.clientHeight * devicePixelRatio);
    const g = canvas.getContext('2d')!;
    g.imageSmoothingEnabled = false;
    if (this.under) g.drawImage(this.under, 0, 0, canvas.width, canvas.height);
    g.lineCap = 'round';
    g.lineJoin = 'round';
    for (const { path, erases } of this.strokes) {
      g.strokeStyle = erases ? '#000' : '#fff';
      g.lineWidth = side * (erases ? 0.13 : 0.08);
      g.beginPath();
      g.moveTo(path[0] * side, path[1] * canvas.height);
      for (let i = 2; i < path.length; i += 2) g.lineTo(path[i] * side, path[i + 1] * canvas.height);
      if (path.length === 2) g.lineTo(path[0] * side + 0.01, path[1] * canvas.height);
      g.stroke();
    }
    if (!this.pen.shown) return;
    const down = this.current?.pointer === null;
    g.strokeStyle = '#ffb000';
    g.lineWidth = 2 * devicePixelRatio;
    g.beginPath();
    g.arc(this.pen.x * side, this.pen.y * canvas.height, side * (down ? 0.03 : 0.05), 0, 2 * Math.PI);
    g.stroke();
  }
}

const clamp = (value: number): number => Math.max(0.02, Math.min(0.98, value));
