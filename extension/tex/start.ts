/** The typesetting worker in Node. The browser's bundle takes start-web.ts in its place. */
import { Worker } from 'node:worker_threads';
import type { TexAnswer, TexRequest } from './worker';

export interface TexWorker {
  post(request: TexRequest): void;
  terminate(): void;
}

const MEMORY_MB = 192;

/** @param source of the worker, as text: both hosts can read that. */
export function startWorker(source: string, answered: (answer: TexAnswer) => void, failed: (error: unknown) => void): TexWorker {
  const prologue = `const { parentPort } = require('node:worker_threads');
globalThis.postMessage = (message) => parentPort.postMessage(message);
parentPort.on('message', (data) => globalThis.onmessage({ data }));
`;
  const worker = new Worker(prologue + source, { eval: true, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
  worker.unref();
  worker.on('message', answered);
  worker.on('error', failed);
  return { post: (request) => worker.postMessage(request), terminate: () => void worker.terminate() };
}
