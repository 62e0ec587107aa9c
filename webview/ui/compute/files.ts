/** What the page fetches for its workers: a worker from a blob: URL may not fetch the extension's resources itself. */
import type { PageAssets } from '../../../core/protocol/messages';
import type { DatasetId } from '../../../core/math/datasets';

/** Script and WASM binaries as blob: URLs, weights as bytes; each is fetched once, and again after a failure. */
export class WorkerFiles {
  private code: Promise<[script: string, wasm: Record<string, string>]> | null = null;
  private readonly weights = new Map<string, Promise<Uint8Array>>();

  constructor(private readonly assets: PageAssets) {}

  async program(): Promise<{ script: string; wasm: Record<string, string> }> {
    this.code ??= Promise.all([
      fetchText(this.assets.worker).then((text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))),
      blobUrls(this.assets.wasm),
    ]);
    const [script, wasm] = await this.code.catch((error: unknown) => {
      this.code = null;
      throw error;
    });
    return { script, wasm };
  }

  standIn(data: DatasetId): Promise<Uint8Array> {
    let bytes = this.weights.get(data);
    if (!bytes) {
      const url = this.assets.weights[data];
      bytes = url ? fetchBytes(url) : Promise.reject(new Error(`No weights are shipped for the data set "${data}".`));
      bytes.catch(() => this.weights.delete(data));
      this.weights.set(data, bytes);
    }
    return bytes;
  }
}

async function fetchOk(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`Could not load ${url.split('/').pop()}: ${response.status} ${response.statusText}`);
  return response;
}

const fetchText = async (url: string) => (await fetchOk(url)).text();
export const fetchBytes = async (url: string) => new Uint8Array(await (await fetchOk(url)).arrayBuffer());

async function blobUrls(files: Record<string, string>): Promise<Record<string, string>> {
  const entries = Object.entries(files).map(async ([name, url]) => {
    const bytes = await (await fetchOk(url)).arrayBuffer();
    return [name, URL.createObjectURL(new Blob([bytes], { type: 'application/wasm' }))] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
