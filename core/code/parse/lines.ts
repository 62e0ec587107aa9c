import type { Range } from '../types';

/** The last of `count` places that `begins`, where all before it do and none after it; the first where none does. */
export function lastBeginning(count: number, begins: (i: number) => boolean): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (begins(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Turns UTF-16 offsets into lines (from 1) and columns (from 0). CRLF, LF and CR end a line. */
export class LineMap {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    const { starts } = this;
    if (text.includes('\r')) {
      const ends = /\r\n|\n|\r/g;
      while (ends.exec(text)) starts.push(ends.lastIndex);
    } else for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  }

  line(offset: number): number {
    return lastBeginning(this.starts.length, (i) => this.starts[i] <= offset) + 1;
  }

  range(from: number, to: number): Range {
    const line = this.line(from);
    const endLine = this.line(to);
    return { from, to, line, column: from - this.starts[line - 1], endLine, endColumn: to - this.starts[endLine - 1] };
  }
}
