/**
 * A run as data: what is needed to repeat it. The page makes records, the host keeps the last one, people send them around
 * as JSON files and as links. What comes back may therefore come from anybody: it is read field by field, with bounds.
 */
import { inEnglish, say, type Said } from '../l10n/translate';
import { MAX_T } from '../math/schedules';

export type RunValue = string | number | boolean | number[];

export interface RunRecord {
  format: 'marginalia-run';
  version: 1;
  kind: 'sample' | 'train';
  /** By control id; whether each value can run is for the experiment to say. */
  settings: Record<string, RunValue>;
  device: 'auto' | 'webgpu' | 'wasm' | 'cpu';
  /** How many steps the network was (or is to be) trained; 0 is the stand-in network. */
  trainedSteps: number;
  /** Own data: float32 in little endian, x and y interleaved, standardised, as base64. */
  points: null | { name: string; base64: string };
  /** The model whose file gave settings: a URI, or in a shared record a path relative to a folder of the workspace. */
  model: null | { uri: string; name: string; line: number };
}

/** A record that cannot be read or sent. It says what is wrong, where, and what to do; its `message` does so in English. */
export class RecordError extends Error {
  constructor(readonly said: Said) {
    super(said.in(inEnglish));
    this.name = 'RecordError';
  }
}

/** What a record may hold at most. */
export const RECORD_LIMITS = {
  settings: 100, text: 1000, uri: 4000, array: MAX_T, trainedSteps: 10_000_000, points: 1_000_000,
  /** Characters of an encoded record in a link: browsers and shells begin to cut at about this length. */
  link: 8000,
  /** Bytes that a link may unpack to. */
  unpacked: 1 << 20,
} as const;

const KINDS = ['sample', 'train'] as const;
const DEVICES = ['auto', 'webgpu', 'wasm', 'cpu'] as const;

const refused = (english: string, ...values: (string | number | Said)[]): RecordError => new RecordError(say(english, ...values));
/** With what can be done about it. */
const mendable = (english: string, ...values: (string | number | Said)[]): RecordError => refused('{0} Export the run again, or mend the file by hand.', say(english, ...values));
const damaged = (english: string, ...values: (string | number | Said)[]): RecordError => refused('{0} Copy the whole link again, or ask for the run as a JSON file.', say(english, ...values));

/**
 * Reads a record from parsed JSON (or from a message); unknown fields are dropped.
 * Throws {@link RecordError} naming the first field that cannot be used.
 */
export function readRecord(value: unknown): RunRecord {
  const record = objectAt(value, say('the run'));
  if (own(record, 'format') !== 'marginalia-run') throw refused('This is not a run of Marginalia: "format" is {0} instead of "marginalia-run". Choose a file that "Export run" wrote.', show(own(record, 'format')));
  const version = own(record, 'version');
  if (version !== 1) throw refused('The run has version {0}; this Marginalia reads version 1. Update the extension, or export the run again.', show(version));
  return {
    format: 'marginalia-run',
    version: 1,
    kind: oneOf(own(record, 'kind'), KINDS, 'kind'),
    settings: readSettings(own(record, 'settings')),
    device: oneOf(own(record, 'device'), DEVICES, 'device'),
    trainedSteps: wholeNumber(own(record, 'trainedSteps'), 0, RECORD_LIMITS.trainedSteps, 'trainedSteps'),
    points: readPoints(own(record, 'points')),
    model: readModel(own(record, 'model')),
  };
}

/** The record as an indented JSON file, which {@link readRecord} reads back the same. */
export function recordToJson(record: RunRecord): string {
  return `${JSON.stringify(readRecord(record), null, 1)}\n`;
}

/** Reads the text of a JSON file; throws {@link RecordError}. */
export function recordFromJson(text: string): RunRecord {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw mendable('The run is not JSON: {0}.', error instanceof Error ? error.message : String(error));
  }
  return readRecord(value);
}

/** The points of a record, x and y interleaved; empty when it brings none. */
export function pointsOf({ points }: RunRecord): Float32Array {
  return points ? decodePoints(points.base64) : new Float32Array(0);
}

/** Points (x and y interleaved) as a record holds them: float32 in little endian on every machine. */
export function encodePoints(points: Float32Array): string {
  const bytes = new Uint8Array(4 * points.length);
  const view = new DataView(bytes.buffer);
  points.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return toBase64(bytes);
}

/**
 * The record as text for a link: JSON, deflated (raw), in base64url. Rejects with {@link RecordError} when it is longer
 * than a link can be, which own points or an array of β make it.
 */
export async function encodeRecord(record: RunRecord): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(readRecord(record)));
  const text = toBase64(await pump(bytes, new CompressionStream('deflate-raw'), Infinity)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  if (text.length > RECORD_LIMITS.link || bytes.length > RECORD_LIMITS.unpacked) {
    throw refused('The run is too large for a link: {0} characters, at most {1} fit. Export it as JSON and send the file instead.', grouped(text.length), grouped(RECORD_LIMITS.link));
  }
  return text;
}

/** Reads what {@link encodeRecord} wrote; rejects with {@link RecordError} for anything else, however it was made. */
export async function decodeRecord(text: string): Promise<RunRecord> {
  if (text === '') throw damaged('The link holds no run: "r" is empty.');
  if (text.length > RECORD_LIMITS.link) throw refused('The link is too long: {0} characters, at most {1} are read. Ask for the run as a JSON file.', grouped(text.length), grouped(RECORD_LIMITS.link));
  const foreign = /[^A-Za-z0-9_-]/.exec(text);
  if (foreign) throw damaged('The link is damaged: character {0} of the run is {1}.', foreign.index + 1, show(foreign[0]));
  let json: string;
  try {
    const packed = fromBase64(text.replace(/-/g, '+').replace(/_/g, '/'));
    json = new TextDecoder('utf-8', { fatal: true }).decode(await pump(packed, new DecompressionStream('deflate-raw'), RECORD_LIMITS.unpacked));
  } catch (error) {
    if (error instanceof RecordError) throw error;
    throw damaged('The link is damaged: the run in it cannot be unpacked.');
  }
  return recordFromJson(json);
}

function readSettings(value: unknown): Record<string, RunValue> {
  const settings = Object.entries(objectAt(value, '"settings"'));
  if (settings.length > RECORD_LIMITS.settings) throw mendable('The run has {0} settings; at most {1} are read.', settings.length, RECORD_LIMITS.settings);
  // fromEntries defines properties and so cannot reach a prototype; the names that could elsewhere are refused all the same.
  return Object.fromEntries(settings.map(([id, setting]) => {
    if (!/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(id) || id in Object.prototype) throw mendable('The setting {0} has a name that no setting has.', show(id));
    return [id, readSetting(setting, `"settings.${id}"`)];
  }));
}

function readSetting(value: unknown, where: string): RunValue {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return finite(value, where);
  if (typeof value === 'string') return shortText(value, RECORD_LIMITS.text, where);
  if (!Array.isArray(value)) throw mendable('{0} is {1}; a setting is a text, a number, true or false, or a list of numbers.', where, show(value));
  if (value.length > RECORD_LIMITS.array) throw mendable('{0} has {1} entries; at most {2} are read.', where, grouped(value.length), grouped(RECORD_LIMITS.array));
  return Array.from(value, (entry: unknown, i) => finite(entry, say('{0}, entry {1},', where, i + 1)));
}

function readPoints(value: unknown): RunRecord['points'] {
  if (value === null) return null;
  const points = objectAt(value, '"points"');
  const name = shortText(own(points, 'name'), RECORD_LIMITS.text, '"points.name"');
  const base64 = own(points, 'base64');
  // Before decoding: the length alone tells how much there is.
  const longest = Math.ceil((8 * RECORD_LIMITS.points) / 3) * 4;
  if (typeof base64 !== 'string') throw mendable('"points.base64" is {0} instead of text.', show(base64));
  if (base64.length > longest) throw refused('"points" hold more than {0} points, the most that are read. Thin them out.', grouped(RECORD_LIMITS.points));
  const values = decodePoints(base64);
  const bad = values.findIndex((entry) => !Number.isFinite(entry));
  if (bad >= 0) throw mendable('"points": point {0} has {1} = {2}; every coordinate must be a finite number.', Math.floor(bad / 2) + 1, bad % 2 === 0 ? 'x' : 'y', values[bad]);
  return { name, base64 };
}

/** Reads what {@link encodePoints} wrote. */
export function decodePoints(base64: string): Float32Array {
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(base64);
  } catch {
    throw mendable('"points.base64" is not base64.');
  }
  if (bytes.length < 16 || bytes.length % 8 !== 0) throw mendable('"points" hold {0} bytes; two points or more of 8 bytes each are needed.', bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

function readModel(value: unknown): RunRecord['model'] {
  if (value === null) return null;
  const model = objectAt(value, '"model"');
  return {
    uri: shortText(own(model, 'uri'), RECORD_LIMITS.uri, '"model.uri"'),
    name: shortText(own(model, 'name'), RECORD_LIMITS.text, '"model.name"'),
    line: wholeNumber(own(model, 'line'), 1, 10_000_000, 'model.line'),
  };
}

function objectAt(value: unknown, where: string | Said): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw mendable('{0} is {1} instead of an object with fields.', where, show(value));
  return value;
}

/** A property of the object itself: what a prototype might lend is not there. */
function own(record: object, key: string): unknown {
  return Object.hasOwn(record, key) ? (record as Record<string, unknown>)[key] : undefined;
}

function oneOf<C extends string>(value: unknown, choices: readonly C[], where: string): C {
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw mendable('"{0}" is {1}; it must be one of {2}.', where, show(value), choices.join(', '));
  return choice;
}

function wholeNumber(value: unknown, min: number, max: number, where: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) throw mendable('"{0}" is {1}; it must be a whole number from {2} to {3}.', where, show(value), grouped(min), grouped(max));
  return value;
}

function finite(value: unknown, where: string | Said): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw mendable('{0} is {1}; it must be a finite number.', where, show(value));
  return value;
}

function shortText(value: unknown, longest: number, where: string): string {
  if (typeof value !== 'string') throw mendable('{0} is {1} instead of text.', where, show(value));
  if (value.length > longest) throw mendable('{0} has {1} characters; at most {2} are read.', where, grouped(value.length), grouped(longest));
  return value;
}

/** A value in a message: short, whatever it is. */
function show(value: unknown): string | Said {
  if (value === undefined) return say('missing');
  if (Array.isArray(value)) return say('a list');
  if (typeof value === 'object' && value !== null) return say('an object');
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

const grouped = (value: number): string => value.toLocaleString('en-US');

/** Sends bytes through a stream that changes them; stops reading, and throws, beyond `limit` bytes: a small link may hold a bomb. */
async function pump(bytes: Uint8Array<ArrayBuffer>, stream: { readable: ReadableStream<Uint8Array>; writable: WritableStream<BufferSource> }, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const writer = stream.writable.getWriter();
  // What goes wrong while writing shows itself while reading, too; nobody waits for these two.
  writer.write(bytes).catch(() => {});
  writer.close().catch(() => {});
  const reader = stream.readable.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > limit) {
      reader.cancel().catch(() => {});
      throw refused('The link unpacks to more than {0} kB, which no run needs. Do not trust where it came from.', grouped(limit / 1024));
    }
    chunks.push(part.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function toBase64(bytes: Uint8Array): string {
  // In pieces: a call takes a limited number of arguments.
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
