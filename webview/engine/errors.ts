/** A device is missing, computes wrongly or was lost; the message says so in words. */
export class DeviceError extends Error {
  override name = 'DeviceError';
}

/** The loss is no longer a finite number. */
export class DivergedError extends Error {
  override name = 'DivergedError';
  constructor(readonly step: number, readonly loss: number, learningRate: number) {
    super(`The loss is ${loss} at step ${step}: training has diverged. Lower the learning rate (it is ${learningRate}) and go on from the last good checkpoint, or reset.`);
  }
}
