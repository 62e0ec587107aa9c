// node scripts/build-images.mjs
// The parts of MNIST and Fashion-MNIST that ship: as many images of each label, chosen by a seed out of the whole sets, as IDX, packed. Its output is committed.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { fullImages } from './lib/full-images.mjs';
import { SetupError } from './lib/install.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const out = path.join(root, 'webview/experiments/vae/data');
const SEED = 1;
const LABELS = 10;
/** Together below 1 MB; clothes have more shades than digits and pack half as well. */
const COUNTS = { mnist: { train: 2000, test: 500 }, 'fashion-mnist': { train: 1000, test: 250 } };
const SIDE = 28;

/** The generator of Marsaglia's xorshift32: enough for a choice, and the same everywhere. */
function shuffled(count, seed) {
  let state = seed;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** The first of a shuffled order that fill up every label, in that order: a beginning of the part is mixed, too. */
function stratified(labels, count) {
  const left = new Array(LABELS).fill(count / LABELS);
  return shuffled(labels.length, SEED).filter((i) => left[labels[i]]-- > 0);
}

function idx(shape, data) {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header[2] = 8;
  header[3] = shape.length;
  shape.forEach((length, axis) => header.writeUInt32BE(length, 4 + 4 * axis));
  return Buffer.concat([header, data]);
}

function pack(bytes) {
  // The level that packs images best is not the highest for all; the smallest is kept.
  const made = [constants.Z_DEFAULT_STRATEGY, constants.Z_FILTERED].map((strategy) => gzipSync(bytes, { level: 9, memLevel: 9, strategy }));
  const smallest = made.reduce((a, b) => (b.length < a.length ? b : a));
  // The byte that names the system: unknown, so that all make the same file.
  smallest[9] = 255;
  return smallest;
}

async function read(file, axes) {
  const bytes = await readFile(file);
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).subarray(4 + 4 * axes);
}

try {
  await mkdir(out, { recursive: true });
  let total = 0;
  for (const [id, counts] of Object.entries(COUNTS)) {
    const paths = await fullImages(root, id);
    for (const [part, count] of Object.entries(counts)) {
      const [images, labels] = [await read(paths[`${part}-images`], 3), await read(paths[`${part}-labels`], 1)];
      const chosen = stratified(labels, count);
      const size = SIDE * SIDE;
      const files = {
        [`${id}-${part}-images.idx.gz`]: pack(idx([count, SIDE, SIDE], Buffer.concat(chosen.map((i) => images.subarray(i * size, (i + 1) * size))))),
        [`${id}-${part}-labels.idx.gz`]: pack(idx([count], Buffer.from(chosen.map((i) => labels[i])))),
      };
      for (const [name, bytes] of Object.entries(files)) {
        await writeFile(path.join(out, name), bytes);
        total += bytes.length;
        console.log(`${name}: ${bytes.length.toLocaleString('en-US')} bytes`);
      }
    }
  }
  console.log(`together ${total.toLocaleString('en-US')} bytes`);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
