/** Points that cannot be used. The message says what is wrong, where (line, column, value) and what to do; it is shown as it is. */
export class PointsError extends Error {
  override name = 'PointsError';
}

/** More than the panel could show or train on in reasonable time. */
export const MAX_ROWS = 1_000_000;

export const tooManyRows = (rows: number | string): PointsError =>
  new PointsError(`The file has ${rows} rows; at most ${MAX_ROWS.toLocaleString('en-US')} points can be used. Keep a random part of the rows.`);
