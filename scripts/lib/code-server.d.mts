import type { Child } from './children.mjs';

export const CODE_SERVER: string;
export interface Tools {
  node: string;
  entry: string;
}
export interface CodeServer {
  url: string;
  port: number;
  process: Child;
  /** Path of its log file. */
  log: string;
  stop(): Promise<void>;
}
export const quietSettings: Record<string, unknown>;
export function ensureCodeServer(cache: string): Promise<Tools>;
export function writeSettings(userData: string, settings: Record<string, unknown>): Promise<void>;
export function startCodeServer(options: { tools: Tools; state: string; port: number; settings?: Record<string, unknown>; smokeTestDriver?: boolean; timeout?: number }): Promise<CodeServer>;
export function choosePort(wanted?: number): Promise<number>;
export function workbenchUrl(server: CodeServer, folder: string, payload?: readonly (readonly [string, string])[]): string;
export function remoteUri(server: CodeServer, file: string): string;
