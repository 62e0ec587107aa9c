/** Training examples: drawn and noised, and their losses. */
import { B_WIDTH } from './gemm';
import { CONDITION_PADDED, FEATURES, POINT_PADDED, floats, pointAt, rowBytes } from './layout';

/** Columns of `table`, as in ../../contract.ts. */
const SIGNAL = 0;
const NOISE = 1;
const TARGET_X0 = 2;
const TARGET_EPS = 3;
const WEIGHT = 4;
const COLUMNS = 5;

/** The point x₀ of example i. */
@inline
function pointOf(pick: usize, i: i32, data: usize, dataRows: u32): usize {
  return data + (<usize>((<u64>load<u32>(pick + floats(2 * i)) * dataRows) >>> 32) << 3);
}

/** Its t. */
@inline
function timeOf(pick: usize, i: i32, levels: u32): u32 {
  return <u32>((<u64>load<u32>(pick + floats(2 * i + 1)) * levels) >>> 32);
}

/** x_t at `points`, features of t and a 1 at `conditions`, for `count` examples; `pick` holds their words, `eps` their normals, two each. What lies beyond them becomes 0. */
export function noised(count: i32, panels: i32, pick: usize, eps: usize, data: usize, dataRows: u32, features: usize, table: usize, levels: u32, points: usize, conditions: usize): void {
  memory.fill(points, 0, <usize>panels * rowBytes(POINT_PADDED));
  memory.fill(conditions, 0, <usize>panels * rowBytes(CONDITION_PADDED));
  for (let i = 0; i < count; i++) {
    const x0 = pointOf(pick, i, data, dataRows);
    const t = timeOf(pick, i, levels);
    const row = table + floats(<i32>t * COLUMNS);
    const signal = load<f32>(row + floats(SIGNAL));
    const noise = load<f32>(row + floats(NOISE));
    const point = pointAt(points, i, POINT_PADDED);
    store<f32>(point, signal * load<f32>(x0) + noise * load<f32>(eps + floats(2 * i)));
    store<f32>(point + rowBytes(1), signal * load<f32>(x0 + 4) + noise * load<f32>(eps + floats(2 * i + 1)));
    const condition = pointAt(conditions, i, CONDITION_PADDED);
    const f = features + floats(<i32>t * FEATURES);
    for (let k = 0; k < FEATURES; k++) store<f32>(condition + rowBytes(k), load<f32>(f + floats(k)));
    store<f32>(condition + rowBytes(FEATURES), 1);
  }
}

/** Turns the outputs at `outputs` into the derivative of scale · Σ loss by them, and writes (t, loss) of each example at `records`. Columns beyond `count` become 0. */
export function losses(count: i32, panels: i32, pick: usize, eps: usize, data: usize, dataRows: u32, table: usize, levels: u32, scale: f32, outputs: usize, records: usize): void {
  for (let i = 0; i < count; i++) {
    const x0 = pointOf(pick, i, data, dataRows);
    const t = timeOf(pick, i, levels);
    const row = table + floats(<i32>t * COLUMNS);
    const targetX0 = load<f32>(row + floats(TARGET_X0));
    const targetEps = load<f32>(row + floats(TARGET_EPS));
    const weight = load<f32>(row + floats(WEIGHT));
    const output = pointAt(outputs, i, POINT_PADDED);
    const error0 = load<f32>(output) - (targetX0 * load<f32>(x0) + targetEps * load<f32>(eps + floats(2 * i)));
    const error1 = load<f32>(output + rowBytes(1)) - (targetX0 * load<f32>(x0 + 4) + targetEps * load<f32>(eps + floats(2 * i + 1)));
    store<f32>(records + floats(2 * i), <f32>t);
    store<f32>(records + floats(2 * i + 1), weight * (error0 * error0 + error1 * error1) * 0.5);
    store<f32>(output, scale * weight * error0);
    store<f32>(output + rowBytes(1), scale * weight * error1);
  }
  for (let i = count; i < panels * B_WIDTH; i++) {
    const output = pointAt(outputs, i, POINT_PADDED);
    store<f32>(output, 0);
    store<f32>(output + rowBytes(1), 0);
  }
}
