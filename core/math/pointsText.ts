/** Two columns of numbers out of text: CSV, TSV, semicolons or white space, as spreadsheets, pandas and numpy.savetxt write them. */
import type { RawPoints } from './points';
import { MAX_ROWS, PointsError, tooManyRows } from './pointsError';

type Delimiter = '\t' | ';' | ',' | ' ';

/** In the order in which they are tried: the rarer in numbers and names, the earlier. */
const DELIMITERS: readonly { mark: Delimiter; name: string }[] = [
  { mark: '\t', name: 'tabs' },
  { mark: ';', name: 'semicolons' },
  { mark: ',', name: 'commas' },
  { mark: ' ', name: 'spaces' },
];
/** Lines that decide about the delimiter. */
const SAMPLE = 50;

interface Line {
  /** As editors count, from 1. */
  number: number;
  text: string;
}

/** @throws PointsError; see `readPoints`. */
export function readTextPoints(bytes: Uint8Array): RawPoints {
  const lines = linesOf(decode(bytes));
  if (lines.length === 0) throw new PointsError('The file holds no points, only empty lines or comments. Two columns of numbers are needed, one point a line.');
  const delimiter = delimiterOf(lines);
  const first = cellsOf(lines[0], delimiter);
  const hasHeader = !first.slice(0, 2).some(isNumeral) && first.some((cell) => cell !== '');
  const width = first.length;
  if (width < 2) throw new PointsError(`Line ${lines[0].number} has one column: "${shorten(first[0])}". Points need two, x and y, separated by commas, semicolons, tabs or spaces.`);
  const notes: string[] = [];
  const [x, y] = chosenColumns(hasHeader ? first : null, width, notes);
  const names = [x, y].map((at) => (hasHeader && first[at] !== '' ? `column ${at + 1} (${shorten(first[at])})` : `column ${at + 1}`)) as [string, string];
  const commas = new DecimalCommas(delimiter);
  const body = hasHeader ? lines.slice(1) : lines;
  if (body.length > MAX_ROWS) throw tooManyRows(body.length.toLocaleString('en-US'));
  if (body.length === 0) throw new PointsError(`The file holds the header in line ${lines[0].number} and no points. Add a line for each point.`);
  const values = new Float64Array(2 * body.length);
  let rows = 0;
  let blank = 0;
  for (const line of body) {
    const cells = cellsOf(line, delimiter);
    if (cells.every((cell) => cell === '')) {
      blank++;
      continue;
    }
    checkWidth(line, cells, width, lines[0].number);
    values[2 * rows] = numberOf(cells[x], line, names[0], commas);
    values[2 * rows + 1] = numberOf(cells[y], line, names[1], commas);
    rows++;
  }
  if (blank > 0) notes.push(`${blank} ${blank === 1 ? 'row' : 'rows'} without any value left out`);
  if (commas.check()) notes.push('decimal commas read as decimal points');
  return { values: values.subarray(0, 2 * rows), columns: names, notes };
}

function decode(bytes: Uint8Array): string {
  const label = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  // Names may be in whatever encoding; numbers are the same in all that spreadsheets write. The decoder drops a byte-order mark.
  const text = new TextDecoder(label, { fatal: false }).decode(bytes);
  const zero = text.indexOf('\0');
  if (zero >= 0) throw new PointsError(`This is no text: character ${zero + 1} is a zero byte. CSV, TSV and NPY files can be read.`);
  return text;
}

/** Without empty lines and comments, which may also follow a row after white space. */
function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    let line = raw;
    if (raw.includes('#')) line = raw.includes('"') ? raw.replace(/^\s*#.*/, '') : raw.replace(/(^|\s)#.*/, '');
    if (line.trim() !== '') lines.push({ number: index + 1, text: line });
  }
  return lines;
}

/** The first that splits every line of the sample into two numbers or more, otherwise the first that splits the sample at all. */
function delimiterOf(lines: readonly Line[]): Delimiter {
  const sample = lines.slice(0, SAMPLE);
  // The first line may be a header.
  const body = sample.length > 1 ? sample.slice(1) : sample;
  const pair = ([first = '', second = '', ...rest]: string[]): boolean => isNumeral(second) && (isNumeral(first) || rest.some(isNumeral));
  const clean = DELIMITERS.find(({ mark }) => body.every((line) => pair(quietly(line, mark))));
  const split = DELIMITERS.find(({ mark }) => sample.filter((line) => quietly(line, mark).length > 1).length * 2 > sample.length);
  return (clean ?? split)?.mark ?? ',';
}

function quietly(line: Line, delimiter: Delimiter): string[] {
  try {
    return cellsOf(line, delimiter);
  } catch {
    return [];
  }
}

/** Trimmed; quotes taken off, doubled ones inside made single (RFC 4180). A cell does not go on in the next line. */
function cellsOf({ text, number }: Line, delimiter: Delimiter): string[] {
  const spaces = delimiter === ' ';
  if (!text.includes('"')) return spaces ? text.trim().split(/\s+/) : text.split(delimiter).map((cell) => cell.trim());
  const cell = spaces ? /\s*(?:"((?:[^"]|"")*)"|([^\s"]+))(?=\s|$)/y : new RegExp(`[^\\S\\t]*(?:"((?:[^"]|"")*)"|([^"${delimiter}]*))[^\\S\\t]*(?:${delimiter}|$)`, 'y');
  const source = spaces ? text.trim() : text;
  const cells: string[] = [];
  while (cell.lastIndex < source.length) {
    const from = cell.lastIndex;
    const match = cell.exec(source);
    if (!match) throw new PointsError(`Line ${number}, from character ${from + 1}: a quotation mark is open or stands inside a cell: ${shorten(source.slice(from))}. Close it or remove it.`);
    cells.push((match[1] ?? match[2]).replaceAll('""', '"').trim());
  }
  if (!spaces && source.endsWith(delimiter)) cells.push('');
  return cells;
}

/** Columns named x and y; beside an unnamed index, as pandas writes it, the two after it; otherwise the first two. */
function chosenColumns(header: readonly string[] | null, width: number, notes: string[]): [number, number] {
  const named = (name: string): number => header?.findIndex((cell) => cell.toLowerCase() === name) ?? -1;
  const [x, y] = [named('x'), named('y')];
  const after = header && header[0] === '' && width > 2 ? 1 : 0;
  const chosen: [number, number] = x >= 0 && y >= 0 ? [x, y] : [after, after + 1];
  if (width > 2) notes.push(`${width} columns: ${chosen[0] + 1} and ${chosen[1] + 1} are used`);
  else if (chosen[0] > chosen[1]) notes.push('column 2 is x, column 1 is y');
  return chosen;
}

function checkWidth(line: Line, cells: readonly string[], width: number, firstLine: number): void {
  // A delimiter at the end of the line makes an empty cell more.
  if (cells.length === width || (cells.length > width && cells.slice(width).every((cell) => cell === ''))) return;
  throw new PointsError(`Line ${line.number} has ${cells.length} ${cells.length === 1 ? 'column' : 'columns'}, line ${firstLine} has ${width}. Every row needs the same columns: correct or remove the line.`);
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const COMMA_NUMBER = /^[+-]?(\d*,\d+|\d+,)([eE][+-]?\d+)?$/;
const NOT_FINITE = /^[+-]?(nan|na|n\/a|#n\/a|null|none|inf|infinity|∞|1\.#(inf|qnan|ind)\d*)$/i;

/** Reads as a number, or as one that is missing or infinite: data, not a name. */
const isNumeral = (cell: string): boolean => NUMBER.test(cell) || COMMA_NUMBER.test(cell) || NOT_FINITE.test(cell) || cell.startsWith('\u2212');

function numberOf(cell: string, line: Line, column: string, commas: DecimalCommas): number {
  let text = cell;
  if (!NUMBER.test(text)) {
    // Typographic minus.
    text = text.replaceAll('\u2212', '-');
    if (COMMA_NUMBER.test(text)) text = commas.read(text, line, column);
    else if (!NUMBER.test(text)) throw new PointsError(`Line ${line.number}, ${column}: ${whyNoNumber(cell)}`);
    else commas.sawPoint(text, line);
  } else {
    commas.sawPoint(text, line);
  }
  const value = Number(text);
  if (!Number.isFinite(value)) throw new PointsError(`Line ${line.number}, ${column}: ${shorten(cell)} is too large for a number. Correct the value or remove the line.`);
  return value;
}

function whyNoNumber(cell: string): string {
  if (cell === '') return 'the cell is empty. Fill in a number or remove the line.';
  if (NOT_FINITE.test(cell)) return `${cell} is no finite number. Fill in the value or remove the line.`;
  if (/^[+-]?[\d.,'\s]+$/.test(cell)) return `"${shorten(cell)}" cannot be read as one number. Write it with digits and one decimal point, without marks for thousands.`;
  return `"${shorten(cell)}" is text, not a number. Correct it or remove the line or the column.`;
}

/** 1,5 is a number where commas do not separate; 1,500 may be one and a half or fifteen hundred, and only the rest of the file tells. */
class DecimalCommas {
  private certain = false;
  private unclear: string | null = null;
  private point: string | null = null;

  constructor(private readonly delimiter: Delimiter) {}

  read(text: string, line: Line, column: string): string {
    const where = `line ${line.number}, ${column}: ${shorten(text)}`;
    if (this.delimiter === ',') throw new PointsError(`${where[0].toUpperCase()}${where.slice(1)} has a comma inside, and commas separate the columns. Write decimal points, or separate by semicolons.`);
    if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(text)) this.unclear ??= where;
    else this.certain = true;
    return text.replace(',', '.');
  }

  sawPoint(text: string, line: Line): void {
    if (this.point === null && text.includes('.')) this.point = `line ${line.number}: ${shorten(text)}`;
  }

  /** Whether there were decimal commas. @throws PointsError where a comma might mean thousands. */
  check(): boolean {
    if (!this.certain && this.unclear === null) return false;
    if (this.point !== null) throw new PointsError(`Some numbers have a comma, others a decimal point (${this.point}). Write all with decimal points, without marks for thousands.`);
    if (!this.certain) throw new PointsError(`The comma in ${this.unclear} may be a decimal comma or a mark for thousands. Write decimal points, without marks for thousands.`);
    return true;
  }
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
