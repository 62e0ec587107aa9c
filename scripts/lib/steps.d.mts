interface Outcome {
  passed: number;
  failed: number;
  note?: string;
}
export function npmScript(root: string, script: string, timeout?: number): () => Promise<Outcome>;
export function packageCheck(root: string): () => Promise<Outcome>;
export function referencedFiles(manifest: object): string[];
