/**
 * A sampling step, a·x + b·f(x) + c·z, in two dispatches: the biases of the layers at the step's noise level, which all points share, then everything else.
 * Nothing between x and the result leaves the workgroup.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type * as tf from '../../engine/tf';
import type { MlpAttrs, StepAttrs } from '../contract';
import type { MlpShape } from '../shape';
import { RANDOM } from './random';
import { GROUP, output, run, type Program } from './run';
import { each, TILE_FLOATS, tileCode, tileOf, Tiles, type Tile } from './tile';

const LANES = 64;
/** Narrow networks would fill a tile with more points than spread over a GPU. */
const MOST_POINTS = 128;

const stepTile = (shape: MlpShape): Tile => tileOf(shape, TILE_FLOATS, MOST_POINTS);

const biasProgram = (shape: MlpShape): Program => ({
  key: `bias ${shape.hidden}×${shape.layers}`,
  code: () => /* wgsl */ `
struct Uniforms { row: u32, featuresRow: u32 }
@group(0) @binding(0) var<uniform> u: Uniforms;
@group(0) @binding(1) var<storage, read> parameters: array<vec2f>;
@group(0) @binding(2) var<storage, read> features: array<f32>;
@group(0) @binding(3) var<storage, read_write> biases: array<vec4f>;
${tileCode(stepTile(shape))}
@compute @workgroup_size(${LANES})
fn main(${GROUP.parameters}) {
  let i = ${GROUP.number} * ${LANES}u + lane;
  if (i >= LAYERS * COLUMNS) { return; }
  let layer = i / COLUMNS;
  // The rows after the kernel's.
  let start = layerStart(layer) + select(HIDDEN, 2u, layer == 0u) * COLUMNS + i % COLUMNS;
  var sum = parameter4(start + FEATURES * COLUMNS);
  for (var k = 0u; k < FEATURES; k++) {
    sum += features[u.featuresRow * FEATURES + k] * parameter4(start + k * COLUMNS);
  }
  biases[i] = sum;
}`,
});

function stepCode(tile: Tile): string {
  const { sums, place, multiply, share, shareOutputs } = Tiles(tile);
  const fromBias = sums((j, q) => `    s${j}_${q} = vec4f(b${j >> 2}.${'xyzw'[j & 3]});`);
  const silu = sums((j, q) => `    s${j}_${q} *= sigmoid(s${j}_${q});`);
  return /* wgsl */ `
struct Uniforms { key: vec2u, stream: vec2u, row: u32, count: u32, firstPair: u32, a: f32, b: f32, c: f32 }
@group(0) @binding(0) var<uniform> u: Uniforms;
@group(0) @binding(1) var<storage, read> x: array<vec2f>;
@group(0) @binding(2) var<storage, read> parameters: array<vec2f>;
@group(0) @binding(3) var<storage, read> biases: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> out: array<vec2f>;
var<workgroup> tile: array<vec4f, ${tile.hidden * tile.quads}>;
${tileCode(tile)}
${RANDOM}
@compute @workgroup_size(${tile.lanes})
fn main(${GROUP.parameters}) {
  let first = ${GROUP.number} * POINTS;
  if (first >= u.count) { return; }
  ${place}
  {
    let b0 = biases[column0];
    let b1 = biases[column1];
    ${fromBias}
${each(tile.depth, (q) => `    {
      let at = first + 4u * (quad + ${q}u);
${each(4, (p) => `      let p${p} = x[min(at + ${p}u, u.count - 1u)];`)}
      let h0 = vec4f(p0.x, p1.x, p2.x, p3.x);
      let h1 = vec4f(p0.y, p1.y, p2.y, p3.y);
${each(2, (half) => `      {
        let w0 = parameter4(column${half});
        let w1 = parameter4(COLUMNS + column${half});
${each(4, (j) => `        s${4 * half + j}_${q} += w0.${'xyzw'[j]} * h0 + w1.${'xyzw'[j]} * h1;`)}
      }`)}
    }`)}
  }
  for (var layer = 1u; ; layer++) {
    ${silu}
    if (layer == LAYERS) { break; }
    ${share}
    let b0 = biases[layer * COLUMNS + column0];
    let b1 = biases[layer * COLUMNS + column1];
    ${fromBias}
    let start = layerStart(layer);
    ${multiply('tile', '0u', 'HIDDEN', 'start')}
  }
  ${shareOutputs}
  for (var p = lane; p < min(POINTS, u.count - first); p += ${tile.lanes}u) {
    var f = parameters[u.row * ROW + 2u * OUT + HIDDEN];
    for (var column = 0u; column < LANE_COLUMNS; column++) {
      f += vec2f(tile[2u * column * QUADS + p / 4u][p % 4u], tile[(2u * column + 1u) * QUADS + p / 4u][p % 4u]);
    }
    var next = u.a * x[first + p] + u.b * f;
    if (u.c != 0.0) { next += u.c * normalPair(u.key, u.stream, u.firstPair + first + p); }
    out[first + p] = next;
  }
}`;
}

const stepProgram = (shape: MlpShape): Program => ({ key: `step ${shape.hidden}×${shape.layers}`, code: () => stepCode(stepTile(shape)) });

export const stepPrograms = (shape: MlpShape): Program[] => [biasProgram(shape), stepProgram(shape)];

interface Inputs {
  x: tf.TensorInfo;
  parameters: tf.TensorInfo;
  features: tf.TensorInfo;
}

export function ddpmStep(backend: WebGPUBackend, { x, parameters, features }: Inputs, attrs: StepAttrs): tf.TensorInfo {
  const { hidden, layers, parametersRow, featuresRow, key, stream, firstPair, a, b, c } = attrs;
  const tile = stepTile(attrs);
  const [count] = x.shape;
  const next = output(backend, [count, 2]);
  if (count === 0) return next;
  const biases = output(backend, [layers * hidden]);
  run(backend, biasProgram(attrs), Math.ceil((layers * tile.columns) / LANES), [parameters, features, biases], [['u', parametersRow], ['u', featuresRow]]);
  run(backend, stepProgram(attrs), Math.ceil(count / tile.points), [x, parameters, biases, next], [
    ['u', key[0]], ['u', key[1]], ['u', stream[0]], ['u', stream[1]], ['u', parametersRow], ['u', count], ['u', firstPair], ['f', a], ['f', b], ['f', c],
  ]);
  backend.disposeData(biases.dataId);
  return next;
}

/** f(x): the step with nothing of x and no noise. */
export function mlp(backend: WebGPUBackend, inputs: Inputs, attrs: MlpAttrs): tf.TensorInfo {
  return ddpmStep(backend, inputs, { ...attrs, key: [0, 0], stream: [0, 0], firstPair: 0, a: 0, b: 1, c: 0 });
}
