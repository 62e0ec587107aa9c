/** The cloud of the latent map, drawn once to a canvas larger than what is seen, which is moved while one pans. */
import { h } from '../../../ui/dom';
import type { Theme } from '../../../ui/theme';
import { labelColours, signOf, wantsSigns } from './labels';
import { fontOf } from './sheet';
import { toScreen, type Viewport } from './viewport';

export interface Cloud {
  xy: Float32Array;
  labels: Uint8Array | null;
  /** Only these stand out; null: all do. */
  only: ReadonlySet<number> | null;
}

/** How far the drawn canvas reaches beyond the seen one, as a share of it, on each side. */
const MARGIN = 0.5;
/** A cloud drawn at another zoom may be stretched so far until it is drawn anew. */
const STRETCH = 1.0001;

export class Scatter {
  private readonly canvas = h('canvas');
  private drawn: Viewport | null = null;

  /** What is drawn is old. */
  forget(): void {
    this.drawn = null;
  }

  /** Puts the cloud where it belongs; draws it anew where what is drawn does not reach, or when `exact` is wanted at another zoom. */
  paint(g: CanvasRenderingContext2D, view: Viewport, theme: Theme, cloud: Cloud, exact: boolean): void {
    if (!this.drawn || !this.covers(view) || (exact && !this.isExact(view))) this.redraw(view, theme, cloud);
    const { drawn, canvas } = this;
    const ratio = devicePixelRatio;
    const stretch = view.scale / drawn!.scale;
    const [left, top] = toScreen(view, drawn!.x, drawn!.y);
    const [width, height] = [canvas.width * stretch, canvas.height * stretch];
    g.drawImage(canvas, Math.round(left * ratio - width / 2), Math.round(top * ratio - height / 2), width, height);
  }

  private isExact = (view: Viewport): boolean => Math.abs(Math.log(view.scale / this.drawn!.scale)) < Math.log(STRETCH);

  private covers(view: Viewport): boolean {
    const drawn = this.drawn!;
    if (drawn.width !== view.width || drawn.height !== view.height) return false;
    const reach = (side: number, moved: number) => Math.abs(moved) + side / view.scale / 2 <= ((1 + 2 * MARGIN) * side) / drawn.scale / 2;
    const stretch = view.scale / drawn.scale;
    return stretch < 4 && stretch > 0.25 && reach(view.width, view.x - drawn.x) && reach(view.height, view.y - drawn.y);
  }

  private redraw(view: Viewport, theme: Theme, cloud: Cloud): void {
    const { canvas } = this;
    const ratio = devicePixelRatio;
    const wide = { ...view, width: view.width * (1 + 2 * MARGIN), height: view.height * (1 + 2 * MARGIN) };
    canvas.width = Math.round(wide.width * ratio);
    canvas.height = Math.round(wide.height * ratio);
    const g = canvas.getContext('2d')!;
    const stamps = stampsOf(theme, cloud);
    const { xy, labels, only } = cloud;
    // What stands back first.
    for (const front of only ? [false, true] : [true]) {
      g.globalAlpha = front ? (wantsSigns(theme) ? 1 : 0.8) : 0.12;
      for (let i = 0; 2 * i + 1 < xy.length; i++) {
        const label = labels ? labels[i] : 0;
        if (only && only.has(label) !== front) continue;
        const stamp = stamps.get(label)!;
        const [x, y] = toScreen(wide, xy[2 * i], xy[2 * i + 1]);
        g.drawImage(stamp, Math.round(x * ratio - stamp.width / 2), Math.round(y * ratio - stamp.height / 2));
      }
    }
    this.drawn = view;
  }
}

/** One drawing a label: a dot, or in high contrast its sign. */
function stampsOf(theme: Theme, { labels, xy }: Cloud): Map<number, HTMLCanvasElement> {
  const ratio = devicePixelRatio;
  const colours = labelColours(theme);
  const signs = labels !== null && wantsSigns(theme);
  const radius = (xy.length > 2000 ? 2 : 2.8) * ratio;
  const side = Math.ceil(signs ? 11 * ratio : 2 * radius + 2);
  const stamps = new Map<number, HTMLCanvasElement>();
  for (const label of new Set(labels ?? [0])) {
    const canvas = h('canvas', { width: side, height: side });
    const g = canvas.getContext('2d')!;
    g.fillStyle = colours[label % colours.length];
    if (signs) {
      g.font = fontOf(10);
      g.textAlign = 'center';
      g.textBaseline = 'middle';
      g.fillText(signOf(label), side / 2, side / 2);
    } else {
      g.beginPath();
      g.arc(side / 2, side / 2, radius, 0, 2 * Math.PI);
      g.fill();
    }
    stamps.set(label, canvas);
  }
  return stamps;
}
