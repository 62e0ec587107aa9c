/** Registers the WGSL kernels with tfjs' backend "webgpu". */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '../../engine/tf';
import { ADAM_EMA, DDPM_GRADIENT, DDPM_STEP, MLP, NORMALS, WORDS, type AdamEmaAttrs, type GradientAttrs, type MlpAttrs, type RandomAttrs, type StepAttrs } from '../contract';
import { adamEma } from './adam';
import { normals, words } from './draw';
import { ddpmGradient } from './gradient';
import { ddpmStep, mlp } from './step';

type Named<Names extends string> = Record<Names, tf.TensorInfo>;

function register<Names extends string, Attrs>(kernelName: string, compute: (backend: WebGPUBackend, inputs: Named<Names>, attrs: Attrs) => tf.TensorInfo | tf.TensorInfo[]): void {
  tf.registerKernel({
    kernelName, backendName: 'webgpu',
    kernelFunc: ({ inputs, backend, attrs }) => compute(backend as WebGPUBackend, inputs as Named<Names>, attrs as unknown as Attrs),
  });
}

register<'x' | 'parameters' | 'features', MlpAttrs>(MLP, mlp);
register<'x' | 'parameters' | 'features', StepAttrs>(DDPM_STEP, ddpmStep);
register<'state' | 'gradient', AdamEmaAttrs>(ADAM_EMA, (backend, { state, gradient }, attrs) => adamEma(backend, state, gradient, attrs));
register<never, RandomAttrs>(NORMALS, (backend, _, attrs) => normals(backend, attrs));
register<never, RandomAttrs>(WORDS, (backend, _, attrs) => words(backend, attrs));
register<'data' | 'parameters' | 'features' | 'table', GradientAttrs>(DDPM_GRADIENT, ddpmGradient);
