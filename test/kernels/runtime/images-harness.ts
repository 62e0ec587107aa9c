/** What images.test.ts calls inside of Chromium. */
import { prepareOwn } from '../../../core/data/own';
import { SHIPPED_FILES } from '../../../core/data/shipped';
import { inEnglish } from '../../../core/l10n/translate';
import type { ImageFile } from '../../../core/protocol/messages';
import type { HostChannel } from '../../../webview/ui/host';
import { dataProblem, openOwnImages, ShippedData } from '../../../webview/ui/vae/images';

const shipped = new ShippedData({ images: Object.fromEntries(SHIPPED_FILES.map((file) => [file, `/images/${file}`])) });
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

export async function load(id: string) {
  const { title, train, test, labelNames } = await shipped.load(id, 1);
  return { title, counts: [train.count, test.count], sums: [sum(train.values), sum(test.values)], labels: sum(train.labels ?? []), labelNames };
}

/** As the host answers: files as events, then the name. */
export async function openOwn(files: readonly { path: string; bytes: number[] }[]) {
  const sent: ImageFile[] = files.map(({ path, bytes }) => ({ path, bytes: Uint8Array.from(bytes) }));
  const channel = {
    call(_method: string, _params: unknown, { onEvent }: { onEvent: (event: { files: ImageFile[]; total: number }) => void }) {
      for (const file of sent) onEvent({ files: [file], total: sent.length });
      return Promise.resolve({ name: 'mine', count: sent.length });
    },
  } as unknown as Pick<HostChannel, 'call'>;
  const phases: string[] = [];
  try {
    const source = await openOwnImages(channel, 'files', undefined, ({ phase, done, of }) => phases.push(`${phase} ${done}/${of}`));
    const { preview, notes } = prepareOwn(source!, 1);
    return { problem: null, image: preview.image, values: [...preview.values], notes: notes.map((note) => note.in(inEnglish)), phases };
  } catch (error) {
    return { problem: dataProblem(error), image: null, values: [], notes: [], phases };
  }
}
