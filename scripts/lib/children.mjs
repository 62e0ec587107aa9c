// Every process that these scripts start is known here, so that Ctrl-C, SIGTERM, a closed terminal or a crash of
// the script ends all of them. On POSIX each child leads its own process group, and what it starts in turn is found
// through the process table: a test runner puts its browser in yet another group.
import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const posix = process.platform !== 'win32';
const living = new Set();
const cleaners = new Set();
let ending = false;

/** Starts a process; its `done` promise resolves with {code, signal}, or rejects when it cannot be started. */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options, detached: posix });
  living.add(child);
  child.done = new Promise((resolve, reject) => {
    child.once('error', (error) => {
      living.delete(child);
      reject(error);
    });
    child.once('close', (code, signal) => {
      living.delete(child);
      resolve({ code, signal });
    });
  });
  // Whoever does not await `done` must not bring the script down by an unhandled rejection.
  child.done.catch(() => {});
  return child;
}

/** Runs to the end. With `timeout` (ms) the whole tree is ended and `timedOut` is true. */
export async function run(command, args, { timeout, ...options } = {}) {
  const child = start(command, args, options);
  let timedOut = false;
  const timer = timeout
    ? setTimeout(() => {
        timedOut = true;
        void stop(child);
      }, timeout)
    : undefined;
  try {
    return { ...(await child.done), timedOut };
  } finally {
    clearTimeout(timer);
  }
}

/** Ends a child with everything below it: politely first, and for good after `grace` ms. */
export async function stop(child, grace = 4000) {
  if (child.pid === undefined) return;
  const tree = [child.pid, ...descendants(child.pid)];
  signalAll(tree, 'SIGTERM');
  const deadline = Date.now() + grace;
  while (Date.now() < deadline && tree.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 50));
  signalAll(tree, 'SIGKILL');
}

/** Something else to undo at the end, such as a temporary folder; must be synchronous. */
export function atEnd(clean) {
  cleaners.add(clean);
  return () => cleaners.delete(clean);
}

export async function stopAll() {
  await Promise.all([...living].map((child) => stop(child)));
  cleanUp();
}

function cleanUp() {
  for (const clean of cleaners) {
    try {
      clean();
    } catch {
      // A folder still busy is no reason to leave a process behind.
    }
  }
  cleaners.clear();
}

/** True once a signal has begun to end us: a child that ends now was ended, it did not fail. */
export function isEnding() {
  return ending;
}

/** Call once in a script's main file. */
export function endChildrenWithUs() {
  // A closed terminal makes every write fail; that must not keep us from cleaning up.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
  for (const [signal, code] of Object.entries(codes)) {
    process.on(signal, () => {
      if (ending) return;
      ending = true;
      void stopAll().finally(() => process.exit(code));
    });
  }
  process.on('exit', () => {
    for (const child of living) signalAll([child.pid, ...descendants(child.pid)], 'SIGKILL');
    cleanUp();
  });
}

function signalAll(pids, signal) {
  for (const pid of pids) {
    if (pid === undefined) continue;
    if (!posix) {
      // Windows has no groups and no SIGTERM: taskkill ends the tree.
      try {
        execFileSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
      } catch {
        // Already gone.
      }
      continue;
    }
    for (const target of [-pid, pid]) {
      try {
        process.kill(target, signal);
      } catch {
        // Already gone, or not the leader of a group.
      }
    }
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    // A zombie still answers; its parent has not collected it yet, which is no reason to wait.
    return process.platform !== 'linux' || stat(pid)?.state !== 'Z';
  } catch {
    return false;
  }
}

/** All processes below `pid`. Linux reads /proc, since small images lack `ps`. */
export function descendants(pid) {
  const children = new Map();
  for (const [id, parent] of processTable()) {
    const siblings = children.get(parent);
    if (siblings) siblings.push(id);
    else children.set(parent, [id]);
  }
  const found = [];
  const queue = [pid];
  while (queue.length > 0) {
    for (const child of children.get(queue.pop()) ?? []) {
      found.push(child);
      queue.push(child);
    }
  }
  return found;
}

function processTable() {
  try {
    if (process.platform === 'linux') {
      return readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map((name) => [Number(name), stat(Number(name))?.parent]);
    }
    if (posix) {
      const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
      return text.trim().split('\n').map((line) => line.trim().split(/\s+/).map(Number));
    }
  } catch {
    // Without a table the groups alone are signalled.
  }
  return [];
}

function stat(pid) {
  try {
    // "pid (name) state ppid …": the name may hold spaces and brackets.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}
