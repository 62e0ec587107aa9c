/** Compiles the programs of a network ahead of their first use, which otherwise waits for it: a second and more on a software device. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { MlpShape } from '../shape';
import { ADAM } from './adam';
import { drawPrograms } from './draw';
import { gradientPrograms } from './gradient';
import { compile, type Program } from './run';
import { stepPrograms } from './step';

export interface WarmOptions {
  /** Only what sampling needs. */
  samplingOnly?: boolean;
}

const programsOf = (shape: MlpShape, { samplingOnly = false }: WarmOptions): Program[] =>
  [...stepPrograms(shape), ...drawPrograms, ...(samplingOnly ? [] : [...gradientPrograms(shape), ADAM])];

export const warmWebGpu = (backend: WebGPUBackend, shape: MlpShape, options: WarmOptions): Promise<void> => compile(backend.device, programsOf(shape, options));
