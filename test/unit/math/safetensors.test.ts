import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { createRandom } from '../../../core/math/random';
import { readSafetensors, SafetensorsError, writeSafetensors, type Safetensors } from '../../../core/math/safetensors';

const SAMPLE: Safetensors = {
  tensors: {
    weight: { dtype: 'F32', shape: [2, 3], data: Float32Array.of(1, -2.5, 3e-8, 0, 1e30, -0.1) },
    bias: { dtype: 'F16', shape: [3], data: Float32Array.of(0.5, -1.5, 65504) },
    scalar: { dtype: 'F32', shape: [], data: Float32Array.of(7) },
    empty: { dtype: 'F32', shape: [0, 4], data: new Float32Array(0) },
  },
  metadata: { seed: '1', note: 'ᾱ' },
};

/** A file from a header of any kind and `dataLength` zero bytes. */
function file(header: unknown, dataLength: number): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + dataLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const f32 = (shape: unknown, from: number, to: number) => ({ dtype: 'F32', shape, data_offsets: [from, to] });

describe('safetensors', () => {
  it('reads back what it wrote, from any place in a buffer, and writes the same bytes again', () => {
    const bytes = writeSafetensors(SAMPLE);
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    const read = readSafetensors(shifted);
    assert.deepEqual({ ...read.tensors }, SAMPLE.tensors);
    assert.deepEqual(read.metadata, SAMPLE.metadata);
    assert.deepEqual(writeSafetensors(read), bytes);
  });

  it('reads a file laid out by hand after the specification', () => {
    // Header of 112 bytes with padding, then float32 1 and 2 and float16 −2, little endian.
    const header = '{"b":{"dtype":"F16","shape":[1],"data_offsets":[8,10]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
    const bytes = file(header.padEnd(112), 10);
    bytes.set([0, 0, 0x80, 0x3f, 0, 0, 0, 0x40, 0, 0xc0], 8 + 112);
    const { tensors } = readSafetensors(bytes);
    assert.deepEqual([...tensors.a.data], [1, 2]);
    assert.deepEqual([...tensors.b.data], [-2]);
  });

  it('aligns the data to eight bytes', () => {
    const bytes = writeSafetensors(SAMPLE);
    assert.equal(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8, 0);
  });

  it('rounds to F16 as IEEE 754 says: every half survives, ties go to even, small numbers denormalise', () => {
    const through = (values: number[]) => [...readSafetensors(writeSafetensors({ tensors: { x: { dtype: 'F16', shape: [values.length], data: Float32Array.from(values) } }, metadata: {} })).tensors.x.data];
    const halves: number[] = [];
    for (let exponent = 0; exponent < 31; exponent++) for (let f = 0; f < 1024; f += 31) halves.push(exponent === 0 ? f * 2 ** -24 : (1 + f / 1024) * 2 ** (exponent - 15));
    assert.deepEqual(through(halves), halves);
    assert.deepEqual(through([1 + 2 ** -11, 1 + 3 * 2 ** -11, 2 ** -25, 1.5 * 2 ** -24, 2047.5, 65519, -0.1]), [1, 1 + 2 ** -9, 0, 2 ** -23, 2048, 65504, -0.0999755859375]);
    assert.throws(() => through([1e6]), /"x" holds 1000000, too large for F16/);
  });

  it('refuses to write data that miss their shape', () => {
    assert.throws(() => writeSafetensors({ tensors: { x: { dtype: 'F32', shape: [2, 2], data: new Float32Array(3) } }, metadata: {} }), /"x" has 3 values, its shape \[2,2\] wants 4/);
  });

  const broken: [string, Uint8Array, RegExp][] = [
    ['an empty file', new Uint8Array(0), /0 bytes/],
    ['a header longer than the file', file({}, 0).map((byte, i) => (i === 0 ? 200 : byte)), /claims 200 bytes, but only 2 follow.*cut/],
    ['an oversize header', new Uint8Array(64).fill(0xff), /claims 18446744073709551615 bytes.*not a safetensors file/],
    ['a header that is no JSON', file('{"a":', 0), /bytes 8 to 13.*not JSON/],
    ['a header that is no UTF-8', file('{"a": "xx"}', 0).map((byte) => (byte === 0x78 ? 0xff : byte)), /not JSON/],
    ['a header that is a list', file('[]', 0), /header is not a JSON object/],
    ['an entry that is a number', file({ a: 3 }, 0), /entry of "a" is not a JSON object/],
    ['metadata that are no strings', file({ __metadata__: { seed: 1 } }, 0), /metadata entry "seed" is not a string/],
    ['a type it does not know', file({ a: { dtype: 'I64', shape: [1], data_offsets: [0, 8] } }, 8), /"a" is of type "I64"/],
    ['a negative size', file({ a: f32([-1], 0, 4) }, 4), /"a" has the shape \[-1\]/],
    ['a shape that is no list', file({ a: f32(4, 0, 16) }, 16), /"a" has the shape 4/],
    ['a size that overflows', file({ a: f32([2 ** 30, 2 ** 30, 2 ** 30], 0, 4) }, 4), /"a" takes bytes 0 to 4/],
    ['offsets in the wrong order', file({ a: f32([1], 4, 0) }, 4), /"a" has the data offsets \[4,0\]/],
    ['offsets that miss the shape', file({ a: f32([2, 2], 0, 12) }, 12), /"a" takes bytes 0 to 12.*\[2,2\] wants 16/],
    ['data that are cut', file({ a: f32([4], 0, 16) }, 12), /"a" ends at byte 16 of the data, which have only 12/],
    ['overlapping tensors', file({ a: f32([2], 0, 8), b: f32([2], 4, 12) }, 12), /"a" and "b" overlap.*byte 4, before 8/],
    ['a gap', file({ a: f32([1], 0, 4), b: f32([1], 8, 12) }, 12), /Bytes 4 to 8 between "a" and "b" belong to no tensor/],
    ['bytes at the end', file({ a: f32([1], 0, 4) }, 8), /last 4 bytes, after "a"/],
  ];
  for (const [name, bytes, message] of broken) {
    it(`names what is wrong with ${name}`, () => {
      assert.throws(() => readSafetensors(bytes), (error: unknown) => error instanceof SafetensorsError && message.test(error.message), String(message));
    });
  }

  it('a tensor called __proto__ is only a name', () => {
    const { tensors } = readSafetensors(file('{"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 4));
    assert.deepEqual(Object.keys(tensors), ['__proto__']);
    assert.equal(({} as { dtype?: string }).dtype, undefined);
  });

  it('every cut of a good file is refused, and no damaged header does worse than a SafetensorsError', () => {
    const bytes = writeSafetensors(SAMPLE);
    for (let length = 0; length < bytes.length; length++) assert.throws(() => readSafetensors(bytes.subarray(0, length)), SafetensorsError, `cut to ${length}`);
    const words = createRandom(99).words('fuzz', 0, 4000);
    let refused = 0;
    for (let k = 0; k < words.length; k += 2) {
      const damaged = bytes.slice();
      damaged[words[k] % (bytes.length - 30)] = words[k + 1];
      try {
        readSafetensors(damaged);
      } catch (error) {
        assert.ok(error instanceof SafetensorsError, `byte ${words[k] % (bytes.length - 30)} ← ${words[k + 1] & 255}: ${String(error)}`);
        refused++;
      }
    }
    assert.ok(refused > words.length / 4, `only ${refused} of ${words.length / 2} damaged files were refused`);
  });
});
