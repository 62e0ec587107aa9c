/** Which WebGPU adapter there is, and whether it is hardware. */
import { env } from './tf';
import '@tensorflow/tfjs-backend-webgpu';
import { WatchedBackend } from './watched';

export interface Adapter {
  adapter: GPUAdapter;
  /** e.g. "google swiftshader". */
  name: string;
  /** True for an adapter that computes on the processor: right, but slower than WASM. */
  software: boolean;
}

/** Some software adapters do not call themselves fallback adapters, so their names are looked at too. */
const SOFTWARE_NAMES = /swiftshader|llvmpipe|lavapipe|basic render|\bwarp\b|software/i;

/**
 * @returns the adapter, or in words why there is none.
 */
export async function findAdapter(gpu: GPU | undefined): Promise<Adapter | string> {
  if (!gpu) return 'this place has no WebGPU';
  let adapter: GPUAdapter | null;
  try {
    adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  } catch (error) {
    return `WebGPU refused an adapter: ${error instanceof Error ? error.message : String(error)}`;
  }
  // tfjs would use the null without looking.
  if (!adapter) return 'WebGPU offers no adapter';
  const info: Partial<GPUAdapterInfo> & { isFallbackAdapter?: boolean } = adapter.info ?? {};
  const words = [info.vendor, info.architecture, info.device, info.description].filter((word): word is string => !!word);
  const flagged = info.isFallbackAdapter ?? (adapter as { isFallbackAdapter?: boolean }).isFallbackAdapter ?? false;
  return {
    adapter,
    name: [info.vendor, info.architecture].filter(Boolean).join(' ') || info.description || 'unnamed adapter',
    software: flagged || words.some((word) => SOFTWARE_NAMES.test(word)),
  };
}

/**
 * The tfjs backend on this adapter. tfjs' own factory is not used: it asks for an adapter again, and is registered
 * only where `navigator.gpu` stood ready when the module was first loaded.
 */
export async function openAdapter({ adapter }: Adapter): Promise<WatchedBackend> {
  // By default tfjs computes small tensors on the processor and calls it WebGPU.
  env().set('WEBGPU_CPU_FORWARD', false);
  const { limits } = adapter;
  const device = await adapter.requestDevice({
    requiredFeatures: adapter.features.has('timestamp-query') ? ['timestamp-query'] : [],
    requiredLimits: {
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxBufferSize: limits.maxBufferSize,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    },
  });
  return new WatchedBackend(device, adapter.info);
}
