/** Where checkpoints lie: the browser's IndexedDB, or memory. Values are what structured cloning can carry. */

export interface RecordStore {
  get(id: string): Promise<unknown>;
  /** All or nothing. Rejects with a DOMException named QuotaExceededError when there is no room. */
  put(id: string, value: unknown): Promise<void>;
  delete(id: string): Promise<void>;
  ids(): Promise<string[]>;
}

const TABLE = 'records';

/** A database of the page's origin; it is opened at the first use, and again after a failure. */
export function indexedDbStore(name: string): RecordStore {
  let database: Promise<IDBDatabase> | null = null;
  const open = () => {
    database ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
      request.onsuccess = () => {
        // Another page may delete or upgrade the database; then this end must let go.
        request.result.onversionchange = () => request.result.close();
        request.result.onclose = () => { database = null; };
        resolve(request.result);
      };
      request.onerror = () => reject(request.error ?? new Error('the database cannot be opened'));
      request.onblocked = () => reject(new Error('another page holds an older version of the database open'));
    });
    database.catch(() => { database = null; });
    return database;
  };
  const within = async <V>(mode: IDBTransactionMode, ask: (records: IDBObjectStore) => IDBRequest<V>): Promise<V> => {
    const db = await open();
    return new Promise((resolve, reject) => {
      const transaction = db.transaction(TABLE, mode);
      const request = ask(transaction.objectStore(TABLE));
      // Of the transaction, not of the request: written means on its way to the disk.
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? request.error ?? new Error('the transaction was aborted'));
    });
  };
  return {
    get: (id) => within('readonly', (records) => records.get(id) as IDBRequest<unknown>),
    put: async (id, value) => void (await within('readwrite', (records) => records.put(value, id))),
    delete: async (id) => void (await within('readwrite', (records) => records.delete(id))),
    ids: async () => (await within('readonly', (records) => records.getAllKeys())).map(String),
  };
}

/** The same in memory, for places without IndexedDB; values are copied as the database would. */
export function memoryStore(): RecordStore {
  const records = new Map<string, unknown>();
  return {
    get: (id) => Promise.resolve(structuredClone(records.get(id))),
    put: async (id, value) => void records.set(id, structuredClone(value)),
    delete: async (id) => void records.delete(id),
    ids: () => Promise.resolve([...records.keys()]),
  };
}
