// Opens an address in the default browser where a person can see one; says nothing and does nothing elsewhere.
import { spawn } from 'node:child_process';

export function openBrowser(url) {
  const command = opener();
  if (!command) return;
  // Not one of ours to end: the browser usually runs already.
  const child = spawn(command, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

function opener() {
  if (process.env.CI) return undefined;
  if (process.platform === 'darwin') return 'open';
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? 'xdg-open' : undefined;
}
