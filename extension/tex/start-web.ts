/** The typesetting worker in the browser. */
import type { TexWorker } from './start';
import type { TexAnswer } from './worker';

export function startWorker(source: string, answered: (answer: TexAnswer) => void, failed: (error: unknown) => void): TexWorker {
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(address);
  worker.onmessage = ({ data }: MessageEvent<TexAnswer>) => answered(data);
  worker.onerror = (event) => failed(event.message);
  return {
    post: (request) => worker.postMessage(request),
    terminate() {
      worker.terminate();
      URL.revokeObjectURL(address);
    },
  };
}
