/**
 * The one matrix product that everything here is made of: C = Aᵀ·B over k, in tiles of 4 × 12, twelve vectors that stay in registers while k runs.
 * Both operands lie in panels, in the order in which a tile reads them:
 *   A: panels of 4 columns, [panel][k][4]; each number is spread over a vector;
 *   B: panels of 12 columns, [panel][k][12]; three vectors.
 * k is even. Every column of B is computed alike wherever it stands, so a point's numbers do not depend on its neighbours.
 */
import { madd } from './silu';

export const A_WIDTH: i32 = 4;
export const B_WIDTH: i32 = 12;
/** Bytes of one k of a panel. */
export const A_STEP: usize = 16;
export const B_STEP: usize = 48;

/**
 * C = start + Aᵀ·B, where row r of C starts at start[r]: one number for all columns.
 * Tile (i, j) of C begins at c + i·4·cRow + j·cPanel; its rows are cRow bytes apart.
 */
export function product(a: usize, aPanels: i32, b: usize, bPanels: i32, bPanelBytes: usize, k: i32, start: usize, c: usize, cRow: usize, cPanel: usize): void {
  const aPanelBytes = <usize>k * A_STEP;
  for (let j = 0; j < bPanels; j++, b += bPanelBytes, c += cPanel) {
    for (let i = 0; i < aPanels; i++) tile(a + <usize>i * aPanelBytes, b, k, start + <usize>i * 16, c + <usize>i * 4 * cRow, cRow);
  }
}

/** C ← C + Aᵀ·B. The product is summed on its own first: long sums over few blocks lose less. */
export function addProduct(a: usize, aPanels: i32, b: usize, bPanels: i32, bPanelBytes: usize, k: i32, c: usize, cRow: usize, cPanel: usize): void {
  const aPanelBytes = <usize>k * A_STEP;
  for (let j = 0; j < bPanels; j++, b += bPanelBytes, c += cPanel) {
    for (let i = 0; i < aPanels; i++) addTile(a + <usize>i * aPanelBytes, b, k, c + <usize>i * 4 * cRow, cRow);
  }
}

/** Twelve vectors c(row)(vector) and two k a turn, written out: a local variable is the only name that a register has here. */
function tile(a: usize, b: usize, k: i32, start: usize, c: usize, cRow: usize): void {
  let c00 = v128.load32_splat(start, 0);
  let c01 = c00;
  let c02 = c00;
  let c10 = v128.load32_splat(start, 4);
  let c11 = c10;
  let c12 = c10;
  let c20 = v128.load32_splat(start, 8);
  let c21 = c20;
  let c22 = c20;
  let c30 = v128.load32_splat(start, 12);
  let c31 = c30;
  let c32 = c30;
  for (const end = a + <usize>k * A_STEP; a < end; a += 2 * A_STEP, b += 2 * B_STEP) {
    let b0 = v128.load(b);
    let b1 = v128.load(b, 16);
    let b2 = v128.load(b, 32);
    let w = v128.load32_splat(a);
    c00 = madd(w, b0, c00);
    c01 = madd(w, b1, c01);
    c02 = madd(w, b2, c02);
    w = v128.load32_splat(a, 4);
    c10 = madd(w, b0, c10);
    c11 = madd(w, b1, c11);
    c12 = madd(w, b2, c12);
    w = v128.load32_splat(a, 8);
    c20 = madd(w, b0, c20);
    c21 = madd(w, b1, c21);
    c22 = madd(w, b2, c22);
    w = v128.load32_splat(a, 12);
    c30 = madd(w, b0, c30);
    c31 = madd(w, b1, c31);
    c32 = madd(w, b2, c32);
    b0 = v128.load(b, 48);
    b1 = v128.load(b, 64);
    b2 = v128.load(b, 80);
    w = v128.load32_splat(a, 16);
    c00 = madd(w, b0, c00);
    c01 = madd(w, b1, c01);
    c02 = madd(w, b2, c02);
    w = v128.load32_splat(a, 20);
    c10 = madd(w, b0, c10);
    c11 = madd(w, b1, c11);
    c12 = madd(w, b2, c12);
    w = v128.load32_splat(a, 24);
    c20 = madd(w, b0, c20);
    c21 = madd(w, b1, c21);
    c22 = madd(w, b2, c22);
    w = v128.load32_splat(a, 28);
    c30 = madd(w, b0, c30);
    c31 = madd(w, b1, c31);
    c32 = madd(w, b2, c32);
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c02, 32);
  c += cRow;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  v128.store(c, c12, 32);
  c += cRow;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  v128.store(c, c22, 32);
  c += cRow;
  v128.store(c, c30);
  v128.store(c, c31, 16);
  v128.store(c, c32, 32);
}

function addTile(a: usize, b: usize, k: i32, c: usize, cRow: usize): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c02 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c12 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c22 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  let c32 = f32x4.splat(0);
  for (const end = a + <usize>k * A_STEP; a < end; a += 2 * A_STEP, b += 2 * B_STEP) {
    let b0 = v128.load(b);
    let b1 = v128.load(b, 16);
    let b2 = v128.load(b, 32);
    let w = v128.load32_splat(a);
    c00 = madd(w, b0, c00);
    c01 = madd(w, b1, c01);
    c02 = madd(w, b2, c02);
    w = v128.load32_splat(a, 4);
    c10 = madd(w, b0, c10);
    c11 = madd(w, b1, c11);
    c12 = madd(w, b2, c12);
    w = v128.load32_splat(a, 8);
    c20 = madd(w, b0, c20);
    c21 = madd(w, b1, c21);
    c22 = madd(w, b2, c22);
    w = v128.load32_splat(a, 12);
    c30 = madd(w, b0, c30);
    c31 = madd(w, b1, c31);
    c32 = madd(w, b2, c32);
    b0 = v128.load(b, 48);
    b1 = v128.load(b, 64);
    b2 = v128.load(b, 80);
    w = v128.load32_splat(a, 16);
    c00 = madd(w, b0, c00);
    c01 = madd(w, b1, c01);
    c02 = madd(w, b2, c02);
    w = v128.load32_splat(a, 20);
    c10 = madd(w, b0, c10);
    c11 = madd(w, b1, c11);
    c12 = madd(w, b2, c12);
    w = v128.load32_splat(a, 24);
    c20 = madd(w, b0, c20);
    c21 = madd(w, b1, c21);
    c22 = madd(w, b2, c22);
    w = v128.load32_splat(a, 28);
    c30 = madd(w, b0, c30);
    c31 = madd(w, b1, c31);
    c32 = madd(w, b2, c32);
  }
  v128.store(c, f32x4.add(v128.load(c), c00));
  v128.store(c, f32x4.add(v128.load(c, 16), c01), 16);
  v128.store(c, f32x4.add(v128.load(c, 32), c02), 32);
  c += cRow;
  v128.store(c, f32x4.add(v128.load(c), c10));
  v128.store(c, f32x4.add(v128.load(c, 16), c11), 16);
  v128.store(c, f32x4.add(v128.load(c, 32), c12), 32);
  c += cRow;
  v128.store(c, f32x4.add(v128.load(c), c20));
  v128.store(c, f32x4.add(v128.load(c, 16), c21), 16);
  v128.store(c, f32x4.add(v128.load(c, 32), c22), 32);
  c += cRow;
  v128.store(c, f32x4.add(v128.load(c), c30));
  v128.store(c, f32x4.add(v128.load(c, 16), c31), 16);
  v128.store(c, f32x4.add(v128.load(c, 32), c32), 32);
}
