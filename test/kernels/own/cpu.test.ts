import assert from 'node:assert/strict';
import { it } from 'node:test';
import { startEngine } from '../../../webview/engine';
import * as reference from '../../../webview/kernels/cpu/kernels';
import { parameterCount } from '../../../webview/kernels/shape';
import { WASM_PATHS } from '../engine/suite';
import { drawCase, gradientAttrs } from './cases';
import { ownKernelSuite } from './suite';

ownKernelSuite('cpu', () => startEngine({ device: 'cpu', wasmPaths: WASM_PATHS }));

it('the reference gradient agrees with finite differences of the reference loss', () => {
  const shape = { hidden: 8, layers: 2 };
  const { data, parameters, features, table } = drawCase(shape, 1);
  const attrs = gradientAttrs(shape, 2, 12);
  const P = parameterCount(shape);
  const { gradient } = reference.ddpmGradient(data, parameters, features, table, attrs);
  const loss = (i: number, step: number) => {
    const moved = parameters.slice();
    moved[P + i] += step;
    const { records } = reference.ddpmGradient(data, moved, features, table, attrs);
    // The step as float32 took it.
    return { at: moved[P + i], value: records.reduce((sum, value, k) => sum + (k % 2 === 1 ? value / attrs.count : 0), 0) };
  };
  let largest = 0;
  for (let i = 0; i < P; i++) {
    const [up, down] = [loss(i, 0.01), loss(i, -0.01)];
    const slope = (up.value - down.value) / (up.at - down.at);
    largest = Math.max(largest, Math.abs(slope));
    assert.ok(Math.abs(gradient[i] - slope) < 2e-3 * Math.max(1, Math.abs(slope)), `parameter ${i}: ${gradient[i]}, not ${slope}`);
  }
  assert.ok(largest > 0.1);
});
