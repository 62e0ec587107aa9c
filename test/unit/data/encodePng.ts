/** A PNG encoder for tests: every colour type, depth, filter and interlace, from samples as they stand in the file. */
import { deflateSync } from 'node:zlib';

export interface PngSource {
  width: number;
  height: number;
  depth: number;
  /** 0 grey, 2 colour, 3 palette, 4 grey and opacity, 6 colour and opacity. */
  colour: number;
  interlaced: boolean;
  /** [height, width, channels], each below 2^depth. */
  samples: readonly number[];
  /** Of row r of the file. */
  filter(row: number): number;
  palette?: Uint8Array;
  transparency?: Uint8Array;
  /** Bytes of one IDAT chunk. */
  chunkBytes?: number;
}

export const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

const STARTS_AND_STEPS = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];

/** By its definition: the remainder of a division of polynomials, a bit at a time. */
function crc(bytes: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const byte of bytes) for (let bit = 0; bit < 8; bit++) {
    const out = (remainder ^ (byte >> bit)) & 1;
    remainder = (remainder >>> 1) ^ (out ? 0xedb88320 : 0);
  }
  return ~remainder >>> 0;
}

export function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, check]);
}

export const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

export function headerChunk({ width, height, depth, colour, interlaced }: Pick<PngSource, 'width' | 'height' | 'depth' | 'colour' | 'interlaced'>): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, interlaced ? 1 : 0], 8);
  return chunk('IHDR', header);
}

export function encodePng(source: PngSource): Buffer {
  const packed = deflateSync(imageData(source));
  const size = source.chunkBytes ?? packed.length;
  const parts = Array.from({ length: Math.ceil(packed.length / size) }, (_, i) => chunk('IDAT', packed.subarray(i * size, (i + 1) * size)));
  return Buffer.concat([
    SIGNATURE, headerChunk(source), ...(source.palette ? [chunk('PLTE', source.palette)] : []), ...(source.transparency ? [chunk('tRNS', source.transparency)] : []),
    ...parts, chunk('tEXt', Buffer.from('Comment\0made for a test')), chunk('IEND', new Uint8Array()),
  ]);
}

/** Filtered rows of all passes, before they are packed. */
export function imageData({ width, height, depth, colour, interlaced, samples, filter }: PngSource): Buffer {
  const channels = CHANNELS[colour];
  const rows: Buffer[] = [];
  let row = 0;
  for (const [x0, y0, dx, dy] of interlaced ? STARTS_AND_STEPS : [[0, 0, 1, 1]]) {
    let above: Buffer | null = null;
    for (let y = y0; y < height && x0 < width; y += dy) {
      let bits = '';
      for (let x = x0; x < width; x += dx) for (let c = 0; c < channels; c++) bits += samples[(y * width + x) * channels + c].toString(2).padStart(depth, '0');
      const raw = Buffer.from((bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
      rows.push(filtered(raw, above, Math.max(1, (depth * channels) / 8), filter(row++)));
      above = raw;
    }
  }
  return Buffer.concat(rows);
}

function filtered(raw: Buffer, above: Buffer | null, step: number, filter: number): Buffer {
  const out = Buffer.alloc(raw.length + 1);
  out[0] = filter;
  raw.forEach((value, i) => {
    const a = i < step ? 0 : raw[i - step];
    const b = above?.[i] ?? 0;
    const c = i < step ? 0 : (above?.[i - step] ?? 0);
    const nearest = [a, b, c].reduce((best, candidate) => (Math.abs(a + b - c - candidate) < Math.abs(a + b - c - best) ? candidate : best), a);
    out[i + 1] = value - [0, a, b, Math.floor((a + b) / 2), nearest][filter];
  });
  return out;
}
