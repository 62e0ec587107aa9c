/** Inputs for the kernel tests, drawn from a seed. */
import { createRandom, keyFromSeed, streamWords } from '../../../core/math/random';
import { TABLE, type GradientAttrs, type MlpAttrs, type StepAttrs } from '../../../webview/kernels/contract';
import { FEATURES, parameterCount, parameterTable, type MlpShape } from '../../../webview/kernels/shape';

export const KEY = keyFromSeed(20_260_101);
export const STREAMS = { pick: streamWords('test/pick'), noise: streamWords('test/noise'), z: streamWords('test/z') };
/** Rows of features and table. */
export const LEVELS = 7;

export interface Case {
  shape: MlpShape;
  /** [2, P]: row 1 is what the cases use, so that a kernel that ignores `parametersRow` fails. */
  parameters: Float32Array;
  features: Float32Array;
  table: Float32Array;
  data: Float32Array;
  x: Float32Array;
}

export function drawCase(shape: MlpShape, points: number, examplesFrom = 29): Case {
  const random = createRandom(shape.hidden * 100 + shape.layers);
  const P = parameterCount(shape);
  const parameters = random.normals('parameters', 0, 2 * P);
  for (const { name, offset, size, shape: lengths } of parameterTable(shape)) {
    const scale = name.endsWith('bias') ? 0.3 : lengths[0] ** -0.5;
    for (let i = offset; i < offset + size; i++) parameters[P + i] *= scale;
  }
  const table = new Float32Array(LEVELS * TABLE.columns);
  const uniform = random.uniform('table', 0, LEVELS * 4);
  for (let t = 0; t < LEVELS; t++) {
    const angle = (uniform[4 * t] * Math.PI) / 2;
    table.set([Math.cos(angle), Math.sin(angle), uniform[4 * t + 1] - 0.5, uniform[4 * t + 2] + 0.5, 0.5 + uniform[4 * t + 3]], t * TABLE.columns);
  }
  return { shape, parameters, table, features: random.normals('features', 0, LEVELS * FEATURES), data: random.normals('data', 0, 2 * examplesFrom), x: random.normals('x', 0, 2 * points) };
}

export const mlpAttrs = (shape: MlpShape): MlpAttrs => ({ ...shape, parametersRow: 1, featuresRow: 3 });
export const stepAttrs = (shape: MlpShape, firstPair = 0): StepAttrs => ({ ...mlpAttrs(shape), a: 1.02, b: -0.3, c: 0.4, key: KEY, stream: STREAMS.z, firstPair });
export const gradientAttrs = (shape: MlpShape, firstExample: number, count: number, scale = 1 / count): GradientAttrs =>
  ({ ...shape, parametersRow: 1, key: KEY, pick: STREAMS.pick, noise: STREAMS.noise, firstExample, count, scale });
