/**
 * How a workgroup computes a layer, and the WGSL for it.
 *
 * A workgroup holds the activations of a tile of points in its memory, `tile[unit · QUADS + quad]`: a vec4 is one unit at four points. Each lane
 * owns the sums of 8 units (two columns of four) at 4 or 8 points, in registers `s<unit>_<quad>`: 8 + 8 numbers are loaded for 64 multiply-adds. Lanes next to each
 * other own columns next to each other, so weights are read in one run; lanes of one column read the same weights.
 */
import { FEATURES, type MlpShape } from '../shape';

export interface Tile {
  hidden: number;
  layers: number;
  /** Points of a workgroup: 4 × quads. */
  points: number;
  quads: number;
  /** Quads of a lane, 1 or 2. */
  depth: number;
  /** Columns of four units in a layer. */
  columns: number;
  /** Lanes side by side; lane column c owns the columns c and c + laneColumns. */
  laneColumns: number;
  lanes: number;
}

/** Even the least device has 16 KB of memory a workgroup. */
export const TILE_FLOATS = 4096;

/** The tile that holds at most `floats` activations and `most` points. */
export function tileOf({ hidden, layers }: MlpShape, floats: number, most: number): Tile {
  const points = Math.max(4, Math.min(most, 2 ** Math.floor(Math.log2(floats / hidden))));
  const quads = points / 4;
  const depth = Math.min(2, quads);
  const columns = hidden / 4;
  const laneColumns = Math.ceil(columns / 2);
  return { hidden, layers, points, quads, depth, columns, laneColumns, lanes: (laneColumns * quads) / depth };
}

/** Columns in the one array of parameters before layer k ≥ 1, and in each such layer. The first has 2 + FEATURES + 1 rows. */
const AUX_ROWS = 2 + FEATURES + 1;

export const each = (count: number, line: (i: number) => string): string => Array.from({ length: count }, (_, i) => line(i)).join('\n');

const UNITS = 8;
const lane = 'xyzw';

/** The column (0 or 1 of the lane's two) and the component of the lane's unit j. */
export const unit = (j: number): { half: number; component: string } => ({ half: j >> 2, component: lane[j & 3] });

/** Constants and helpers that all programs on a tile share. `parameters` must be bound as array<vec2f> (the row of an odd number has no 16-byte boundary), `u.row` its row. */
export function tileCode({ hidden, layers, columns, laneColumns, points, quads, depth }: Tile): string {
  const size = AUX_ROWS * columns + (layers - 1) * (hidden + FEATURES + 1) * columns;
  return /* wgsl */ `
const HIDDEN = ${hidden}u;
const LAYERS = ${layers}u;
const COLUMNS = ${columns}u;
const LANE_COLUMNS = ${laneColumns}u;
const POINTS = ${points}u;
const QUADS = ${quads}u;
const DEPTH = ${depth}u;
const FEATURES = ${FEATURES}u;
/** Where the last layer begins, in vec4. */
const OUT = ${size}u;
/** Parameters of a row, in vec2. */
const ROW = ${2 * size + hidden + 1}u;

/** Where layer k begins, in vec4: kernel, condition and bias are one matrix of COLUMNS vec4 a row. */
fn layerStart(layer: u32) -> u32 {
  return select(${AUX_ROWS}u * COLUMNS + (layer - 1u) * (HIDDEN + FEATURES + 1u) * COLUMNS, 0u, layer == 0u);
}

/** Four parameters from number 4·i on. */
fn parameter4(i: u32) -> vec4f {
  let at = u.row * ROW + 2u * i;
  return vec4f(parameters[at], parameters[at + 1u]);
}

fn sigmoid(a: vec4f) -> vec4f {
  // Bounded, so that no lane divides by infinity.
  return 1.0 / (1.0 + exp(-max(a, vec4f(-80.0))));
}`;
}

export const Tiles = (tile: Tile) => {
  const sums = (line: (j: number, q: number) => string) => each(UNITS, (j) => each(tile.depth, (q) => line(j, q)));
  return {
    sums,
    /** The place of this lane and its registers. The second column of the last lane may lie outside; it then repeats the last one and \`both\` is false. */
    place: /* wgsl */ `
  let column0 = lane % LANE_COLUMNS;
  let both = column0 + LANE_COLUMNS < COLUMNS;
  let column1 = select(column0, column0 + LANE_COLUMNS, both);
  let quad = (lane / LANE_COLUMNS) * DEPTH;
${sums((j, q) => `  var s${j}_${q} = vec4f();`)}`,
    /** s += Σ over \`rows\` rows: the row's activations from \`source\` times its weights, from vec4 \`start\` of the parameters on. */
    multiply: (source: string, firstRow: string, rows: string, start: string): string => /* wgsl */ `
  for (var k = 0u; k < ${rows}; k++) {
${each(tile.depth, (q) => `    let h${q} = ${source}[(${firstRow} + k) * QUADS + quad + ${q}u];`)}
    let weights = ${start} + k * COLUMNS;
    let w0 = parameter4(weights + column0);
    let w1 = parameter4(weights + column1);
${sums((j, q) => `    s${j}_${q} += w${unit(j).half}.${unit(j).component} * h${q};`)}
  }`,
    /** Writes the registers into \`tile\`, between barriers: before the first, others may still read it. */
    share: /* wgsl */ `
    workgroupBarrier();
${each(4, (j) => each(tile.depth, (q) => `    tile[(4u * column0 + ${j}u) * QUADS + quad + ${q}u] = s${j}_${q};`))}
    if (both) {
${each(4, (j) => each(tile.depth, (q) => `      tile[(4u * column1 + ${j}u) * QUADS + quad + ${q}u] = s${j + 4}_${q};`))}
    }
    workgroupBarrier();`,
    /**
     * The last layer from the activations in the registers: each lane's part of both outputs goes into \`tile\`, and \`outputs\` sums the parts
     * in a fixed order.
     */
    shareOutputs: /* wgsl */ `
${each(UNITS, (j) => `  let o${j} = parameters[u.row * ROW + 2u * OUT + 4u * column${unit(j).half} + ${j & 3}u];`)}
  workgroupBarrier();
${each(tile.depth, (q) => each(2, (axis) => {
    const part = (from: number) => [0, 1, 2, 3].map((j) => `o${from + j}.${lane[axis]} * s${from + j}_${q}`).join(' + ');
    return `  tile[(2u * column0 + ${axis}u) * QUADS + quad + ${q}u] = ${part(0)} + select(vec4f(), ${part(4)}, both);`;
  }))}
  workgroupBarrier();`,
  };
};
