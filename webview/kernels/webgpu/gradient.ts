/**
 * The gradient of the training loss in two dispatches. The first takes a tile of examples from their random words to the deltas of every layer; the second sums
 * over the examples, each weight in one lane and in their order, so that the same call gives the same bytes. What passes between them:
 *
 *   per example, in vec4: x, features and 1 (AUX), δ of the outputs (1), and for each layer the activations and their deltas (COLUMNS each).
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type * as tf from '../../engine/tf';
import { TABLE, type GradientAttrs } from '../contract';
import { parameterCount, type MlpShape } from '../shape';
import { RANDOM } from './random';
import { GROUP, output, run, type Program } from './run';
import { each, TILE_FLOATS, tileCode, tileOf, Tiles, type Tile } from './tile';
import { AUX, sumGroups, sumProgram } from './weightSums';

/** Half of the workgroup's memory, since x, features and targets lie beside the activations; and a batch spreads over more workgroups. */
const MOST_POINTS = 32;
const trainingTile = (shape: MlpShape): Tile => tileOf(shape, TILE_FLOATS / 2, MOST_POINTS);

const xyzw = ['x', 'y', 'z', 'w'];

function deltasCode(tile: Tile): string {
  const { sums, place, multiply, share, shareOutputs } = Tiles(tile);
  /** The lane's part of one column at point p of quad q, as units side by side. */
  const transposed = (half: number, q: number, p: number) => `vec4f(${[0, 1, 2, 3].map((j) => `s${4 * half + j}_${q}.${xyzw[p]}`).join(', ')})`;
  const eachPlace = (line: (half: number, q: number, p: number) => string) => each(2, (half) => {
    const lines = each(tile.depth, (q) => each(4, (p) => line(half, q, p)));
    return half === 0 ? lines : `    if (both) {\n${lines}\n    }`;
  });
  const at = (what: string, half: number, q: number, p: number) => `${what} + (example + ${4 * q + p}u) * COLUMNS + column${half}`;
  return /* wgsl */ `
struct Uniforms { key: vec2u, pick: vec2u, noise: vec2u, row: u32, firstExample: u32, count: u32, padded: u32, points: u32, levels: u32, scale: f32 }
@group(0) @binding(0) var<uniform> u: Uniforms;
@group(0) @binding(1) var<storage, read> data: array<vec2f>;
@group(0) @binding(2) var<storage, read> parameters: array<vec2f>;
@group(0) @binding(3) var<storage, read> features: array<f32>;
@group(0) @binding(4) var<storage, read> table: array<f32>;
@group(0) @binding(5) var<storage, read_write> trace: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> records: array<vec2f>;
var<workgroup> tile: array<vec4f, ${tile.hidden * tile.quads}>;
/** Row by row as in \`trace\`: x, features, 1. */
var<workgroup> aux: array<vec4f, ${4 * AUX * tile.quads}>;
var<workgroup> times: array<vec4u, ${tile.quads}>;
/** Targets of both outputs, later their δ. */
var<workgroup> goals: array<vec4f, ${2 * tile.quads}>;
const AUX = ${AUX}u;
${tileCode(tile)}
${RANDOM}

/** ⌊word·n/2³²⌋ */
fn scaled(word: u32, n: u32) -> u32 { return multiplyHigh(word, n); }

fn activations(layer: u32) -> u32 { return u.padded * (AUX + 1u + layer * COLUMNS); }
fn deltas(layer: u32) -> u32 { return activations(LAYERS + layer); }

/** x_t, target and t of the four examples of a quad. */
fn drawQuad(first: u32, quad: u32) {
  var x0 = vec4f();
  var x1 = vec4f();
  var goal0 = vec4f();
  var goal1 = vec4f();
  var t = vec4u();
  for (var p = 0u; p < 4u; p++) {
    let example = u.firstExample + min(first + 4u * quad + p, u.count - 1u);
    let words = wordPair(u.key, u.pick, example);
    let clean = data[scaled(words.x, u.points)];
    let level = scaled(words.y, u.levels);
    let eps = normalPair(u.key, u.noise, example);
    let row = level * ${TABLE.columns}u;
    let noisy = table[row + ${TABLE.signal}u] * clean + table[row + ${TABLE.noise}u] * eps;
    let goal = table[row + ${TABLE.targetX0}u] * clean + table[row + ${TABLE.targetEps}u] * eps;
    x0[p] = noisy.x;
    x1[p] = noisy.y;
    goal0[p] = goal.x;
    goal1[p] = goal.y;
    t[p] = level;
  }
  aux[quad] = x0;
  aux[QUADS + quad] = x1;
  goals[quad] = goal0;
  goals[QUADS + quad] = goal1;
  times[quad] = t;
}

/** Loss and δ of a quad, from the outputs. */
fn compareQuad(first: u32, quad: u32) {
  let bias = parameters[u.row * ROW + 2u * OUT + HIDDEN];
  var error0 = bias.x - goals[quad];
  var error1 = bias.y - goals[QUADS + quad];
  for (var column = 0u; column < LANE_COLUMNS; column++) {
    error0 += tile[2u * column * QUADS + quad];
    error1 += tile[(2u * column + 1u) * QUADS + quad];
  }
  let t = times[quad];
  var weight = vec4f();
  for (var p = 0u; p < 4u; p++) {
    let example = first + 4u * quad + p;
    // Beyond the last example the weight is 0, and so is every delta.
    if (example < u.count) {
      weight[p] = table[t[p] * ${TABLE.columns}u + ${TABLE.weight}u];
      records[example] = vec2f(f32(t[p]), 0.5 * weight[p] * (error0[p] * error0[p] + error1[p] * error1[p]));
    }
  }
  let delta0 = u.scale * weight * error0;
  let delta1 = u.scale * weight * error1;
  goals[quad] = delta0;
  goals[QUADS + quad] = delta1;
  for (var p = 0u; p < 4u; p++) {
    trace[u.padded * AUX + first + 4u * quad + p] = vec4f(delta0[p], delta1[p], 0.0, 0.0);
  }
}

@compute @workgroup_size(${tile.lanes})
fn main(${GROUP.parameters}) {
  let first = ${GROUP.number} * POINTS;
  if (first >= u.count) { return; }
  ${place}
  let example = first + 4u * quad;

  // 1. Examples: x_t = signal·x0 + noise·ε, and their rows of features.
  for (var q = lane; q < QUADS; q += ${tile.lanes}u) { drawQuad(first, q); }
  workgroupBarrier();
  for (var i = lane; i < (FEATURES + 1u) * QUADS; i += ${tile.lanes}u) {
    let t = times[i % QUADS];
    let k = i / QUADS;
    var row = vec4f(1.0);
    if (k < FEATURES) {
      row = vec4f(features[t.x * FEATURES + k], features[t.y * FEATURES + k], features[t.z * FEATURES + k], features[t.w * FEATURES + k]);
    }
    aux[(2u + k) * QUADS + i % QUADS] = row;
  }
  workgroupBarrier();
  for (var i = lane; i < AUX * POINTS; i += ${tile.lanes}u) {
    let p = i / AUX;
    let rows = 4u * (i % AUX) * QUADS + p / 4u;
    trace[first * AUX + i] = vec4f(aux[rows][p % 4u], aux[rows + QUADS][p % 4u], aux[rows + 2u * QUADS][p % 4u], aux[rows + 3u * QUADS][p % 4u]);
  }

  // 2. Forwards. What SiLU′ was is kept where the deltas will be: the same lane comes back for it.
  ${multiply('aux', '0u', `${4 * AUX}u`, '0u')}
  for (var layer = 0u; ; ) {
    {
      let h = activations(layer);
      let d = deltas(layer);
${sums((j, q) => `      let g${j}_${q} = sigmoid(s${j}_${q});
      let f${j}_${q} = s${j}_${q} * g${j}_${q};
      let d${j}_${q} = g${j}_${q} + f${j}_${q} * (1.0 - g${j}_${q});
      s${j}_${q} = f${j}_${q};`)}
${eachPlace((half, q, p) => `      trace[${at('h', half, q, p)}] = ${transposed(half, q, p)};
      trace[${at('d', half, q, p)}] = ${transposed(half, q, p).replaceAll(/\bs(\d)/g, 'd$1')};`)}
    }
    layer++;
    if (layer == LAYERS) { break; }
    ${share}
${sums((j, q) => `    s${j}_${q} = vec4f();`)}
    let start = layerStart(layer);
    ${multiply('tile', '0u', 'HIDDEN', 'start')}
    ${multiply('aux', '2u', 'FEATURES + 1u', 'start + HIDDEN * COLUMNS')}
  }
  ${shareOutputs}
  for (var q = lane; q < QUADS; q += ${tile.lanes}u) { compareQuad(first, q); }
  workgroupBarrier();

  // 3. Backwards.
${each(tile.depth, (q) => `  let e0_${q} = goals[quad + ${q}u];
  let e1_${q} = goals[QUADS + quad + ${q}u];`)}
${sums((j, q) => `  s${j}_${q} = o${j}.x * e0_${q} + o${j}.y * e1_${q};`)}
  for (var layer = LAYERS - 1u; ; layer--) {
    {
      let d = deltas(layer);
${eachPlace((half, q, p) => `      {
        let at = ${at('d', half, q, p)};
        let delta = ${transposed(half, q, p)} * trace[at];
        trace[at] = delta;
${each(4, (j) => `        s${4 * half + j}_${q}.${xyzw[p]} = delta.${xyzw[j]};`)}
      }`)}
    }
    if (layer == 0u) { break; }
    ${share}
${sums((j, q) => `    s${j}_${q} = vec4f();`)}
    let start = layerStart(layer);
    for (var column = 0u; column < COLUMNS; column++) {
${each(4, (c) => each(tile.depth, (q) => `      let h${c}_${q} = tile[(4u * column + ${c}u) * QUADS + quad + ${q}u];`))}
${each(8, (j) => `      let w${j} = parameter4(start + (4u * column${j >> 2} + ${j & 3}u) * COLUMNS + column);`)}
${sums((j, q) => `      s${j}_${q} += ${[0, 1, 2, 3].map((c) => `w${j}.${xyzw[c]} * h${c}_${q}`).join(' + ')};`)}
    }
  }
}`;
}

const deltasProgram = (shape: MlpShape): Program => ({ key: `deltas ${shape.hidden}×${shape.layers}`, code: () => deltasCode(trainingTile(shape)) });

export const gradientPrograms = (shape: MlpShape): Program[] => [deltasProgram(shape), sumProgram(shape)];

interface Inputs {
  data: tf.TensorInfo;
  parameters: tf.TensorInfo;
  features: tf.TensorInfo;
  table: tf.TensorInfo;
}

/** @returns gradient [P] and records [count, 2]. */
export function ddpmGradient(backend: WebGPUBackend, { data, parameters, features, table }: Inputs, attrs: GradientAttrs): tf.TensorInfo[] {
  const { hidden, layers, parametersRow, key, pick, noise, firstExample, count, scale } = attrs;
  const tile = trainingTile(attrs);
  const groups = Math.ceil(count / tile.points);
  const padded = groups * tile.points;
  const gradient = output(backend, [parameterCount(attrs)]);
  const records = output(backend, [count, 2]);
  const trace = output(backend, [padded * 4 * (AUX + 1 + 2 * layers * tile.columns)]);
  run(backend, deltasProgram(attrs), groups, [data, parameters, features, table, trace, records], [
    ['u', key[0]], ['u', key[1]], ['u', pick[0]], ['u', pick[1]], ['u', noise[0]], ['u', noise[1]],
    ['u', parametersRow], ['u', firstExample], ['u', count], ['u', padded], ['u', data.shape[0]], ['u', table.shape[0]], ['f', scale],
  ]);
  run(backend, sumProgram(attrs), sumGroups({ hidden, layers }), [trace, gradient], [['u', padded]]);
  backend.disposeData(trace.dataId);
  return [gradient, records];
}
