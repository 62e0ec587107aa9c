/** Patches of channels-last images as rows of a matrix [images·outHeight·outWidth, kernelHeight·kernelWidth·channels], and back. A row of a patch is one run of numbers of the image, less what hangs over its sides. */

/** Zeros where a patch hangs over. Runs are copied in whole vectors: what is too much is written over by what follows. */
export function gather(
  x: usize, height: i32, width: i32, channels: i32, kernelHeight: i32, kernelWidth: i32, strideY: i32, strideX: i32, top: i32, left: i32, outHeight: i32, outWidth: i32, images: i32, out: usize,
): void {
  const pixel = <usize>channels << 2;
  const line = <usize>width * pixel;
  const run = <usize>kernelWidth * pixel;
  for (let image = 0; image < images; image++, x += <usize>height * line) {
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        const first = ox * strideX - left;
        const before = <usize>min(kernelWidth, max(0, -first)) * pixel;
        const inside = <usize>max(0, min(first + kernelWidth, width) - max(first, 0)) * pixel;
        const from = x + <usize>max(first, 0) * pixel;
        for (let i = 0; i < kernelHeight; i++, out += run) {
          const y = oy * strideY - top + i;
          if (<u32>y >= <u32>height) {
            clear(out, run);
            continue;
          }
          clear(out, before);
          copy(from + <usize>y * line, out + before, inside);
          clear(out + before + inside, run - before - inside);
        }
      }
    }
  }
}

/** Adds every number of the patches to where it was gathered from. */
export function scatter(
  patches: usize, height: i32, width: i32, channels: i32, kernelHeight: i32, kernelWidth: i32, strideY: i32, strideX: i32, top: i32, left: i32, outHeight: i32, outWidth: i32, images: i32, x: usize,
): void {
  const pixel = <usize>channels << 2;
  const line = <usize>width * pixel;
  const run = <usize>kernelWidth * pixel;
  memory.fill(x, 0, <usize>(images * height) * line);
  for (let image = 0; image < images; image++, x += <usize>height * line) {
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        const first = ox * strideX - left;
        const before = <usize>min(kernelWidth, max(0, -first)) * pixel;
        const inside = <usize>max(0, min(first + kernelWidth, width) - max(first, 0)) * pixel;
        const to = x + <usize>max(first, 0) * pixel;
        for (let i = 0; i < kernelHeight; i++, patches += run) {
          const y = oy * strideY - top + i;
          if (<u32>y < <u32>height) accumulate(patches + before, to + <usize>y * line, inside);
        }
      }
    }
  }
}

@inline
function clear(to: usize, bytes: usize): void {
  for (const end = to + bytes; to < end; to += 16) v128.store(to, f32x4.splat(0));
}

@inline
function copy(from: usize, to: usize, bytes: usize): void {
  for (const end = to + bytes; to < end; to += 16, from += 16) v128.store(to, v128.load(from));
}

@inline
function accumulate(from: usize, to: usize, bytes: usize): void {
  const end = to + bytes;
  for (const whole = to + (bytes & ~15); to < whole; to += 16, from += 16) v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
  for (; to < end; to += 4, from += 4) store<f32>(to, load<f32>(to) + load<f32>(from));
}
