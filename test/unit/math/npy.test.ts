import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { readNpy, writeNpy } from '../../../core/math/npy';
import { PointsError, readPoints } from '../../../core/math/points';

/** The array [[1.5, −2.25], [0.1, 3], [−4, 100.5]] as numpy.save 2.4 wrote its numbers in each type; integers are cut towards zero, unsigned ones of the size. */
const SAVED: readonly { descr: string; hex: string; fortran?: boolean; columns?: number; expected: readonly number[] }[] = [
  { descr: '<f2', hex: '003e80c0662e004200c44856', expected: [1.5, -2.25, 0.0999755859375, 3, -4, 100.5] },
  { descr: '>f4', hex: '3fc00000c01000003dcccccd40400000c080000042c90000', expected: [1.5, -2.25, Math.fround(0.1), 3, -4, 100.5] },
  { descr: '<f8', hex: '000000000000f83f00000000000002c09a9999999999b93f000000000000084000000000000010c00000000000205940', expected: [1.5, -2.25, 0.1, 3, -4, 100.5] },
  { descr: '<f8', fortran: true, hex: '000000000000f83f9a9999999999b93f00000000000010c000000000000002c000000000000008400000000000205940', expected: [1.5, -2.25, 0.1, 3, -4, 100.5] },
  { descr: '|i1', hex: '01fe0003fc64', expected: [1, -2, 0, 3, -4, 100] },
  { descr: '>i2', hex: '0001fffe00000003fffc0064', expected: [1, -2, 0, 3, -4, 100] },
  { descr: '<i4', hex: '01000000feffffff0000000003000000fcffffff64000000', expected: [1, -2, 0, 3, -4, 100] },
  { descr: '<i8', hex: '0100000000000000feffffffffffffff00000000000000000300000000000000fcffffffffffffff6400000000000000', expected: [1, -2, 0, 3, -4, 100] },
  { descr: '|u1', hex: '010200030464', expected: [1, 2, 0, 3, 4, 100] },
  { descr: '<u2', hex: '010002000000030004006400', expected: [1, 2, 0, 3, 4, 100] },
  { descr: '>u4', hex: '000000010000000200000000000000030000000400000064', expected: [1, 2, 0, 3, 4, 100] },
  { descr: '<u8', hex: '010000000000000002000000000000000000000000000000030000000000000004000000000000006400000000000000', expected: [1, 2, 0, 3, 4, 100] },
  // With the first column once more as the third.
  { descr: '<f4', columns: 3, hex: '0000c03f000010c00000c03fcdcccc3d00004040cdcccc3d000080c00000c942000080c0', expected: [1.5, -2.25, Math.fround(0.1), 3, -4, 100.5] },
  { descr: '>f8', columns: 3, fortran: true, hex: '3ff80000000000003fb999999999999ac010000000000000c002000000000000400800000000000040592000000000003ff80000000000003fb999999999999ac010000000000000', expected: [1.5, -2.25, 0.1, 3, -4, 100.5] },
];

function npy(header: string, data: Uint8Array | string = '', version = 1): Uint8Array {
  const prefix = version === 1 ? 10 : 12;
  const text = `${header.padEnd(128 - prefix - 1)}\n`;
  const numbers = typeof data === 'string' ? Buffer.from(data, 'hex') : data;
  const length = version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  return Uint8Array.from([0x93, ...Buffer.from('NUMPY'), version, 0, ...length, ...Buffer.from(text, 'latin1'), ...numbers]);
}

const headerOf = (descr: string, shape: string, fortran = false) => `{'descr': ${descr}, 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shape}, }`;

describe('reading .npy', () => {
  for (const { descr, hex, fortran = false, columns = 2, expected } of SAVED) {
    it(`${descr}, ${columns} columns, ${fortran ? 'Fortran' : 'C'} order`, () => {
      const { values, notes } = readNpy(npy(headerOf(`'${descr}'`, `(3, ${columns})`, fortran), hex));
      assert.deepEqual([...values], expected);
      assert.deepEqual(notes, columns > 2 ? ['3 columns: the first two are used'] : []);
    });
  }

  it('versions 2 and 3, and a view that begins anywhere in its buffer', () => {
    const { descr, hex, expected } = SAVED[1];
    for (const version of [1, 2, 3]) {
      const file = npy(headerOf(`'${descr}'`, '(3, 2)'), hex, version);
      const shifted = new Uint8Array(file.length + 3).subarray(3);
      shifted.set(file);
      assert.deepEqual([...readNpy(shifted).values], expected, `version ${version}`);
    }
  });

  it('is known by its first bytes, whatever the name', () => {
    assert.equal(readPoints(npy(headerOf("'<f8'", '(3, 2)'), SAVED[2].hex), 'points.txt').rows, 3);
  });

  const refused: readonly [string, Uint8Array, RegExp][] = [
    ['no magic', Uint8Array.from(Buffer.from('1,2\n3,4\n')), /does not begin like a \.npy file.*numpy\.save/],
    ['ten bytes', npy(headerOf("'<f4'", '(3, 2)')).subarray(0, 10), /cut: it has 10 bytes/],
    ['half a header', npy(headerOf("'<f4'", '(3, 2)')).subarray(0, 60), /cut: its header takes 118 bytes, 50 are there/],
    ['half of its numbers', npy(headerOf("'<f4'", '(3, 2)'), new Uint8Array(13)), /cut: shape \(3, 2\) takes 24 bytes after the header, 13 are there/],
    ['a later version', npy(headerOf("'<f4'", '(3, 2)'), new Uint8Array(24), 4), /version 4\.0 .*1 to 3 can be read/],
    ['objects', npy(headerOf("'|O'", '(2, 2)'), new Uint8Array(99)), /Python objects.*astype/],
    ['fields', npy(headerOf("[('x', '<f4'), ('y', '<f4')]", '(3,)'), new Uint8Array(24)), /named fields.*column_stack/],
    ['complex numbers', npy(headerOf("'<c8'", '(3, 2)'), new Uint8Array(48)), /type "<c8".*astype/],
    ['one axis', npy(headerOf("'<f8'", '(5,)'), new Uint8Array(40)), /shape \(5,\)\. Points need shape \(n, 2\)/],
    ['three axes', npy(headerOf("'<f8'", '(5, 2, 1)'), new Uint8Array(80)), /shape \(5, 2, 1\)/],
    ['one column', npy(headerOf("'<f8'", '(5, 1)'), new Uint8Array(40)), /shape \(5, 1\)/],
    ['too many rows', npy(headerOf("'|i1'", '(1000001, 2)'), new Uint8Array(2_000_002)), /1,000,001 rows; at most 1,000,000/],
    ['a NaN', npy(headerOf("'<f4'", '(2, 2)'), new Uint8Array(Float32Array.of(1, 2, 3, NaN).buffer)), /holds NaN at \[1, 1\]/],
    ['an infinity', npy(headerOf("'<f4'", '(2, 2)'), new Uint8Array(Float32Array.of(1, 2, -Infinity, 4).buffer)), /holds -Infinity at \[1, 0\]/],
    ['no rows', npy(headerOf("'<f4'", '(0, 2)')), /p\.npy has no points/],
    ['no header', npy('hello'), /names no type/],
  ];
  for (const [what, bytes, message] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(() => readPoints(bytes, 'p.npy'), (error) => error instanceof PointsError && message.test(error.message));
    });
  }

  it('no cut of a file is taken for a whole one', () => {
    const file = npy(headerOf("'<f4'", '(3, 2)'), new Uint8Array(Float32Array.of(1, 2, 3, 5, 4, 1).buffer));
    assert.equal(readPoints(file, 'p.npy').rows, 3);
    for (let length = 0; length < file.length; length++) assert.throws(() => readPoints(file.subarray(0, length), 'p.npy'), PointsError, `${length} bytes`);
  });

  it('notes of two wide rows that they may be columns, and of bytes after the array', () => {
    const wide = readNpy(npy(headerOf("'|i1'", '(2, 5)'), Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99)));
    assert.deepEqual([...wide.values], [1, 2, 6, 7]);
    assert.match(wide.notes.join('; '), /points\.T.*; 1 bytes after/);
  });
});

describe('writing .npy', () => {
  it('gives the bytes of numpy.save', () => {
    const bytes = Buffer.from(writeNpy(Float32Array.of(1.5, -2.25, 0.1, 3, -4, 100.5)));
    assert.equal(bytes.length, 152);
    assert.equal(bytes.toString('latin1', 0, 10), '\x93NUMPY\x01\x00v\x00');
    assert.equal(bytes.toString('latin1', 10, 128), `${"{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }".padEnd(117)}\n`);
    assert.equal(bytes.toString('hex', 128), '0000c03f000010c0cdcccc3d00004040000080c00000c942');
  });

  it('comes back bit for bit, and refuses half a point', () => {
    const points = Float32Array.of(1e-45, -0, 3.4e38, 0.1);
    assert.deepEqual(Float32Array.from(readNpy(writeNpy(points)).values), points);
    assert.throws(() => writeNpy(new Float32Array(3)), RangeError);
  });
});
