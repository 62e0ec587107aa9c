/**
 * Compute programs of our own beside those of tfjs: same tensors, same command encoder, same pool of buffers, so both may be mixed freely.
 *
 * tfjs' own way, `runWebGPUProgram`, has one output, prefixes the code with helpers and puts every shape into the uniforms. Here a program says
 * what it binds and nothing is added. The fields reached into are private in tfjs-backend-webgpu, which is pinned (4.22.0, the last).
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type * as tf from '../../engine/tf';

export interface Program {
  /** Names the code: programs with equal keys are compiled once a device. */
  key: string;
  /** WGSL with an entry point `main`. Binding 0 is the uniform block, the tensors follow. */
  code(): string;
}

/** A field of the uniform block: u32 or f32, by the letter. */
export type Field = readonly ['u' | 'f', number];

interface Recorder {
  commandEncoder: GPUCommandEncoder;
  computePassEncoder: GPUComputePassEncoder | null;
  commandQueueOwnedIds: WeakSet<object>;
  uniformPendingDisposal: GPUBuffer[];
  dispatchCountInPass: number;
}

/** As tfjs batches its own: so many dispatches are submitted at once. */
const BATCH = 15;

const pipelines = new WeakMap<GPUDevice, Map<string, GPUComputePipeline>>();

function compiled(device: GPUDevice): Map<string, GPUComputePipeline> {
  let known = pipelines.get(device);
  if (!known) pipelines.set(device, (known = new Map()));
  return known;
}

const descriptor = (device: GPUDevice, program: Program): GPUComputePipelineDescriptor =>
  ({ label: program.key, layout: 'auto', compute: { module: device.createShaderModule({ label: program.key, code: program.code() }), entryPoint: 'main' } });

/** Compiles without blocking; afterwards `run` finds the programs ready. */
export async function compile(device: GPUDevice, programs: readonly Program[]): Promise<void> {
  const known = compiled(device);
  await Promise.all(programs.filter(({ key }) => !known.has(key)).map(async (program) => known.set(program.key, await device.createComputePipelineAsync(descriptor(device, program)))));
}

function pipelineOf(device: GPUDevice, program: Program): GPUComputePipeline {
  const known = compiled(device);
  let pipeline = known.get(program.key);
  if (!pipeline) known.set(program.key, (pipeline = device.createComputePipeline(descriptor(device, program))));
  return pipeline;
}

/**
 * Records one dispatch. `tensors` are bound in order from binding 1; those the program writes must come from `output`.
 * @param groups workgroups in all; beyond the limit of one dimension they go on in y (see GROUP).
 */
export function run(backend: WebGPUBackend, program: Program, groups: number, tensors: readonly tf.TensorInfo[], fields: readonly Field[]): void {
  if (groups === 0) return;
  const { device } = backend;
  const recorder = backend as unknown as Recorder;
  const pipeline = pipelineOf(device, program);
  tensors.forEach(({ dataId }) => backend.uploadToGPU(dataId));
  const buffers = [uniformBuffer(backend, fields), ...tensors.map(({ dataId }) => backend.tensorMap.get(dataId).resource as GPUBuffer)];
  const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })) });
  tensors.forEach(({ dataId }) => recorder.commandQueueOwnedIds.add(dataId));
  backend.ensureCommandEncoderReady();
  const pass = (recorder.computePassEncoder ??= recorder.commandEncoder.beginComputePass());
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, group);
  const width = Math.min(groups, device.limits.maxComputeWorkgroupsPerDimension);
  pass.dispatchWorkgroups(width, Math.ceil(groups / width));
  recorder.dispatchCountInPass++;
  if (recorder.dispatchCountInPass >= BATCH) {
    backend.endComputePassEncoder();
    backend.submitQueue();
  }
}

/** Parameters of an entry point, and the number of the workgroup among all; a program must bear a few too many (see `run`). */
export const GROUP = {
  parameters: '@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) workgroups: vec3u, @builtin(local_invocation_index) lane: u32',
  number: '(workgroup.y * workgroups.x + workgroup.x)',
};

/** A new tensor whose bytes a program will write. */
export function output(backend: WebGPUBackend, shape: number[], dtype: 'float32' | 'int32' = 'float32'): tf.TensorInfo {
  const size = shape.reduce((product, length) => product * length, 1);
  // tfjs has no buffer of no bytes.
  return backend.makeTensorInfo(shape, dtype, size > 0 ? undefined : dtype === 'int32' ? new Int32Array(0) : new Float32Array(0));
}

function uniformBuffer(backend: WebGPUBackend, fields: readonly Field[]): GPUBuffer {
  const bytes = new DataView(new ArrayBuffer(Math.ceil(fields.length / 4) * 16));
  fields.forEach(([type, value], i) => (type === 'u' ? bytes.setUint32(4 * i, value, true) : bytes.setFloat32(4 * i, value, true)));
  const buffer = backend.bufferManager.acquireBuffer(bytes.byteLength, GPUBufferUsage.COPY_DST | GPUBufferUsage.UNIFORM);
  backend.queue.writeBuffer(buffer, 0, bytes.buffer);
  // Back to the pool only after the submit that uses it.
  (backend as unknown as Recorder).uniformPendingDisposal.push(buffer);
  return buffer;
}
