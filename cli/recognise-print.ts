/** Models as text for a terminal: one block each, its columns aligned. */
import { FAMILIES } from '../core/code/vocabulary';
import type { Place, RecognisedModel, RecognisedValue } from './recognise';

export function block({ file, family, kind, name, framework, confidence, hyperparameters, evidence, notes, ...place }: RecognisedModel): string {
  const what = kind === 'script' ? 'script' : `${kind} ${name}`;
  const rows = Object.entries(hyperparameters).map(([key, h]) => [key, value(h), origin(h), h.name === key ? '' : h.name]);
  return [
    `${file}:${place.cell === undefined ? '' : `cell ${place.cell}:`}${place.line}  ${FAMILIES[family].title}: ${what} (${framework}, confidence ${confidence.toFixed(2)})`,
    ...aligned(rows).map((row) => `  ${row}`),
    ...aligned(evidence.map((e) => [`${at(e)}:`, e.text])).map((row) => `  · ${row}`),
    ...notes.map((note) => `  ! ${note}`),
  ].join('\n');
}

/** Widths of layers are read one by one, the thousand betas of a schedule are not. */
const LISTED = 12;

function value({ value: v, unit }: RecognisedValue): string {
  return `${Array.isArray(v) ? (v.length > LISTED ? `array of ${v.length}` : `[${v.join(', ')}]`) : String(v)}${unit === '' ? '' : ` ${unit}`}`;
}

function origin(h: RecognisedValue): string {
  if (h.origin === 'library') return 'library default';
  return `${h.file === undefined ? at(h) : `${h.file} line ${h.line}`}${h.origin === 'literal' ? '' : `, ${h.origin}`}`;
}

function at({ cell, line }: Place): string {
  return cell === undefined ? `line ${line}` : `cell ${cell} line ${line}`;
}

/** Columns are as wide as their widest entry; the last one is not padded. */
function aligned(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((text, column) => text.padEnd(widths[column])).join('  ').trimEnd());
}
