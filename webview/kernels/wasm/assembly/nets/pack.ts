/**
 * Operands in the order in which a tile of ./product reads them: A in panels of six rows, [panel][k][6], B in panels of eight columns, [k][8]. A panel at the edge is filled up with
 * copies of its last row or with what lies beyond: those numbers of C are dropped.
 */

const A_STEP: usize = 24;
const B_STEP: usize = 32;

/** Panels of the rows of a matrix whose rows are `stride` numbers apart. */
export function packA(from: usize, stride: i32, rows: i32, k: i32, to: usize): void {
  const row = <usize>stride << 2;
  const whole = k & ~3;
  for (let panel = 0; panel < rows; panel += 6) {
    const last = rows - panel - 1;
    let p0 = from + <usize>panel * row;
    let p1 = p0 + <usize>min(1, last) * row;
    let p2 = p0 + <usize>min(2, last) * row;
    let p3 = p0 + <usize>min(3, last) * row;
    let p4 = p0 + <usize>min(4, last) * row;
    let p5 = p0 + <usize>min(5, last) * row;
    let i = 0;
    for (; i < whole; i += 4, to += 4 * A_STEP) {
      transpose(v128.load(p0), v128.load(p1), v128.load(p2), v128.load(p3), to, A_STEP);
      const r4 = v128.load(p4);
      const r5 = v128.load(p5);
      const low = v128.shuffle<i32>(r4, r5, 0, 4, 1, 5);
      const high = v128.shuffle<i32>(r4, r5, 2, 6, 3, 7);
      v128.store64_lane(to, low, 0, 16);
      v128.store64_lane(to, low, 1, A_STEP + 16);
      v128.store64_lane(to, high, 0, 2 * A_STEP + 16);
      v128.store64_lane(to, high, 1, 3 * A_STEP + 16);
      p0 += 16;
      p1 += 16;
      p2 += 16;
      p3 += 16;
      p4 += 16;
      p5 += 16;
    }
    for (; i < k; i++, to += A_STEP) {
      store<f32>(to, load<f32>(p0));
      store<f32>(to, load<f32>(p1), 4);
      store<f32>(to, load<f32>(p2), 8);
      store<f32>(to, load<f32>(p3), 12);
      store<f32>(to, load<f32>(p4), 16);
      store<f32>(to, load<f32>(p5), 20);
      p0 += 4;
      p1 += 4;
      p2 += 4;
      p3 += 4;
      p4 += 4;
      p5 += 4;
    }
  }
}

/** Panels of the columns of a matrix [k, stride]: `rows` of them become rows of A. Goes down in strips, so that a line of the cache serves all panels that it has. */
export function packTransposedA(from: usize, stride: i32, rows: i32, k: i32, to: usize): void {
  const row = <usize>stride << 2;
  const panelBytes = <usize>k * A_STEP;
  for (let i = 0; i < k; i++, from += row, to += A_STEP) {
    let source = from;
    let target = to;
    for (let panel = 0; panel < rows; panel += 6, source += A_STEP, target += panelBytes) {
      v128.store(target, v128.load(source));
      store<u64>(target, load<u64>(source, 16), 16);
    }
  }
}

/** Eight columns of a matrix [k, stride]. */
export function packB(from: usize, stride: i32, k: i32, to: usize): void {
  const row = <usize>stride << 2;
  for (const end = to + <usize>k * B_STEP; to < end; to += B_STEP, from += row) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
  }
}

/** Up to eight rows of a matrix, `stride` numbers apart, as columns of B. */
export function packTransposedB(from: usize, stride: i32, columns: i32, k: i32, to: usize): void {
  const row = <usize>stride << 2;
  const last = columns - 1;
  for (let half = 0; half < 8; half += 4) {
    let p0 = from + <usize>min(half, last) * row;
    let p1 = from + <usize>min(half + 1, last) * row;
    let p2 = from + <usize>min(half + 2, last) * row;
    let p3 = from + <usize>min(half + 3, last) * row;
    let target = to + (<usize>half << 2);
    let i = 0;
    for (; i < (k & ~3); i += 4, target += 4 * B_STEP) {
      transpose(v128.load(p0), v128.load(p1), v128.load(p2), v128.load(p3), target, B_STEP);
      p0 += 16;
      p1 += 16;
      p2 += 16;
      p3 += 16;
    }
    for (; i < k; i++, target += B_STEP) {
      store<f32>(target, load<f32>(p0));
      store<f32>(target, load<f32>(p1), 4);
      store<f32>(target, load<f32>(p2), 8);
      store<f32>(target, load<f32>(p3), 12);
      p0 += 4;
      p1 += 4;
      p2 += 4;
      p3 += 4;
    }
  }
}

/** 4 × 4 numbers. */
@inline
function transpose(r0: v128, r1: v128, r2: v128, r3: v128, to: usize, stride: usize): void {
  const low01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
  const high23 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(low01, low23, 0, 2));
  v128.store(to + stride, v128.shuffle<i64>(low01, low23, 1, 3));
  v128.store(to + 2 * stride, v128.shuffle<i64>(high01, high23, 0, 2));
  v128.store(to + 3 * stride, v128.shuffle<i64>(high01, high23, 1, 3));
}
