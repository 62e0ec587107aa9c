/** Runs the parts and gathers one object. Started by scripts/bench.mjs, which packages the extension first; the result goes back as a message. */
import { statSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { endChildrenWithUs, stopAll } from '../../scripts/lib/children.mjs';
import { measureDevices } from './devices';
import { measureReading } from './reading';
import type { Results } from './results';
import { round } from './rounds';
import { table, TARGETS } from './table';
import { measureEditor } from './vscode';

const PARTS = ['reading', 'devices', 'editor'] as const;
type Part = (typeof PARTS)[number];

const root = process.cwd();
const { values } = parseArgs({ options: { only: { type: 'string' }, quick: { type: 'boolean', default: false }, load: { type: 'string' } } });
const chosen = (values.only?.split(',') ?? PARTS) as readonly Part[];
const begun = performance.now();
const say = (text: string) => console.error(`[${((performance.now() - begun) / 1000).toFixed(0).padStart(4)} s] ${text}`);

async function part<R>(name: Part, measure: () => R | Promise<R>): Promise<R | null> {
  if (!chosen.includes(name)) return null;
  say(name);
  return measure();
}

async function main(): Promise<void> {
  const unknown = chosen.find((name) => !PARTS.includes(name));
  if (unknown !== undefined) throw new Error(`--only knows ${PARTS.join(', ')}; not "${unknown}".`);
  // From before the packaging, which is a load of our own.
  const before = round(Number(values.load ?? loadavg()[0]));
  const reading = await part('reading', () => measureReading(__filename));
  const devices = await part('devices', () => measureDevices(root, values.quick, say));
  const editor = await part('editor', () => measureEditor(root, values.quick, say));
  const results: Results = {
    activationMs: editor?.activationMs ?? null,
    reading,
    emptyWebviewMs: editor?.emptyWebviewMs ?? null,
    scriptToFirstFrameMs: editor?.scriptToFirstFrameMs ?? null,
    warmClickToFirstFrameMs: editor?.warmClickToFirstFrameMs ?? null,
    longestTaskMs: editor?.longestTaskMs ?? null,
    vsixBytes: statSync(path.join(root, 'dist/marginalia.vsix')).size,
    devices: devices?.devices ?? null,
    pytorch: devices?.pytorch ?? null,
    machine: {
      processor: cpus()[0]?.model.trim() ?? 'unknown processor', cores: cpus().length, node: process.versions.node, chromium: devices?.chromium ?? editor?.chromium ?? null,
      loadAverage: { before, after: round(loadavg()[0]) }, busy: before > cpus().length / 2, quick: values.quick, seconds: Math.round((performance.now() - begun) / 1000),
    },
    targets: Object.fromEntries(Object.entries(TARGETS).map(([name, { text }]) => [name, text])),
  };
  await new Promise<void>((resolve, reject) => {
    process.send!({ results, table: table(results) }, (error: Error | null) => (error ? reject(error) : resolve()));
  });
}

/** The bundle is started again as a thread by ./reading. */
if (isMainThread) {
  endChildrenWithUs();
  main()
    .catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    })
    .finally(async () => {
      await stopAll();
      process.disconnect?.();
    });
}
