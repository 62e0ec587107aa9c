/** The end of the typesetting worker: one formula at a time. In Node and in the browser alike; who starts it gives it `postMessage`. */
import { typeset, TexProblem, type Typeset } from './typeset';

export interface TexRequest {
  id: number;
  tex: string;
  display: boolean;
}

export type TexAnswer = { id: number } & ({ typeset: Typeset } | { problem: string; at: number });

interface Port {
  onmessage: ((event: { data: TexRequest }) => void) | null;
  postMessage(answer: TexAnswer): void;
}
const port = globalThis as unknown as Port;

port.onmessage = ({ data: { id, tex, display } }) => {
  try {
    port.postMessage({ id, typeset: typeset(tex, display) });
  } catch (error) {
    const problem = error instanceof TexProblem ? error.message : String(error);
    port.postMessage({ id, problem, at: placeOf(tex, problem) });
  }
};

/** Where the formula goes wrong: MathJax does not say. A command that it names, or else the shortest beginning with the same fault. */
function placeOf(tex: string, problem: string): number {
  const named = /\\[A-Za-z]+|\\./.exec(problem);
  const found = named ? tex.indexOf(named[0]) : -1;
  if (found >= 0) return found;
  for (const { index, 0: token } of tex.matchAll(/\\[A-Za-z]+|\\.|[^\\\s]/g)) {
    try {
      typeset(tex.slice(0, index + token.length), true);
    } catch (error) {
      if (error instanceof TexProblem && error.message === problem) return index;
    }
  }
  return tex.length;
}
