/**
 * The gradient of every weight as a sum over the examples of (what went in) × (delta of what came out). A lane takes 8 rows and 8 units of one
 * layer's matrix: 16 numbers are loaded an example for 64 multiply-adds.
 */
import { FEATURES, type MlpShape } from '../shape';
import { GROUP, type Program } from './run';
import { each } from './tile';

/** vec4 of x, features and 1: the inputs beside the layer before. They are all rows of layer 0, and all but x the last rows of every other layer. */
export const AUX = (2 + FEATURES + 1) / 4;

const LANES = 32;
const xyzw = ['x', 'y', 'z', 'w'];

/** Lanes of a layer side by side, and its pairs of four rows: of AUX alone, and of the layer before. */
const split = ({ hidden }: MlpShape) => ({ across: Math.ceil(hidden / 8), auxPairs: Math.ceil(AUX / 2), pairs: Math.ceil(hidden / 8) });

export function sumGroups(shape: MlpShape): number {
  const { across, auxPairs, pairs } = split(shape);
  return Math.ceil((across * auxPairs + (shape.layers - 1) * across * (pairs + auxPairs) + pairs + 1) / LANES);
}

function code(shape: MlpShape): string {
  const { hidden, layers } = shape;
  const { across, auxPairs, pairs } = split(shape);
  return /* wgsl */ `
struct Uniforms { padded: u32 }
@group(0) @binding(0) var<uniform> u: Uniforms;
@group(0) @binding(1) var<storage, read> trace: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> gradient: array<vec2f>;
const HIDDEN = ${hidden}u;
const LAYERS = ${layers}u;
const COLUMNS = ${hidden / 4}u;
const AUX = ${AUX}u;
const ACROSS = ${across}u;
const PAIRS = ${pairs}u;
const AUX_PAIRS = ${auxPairs}u;
const LAYER_LANES = ACROSS * (PAIRS + AUX_PAIRS);

fn activations(layer: u32) -> u32 { return u.padded * (AUX + 1u + layer * COLUMNS); }
fn deltas(layer: u32) -> u32 { return activations(LAYERS + layer); }

/** Writes a row's four gradients of one column; \`row\` counts from the layer's first, \`layer\` LAYERS is the last. */
fn write(layer: u32, row: u32, column: u32, values: vec4f) {
  if (layer == LAYERS) {
    gradient[${(20 + (layers - 1) * (hidden + 18)) * hidden / 2}u + row] = values.xy;
    return;
  }
  let start = select(20u * HIDDEN + (layer - 1u) * (HIDDEN + 18u) * HIDDEN, 0u, layer == 0u);
  let at = (start + row * HIDDEN) / 2u + 2u * column;
  gradient[at] = values.xy;
  gradient[at + 1u] = values.zw;
}

@compute @workgroup_size(${LANES})
fn main(${GROUP.parameters}) {
  var i = ${GROUP.number} * ${LANES}u + lane;
  // Which layer, which pair of row blocks, which pair of columns.
  var layer = 0u;
  var pair = 0u;
  var column = 0u;
  if (i < ACROSS * AUX_PAIRS) {
    pair = PAIRS + i / ACROSS;
    column = i % ACROSS;
  } else {
    i -= ACROSS * AUX_PAIRS;
    if (i < (LAYERS - 1u) * LAYER_LANES) {
      layer = 1u + i / LAYER_LANES;
      pair = (i % LAYER_LANES) / ACROSS;
      column = i % ACROSS;
    } else {
      layer = LAYERS;
      pair = i - (LAYERS - 1u) * LAYER_LANES;
      if (pair > PAIRS) { return; }
      // Only the 1 of AUX: the bias.
      if (pair == PAIRS) { pair += AUX_PAIRS - 1u; }
    }
  }
  let isAux = pair >= PAIRS;
  let blocks = select(COLUMNS, AUX, isAux);
  let block0 = select(pair, pair - PAIRS, isAux) * 2u;
  let block1 = min(block0 + 1u, blocks - 1u);
  let left = select(activations(layer - 1u), 0u, isAux);
  let rightStride = select(COLUMNS, 1u, layer == LAYERS);
  let right = select(deltas(layer), u.padded * AUX, layer == LAYERS);
  let column0 = select(2u * column, 0u, layer == LAYERS);
  let column1 = min(column0 + 1u, rightStride - 1u);
${each(8, (r) => each(2, (c) => `  var s${r}_${c} = vec4f();`))}
  for (var example = 0u; example < u.padded; example++) {
    let a0 = trace[left + example * blocks + block0];
    let a1 = trace[left + example * blocks + block1];
    let d0 = trace[right + example * rightStride + column0];
    let d1 = trace[right + example * rightStride + column1];
${each(8, (r) => each(2, (c) => `    s${r}_${c} += a${r >> 2}.${xyzw[r & 3]} * d${c};`))}
  }
  // AUX begins with x, which is a row of layer 0 alone; after it come the rows behind the kernel's.
  let inputs = select(HIDDEN, 2u, layer == 0u);
${each(8, (r) => `  {
    let inside = 4u * block${r >> 2} + ${r & 3}u;
    var row = inside;
    var wanted = ${r < 4 ? 'true' : 'block1 != block0'};
    if (isAux) {
      row = inputs + inside - 2u;
      wanted = wanted && (layer == 0u || inside >= 2u);
      if (layer == LAYERS) {
        row = HIDDEN;
        wanted = wanted && inside == 4u * AUX - 1u;
      }
    }
    if (wanted) {
      write(layer, row, column0, s${r}_0);
      if (column1 != column0) { write(layer, row, column1, s${r}_1); }
    }
  }`)}
}`;
}

export const sumProgram = (shape: MlpShape): Program => ({ key: `sums ${shape.hidden}×${shape.layers}`, code: () => code(shape) });
