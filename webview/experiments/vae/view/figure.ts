/** One example with a caption: an image at a whole factor, or a point in the plane of the data. Its frame has one size, whatever it shows. */
import type { Examples } from '../../../../core/math/examples';
import { h, setHidden, setText } from '../../../ui/dom';
import type { Theme } from '../../../ui/theme';
import { topOf, toRgba } from './pixels';
import { PointPlane } from './pointplane';

export class ExampleFigure {
  readonly element: HTMLElement;
  private readonly canvas = h('canvas', { class: 'vae-pixels', role: 'img' });
  private readonly plane: PointPlane;
  private readonly frame: HTMLElement;
  private readonly caption = h('figcaption');
  private readonly note = h('div', { class: 'vae-numbers' });
  private shown: { examples: Examples; values: ArrayLike<number>; index: number } | null = null;

  constructor(private readonly label: string) {
    this.plane = new PointPlane(label);
    this.plane.element.hidden = true;
    this.frame = h('div', { class: 'vae-frame' }, this.canvas, this.plane.element);
    setText(this.caption, label);
    this.element = h('figure', { class: 'vae-figure' }, this.caption, this.frame, this.note);
    new ResizeObserver(() => this.fit()).observe(this.frame);
  }

  setTheme(theme: Theme): void {
    this.plane.setTheme(theme);
  }

  /** @param values [n, size], of which the one at `index` is shown; null clears. `examples` say what kind it is. */
  set(examples: Examples, values: ArrayLike<number> | null, index = 0): void {
    setHidden(this.canvas, values === null || examples.image === null);
    setHidden(this.plane.element, examples.image !== null);
    this.shown = values ? { examples, values, index } : null;
    if (examples.image === null) {
      const point = values ? [values[2 * index], values[2 * index + 1]] : [];
      this.plane.set(examples.values, [{ kind: 'dots', xy: examples.values, tone: 'data', size: 1, faint: true }, { kind: 'dots', xy: point, tone: 'model', size: 4 }]);
      return;
    }
    if (!values) return;
    const { width, height } = examples.image;
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    const pixels = new ImageData(width, height);
    toRgba(values, index, examples.image, pixels.data);
    this.canvas.getContext('2d')!.putImageData(pixels, 0, 0);
    this.canvas.setAttribute('aria-label', this.label);
    this.fit();
  }

  say(caption: string, note = ''): void {
    setText(this.caption, caption);
    setText(this.note, note);
  }

  /** Whole device pixels. */
  private fit(): void {
    const image = this.shown?.examples.image;
    const [width, height, ratio] = [this.frame.clientWidth, this.frame.clientHeight, devicePixelRatio];
    if (!image || width === 0) return;
    const exact = Math.min((width * ratio) / image.width, (height * ratio) / image.height);
    const factor = exact >= 1 ? Math.floor(exact) : exact;
    this.canvas.style.width = `${(factor * image.width) / ratio}px`;
    this.canvas.style.height = `${(factor * image.height) / ratio}px`;
  }
}

/** One example as floats in 0 … 1 (points as they are), for the encoder. */
export function exampleValues({ values, size }: Examples, index: number): Float32Array {
  const top = values instanceof Uint8Array ? topOf(values) : 1;
  return Float32Array.from({ length: size }, (_, i) => values[index * size + i] / top);
}
