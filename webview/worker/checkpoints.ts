/**
 * Checkpoints of training runs by key (a model of a file). Each key has two places that are written in turn, so that a write which is cut short never costs the
 * checkpoint before it; a damaged one is refused with words and the other taken.
 */
import { CheckpointError } from '../../core/math/sealed';
import type { RecordStore } from './store';

/** Beyond so many keys the one that was written longest ago goes. */
export const MAX_KEYS = 8;
const PLACES = [0, 1] as const;

/** `at` lies beside the bytes, so that the age of a record needs no decoding. */
interface Kept {
  at: number;
  bytes: Uint8Array;
}

/** What every experiment's checkpoint says of itself. */
export interface Keepable {
  trainingKey: string;
  state: { step: number };
  /** When it was taken, in ms since 1970. */
  at: number;
}

export interface Codec<C extends Keepable> {
  encode(checkpoint: C): Uint8Array;
  /** @throws CheckpointError for bytes that are cut, damaged or of another version. */
  decode(bytes: Uint8Array): C;
}

export interface Found<C extends Keepable> {
  checkpoint: C | null;
  /** One sentence for each record that could not be used. */
  warnings: string[];
}

export class Checkpoints<C extends Keepable> {
  constructor(private readonly store: RecordStore, private readonly codec: Codec<C>) {}

  /** The newest whole checkpoint of the key that fits; damaged ones are named. Rejects when the store cannot be read. */
  async load(key: string, trainingKey: string): Promise<Found<C>> {
    const found: Found<C> = { checkpoint: null, warnings: [] };
    for (const place of PLACES) {
      const value = await this.store.get(idOf(key, place));
      if (value === undefined) continue;
      try {
        const checkpoint = this.codec.decode(asKept(value).bytes);
        if (checkpoint.trainingKey === trainingKey && !(found.checkpoint && found.checkpoint.at >= checkpoint.at)) found.checkpoint = checkpoint;
      } catch (error) {
        if (!(error instanceof CheckpointError)) throw error;
        found.warnings.push(`A checkpoint could not be used: ${error.message}.`);
      }
    }
    if (found.warnings.length > 0) found.warnings.push(found.checkpoint ? `Training goes on from the one of step ${found.checkpoint.state.step}.` : 'Training starts afresh.');
    return found;
  }

  /** Writes over the older of the key's two. Rejects with the store's error, then both stay as they were. */
  async save(key: string, checkpoint: C): Promise<void> {
    const ids = await this.store.ids();
    if (!ids.some((id) => keyOf(id) === key)) await this.makeRoom(ids);
    const ages = await Promise.all(PLACES.map((place) => this.age(idOf(key, place))));
    const place = ages[0] <= ages[1] ? PLACES[0] : PLACES[1];
    // Later than both: two may come within a millisecond, and clocks are set back.
    const at = Math.max(checkpoint.at, Math.max(...ages) + 1);
    await this.store.put(idOf(key, place), { at, bytes: this.codec.encode({ ...checkpoint, at }) } satisfies Kept);
  }

  async forget(key: string): Promise<void> {
    await Promise.all(PLACES.map((place) => this.store.delete(idOf(key, place))));
  }

  /** When it was written; −1 for what is missing or unreadable, which is written over first. */
  private async age(id: string): Promise<number> {
    const value = await this.store.get(id);
    try {
      return value === undefined ? -1 : asKept(value).at;
    } catch {
      return -1;
    }
  }

  private async makeRoom(ids: readonly string[]): Promise<void> {
    const newest = new Map<string, number>();
    for (const id of ids) newest.set(keyOf(id), Math.max(newest.get(keyOf(id)) ?? -1, await this.age(id)));
    const oldestFirst = [...newest].sort(([, a], [, b]) => a - b);
    for (const [key] of oldestFirst.slice(0, Math.max(0, newest.size - MAX_KEYS + 1))) await this.forget(key);
  }
}

const idOf = (key: string, place: number): string => `${place} ${key}`;
const keyOf = (id: string): string => id.slice(2);

function asKept(value: unknown): Kept {
  const { at, bytes } = (value ?? {}) as Partial<Kept>;
  if (typeof at !== 'number' || !(bytes instanceof Uint8Array)) throw new CheckpointError('it has another form');
  return { at, bytes };
}
