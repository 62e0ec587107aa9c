/**
 * What tfjs' own WASM device lacks for training. `Conv2DBackpropFilter` and `UnsortedSegmentSum` have no kernel there, so convolutions and embeddings cannot be trained; products
 * with a transposed operand, which every gradient of a dense layer is, run at a fourteenth of the speed of others. Numbers are copied into a memory of the kernels' own and
 * out of it. Products without a transposed operand stay tfjs'.
 */
import '@tensorflow/tfjs-backend-wasm';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '../../engine/tf';
import { Heap } from '../nets/wasm/heap';
import { kernels, netKernels } from './module';

const WASM = 'wasm';
/** Numbers of patches at a time, as in ../nets/wasm/convolve. */
const PATCH_BLOCK = 131_072;

let cached: { of: object; heap: Heap } | undefined;

/** The memory of these kernels, emptied: one for as long as the same build is loaded. */
function emptied(): Heap {
  const of = kernels();
  if (cached?.of !== of) cached = { of, heap: new Heap(netKernels()) };
  cached.heap.reset();
  return cached.heap;
}

/** tfjs checks before a kernel is called that its inputs are there. */
type Inputs = Record<string, tf.TensorInfo>;

const sizeOf = (shape: number[]) => tf.util.sizeFromShape(shape);

function put(heap: Heap, backend: BackendWasm, info: tf.TensorInfo): number {
  const count = sizeOf(info.shape);
  const at = heap.take(count);
  heap.floats(at, count).set(backend.typedArrayFromHeap(info as tf.TensorInfo & { dtype: 'float32' }) as Float32Array);
  return at;
}

const take = (heap: Heap, backend: BackendWasm, at: number, shape: number[]): tf.TensorInfo =>
  backend.makeOutput(shape, 'float32', undefined, heap.floats(at, sizeOf(shape)));

function transpose(backend: BackendWasm, x: tf.TensorInfo, perm: number[]): tf.TensorInfo {
  return tf.getKernel(tf.Transpose, WASM).kernelFunc({ inputs: { x }, backend, attrs: { perm } }) as tf.TensorInfo;
}

/** Replaces a kernel by one that may hand over to it. */
function override(kernelName: string, make: (original: tf.KernelFunc) => tf.KernelFunc): void {
  const original = tf.getKernel(kernelName, WASM);
  tf.unregisterKernel(kernelName, WASM);
  tf.registerKernel({ ...original, kernelFunc: make(original.kernelFunc) });
}

interface Product {
  transposeA: boolean;
  transposeB: boolean;
}

override(tf.BatchMatMul, (original) => (call) => {
  const { a, b } = call.inputs as Inputs;
  const { transposeA, transposeB } = call.attrs as unknown as Product;
  const [rows, k] = transposeA ? [a.shape.at(-1)!, a.shape.at(-2)!] : a.shape.slice(-2);
  const [kOfB, columns] = transposeB ? [b.shape.at(-1)!, b.shape.at(-2)!] : b.shape.slice(-2);
  const outer = [a, b].map(({ shape }) => sizeOf(shape.slice(0, -2)));
  const batch = Math.max(...outer);
  const simple = a.dtype === 'float32' && b.dtype === 'float32' && k === kOfB && rows * columns * k > 0 && outer.every((count) => count === batch || count === 1);
  if (!(transposeA || transposeB) || !simple) return original(call);
  const shape = [...tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2)), rows, columns];
  const backend = call.backend as BackendWasm;
  const heap = emptied();
  const [atA, atB] = [put(heap, backend, a), put(heap, backend, b)];
  const out = heap.take(sizeOf(shape));
  for (let i = 0; i < batch; i++) {
    const [ofA, ofB] = outer.map((count) => (count === 1 ? 0 : i));
    heap.wasm.product(atA + 4 * ofA * rows * k, transposeA, atB + 4 * ofB * k * columns, transposeB, rows, columns, k, 0, false, out + 4 * i * rows * columns);
  }
  return take(heap, backend, out, shape);
});

override(tf._FusedMatMul, (original) => (call) => {
  const { a, b } = call.inputs as Inputs;
  const { transposeA, transposeB } = call.attrs as unknown as Product;
  const backend = call.backend as BackendWasm;
  const turned: tf.TensorInfo[] = [];
  const turn = (x: tf.TensorInfo, wanted: boolean) => {
    if (!wanted) return x;
    turned.push(transpose(backend, x, [0, 2, 1]));
    return turned[turned.length - 1];
  };
  const inputs = { ...call.inputs, a: turn(a, transposeA), b: turn(b, transposeB) } as unknown as tf.NamedTensorInfoMap;
  const result = original({ ...call, inputs, attrs: { ...call.attrs, transposeA: false, transposeB: false } });
  for (const { dataId } of turned) backend.disposeData(dataId);
  return result;
});

tf.registerKernel({
  kernelName: tf.Conv2DBackpropFilter, backendName: WASM,
  kernelFunc: ({ inputs, attrs, backend: device }) => {
    const { x, dy } = inputs as Inputs;
    const { strides, pad, dataFormat, dimRoundingMode, filterShape } = attrs as unknown as tf.Conv2DBackpropFilterAttrs;
    const backend = device as BackendWasm;
    const info = tf.backend_util.computeConv2DInfo(x.shape as [number, number, number, number], filterShape, strides, 1, pad, dimRoundingMode, false, tf.backend_util.convertConv2DDataFormat(dataFormat));
    const { inHeight, inWidth, inChannels, filterHeight, filterWidth, strideHeight, strideWidth, outHeight, outWidth, outChannels, batchSize } = info;
    const heap = emptied();
    const [image, derivative] = [x, dy].map((tensor) => {
      if (dataFormat === 'NHWC') return put(heap, backend, tensor);
      const last = transpose(backend, tensor, [0, 2, 3, 1]);
      const at = put(heap, backend, last);
      backend.disposeData(last.dataId);
      return at;
    });
    const [pixels, patch, inSize] = [outHeight * outWidth, filterHeight * filterWidth * inChannels, inHeight * inWidth * inChannels];
    const images = Math.max(1, Math.min(batchSize, Math.floor(PATCH_BLOCK / (pixels * patch))));
    const patches = heap.take(images * pixels * patch);
    const out = heap.take(patch * outChannels);
    for (let first = 0; first < batchSize; first += images) {
      const count = Math.min(images, batchSize - first);
      heap.wasm.gather(
        image + 4 * first * inSize, inHeight, inWidth, inChannels, filterHeight, filterWidth, strideHeight, strideWidth, info.padInfo.top, info.padInfo.left, outHeight, outWidth, count, patches,
      );
      heap.wasm.product(patches, true, derivative + 4 * first * pixels * outChannels, false, patch, outChannels, count * pixels, 0, first > 0, out);
    }
    return take(heap, backend, out, info.filterShape);
  },
});

tf.registerKernel({
  kernelName: tf.UnsortedSegmentSum, backendName: WASM,
  kernelFunc: ({ inputs, attrs, backend: device }) => {
    const { x, segmentIds } = inputs as Inputs;
    const { numSegments } = attrs as unknown as tf.UnsortedSegmentSumAttrs;
    const backend = device as BackendWasm;
    const shape = [numSegments, ...x.shape.slice(1)];
    const heap = emptied();
    const rows = sizeOf(segmentIds.shape);
    const ids = heap.take(rows);
    new Int32Array(heap.wasm.memory.buffer, ids, rows).set(backend.typedArrayFromHeap(segmentIds as tf.TensorInfo & { dtype: 'int32' }) as Int32Array);
    const from = put(heap, backend, x);
    const out = heap.take(sizeOf(shape));
    heap.wasm.segmentSums(from, ids, rows, sizeOf(x.shape.slice(1)), numSegments, out);
    return take(heap, backend, out, shape);
  },
});
