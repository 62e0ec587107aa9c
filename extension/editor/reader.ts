/** The reader is most of the extension's code. It is loaded when a file is first read, so that VS Code does not wait for it when it starts. */
import type * as Reading from '../../core/code';

type Reader = typeof Reading;

let loaded: Reader | undefined;

export function reader(): Reader {
  // A static import would be evaluated at once. In the desktop bundle this is a file of its own (see esbuild.config.mjs).
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (loaded ??= require('../../core/code') as Reader);
}
