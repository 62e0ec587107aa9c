import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { PointsError, pointsFromStrokes, readPoints, type PointSet } from '../../../core/math/points';

const read = (text: string | Uint8Array, name = 'p.csv'): PointSet => readPoints(typeof text === 'string' ? new TextEncoder().encode(text) : text, name);

/** The values of the file, undone from standardisation. */
const original = ({ points, mean, std }: PointSet): number[] => Array.from(points, (value, i) => Number((mean[i % 2] + std[i % 2] * value).toPrecision(6)));

const EXPECTED = [1, 2.5, -3, 4, 0.5, 10];

const written: readonly [string, string][] = [
  ['commas', '1,2.5\n-3,4\n.5,1e1\n'],
  ['commas and a header', 'x,y\n1,2.5\n-3,4\n0.5,10'],
  ['semicolons', '1;2.5\n-3;4\n0.5;10'],
  ['semicolons and decimal commas', 'a;b\n1;2,5\n-3;4\n0,5;10\n'],
  ['tabs', 'x\ty\n1\t2.5\n-3\t4\n0.5\t10\n'],
  ['tabs and decimal commas', '1\t2,5\n-3\t4\n,5\t1e1\n'],
  ['white space as numpy.savetxt writes it', '# a b\n1.000e+00 2.500e+00\n-3.000e+00 4.000e+00\n5.000e-01 1.000e+01\n'],
  ['white space of any width', '  1    2.5\n -3 \t 4  \n 0.5   10\n'],
  ['a byte-order mark and CRLF', '\ufeffx,y\r\n1,2.5\r\n-3,4\r\n0.5,10\r\n\r\n\r\n'],
  ['CR alone', '1,2.5\r-3,4\r0.5,10\r'],
  ['quotes', '"x","y"\n"1","2.5"\n"-3", "4"\n"0.5","10"\n'],
  ['quotes and spaces between', '"a b" "c"\n"1" 2.5\n-3 "4"\n0.5 10\n'],
  ['quotes and tabs', '"x"\t"y"\n"1"\t"2.5"\n-3\t"4"\n0.5\t10\n'],
  ['a header with quotes and the delimiter in it', '"x, in ""cm""","y"\n1,2.5\n-3,4\n0.5,10\n'],
  ['comments', '# from somewhere\n1,2.5 # first\n# more\n-3,4\n\n0.5,10\n'],
  ['a delimiter at the end of lines', 'x,y\n1,2.5,\n-3,4,\n0.5,10,\n'],
  ['typographic minus', 'x,y\n1,2.5\n\u22123,4\n0.5,10\n'],
  ['a third column of words', '1,2.5,cat\n-3,4,dog\n0.5,10,\n'],
  ['x and y among others', 'y,name,x\n2.5,cat,1\n4,dog,-3\n10,,0.5\n'],
  ['the index that pandas adds', ',a,b\n0,1,2.5\n1,-3,4\n2,0.5,10\n'],
  ['the index that pandas adds, with tabs', '\ta\tb\n0\t1\t2.5\n1\t-3\t4\n2\t0.5\t10\n'],
  ['empty rows of a spreadsheet', 'x;y\n1;2.5\n-3;4\n;\n0.5;10\n;\n;\n'],
];

describe('points out of text', () => {
  for (const [what, text] of written) it(`reads ${what}`, () => assert.deepEqual(original(read(text)), EXPECTED));

  it('reads UTF-16, as a spreadsheet saves "Unicode text"', () => {
    const text = '\ufeffx\ty\r\n1\t2.5\r\n-3\t4\r\n0.5\t10\r\n';
    const little = Buffer.from(text, 'utf16le');
    assert.deepEqual(original(read(little)), EXPECTED);
    assert.deepEqual(original(read(Buffer.from(text, 'utf16le').swap16())), EXPECTED);
  });

  it('standardises each axis and says by what', () => {
    const { points, mean, std, rows, name, notes } = read('3,10\n5,10\n5,40\n7,20\n', 'mine.csv');
    assert.deepEqual([rows, name, notes], [4, 'mine.csv', []]);
    assert.deepEqual(mean, [5, 20]);
    assert.ok(Math.abs(std[0] - Math.sqrt(2)) < 1e-12 && Math.abs(std[1] - Math.sqrt(150)) < 1e-12);
    assert.deepEqual(points, Float32Array.from([-2 / std[0], -10 / std[1], 0, -10 / std[1], 0, 20 / std[1], 2 / std[0], 0]));
  });

  it('stays finite and exact for the largest, the smallest and far-off numbers', () => {
    for (const [a, b] of [[-1.7e308, 1.7e308], [1e-310, 3e-310], [1e9, 1e9 + 1]]) {
      assert.deepEqual(read(`${a},1\n${b},2\n`).points, Float32Array.of(-1, -1, 1, 1));
    }
  });

  const noted: readonly [string, string, string][] = [
    ['more columns', '1,2,3\n4,5,7\n', '3 columns: 1 and 2 are used'],
    ['named columns', 'a,Y,x\n1,2,3\n4,5,7\n', '3 columns: 3 and 2 are used'],
    ['columns the other way round', 'y,x\n2,3\n5,7\n', 'column 2 is x, column 1 is y'],
    ['decimal commas', '1,5;2\n2;3\n', 'decimal commas read as decimal points'],
    ['rows without values', 'x,y\n1,2\n,\n3,4\n', '1 row without any value left out'],
  ];
  for (const [what, text, note] of noted) it(`notes ${what}`, () => assert.deepEqual(read(text).notes, [note]));

  const refused: readonly [string, string, RegExp][] = [
    ['an empty file', '', /p\.csv is empty/],
    ['comments alone', '# nothing\n\n', /only empty lines or comments/],
    ['a header alone', 'x,y\n', /header in line 1 and no points/],
    ['one row', '1,2\n', /one point only/],
    ['one row under a header', 'x,y\n1,2\n', /one point only/],
    ['one column', '1\n2\n3\n', /Line 1 has one column: "1".*need two/],
    ['text in a cell', 'x,y\n1,2\n3,abc\n', /^Line 3, column 2 \(y\): "abc" is text, not a number/],
    ['text in the first row, beside a number', 'a,2\n3,4\n', /^Line 1, column 1: "a" is text/],
    ['NaN', '# c\n\n1,2\nnan,4\n', /^Line 4, column 1: nan is no finite number\. Fill in the value or remove the line/],
    ['NaN in the first row', 'NaN,NaN\n1,2\n', /^Line 1, column 1: NaN is no finite number/],
    ['infinity', '1 2\n3 -inf\n', /^Line 2, column 2: -inf is no finite number/],
    ['more than a number holds', '1,2\n3,1e999\n', /^Line 2, column 2: 1e999 is too large/],
    ['an empty cell', 'x,y\n1,2\n3,\n', /^Line 3, column 2 \(y\): the cell is empty/],
    ['a row too short', 'x,y,z\n1,2,3\n3,4\n', /^Line 3 has 2 columns, line 1 has 3\. Every row needs the same columns/],
    ['a row too long', '1,2\n3,4,5\n', /^Line 2 has 3 columns, line 1 has 2/],
    ['a column without spread', 'height,width\n1,7\n2,7\n3,7\n', /^Column 2 \(width\) has no spread: all 3 values are 7/],
    ['spread that is rounding only', '0.30000000000000004,1\n0.3,2\n', /^Column 1 has no spread/],
    ['thousands and decimals mixed', 'a;b\n1.5;1,500\n2;3\n', /^Some numbers have a comma, others a decimal point \(line 2: 1\.5\)/],
    ['commas that may mean thousands', '1,500;2\n2,250;3\n', /^The comma in line 1, column 1: 1,500 may be a decimal comma or a mark for thousands/],
    ['decimal commas between commas', '"1,5","2"\n"2,5","3"\n', /^Line 1, column 1: 1,5 has a comma inside, and commas separate the columns/],
    ['marks for thousands', '1;2\n1.000.000;3\n', /^Line 2, column 1: "1\.000\.000" cannot be read as one number/],
    ['an open quote', '1,2\n"3,4\n', /^Line 2, from character 1: a quotation mark is open/],
    ['hexadecimal', '1,2\n0x10,3\n', /^Line 2, column 1: "0x10" is text/],
    ['zero bytes', '1,2\n3,\0\n', /no text: character 7 is a zero byte/],
    ['an archive', 'PK\x03\x04', /is an archive/],
  ];
  for (const [what, text, message] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(() => read(text), (error) => {
        assert.ok(error instanceof PointsError, String(error));
        assert.match(error.message, message);
        return true;
      });
    });
  }

  it('refuses more than a million rows, and reads a hundred thousand', () => {
    assert.throws(() => read('1,2\n'.repeat(1_000_001)), /1,000,001 rows; at most 1,000,000 points/);
    assert.equal(read('1,2\n3,5\n'.repeat(50_000)).rows, 100_000);
  });
});

describe('points drawn by hand', () => {
  it('are standardised again', () => {
    const { points, rows, name, mean, std } = pointsFromStrokes(Float32Array.of(0, 1, 1, 3, 2, 2));
    assert.deepEqual([rows, name, mean], [3, 'drawn points', [1, 2]]);
    assert.ok(Math.abs(std[0] - Math.sqrt(2 / 3)) < 1e-12);
    assert.deepEqual(points, Float32Array.from([-Math.sqrt(1.5), -Math.sqrt(1.5), 0, Math.sqrt(1.5), Math.sqrt(1.5), 0]));
  });

  it('need two points and both directions', () => {
    assert.throws(() => pointsFromStrokes(new Float32Array()), /No points were drawn/);
    assert.throws(() => pointsFromStrokes(Float32Array.of(1, 1)), /1 point was drawn/);
    assert.throws(() => pointsFromStrokes(Float32Array.of(1, 1, 1, 2)), /one vertical line/);
    assert.throws(() => pointsFromStrokes(Float32Array.of(1, 1, 2, 1)), /one horizontal line/);
    assert.throws(() => pointsFromStrokes(Float32Array.of(1, 1, NaN, 1)), PointsError);
  });
});
