/** What holds of every reading of every text. */
import assert from 'node:assert/strict';
import type { Finding, Range, Reading } from '../../../core/code';
import { read, ReadingSession } from '../../../core/code';
import type { Case } from './fuzz-cases';

/** Processor time of one reading, in ms; what else the machine does is not counted. */
export const LIMIT_MS = 2000;

export interface Outcome {
  findings: number;
  /** Of the slowest reading, in ms of processor time. */
  slowest: number;
}

/** Throws where something does not hold. */
export function checkCase({ languageId, texts }: Case, limit = LIMIT_MS): Outcome {
  const outcome: Outcome = { findings: 0, slowest: 0 };
  const session = texts.length > 1 ? new ReadingSession(languageId) : null;
  for (const [step, text] of texts.entries()) {
    const reading = timed(outcome, () => read(text, languageId));
    checkReading(text, reading);
    outcome.findings += reading.findings.length;
    // The same text again: in a session after edits, or by itself.
    if (session) assert.deepEqual(timed(outcome, () => session.update(text)), reading, `after ${step} edits a session says something else than a fresh reading`);
    else if (reading.findings.length > 0) assert.deepEqual(read(text, languageId), reading, 'the same text gives other findings the second time');
  }
  assert.ok(outcome.slowest < limit, `a reading took ${Math.round(outcome.slowest)} ms`);
  return outcome;
}

function timed(outcome: Outcome, work: () => Reading): Reading {
  const start = process.cpuUsage();
  const reading = work();
  const { user, system } = process.cpuUsage(start);
  outcome.slowest = Math.max(outcome.slowest, (user + system) / 1000);
  return reading;
}

function checkReading(text: string, { findings, skipped }: Reading): void {
  assert.ok(skipped === undefined || /binary/.test(skipped), skipped);
  if (findings.length === 0) return;
  const starts = lineStarts(text);
  for (const finding of findings) checkFinding(text, starts, finding);
  JSON.stringify(findings);
}

function checkFinding(text: string, starts: readonly number[], f: Finding): void {
  const inside = (range: Range, what: string) => {
    assert.ok(Number.isInteger(range.from) && range.from >= 0 && range.from <= range.to && range.to <= text.length, `${what}: ${range.from} … ${range.to} of ${text.length}`);
    for (const [offset, line, column] of [[range.from, range.line, range.column], [range.to, range.endLine, range.endColumn]]) {
      assert.ok(line >= 1 && line <= starts.length, `${what}: line ${line}`);
      assert.equal(starts[line - 1] + column, offset, `${what}: line ${line}, column ${column} is not offset ${offset}`);
      assert.ok(line === starts.length || offset < starts[line], `${what}: offset ${offset} is after line ${line}`);
    }
  };
  inside(f.range, 'range');
  inside(f.extent, 'extent');
  assert.ok(f.extent.to > f.extent.from, 'an empty extent');
  assert.ok(f.confidence > 0 && f.confidence <= 1, `confidence ${f.confidence}`);
  for (const [key, h] of Object.entries(f.hyperparameters)) {
    inside(h.range, key);
    assert.equal(h.line, h.range.line, `${key}: line`);
    assert.ok(h.value !== undefined && !Number.isNaN(h.value), `${key}: ${String(h.value)}`);
  }
  for (const e of f.evidence) inside(e.range, e.text);
  for (const b of f.symbols) {
    assert.ok(b.ranges.length > 0, `${b.symbol} is bound to no place`);
    for (const r of b.ranges) {
      inside(r, b.symbol);
      assert.ok(r.from < r.to, `${b.symbol}: an empty range`);
    }
  }
}

/** Independently of `LineMap`: CRLF, LF and CR end a line. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\n' || (text[i] === '\r' && text[i + 1] !== '\n')) starts.push(i + 1);
  }
  return starts;
}
