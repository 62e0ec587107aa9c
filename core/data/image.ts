/** An image as the readers hand it on: bytes, rows from the top, channels last. */
export interface DecodedImage {
  /** The file, relative to the folder that was opened; of an array, with the index. */
  name: string;
  width: number;
  height: number;
  channels: 1 | 3;
  /** [height, width, channels]. */
  pixels: Uint8Array;
  /** It had transparent parts, which are shown on white. */
  transparent?: boolean;
  /** As the file has it, where it was reduced while it was read. */
  original?: { width: number; height: number };
}

/** Rec. 601 luma, in whole numbers as image libraries do it. */
export const luma = (red: number, green: number, blue: number): number => (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;

/** On white, as viewers show what is transparent. */
export const onWhite = (value: number, alpha: number): number => Math.floor((value * alpha + 255 * (255 - alpha) + 127) / 255);

/** Of colour whose three channels are the same everywhere nothing but grey is kept. */
export function withoutNeedlessColour(image: DecodedImage): DecodedImage {
  const { pixels, channels } = image;
  if (channels === 1) return image;
  for (let i = 0; i < pixels.length; i += 3) if (pixels[i] !== pixels[i + 1] || pixels[i] !== pixels[i + 2]) return image;
  return { ...image, channels: 1, pixels: pixels.filter((_, i) => i % 3 === 0) };
}

/** Four channels (the last of them opacity) → three. */
export function flattenAlpha(rgba: Uint8Array): { pixels: Uint8Array; transparent: boolean } {
  const pixels = new Uint8Array((rgba.length / 4) * 3);
  let transparent = false;
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    const alpha = rgba[from + 3];
    if (alpha !== 255) transparent = true;
    for (let c = 0; c < 3; c++) pixels[to + c] = alpha === 255 ? rgba[from + c] : onWhite(rgba[from + c], alpha);
  }
  return { pixels, transparent };
}
