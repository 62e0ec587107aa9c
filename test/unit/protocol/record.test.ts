import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { decodeRecord, encodePoints, encodeRecord, pointsOf, readRecord, recordFromJson, RECORD_LIMITS, recordToJson, RecordError, type RunRecord } from '../../../core/protocol/record';
import { runInWords, settingsOfRun } from '../../../core/protocol/words';

const record: RunRecord = {
  format: 'marginalia-run', version: 1, kind: 'train',
  settings: { data: 'moons', T: 200, schedule: 'custom', betas: [0.1, 0.2], rescale: true, eta: 0.5, seed: 7, sampler: 'ddim', steps: 50, points: 2000 },
  device: 'wasm', trainedSteps: 2000, points: null, model: { uri: 'src/model.py', name: 'DDPM', line: 12 },
};
const withPoints: RunRecord = { ...record, points: { name: 'mine.csv', base64: encodePoints(Float32Array.of(0.1, -1, 3, 1e-9)) } };
const changed = (changes: object): unknown => ({ ...record, ...changes });
const link = (json: string): string => deflateRawSync(json).toString('base64url');

describe('a run record', () => {
  test('comes back the same from JSON, and from a link', async () => {
    for (const run of [record, withPoints, { ...record, model: null, settings: {} }]) {
      assert.deepEqual(recordFromJson(recordToJson(run)), run);
      assert.deepEqual(await decodeRecord(await encodeRecord(run)), run);
    }
  });

  test('holds points as float32 in little endian', () => {
    assert.equal(encodePoints(Float32Array.of(1, -2)), Buffer.from([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]).toString('base64'));
    assert.deepEqual(pointsOf(withPoints), Float32Array.of(0.1, -1, 3, 1e-9));
    assert.equal(pointsOf(record).length, 0);
    const many = Float32Array.from({ length: 40_000 }, (_, i) => Math.sin(i));
    assert.deepEqual(pointsOf({ ...record, points: { name: 'many', base64: encodePoints(many) } }), many);
  });

  test('drops what it does not know', () => {
    assert.deepEqual(readRecord(changed({ evil: 1 })), record);
  });

  const refused: [what: string, value: unknown, message: RegExp][] = [
    ['nothing', null, /the run is null/],
    ['a list', [], /the run is a list/],
    ['another format', { format: 'other' }, /"format" is "other"/],
    ['an inherited format', Object.create(record), /"format" is missing/],
    ['a newer version', changed({ version: 2 }), /version 2; .*Update/],
    ['an unknown kind', changed({ kind: 'delete' }), /"kind" is "delete"; it must be one of sample, train/],
    ['an unknown device', changed({ device: 'tpu' }), /"device" is "tpu"/],
    ['settings that are none', changed({ settings: 'all' }), /"settings" is "all"/],
    ['too many settings', changed({ settings: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`s${i}`, 1])) }), /101 settings/],
    ['a setting that is not finite', changed({ settings: { eta: NaN } }), /"settings.eta" is NaN/],
    ['an entry that is not finite', changed({ settings: { betas: [0.1, Infinity] } }), /"settings.betas", entry 2, is Infinity/],
    ['a hole in a list', changed({ settings: { betas: new Array<number>(3) } }), /entry 1, is missing/],
    ['a nested setting', changed({ settings: { T: { valueOf: 3 } } }), /"settings.T" is an object/],
    ['a huge list', changed({ settings: { betas: new Array(RECORD_LIMITS.array + 1).fill(0) } }), /10,001 entries/],
    ['a long text', changed({ settings: { data: 'x'.repeat(1001) } }), /1,001 characters/],
    ['the prototype', JSON.parse('{"format":"marginalia-run","version":1,"kind":"sample","settings":{"__proto__":1},"device":"auto","trainedSteps":0,"points":null,"model":null}'), /"__proto__" has a name that no setting has/],
    ['the constructor', changed({ settings: { constructor: 1 } }), /"constructor" has a name/],
    ['training backwards', changed({ trainedSteps: -1 }), /"trainedSteps" is -1/],
    ['half a step', changed({ trainedSteps: 0.5 }), /"trainedSteps" is 0.5/],
    ['points that are left out', changed({ points: undefined }), /"points" is missing/],
    ['points that are no base64', changed({ points: { name: 'a', base64: '§' } }), /not base64/],
    ['half a point', changed({ points: { name: 'a', base64: encodePoints(Float32Array.of(1, 2, 3, 4, 5)) } }), /20 bytes/],
    ['one point', changed({ points: { name: 'a', base64: encodePoints(Float32Array.of(1, 2)) } }), /two points or more/],
    ['a point at infinity', changed({ points: { name: 'a', base64: encodePoints(Float32Array.of(1, 2, 3, -Infinity)) } }), /point 2 has y = -Infinity/],
    ['a model without a line', changed({ model: { uri: 'a.py', name: 'A' } }), /"model.line" is missing/],
    ['a model of no file', changed({ model: { uri: 3, name: 'A', line: 1 } }), /"model.uri" is 3/],
  ];
  for (const [what, value, message] of refused) {
    test(`is refused for ${what}`, () => assert.throws(() => readRecord(value), (error) => error instanceof RecordError && message.test(error.message) && /\.$/.test(error.message)));
  }

  test('more points than are read are refused before they are decoded', () => {
    const base64 = 'A'.repeat(10_666_672 + 4);
    assert.throws(() => readRecord(changed({ points: { name: 'a', base64 } })), /more than 1,000,000 points/);
  });

  test('reading leaves the prototype alone', () => {
    const settings = readRecord(record).settings;
    assert.equal(Object.getPrototypeOf(settings), Object.prototype);
    assert.equal(({} as Record<string, unknown>).T, undefined);
  });

  test('text that is no JSON says so', () => assert.throws(() => recordFromJson('{"format":'), /not JSON/));
});

describe('a link', () => {
  test('is url-safe and short', async () => {
    const text = await encodeRecord(record);
    assert.match(text, /^[\w-]+$/);
    assert.ok(text.length < 500, `${text.length} characters`);
  });

  test('that would be too long is refused with what to do', async () => {
    let seed = 1;
    const betas = Array.from({ length: 1000 }, () => (seed = (seed * 48271) % 2147483647) / 2147483647);
    await assert.rejects(encodeRecord({ ...record, settings: { betas } }), /too large for a link: [\d,]+ characters, at most 8,000 fit\. Export it as JSON/);
  });

  const bad: [what: string, text: string, message: RegExp][] = [
    ['empty', '', /holds no run/],
    ['with foreign characters', 'abc+/=', /character 4 of the run is "\+"/],
    ['no deflate', 'AAAA', /cannot be unpacked/],
    ['of an impossible length', 'A', /cannot be unpacked/],
    ['no text', deflateRawSync(Buffer.from([0xff, 0xfe, 0xfd])).toString('base64url'), /cannot be unpacked/],
    ['no JSON', link('run'), /not JSON/],
    ['no run', link('{}'), /not a run of Marginalia/],
    ['too long', 'A'.repeat(8001), /too long: 8,001 characters/],
  ];
  for (const [what, text, message] of bad) {
    test(`that is ${what} is refused`, () => assert.rejects(decodeRecord(text), (error) => error instanceof RecordError && message.test(error.message)));
  }

  test('cut anywhere is refused', async () => {
    const text = await encodeRecord(record);
    for (let length = 1; length < text.length; length += 7) await assert.rejects(decodeRecord(text.slice(0, length)), RecordError, `${length} characters`);
  });

  test('that unpacks to a bomb is refused without being unpacked', async () => {
    const bomb = link(' '.repeat(5_000_000));
    assert.ok(bomb.length < RECORD_LIMITS.link, `${bomb.length} characters`);
    await assert.rejects(decodeRecord(bomb), /unpacks to more than 1,024 kB/);
  });
});

describe('a run in words', () => {
  test('says what will run', () => {
    assert.equal(runInWords(record), 'Train DDPM 2,000 steps on two moons');
    assert.equal(runInWords({ ...record, kind: 'sample', trainedSteps: 0 }), 'Sample 2,000 points of two moons from DDPM in 50 steps');
    assert.equal(runInWords({ ...record, kind: 'sample', trainedSteps: 1 }), 'Train DDPM 1 step on two moons, then sample 2,000 points in 50 steps');
    assert.equal(runInWords({ ...withPoints, trainedSteps: 0 }), 'Train DDPM on the points of mine.csv that it brings along');
    assert.equal(settingsOfRun(record), 'T = 200, custom schedule, sampler ddim, seed 7, on wasm, for DDPM of model.py');
  });

  test('lets nobody write the question', () => {
    const text = runInWords({ ...record, points: { name: `a\n\n\u202Esafe ${'x'.repeat(500)}`, base64: '' } });
    assert.doesNotMatch(text, /[\n\u202E]/);
    assert.ok(text.length < 140, text);
    assert.match(runInWords({ ...record, settings: { data: '<other>' } }), /on the data "<other>"$/);
  });
});
