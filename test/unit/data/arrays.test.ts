/** IDX and NPY: read as NumPy wrote them, round trips, and files that are cut or damaged. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { DataError } from '../../../core/data/dataError';
import { readIdx, readIdxArray, writeIdx } from '../../../core/data/idx';
import { readNpyImages } from '../../../core/data/npyImages';
import { createRandom } from '../../../core/math/random';

const bytesOf = (length: number, seed = 1) => Uint8Array.from(createRandom(seed).words('bytes', 0, length), (word) => word % 256);
const fails = (act: () => unknown, message: RegExp) => assert.throws(act, (error) => (error instanceof DataError && message.test(error.message)) || assert.fail(String(error)));

describe('IDX', () => {
  test('images and labels come back as they were written', () => {
    for (const shape of [[7], [3, 4, 5], [2, 4, 5, 3], [3, 16]]) {
      const data = bytesOf(shape.reduce((a, b) => a * b, 1));
      const file = writeIdx(shape, data);
      assert.deepEqual(readIdxArray(file, 'a'), { shape, data });
      const read = readIdx(file, 'a');
      if (shape.length === 1) assert.deepEqual(read, { kind: 'labels', labels: data });
      else {
        assert.ok(read.kind === 'images' && read.images.length === shape[0]);
        assert.deepEqual(Buffer.concat(read.images.map(({ pixels }) => pixels)), Buffer.from(data));
        assert.deepEqual([read.images[0].height, read.images[0].width, read.images[0].channels], shape.length === 2 ? [4, 4, 1] : shape.length === 3 ? [4, 5, 1] : [4, 5, 3]);
      }
    }
  });

  test('channels before rows are put last, and opacity is put on white', () => {
    const first = readIdx(writeIdx([1, 3, 2, 2], Uint8Array.of(1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24)), 'a');
    assert.ok(first.kind === 'images');
    assert.deepEqual([...first.images[0].pixels], [1, 11, 21, 2, 12, 22, 3, 13, 23, 4, 14, 24]);
    const clear = readIdx(writeIdx([1, 1, 2, 4], Uint8Array.of(9, 9, 9, 255, 9, 9, 9, 0)), 'a');
    assert.ok(clear.kind === 'images');
    assert.deepEqual([...clear.images[0].pixels], [9, 9, 9, 255, 255, 255]);
  });

  test('a file that is cut says at which byte', () => {
    const whole = writeIdx([2, 3, 3], bytesOf(18));
    for (let length = 0; length < whole.length; length++) fails(() => readIdx(whole.subarray(0, length), 'train'), new RegExp(`^train: the IDX file is cut at byte ${length}: `));
    fails(() => readIdx(whole.subarray(0, 25), 't'), /shape \(2, 3, 3\) needs 18 bytes from byte 16 on, 9 are there/);
    fails(() => readIdx(Buffer.concat([whole, whole]), 't'), /goes on after byte 34/);
  });

  test('a header that is damaged says where', () => {
    const whole = writeIdx([2, 3, 3], bytesOf(18));
    const changed = (at: number, value: number) => Uint8Array.from(whole, (byte, i) => (i === at ? value : byte));
    fails(() => readIdx(changed(1, 7), 't'), /byte 1 is 7/);
    fails(() => readIdx(changed(2, 13), 't'), /byte 2 says that the IDX file holds float32/);
    fails(() => readIdx(changed(2, 99), 't'), /byte 2 of the IDX file is 99/);
    fails(() => readIdx(changed(3, 0), 't'), /byte 3 says that the IDX file has 0 axes/);
    fails(() => readIdx(changed(11, 0), 't'), /bytes 8 to 11 say that the IDX file is empty/);
    fails(() => readIdx(changed(4, 255), 't'), /cut at byte 34: shape \(4278190082, 3, 3\)/);
    fails(() => readIdx(writeIdx([2, 3], bytesOf(6)), 't'), /shape \(2, 3\)/);
    fails(() => readIdx(writeIdx([2, 5, 3, 2], bytesOf(60)), 't'), /shape \(2, 5, 3, 2\)/);
  });

  test('any damage gives images or the typed error', () => {
    const whole = writeIdx([2, 3, 3], bytesOf(18));
    const words = createRandom(3).words('fuzz', 0, 6000);
    for (let i = 0; i < words.length; i += 3) {
      const bad = Uint8Array.from(whole);
      bad[words[i] % 17] = words[i + 1];
      const file = bad.subarray(0, 1 + (words[i + 2] % bad.length));
      try {
        readIdx(file, 't');
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
      }
    }
  });
});

describe('NPY', () => {
  let folder: string;
  const saved: Record<string, string> = {
    u1: 'a', fortran: 'np.asfortranarray(a)', f4: '(a/255).astype("f4")', f8big: '(a/255).astype(">f8")', f2: '(a/255).astype("f2")', whole: 'a.astype("f8")', i4: 'a.astype(">i4")', u2f: 'np.asfortranarray(a.astype("<u2"))',
    last: 'np.stack([a,a,a],-1)', first: 'np.asfortranarray(np.stack([a,a,a],1))', flat: 'a[:,:,:6].reshape(5,36)', bool: 'a>127', v2: 'a',
    labels: 'np.arange(5)', negative: '(a/127.5-1).astype("f4")', nan: 'np.where(a==a[2,3,4],np.nan,a)', large: 'a.astype("i8")*2', text: 'np.array(["a","b"])', objects: 'np.array([None,1],dtype=object)', plane: 'a[0]', floats: 'np.array([0.5,1])',
  };
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'npy-'));
    const lines = Object.entries(saved).map(([name, array]) => (name === 'v2' ? `np.lib.format.write_array(open("v2.npy","wb"),${array},version=(2,0))` : `np.save("${name}.npy",${array})`));
    execFileSync('python3', ['-c', ['import numpy as np', 'a=(np.arange(5*6*7)*37%256).astype("u1").reshape(5,6,7)', ...lines].join('\n')], { cwd: folder });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string) => new Uint8Array(readFileSync(path.join(folder, `${name}.npy`)));
  const a = (i: number, y: number, x: number) => ((i * 42 + y * 7 + x) * 37) % 256;

  for (const name of ['u1', 'fortran', 'f4', 'f8big', 'whole', 'i4', 'u2f', 'v2', 'last', 'first', 'bool', 'flat', 'f2']) {
    test(`${name}: ${saved[name]}`, () => {
      const read = readNpyImages(file(name), name);
      assert.ok(read.kind === 'images');
      const [width, channels] = [name === 'flat' ? 6 : 7, name === 'last' || name === 'first' ? 3 : 1];
      assert.equal(read.images.length, 5);
      read.images.forEach((image, i) => {
        assert.deepEqual([image.width, image.height, image.channels], [width, 6, channels]);
        const want = Array.from({ length: 6 * width * channels }, (_, at) => a(i, Math.floor(at / (width * channels)), Math.floor(at / channels) % width)).map((value) => (name === 'bool' ? (value > 127 ? 255 : 0) : value));
        assert.deepEqual([...image.pixels], want);
      });
      assert.equal(read.unitRange, ['f4', 'f8big', 'f2', 'bool'].includes(name));
    });
  }

  test('labels', () => assert.deepEqual(readNpyImages(file('labels'), 'l'), { kind: 'labels', labels: Uint8Array.of(0, 1, 2, 3, 4) }));

  test('what cannot be used says where it stands', () => {
    // The header takes 128 bytes, a number 4 or 8.
    fails(() => readNpyImages(file('negative'), 'n'), /^n: byte 128, at \[0, 0, 0\]: the value is -1\. Pixels lie in 0 to 1 or in 0 to 255/);
    fails(() => readNpyImages(file('nan'), 'n'), /: the value is NaN\./);
    fails(() => readNpyImages(file('large'), 'n'), /byte 160, at \[0, 0, 4\]: the value is 296/);
    fails(() => readNpyImages(file('text'), 'n'), /type <U1/);
    fails(() => readNpyImages(file('objects'), 'n'), /type \|O/);
    fails(() => readNpyImages(file('plane'), 'n'), /shape \(6, 7\)/);
    fails(() => readNpyImages(file('floats'), 'n'), /byte 128, label 0 is 0\.5/);
    fails(() => readNpyImages(Buffer.from('hello'), 'n'), /byte 0 is 104/);
  });

  test('a file that is cut says at which byte', () => {
    for (const name of ['u1', 'f8big', 'v2', 'labels']) {
      const whole = file(name);
      for (let length = 0; length < whole.length; length++) fails(() => readNpyImages(whole.subarray(0, length), 'n'), new RegExp(`^n: the NPY file is cut at byte ${length}: `));
    }
  });

  test('any damage gives images or the typed error', () => {
    const words = createRandom(4).words('fuzz', 0, 9000);
    for (let i = 0; i < words.length; i += 3) {
      const bad = file(['u1', 'fortran', 'f4', 'labels'][words[i] % 4]);
      bad[words[i + 1] % 140] = words[i + 2];
      try {
        readNpyImages(bad, 'n');
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
      }
    }
  });
});
