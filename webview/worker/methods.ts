/** What the page may ask of the compute worker: of all experiments. */
import type { WorkerMethods } from './protocol';
import type { VaeMethods } from './vae/protocol';

export type AllWorkerMethods = WorkerMethods & VaeMethods;
