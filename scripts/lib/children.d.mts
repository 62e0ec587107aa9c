/** Types for the tests, which are TypeScript; the scripts themselves are plain JavaScript. */
import type { ChildProcess, SpawnOptions } from 'node:child_process';

export type Child = ChildProcess & { done: Promise<{ code: number | null; signal: string | null }> };
export function start(command: string, args: readonly string[], options?: SpawnOptions): Child;
export function run(command: string, args: readonly string[], options?: SpawnOptions & { timeout?: number }): Promise<{ code: number | null; signal: string | null; timedOut: boolean }>;
export function stop(child: ChildProcess, grace?: number): Promise<void>;
export function atEnd(clean: () => void): () => void;
export function stopAll(): Promise<void>;
export function endChildrenWithUs(): void;
export function descendants(pid: number): number[];
