/** Compiled from ./assembly by scripts/build-kernels.mjs; esbuild puts the bytes into the bundle. */
declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
