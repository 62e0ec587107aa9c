/** A device is missing, computes wrongly or was lost; the message says so in words. */
export class DeviceError extends Error {
  override name = 'DeviceError';
}
