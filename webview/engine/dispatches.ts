/** How many compute dispatches a piece of work costs: the figure that tells fused kernels from chains of small ones. */

export interface DispatchCounter {
  /** Dispatches recorded since the start, or since `reset`. */
  readonly count: number;
  reset(): void;
  /** Gives the device its own method back; passes that are open go on counting. */
  stop(): void;
}

/** Counts what is recorded on `device` from now on, whoever records it. */
export function countDispatches(device: GPUDevice): DispatchCounter {
  let count = 0;
  const createCommandEncoder = device.createCommandEncoder.bind(device);
  device.createCommandEncoder = (...options) => {
    const encoder = createCommandEncoder(...options);
    const beginComputePass = encoder.beginComputePass.bind(encoder);
    encoder.beginComputePass = (...description) => {
      const pass = beginComputePass(...description);
      for (const method of ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect'] as const) {
        const dispatch = pass[method].bind(pass) as (...args: unknown[]) => undefined;
        pass[method] = (...args: unknown[]) => {
          count++;
          return dispatch(...args);
        };
      }
      return pass;
    };
    return encoder;
  };
  return {
    get count() { return count; },
    reset() { count = 0; },
    stop() { device.createCommandEncoder = createCommandEncoder; },
  };
}
