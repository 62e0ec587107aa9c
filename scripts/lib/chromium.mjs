// The browser that the host and end-to-end tests drive, and the software Vulkan device that comes with it.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { byHand, installPackages, isDebian } from './debian.mjs';
import { SetupError } from './install.mjs';

const packages = ['chromium', 'libvulkan1', 'fonts-liberation'];

/** Chromium flags for a page with WebGPU on a machine without display or GPU; `--no-sandbox` because root cannot have it. */
export function chromiumArgs() {
  return [
    '--enable-unsafe-webgpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

/** Path of Chromium or Chrome, or undefined. CHROMIUM_PATH overrides the search. */
export function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) return existsSync(chosen) ? chosen : undefined;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const candidates = (process.env.PATH ?? '').split(path.delimiter).flatMap((folder) => names.map((name) => path.join(folder, name)));
  if (process.platform === 'darwin') {
    candidates.push('/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
  }
  return candidates.find((file) => existsSync(file));
}

/** Driver file of SwiftShader, for WebGPU in Node; undefined where no browser brought one. */
export function findSwiftShader() {
  const places = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome', '/opt/chromium.org/chromium'];
  return places.map((place) => path.join(place, 'vk_swiftshader_icd.json')).find((file) => existsSync(file));
}

function hasVulkanLoader() {
  const folders = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib', '/usr/local/lib'];
  return process.platform !== 'linux' || folders.some((folder) => existsSync(path.join(folder, 'libvulkan.so.1')));
}

/** What the tests need and cannot find, in words. */
export function missingBrowserParts() {
  const missing = [];
  if (!findChromium()) missing.push(process.env.CHROMIUM_PATH ? `Chromium (CHROMIUM_PATH is ${process.env.CHROMIUM_PATH}, which does not exist)` : 'Chromium');
  if (process.platform === 'linux' && !findSwiftShader()) missing.push('the SwiftShader driver of Chromium (vk_swiftshader_icd.json)');
  if (!hasVulkanLoader()) missing.push('the Vulkan loader (libvulkan.so.1)');
  return missing;
}

/** Debian and root: installs what is missing. Anywhere else, or when that fails: SetupError with what to do. */
export async function ensureChromium() {
  const missing = missingBrowserParts();
  if (missing.length === 0) return;
  const what = `Missing for the tests in a browser: ${missing.join(', ')}.`;
  if (!isDebian() || process.env.CHROMIUM_PATH) throw new SetupError(`${what} Install Chromium or Chrome, or set CHROMIUM_PATH to the program (on Debian: ${byHand(packages)}).`);
  await installPackages(what, packages);
  const still = missingBrowserParts();
  if (still.length > 0) throw new SetupError(`Still missing after the install: ${still.join(', ')}.`);
}
