/** PyTorch in a process of its own (peer.py), asked for one measurement at a time, so that it takes turns with ours. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { start, stop } from '../../scripts/lib/children.mjs';
import type { Work } from './device-work';

/**
 * Debian's default OpenBLAS brings threads of its own, which fight with PyTorch's OpenMP: training then runs at less than half of its speed and a
 * comparison would flatter us. Where the OpenMP build is installed it is taken, whatever the alternatives say.
 */
const OPENMP_BLAS = ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/openblas-openmp`);
const THREADS = 2;

export interface PeerAbout {
  torch: string;
  threads: number;
  /** The BLAS libraries that are really loaded. */
  blas: string[];
  parameters: Record<PeerNetwork, number>;
}

export type PeerNetwork = 'same' | 'concatenated';

export interface Peer {
  about: PeerAbout;
  /** Set when the figures would flatter us: why. */
  warning: string | null;
  /** Milliseconds that `steps` steps take. */
  time(network: PeerNetwork, work: Work, steps: number): Promise<number>;
  stop(): Promise<void>;
}

/** A script of ours in a Python that has PyTorch: one JSON object a line to it, one back. */
export interface PythonPeer<About> {
  about: About;
  /** Set when the figures would flatter us: why. */
  warning: string | null;
  ask<R>(request: object): Promise<R>;
  stop(): Promise<void>;
}

/** @param file answers `{"do": "about"}` with at least the BLAS that is loaded. @returns null where no Python here has PyTorch. */
export async function launchPeer<About extends { blas: string[] }>(file: string, args: readonly string[] = []): Promise<PythonPeer<About> | null> {
  const python = ['/usr/bin/python3', 'python3'].find((name) => spawnSync(name, ['-c', 'import torch'], { stdio: 'ignore', timeout: 60_000 }).status === 0);
  if (!python) return null;
  const blas = OPENMP_BLAS.find((folder) => existsSync(folder));
  const env = { ...process.env, OMP_NUM_THREADS: String(THREADS), ...(blas ? { LD_LIBRARY_PATH: [blas, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') } : {}) };
  const child = start(python, [file, ...args], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const ask = async <R>(request: object): Promise<R> => {
    child.stdin!.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error('PyTorch ended; its own words are above.');
    return JSON.parse(value) as R;
  };
  const about = await ask<About>({ do: 'about' });
  const trapped = about.blas.some((name) => /openblas-pthread/.test(name));
  return {
    about, ask,
    warning: trapped ? 'OpenBLAS is the pthread build, which slows PyTorch down: install libopenblas0-openmp before you compare' : null,
    stop: () => stop(child),
  };
}

/** Null where no Python here has PyTorch. */
export async function startPeer(root: string): Promise<Peer | null> {
  const peer = await launchPeer<PeerAbout>(path.join(root, 'test/bench/peer.py'));
  if (!peer) return null;
  const { about, warning, ask, stop: end } = peer;
  return { about, warning, time: (network, work, steps) => ask({ do: 'time', network, work, steps }), stop: end };
}
