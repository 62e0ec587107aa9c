/** The vector parts of the picture: axes, level lines, arrows, trajectories, marks, key. Each paints on a context given to it. */
import { EXTENT, type Density } from './view-density';
import { arrowScale } from './view-field';
import { fieldCell, fieldGrid, ticks, toX, toY, type Viewport } from './view-geometry';
import type { CloudColours, CloudId, Field } from './view-scene';

type Context = CanvasRenderingContext2D;

const MIN_LABEL_GAP = 36;
/** Height of the row of labels along the bottom. */
const CORNER = 20;

/** Lines at whole numbers, the two axes a little stronger. */
export function paintGrid(context: Context, view: Viewport, { grid }: CloudColours): void {
  for (const value of ticks(view, view.width)) {
    const x = Math.round(toX(view, value)) + 0.5;
    line(context, x, 0, x, view.height, grid, value === 0 ? 2 : 1);
  }
  for (const value of ticks(view, view.height)) {
    const y = Math.round(toY(view, value)) + 0.5;
    line(context, 0, y, view.width, y, grid, value === 0 ? 2 : 1);
  }
}

/** Labels along the bottom and the left edge; the data are standardised, so the unit is their standard deviation. */
export function paintLabels(context: Context, view: Viewport, colours: CloudColours): void {
  context.font = `11px ${colours.font}`;
  context.fillStyle = colours.label;
  const every = view.scale < MIN_LABEL_GAP ? 2 : 1;
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  for (const value of ticks(view, view.width)) if (value % every === 0) context.fillText(signed(value), toX(view, value), view.height - 3);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const value of ticks(view, view.height)) {
    const y = toY(view, value);
    // The corner belongs to the label of the other axis.
    if (value % every === 0 && y < view.height - CORNER) context.fillText(signed(value), 5, y);
  }
}

/** Where the density's image lies in the picture. */
export function densityFrame(view: Viewport): { x: number; y: number; side: number } {
  return { x: toX(view, -EXTENT), y: toY(view, EXTENT), side: 2 * EXTENT * view.scale };
}

/** RGBA of the density, top row first, the colour's own opacity graded by `opacity` (0 … 1 a cell, bottom row first). */
export function densityPixels({ cells }: Density, opacity: Float32Array, [red, green, blue]: readonly [number, number, number], strength: number): Uint8ClampedArray<ArrayBuffer> {
  const data = new Uint8ClampedArray(4 * cells * cells);
  for (let row = 0, at = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++, at += 4) {
      data[at] = red;
      data[at + 1] = green;
      data[at + 2] = blue;
      data[at + 3] = 255 * strength * opacity[(cells - 1 - row) * cells + column];
    }
  }
  return data;
}

export function paintSegments(context: Context, view: Viewport, segments: Float32Array, colour: string, width: number, alpha: number): void {
  context.beginPath();
  for (let i = 0; i < segments.length; i += 4) {
    context.moveTo(toX(view, segments[i]), toY(view, segments[i + 1]));
    context.lineTo(toX(view, segments[i + 2]), toY(view, segments[i + 3]));
  }
  context.globalAlpha = alpha;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineCap = 'round';
  context.stroke();
  context.globalAlpha = 1;
}

/** Arrows of one opacity are one path: a frame with 600 of them stays a dozen canvas calls. */
const SHADES = 6;
/** The longest arrow fills this share of its cell. */
const FILL = 0.92;

/** Arrows lie centred on their points, so that none leaves its cell. */
export function paintField(context: Context, view: Viewport, field: Field, colours: CloudColours): void {
  const { reference } = arrowScale(field);
  if (reference === 0) return;
  const places = fieldGrid(field.columns, field.rows);
  const longest = FILL * view.scale * Math.min(...fieldCell(field.columns, field.rows));
  paintArrows(context, view, places, field.arrows, reference, longest, colours.fields[field.kind], field.secondary ? 3 : 1.5, colours);
  // Thin over thick: where the two agree, both are seen.
  if (field.secondary) paintArrows(context, view, places, field.secondary, reference, longest, colours.data, 1, colours);
}

function paintArrows(context: Context, view: Viewport, places: Float32Array, arrows: Float32Array, reference: number, longest: number, colour: string, width: number, { solid }: CloudColours): void {
  const shades: number[][] = Array.from({ length: SHADES }, () => []);
  for (let i = 0; i < arrows.length; i += 2) {
    const size = Math.hypot(arrows[i], arrows[i + 1]);
    if (!(size > 0 && size < Infinity)) continue;
    shades[Math.min(SHADES - 1, Math.floor((SHADES * size) / reference))].push(i);
  }
  context.strokeStyle = colour;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.lineWidth = width;
  shades.forEach((members, shade) => {
    context.globalAlpha = solid ? 1 : 0.4 + (0.6 * (shade + 1)) / SHADES;
    context.beginPath();
    for (const i of members) {
      const size = Math.hypot(arrows[i], arrows[i + 1]);
      const length = longest * Math.min(1, size / reference);
      // y grows downwards on the canvas.
      const [ux, uy] = [arrows[i] / size, -arrows[i + 1] / size];
      const [x, y] = [toX(view, places[i]), toY(view, places[i + 1])];
      const [tipX, tipY] = [x + (ux * length) / 2, y + (uy * length) / 2];
      const head = Math.min(6, 0.4 * length);
      context.moveTo(x - (ux * length) / 2, y - (uy * length) / 2);
      context.lineTo(tipX, tipY);
      context.moveTo(tipX - head * (ux - 0.55 * uy), tipY - head * (uy + 0.55 * ux));
      context.lineTo(tipX, tipY);
      context.lineTo(tipX - head * (ux + 0.55 * uy), tipY - head * (uy - 0.55 * ux));
    }
    context.stroke();
  });
  context.globalAlpha = 1;
}

/** A path is drawn in so many pieces, each fainter than the one after it. */
const PIECES = 10;

/** The way of one point so far; its head is a dot with a ring around it, which also marks the point as chosen. */
export function paintTrajectory(context: Context, view: Viewport, points: Float32Array, colour: string, { background, solid }: CloudColours): void {
  const last = points.length / 2 - 1;
  if (last < 0) return;
  const trace = (from: number, to: number) => {
    context.beginPath();
    context.moveTo(toX(view, points[2 * from]), toY(view, points[2 * from + 1]));
    for (let i = from + 1; i <= to; i++) context.lineTo(toX(view, points[2 * i]), toY(view, points[2 * i + 1]));
    context.stroke();
  };
  context.lineCap = 'butt';
  context.lineJoin = 'round';
  // A seam of the background's colour keeps the line apart from the cloud beneath it.
  context.strokeStyle = background;
  context.globalAlpha = 0.7;
  context.lineWidth = 4;
  trace(0, last);
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  for (let piece = 0; piece < PIECES; piece++) {
    const [from, to] = [Math.floor((piece * last) / PIECES), Math.floor(((piece + 1) * last) / PIECES)];
    context.globalAlpha = (solid ? 0.5 : 0.2) + ((solid ? 0.5 : 0.8) * (piece + 1)) / PIECES;
    if (to > from) trace(from, to);
  }
  context.globalAlpha = 1;
  const [x, y] = [toX(view, points[2 * last]), toY(view, points[2 * last + 1])];
  disc(context, x, y, 7.5, background);
  disc(context, x, y, 3, colour);
  ring(context, x, y, 6, colour, 1.5);
}

export function ring(context: Context, x: number, y: number, radius: number, colour: string, width: number): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.stroke();
}

function disc(context: Context, x: number, y: number, radius: number, colour: string): void {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

export interface KeyEntry {
  mark: CloudId | 'data' | 'field';
  text: string;
}

/** The key of an exported picture, in its upper right corner; on the page it is text beside the canvas. */
export function paintKey(context: Context, view: Viewport, entries: readonly KeyEntry[], colours: CloudColours, field: Field | null): void {
  if (entries.length === 0) return;
  context.font = `11px ${colours.font}`;
  const width = 26 + Math.max(...entries.map(({ text }) => context.measureText(text).width));
  const [left, top] = [view.width - width - 6, 6];
  context.fillStyle = colours.background;
  context.globalAlpha = 0.85;
  context.fillRect(left, top, width, 16 * entries.length + 6);
  context.globalAlpha = 1;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  entries.forEach(({ mark, text }, i) => {
    const [x, y] = [left + 11, top + 11 + 16 * i];
    const colour = mark === 'data' ? colours.data : mark === 'field' ? colours.fields[field?.kind ?? 'predicted'] : colours.clouds[mark];
    context.fillStyle = colour;
    if (mark === 'A') context.fillRect(x - 3.5, y - 3.5, 7, 7);
    else if (mark === 'B') ring(context, x, y, 3.5, colour, 1.5);
    else if (mark === 'forward') disc(context, x, y, 3.5, colour);
    else if (mark === 'field') line(context, x - 5, y, x + 5, y, colour, 2);
    else {
      context.globalAlpha = 0.4;
      context.fillRect(x - 4, y - 4, 8, 8);
      context.globalAlpha = 1;
    }
    context.fillStyle = colours.label;
    context.fillText(text, left + 21, y);
  });
}

function line(context: Context, x1: number, y1: number, x2: number, y2: number, colour: string, width: number): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

const signed = (value: number): string => String(value).replace('-', '−');
