/**
 * WebGPU in Node: Dawn on SwiftShader's Vulkan driver, which comes with Chromium. Import it before anything of tfjs:
 * its WebGPU package looks at these globals while it loads. Nothing here skips: without a driver the adapter is
 * missing and the tests fail, as they must where the device is required.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after } from 'node:test';

const DRIVERS = ['/usr/lib/chromium/vk_swiftshader_icd.json', '/usr/lib/chromium-browser/vk_swiftshader_icd.json', '/opt/google/chrome/vk_swiftshader_icd.json'];

// Dawn reads it when the instance is created; a driver chosen outside is left alone.
process.env.VK_ICD_FILENAMES ??= DRIVERS.find((file) => existsSync(file));

// A native addon cannot be bundled, and the bundle does not lie in the repository.
const dawn = createRequire(path.join(process.cwd(), 'package.json'))('webgpu') as { create(options: string[]): GPU; globals: object };

Object.assign(globalThis, dawn.globals);
const scope = globalThis as { WorkerGlobalScope?: unknown };
scope.WorkerGlobalScope ??= class {};

Object.defineProperty(globalThis, 'navigator', { value: { userAgent: 'node', gpu: dawn.create([]) }, configurable: true });

// Dawn keeps Node alive after the last test.
after(() => setTimeout(() => process.exit(), 500).unref());
