/** Operands in the order in which a tile of ./gemm reads them. */
import { A_STEP, A_WIDTH, B_STEP, B_WIDTH } from './gemm';
import { aPanels, floats, paddedColumns, rowBytes } from './layout';

/** A's panels of the columns of a matrix [k, columns]: [columns/4][k][4]. */
export function packColumns(from: usize, k: i32, columns: i32, to: usize): void {
  for (let column = 0; column < columns; column += A_WIDTH) {
    for (let row = 0; row < k; row++, to += A_STEP) v128.store(to, v128.load(from + floats(row * columns + column)));
  }
}

/** A's panels of the rows of a matrix [rows, k]: [rows/4][k][4]. Both are multiples of 4. */
export function packRows(from: usize, rows: i32, k: i32, to: usize): void {
  const stride = floats(k);
  for (let row = 0; row < rows; row += 4) {
    for (let column = 0; column < k; column += 4, to += 4 * A_STEP) transpose(from + <usize>row * stride + floats(column), stride, to, A_STEP);
  }
}

/** The output kernel [hidden, 2] by columns, filled up with zeros to one panel: [hidden][4]. */
export function packOutColumns(from: usize, hidden: i32, to: usize): void {
  for (let row = 0; row < hidden; row++) v128.store(to + <usize>row * A_STEP, v128.load64_zero(from + floats(2 * row)));
}

/** The output kernel [hidden, 2] by rows: [hidden/4][2][4]. */
export function packOutRows(from: usize, hidden: i32, to: usize): void {
  for (let row = 0; row < hidden; row += 4, from += 32, to += 32) {
    const low = v128.load(from);
    const high = v128.load(from, 16);
    v128.store(to, v128.shuffle<i32>(low, high, 0, 2, 4, 6));
    v128.store(to, v128.shuffle<i32>(low, high, 1, 3, 5, 7), 16);
  }
}

/** Rows of points become A's panels over points: [rows/4][points][4]. */
export function pointsToA(from: usize, panels: i32, rows: i32, to: usize): void {
  for (let i = 0; i < aPanels(rows); i++) {
    for (let panel = 0; panel < panels; panel++) {
      const source = from + <usize>panel * rowBytes(rows) + rowBytes(4 * i);
      for (let v: usize = 0; v < B_STEP; v += 16, to += 4 * A_STEP) transpose(source + v, B_STEP, to, A_STEP);
    }
  }
}

/** Rows of points become B's panels over points: [rows/12][points][12], filled up with zeros. */
export function pointsToB(from: usize, panels: i32, rows: i32, to: usize): void {
  const padded = paddedColumns(rows);
  for (let row = 0; row < padded; row += 4) {
    let target = to + rowBytes(panels * B_WIDTH) * <usize>(row / B_WIDTH) + floats(row % B_WIDTH);
    for (let panel = 0; panel < panels; panel++) {
      const source = from + <usize>panel * rowBytes(rows) + rowBytes(row);
      for (let v: usize = 0; v < B_STEP; v += 16, target += 4 * B_STEP) {
        if (row < rows) transpose(source + v, B_STEP, target, B_STEP);
        else clear(target);
      }
    }
  }
}

@inline
function clear(to: usize): void {
  const zero = f32x4.splat(0);
  v128.store(to, zero);
  v128.store(to + B_STEP, zero);
  v128.store(to + 2 * B_STEP, zero);
  v128.store(to + 3 * B_STEP, zero);
}

/** 4 × 4 numbers; rows are `fromStride` and `toStride` bytes apart. */
@inline
function transpose(from: usize, fromStride: usize, to: usize, toStride: usize): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from + fromStride);
  const r2 = v128.load(from + 2 * fromStride);
  const r3 = v128.load(from + 3 * fromStride);
  const low01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
  const high23 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(low01, low23, 0, 2));
  v128.store(to + toStride, v128.shuffle<i64>(low01, low23, 1, 3));
  v128.store(to + 2 * toStride, v128.shuffle<i64>(high01, high23, 0, 2));
  v128.store(to + 3 * toStride, v128.shuffle<i64>(high01, high23, 1, 3));
}
