/** What a picture shows, and in which colours: plain data, so that whoever has the numbers need know nothing of canvases. */

export type CloudId = 'A' | 'B' | 'forward';

/** All arrays hold x and y interleaved, in standardised coordinates. */
export interface Scene {
  /** Real data, drawn as a density; `key` names the points: while it stays, the density is not computed again. */
  data: { key: string; points: Float32Array } | null;
  /** Up to two runs over each other. */
  clouds: readonly Cloud[];
  /** One path per chosen point: where it has been so far, the newest last. */
  trajectories: readonly { id: 'A' | 'B'; points: Float32Array }[];
  field: Field | null;
  /** Points that are being drawn with the mouse. */
  strokes: Float32Array | null;
}

export interface Cloud {
  id: CloudId;
  points: Float32Array;
}

export interface Field {
  columns: number;
  rows: number;
  /** dx and dy at the centres of the cells (see `fieldGrid`), row by row from the bottom left. */
  arrows: Float32Array;
  /** A second field on the same grid and to the same scale, drawn as thin arrows over the thick ones of the first. */
  secondary?: Float32Array;
  kind: 'predicted' | 'exact' | 'difference';
}

export const EMPTY_SCENE: Scene = { data: null, clouds: [], trajectories: [], field: null, strokes: null };

export interface CloudColours {
  background: string;
  /** Real data and what is exact. */
  data: string;
  clouds: Readonly<Record<CloudId, string>>;
  fields: Readonly<Record<Field['kind'], string>>;
  strokes: string;
  grid: string;
  label: string;
  font: string;
  /** High contrast: nothing translucent, outlines firm. */
  solid: boolean;
}
