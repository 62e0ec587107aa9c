/** Dense layers and convolutions of the reference. */
import { convOutput, type ConvShape } from '../contract';
import { assertShape, zeros, type CpuMatrix } from './matrix';

export function dense(x: CpuMatrix, weight: CpuMatrix, bias: CpuMatrix): CpuMatrix {
  assertShape('The weight', weight, x.columns, weight.columns);
  assertShape('The bias', bias, 1, weight.columns);
  const out = zeros(x.rows, weight.columns);
  for (let r = 0; r < x.rows; r++) {
    const row = out.data.subarray(r * out.columns, (r + 1) * out.columns);
    row.set(bias.data);
    for (let i = 0; i < x.columns; i++) {
      const value = x.data[r * x.columns + i];
      if (value === 0) continue;
      for (let o = 0, w = i * weight.columns; o < row.length; o++, w++) row[o] += value * weight.data[w];
    }
  }
  return out;
}

export function denseGradient(x: CpuMatrix, weight: CpuMatrix, dy: CpuMatrix, intoWeight: CpuMatrix, intoBias: CpuMatrix, wantInput: boolean): CpuMatrix | null {
  assertShape('The gradient of the output', dy, x.rows, weight.columns);
  const [inputs, outputs] = [x.columns, weight.columns];
  // Summed apart and added once, as the other devices do.
  const sum = new Float64Array(inputs * outputs);
  for (let r = 0; r < x.rows; r++) {
    for (let i = 0; i < inputs; i++) {
      const value = x.data[r * inputs + i];
      if (value === 0) continue;
      for (let o = 0, w = i * outputs, d = r * outputs; o < outputs; o++, w++, d++) sum[w] += value * dy.data[d];
    }
  }
  sum.forEach((value, i) => { intoWeight.data[i] += value; });
  biasGradient(dy, intoBias);
  if (!wantInput) return null;
  const dx = zeros(x.rows, inputs);
  for (let r = 0; r < x.rows; r++) {
    for (let i = 0; i < inputs; i++) {
      let total = 0;
      for (let o = 0, w = i * outputs, d = r * outputs; o < outputs; o++, w++, d++) total += dy.data[d] * weight.data[w];
      dx.data[r * inputs + i] = total;
    }
  }
  return dx;
}

/** Calls back for every product of a pixel of the input, a weight and a pixel of the output; all three are first numbers of their channels. */
function eachPair(shape: ConvShape, call: (pixel: number, weight: number, out: number) => void): void {
  const { height, width, channels, filters, kernel, stride, padding } = shape;
  const [outHeight, outWidth] = convOutput(shape);
  for (let oy = 0; oy < outHeight; oy++) {
    for (let ox = 0; ox < outWidth; ox++) {
      for (let i = 0; i < kernel; i++) {
        const y = oy * stride - padding + i;
        if (y < 0 || y >= height) continue;
        for (let j = 0; j < kernel; j++) {
          const x = ox * stride - padding + j;
          if (x < 0 || x >= width) continue;
          call((y * width + x) * channels, (i * kernel + j) * channels * filters, (oy * outWidth + ox) * filters);
        }
      }
    }
  }
}

const inputSize = ({ height, width, channels }: ConvShape) => height * width * channels;
const outputSize = (shape: ConvShape) => convOutput(shape)[0] * convOutput(shape)[1] * shape.filters;

function assertWeight({ kernel, channels, filters }: ConvShape, weight: CpuMatrix): void {
  assertShape('The weight', weight, kernel * kernel * channels, filters);
}

export function conv(x: CpuMatrix, weight: CpuMatrix, shape: ConvShape): CpuMatrix {
  assertShape('The image', x, x.rows, inputSize(shape));
  assertWeight(shape, weight);
  const { channels, filters } = shape;
  const out = zeros(x.rows, outputSize(shape));
  for (let r = 0; r < x.rows; r++) {
    eachPair(shape, (pixel, w, o) => {
      for (let c = 0; c < channels; c++) {
        const value = x.data[r * x.columns + pixel + c];
        for (let f = 0; f < filters; f++) out.data[r * out.columns + o + f] += value * weight.data[w + c * filters + f];
      }
    });
  }
  return out;
}

export function convInput(dy: CpuMatrix, weight: CpuMatrix, shape: ConvShape): CpuMatrix {
  assertShape('The gradient of the output', dy, dy.rows, outputSize(shape));
  assertWeight(shape, weight);
  const { channels, filters } = shape;
  const dx = zeros(dy.rows, inputSize(shape));
  for (let r = 0; r < dy.rows; r++) {
    eachPair(shape, (pixel, w, o) => {
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let f = 0; f < filters; f++) sum += dy.data[r * dy.columns + o + f] * weight.data[w + c * filters + f];
        dx.data[r * dx.columns + pixel + c] += sum;
      }
    });
  }
  return dx;
}

export function convFilter(x: CpuMatrix, dy: CpuMatrix, shape: ConvShape, intoWeight: CpuMatrix): void {
  assertShape('The image', x, dy.rows, inputSize(shape));
  assertShape('The gradient of the output', dy, x.rows, outputSize(shape));
  assertWeight(shape, intoWeight);
  const { channels, filters } = shape;
  const sum = new Float64Array(intoWeight.data.length);
  for (let r = 0; r < x.rows; r++) {
    eachPair(shape, (pixel, w, o) => {
      for (let c = 0; c < channels; c++) {
        const value = x.data[r * x.columns + pixel + c];
        for (let f = 0; f < filters; f++) sum[w + c * filters + f] += value * dy.data[r * dy.columns + o + f];
      }
    });
  }
  sum.forEach((value, i) => { intoWeight.data[i] += value; });
}

export function addBias(x: CpuMatrix, bias: CpuMatrix): CpuMatrix {
  assertShape('The bias', bias, 1, bias.columns);
  if (x.columns % bias.columns !== 0) throw new RangeError(`Rows of ${x.columns} numbers are no pixels of ${bias.columns} channels.`);
  return { ...x, data: x.data.map((value, i) => value + bias.data[i % bias.columns]) };
}

export function biasGradient(dy: CpuMatrix, intoBias: CpuMatrix): void {
  const channels = intoBias.columns;
  const sum = new Float64Array(channels);
  dy.data.forEach((value, i) => { sum[i % channels] += value; });
  sum.forEach((value, c) => { intoBias.data[c] += value; });
}
