/** Checkpoints as bytes and in a store: whole, cut, damaged, too many, and no room. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULTS } from '../../../webview/experiments/ddpm/manifest';
import { LossHistory, MAX_LOSSES } from '../../../core/math/history';
import { CheckpointError } from '../../../core/math/sealed';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../../../webview/experiments/ddpm/runtime';
import { Checkpoints, MAX_KEYS } from '../../../webview/worker/checkpoints';
import { memoryStore } from '../../../webview/worker/store';

const codec = { encode: encodeCheckpoint, decode: decodeCheckpoint };

const checkpoint = (step: number, at = step): Checkpoint => ({
  trainingKey: 'key "of" the settings: β', settings: DEFAULTS, at, running: step % 2 === 0,
  state: { step, rows: Float32Array.from({ length: 40 }, (_, i) => Math.sin(i + step)) },
  losses: { values: Float32Array.of(1, 0.5, 0.25), every: 2, pending: [0.1 + 0.2, 1] },
});

describe('a checkpoint as bytes', () => {
  it('comes back as it was, every bit', () => {
    assert.deepEqual(decodeCheckpoint(encodeCheckpoint(checkpoint(7))), checkpoint(7));
  });

  it('is refused when it is cut anywhere or one bit is another', () => {
    const bytes = encodeCheckpoint(checkpoint(7));
    for (let length = 0; length < bytes.length; length += 37) assert.throws(() => decodeCheckpoint(bytes.subarray(0, length)), CheckpointError, `${length} bytes`);
    const header = 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
    for (let i = header; i < bytes.length; i += 5) {
      const damaged = bytes.slice();
      damaged[i] ^= 1 << (i % 8);
      assert.throws(() => decodeCheckpoint(damaged), /checksum does not fit/, `byte ${i}`);
    }
    const text = Buffer.from(bytes).toString('latin1');
    const edited = Buffer.from(text.replace('"step":"7"', '"step":"8"'), 'latin1');
    assert.notDeepEqual(edited, Buffer.from(bytes));
    assert.throws(() => decodeCheckpoint(edited), /checksum does not fit/);
    assert.throws(() => decodeCheckpoint(Buffer.from(text.replace('"format":"1"', '"format":"9"'), 'latin1')), /version 9, and this program reads version 1/);
  });
});

describe('checkpoints in a store', () => {
  it('keeps the last two of a key; the newest that fits is found', async () => {
    const store = memoryStore();
    const checkpoints = new Checkpoints(store, codec);
    for (const step of [10, 20, 30]) await checkpoints.save('a', checkpoint(step));
    assert.equal((await store.ids()).length, 2);
    assert.deepEqual(await checkpoints.load('a', checkpoint(0).trainingKey), { checkpoint: checkpoint(30), warnings: [] });
    assert.deepEqual(await checkpoints.load('a', 'other settings'), { checkpoint: null, warnings: [] });
    assert.deepEqual(await checkpoints.load('b', checkpoint(0).trainingKey), { checkpoint: null, warnings: [] });
    await checkpoints.forget('a');
    assert.deepEqual(await store.ids(), []);
  });

  it('the one written last is the newest, within one millisecond and after a clock was set back', async () => {
    const checkpoints = new Checkpoints(memoryStore(), codec);
    for (const at of [500, 500, 500, 100]) {
      const step = 1 + Math.floor(Math.random() * 1000);
      await checkpoints.save('a', checkpoint(step, at));
      assert.equal((await checkpoints.load('a', checkpoint(0).trainingKey)).checkpoint?.state.step, step);
    }
  });

  it('goes back to the one before a damaged one, and starts afresh when both are; says so', async () => {
    const store = memoryStore();
    const checkpoints = new Checkpoints(store, codec);
    for (const step of [10, 20]) await checkpoints.save('a', checkpoint(step));
    const damage = async (step: number) => {
      for (const id of await store.ids()) {
        const value = (await store.get(id)) as { at: number; bytes: Uint8Array };
        if (value.at === step) await store.put(id, { ...value, bytes: value.bytes.subarray(0, value.bytes.length - 30) });
      }
    };
    await damage(20);
    const one = await checkpoints.load('a', checkpoint(0).trainingKey);
    assert.deepEqual(one.checkpoint, checkpoint(10));
    assert.match(one.warnings.join(' '), /could not be used: it cannot be read .*the file is cut.* goes on from the one of step 10/);
    await damage(10);
    const none = await checkpoints.load('a', checkpoint(0).trainingKey);
    assert.equal(none.checkpoint, null);
    assert.match(none.warnings.join(' '), /starts afresh/);
    for (const id of await store.ids()) await store.put(id, 'something else');
    assert.match((await checkpoints.load('a', 'k')).warnings.join(' '), /another form/);
    await checkpoints.save('a', checkpoint(40));
    assert.equal((await checkpoints.load('a', checkpoint(0).trainingKey)).checkpoint?.state.step, 40);
  });

  it('holds a few keys; the one written longest ago goes', async () => {
    const checkpoints = new Checkpoints(memoryStore(), codec);
    for (let key = 0; key < MAX_KEYS; key++) await checkpoints.save(`${key}`, checkpoint(1, 100 + key));
    await checkpoints.save('0', checkpoint(2, 500));
    await checkpoints.save('new', checkpoint(1, 600));
    const found = async (key: string) => (await checkpoints.load(key, checkpoint(0).trainingKey)).checkpoint !== null;
    assert.deepEqual([await found('0'), await found('1'), await found('2'), await found('new')], [true, false, true, true]);
  });

  it('a write that finds no room leaves what was there', async () => {
    const store = memoryStore();
    const checkpoints = new Checkpoints(store, codec);
    for (const step of [10, 20]) await checkpoints.save('a', checkpoint(step));
    store.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    await assert.rejects(checkpoints.save('a', checkpoint(30)), { name: 'QuotaExceededError' });
    assert.deepEqual((await checkpoints.load('a', checkpoint(0).trainingKey)).checkpoint, checkpoint(20));
  });
});

describe('losses of a long run', () => {
  it('are means of equal groups, few enough, and go on from a record as if never interrupted', () => {
    const losses = Float32Array.from({ length: 3 * MAX_LOSSES + 1234 }, (_, i) => 2 + Math.sin(i / 50));
    const whole = new LossHistory();
    whole.add(losses);
    const { values, every, pending } = whole.record;
    assert.ok(values.length <= MAX_LOSSES && every === 4, `${values.length}, ${every}`);
    values.forEach((value, i) => {
      const mean = losses.subarray(i * every, (i + 1) * every).reduce((sum, loss) => sum + loss, 0) / every;
      assert.ok(Math.abs(value - mean) < 1e-6, `${i}`);
    });
    assert.equal(values.length * every + pending[1], losses.length);
    const first = new LossHistory();
    first.add(losses.subarray(0, 5001));
    const second = new LossHistory(first.record);
    second.add(losses.subarray(5001));
    assert.equal(second.record.every, every);
    second.record.values.forEach((value, i) => assert.ok(Math.abs(value - values[i]) < 1e-6));
  });
});
