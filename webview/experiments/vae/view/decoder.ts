/** Questions to the model that come faster than its answers: the latest is asked next, and an answer that is of no use any more is dropped. */
import { Latest } from '../../../ui/latest';
import type { Posterior } from '../runtime/types';
import type { VaeModel } from './types';

export class Asker<Question, Answer> {
  private readonly latest: Latest<{ question: Question; era: number }>;
  private era = 0;

  constructor(work: (question: Question) => Promise<Answer>, answered: (answer: Answer, question: Question) => void, failed: (error: unknown) => void) {
    this.latest = new Latest(async ({ question, era }) => {
      const answer = await work(question);
      if (era === this.era) answered(answer, question);
    }, (error) => failed(error));
  }

  ask(question: Question): void {
    this.latest.ask({ question, era: this.era });
  }

  /** Answers to what was asked so far are not wanted. */
  drop(): void {
    this.era++;
  }
}

export interface Latents {
  model: VaeModel;
  z: Float32Array;
  count: number;
}

export const decoder = (answered: (values: Float32Array, question: Latents) => void, failed: (error: unknown) => void): Asker<Latents, Float32Array> =>
  new Asker(({ model, z, count }) => model.decode(z, count), answered, failed);

export interface Inputs {
  model: VaeModel;
  values: Float32Array;
}

/** Encodes one example and decodes its mean. */
export const autoencoder = (answered: (answer: { posterior: Posterior; values: Float32Array }, question: Inputs) => void, failed: (error: unknown) => void): Asker<Inputs, { posterior: Posterior; values: Float32Array }> =>
  new Asker(async ({ model, values }) => {
    const posterior = await model.encode(values, 1);
    return { posterior, values: await model.decode(posterior.mean, 1) };
  }, answered, failed);
