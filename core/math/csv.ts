/** Points as CSV with the header x,y; nine significant digits give back every float32 exactly. */
export function pointsToCsv(points: Float32Array): string {
  const lines = ['x,y'];
  for (let i = 0; i < points.length; i += 2) lines.push(`${Number(points[i].toPrecision(9))},${Number(points[i + 1].toPrecision(9))}`);
  return `${lines.join('\n')}\n`;
}
