/** Registers the reference as tfjs kernels of the CPU device. */
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu/dist/backend_cpu';
import * as tf from '../../engine/tf';
import { ADAM_EMA, DDPM_GRADIENT, DDPM_STEP, MLP, NORMALS, WORDS, type AdamEmaAttrs, type GradientAttrs, type MlpAttrs, type RandomAttrs, type StepAttrs } from '../contract';
import { adamEma, ddpmGradient, ddpmStep, mlp, normals, words } from './kernels';

type Inputs = Record<string, tf.TensorInfo>;
type Result = { shape: number[]; data: Float32Array | Int32Array };

function register(kernelName: string, compute: (value: (name: string) => Float32Array, attrs: unknown, inputs: Inputs) => Result | Result[]): void {
  tf.registerKernel({
    kernelName, backendName: 'cpu',
    kernelFunc({ inputs, backend, attrs }) {
      const cpu = backend as MathBackendCPU;
      const tensors = inputs as Inputs;
      const results = compute((name) => cpu.data.get(tensors[name].dataId).values as Float32Array, attrs, tensors);
      const make = ({ shape, data }: Result) => cpu.makeTensorInfo(shape, data instanceof Int32Array ? 'int32' : 'float32', data);
      return Array.isArray(results) ? results.map(make) : make(results);
    },
  });
}

register(MLP, (value, attrs, { x }) => ({ shape: x.shape, data: mlp(value('x'), value('parameters'), value('features'), attrs as MlpAttrs) }));
register(DDPM_STEP, (value, attrs, { x }) => ({ shape: x.shape, data: ddpmStep(value('x'), value('parameters'), value('features'), attrs as StepAttrs) }));
register(DDPM_GRADIENT, (value, attrs) => {
  const { gradient, records } = ddpmGradient(value('data'), value('parameters'), value('features'), value('table'), attrs as GradientAttrs);
  return [{ shape: [gradient.length], data: gradient }, { shape: [records.length / 2, 2], data: records }];
});
register(ADAM_EMA, (value, attrs, { state }) => ({ shape: state.shape, data: adamEma(value('state'), value('gradient'), attrs as AdamEmaAttrs) }));
register(NORMALS, (_, attrs) => ({ shape: [(attrs as RandomAttrs).count], data: normals(attrs as RandomAttrs) }));
register(WORDS, (_, attrs) => ({ shape: [(attrs as RandomAttrs).count], data: words(attrs as RandomAttrs) }));
