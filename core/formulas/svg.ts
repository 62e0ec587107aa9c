/** Formulas as SVG pictures, for places that show images only: hovers and comment threads. Outlines of glyphs are kept once for all pictures. */

/** One formula, typeset. Lengths in ex of the surrounding text. */
export interface Picture {
  width: number;
  height: number;
  viewBox: string;
  /** What is drawn: `<use href="#key"/>` where a glyph stands, colours as {@link placeholder}s. */
  body: string;
}

/** Outline of each glyph by key. */
export type Glyphs = Readonly<Record<string, string>>;

/** Stands in TeX and in pictures for a colour of the palette until the theme is known. */
export const placeholder = (colour: number): string => `#00000${colour}`;
export const PLACEHOLDERS: readonly string[] = Array.from({ length: 8 }, (_, colour) => placeholder(colour));

export interface Look {
  /** Of all that is no symbol. */
  foreground: string;
  /** By symbol colour. */
  palette: readonly string[];
}

/** CSS pixels for one ex at VS Code's usual text size. */
const EX = 7.6;

/** A whole SVG document that needs nothing beside it. @throws RangeError for a glyph that is not known. */
export function svgOf({ width, height, viewBox, body }: Picture, glyphs: Glyphs, { foreground, palette }: Look): string {
  const keys = [...new Set([...body.matchAll(/href="#([^"]+)"/g)].map(([, key]) => key))];
  const outlines = keys.map((key) => {
    if (!(key in glyphs)) throw new RangeError(`No outline of the glyph ${key}.`);
    return `<path id="${key}" d="${glyphs[key]}"/>`;
  });
  const coloured = body.replaceAll(/#00000(\d)/g, (_, colour: string) => palette[Number(colour)]);
  const size = (ex: number): string => (ex * EX).toFixed(1);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size(width)}" height="${size(height)}" viewBox="${viewBox}" fill="${foreground}"><defs>${outlines.join('')}</defs>${coloured}</svg>`;
}

/** Base64 rather than percent signs: brackets and quotation marks would end the image in Markdown. */
export function svgUri(svg: string): string {
  const bytes = new TextEncoder().encode(svg);
  let binary = '';
  for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return `data:image/svg+xml;base64,${btoa(binary)}`;
}

/** CSS width of a picture. */
export const widthOf = ({ width }: Picture): number => Math.ceil(width * EX);
