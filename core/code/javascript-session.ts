/**
 * Reads one TypeScript or JavaScript document again and again as it is edited, as `session.ts` does for Python: statements that read as before keep their syntax,
 * and where all that matter do, the findings are those of before, moved. What comes out is what a fresh session would say of the same text.
 */
import type { Tree } from '@lezer/common';
import { describeJavascriptUnit, relevantJavascript, type JavascriptUnit } from './javascript-slice';
import { moveFindings } from './move';
import type { Stmt } from './parse/ast';
import { Recoveries } from './parse/bounded';
import { lowerJavascriptUnit, parseJavascriptUnit, type JavascriptDialect } from './parse/javascript';
import { outlineJavascript } from './parse/javascript-outline';
import { LineMap } from './parse/lines';
import type { Unit } from './parse/python-outline';
import { keyOf, NO_OVERRIDES, orderAt, overridesOf, type Overrides } from './overrides';
import { isMachineWritten, mayHoldDiffusionJavascript, wordsOf } from './prefilter';
import { familiesIn } from './recognise/families';
import type { Family } from './recognise/families/family';
import { findingsOf } from './recognise/findings';
import { run } from './recognise/units';
import type { Finding } from './types';

interface Statement {
  info: JavascriptUnit;
  /** Made when it is wanted. */
  tree?: Tree;
}

/** One text, and what of it is read. */
interface Work {
  text: string;
  source: string;
  units: readonly Unit[];
  statements: readonly Statement[];
  kept: readonly boolean[];
  lines: LineMap;
  families: readonly Family[];
  overrides: Overrides;
}

interface Before {
  /** What is read. */
  key: string;
  units: readonly Unit[];
  findings: Finding[];
}

export class JavascriptSession {
  private statements = new Map<string, Statement>();
  private before: Before | null = null;

  constructor(private readonly dialect: JavascriptDialect) {}

  /** The findings of `text`, which the caller has found to be neither binary nor too long. */
  update(text: string): Finding[] {
    const families = isMachineWritten(text) ? null : familiesIn(wordsOf(text), 'javascript');
    if (!families || (families.length === 0 && !mayHoldDiffusionJavascript(text) && !text.includes('marginalia:'))) {
      this.before = null;
      return [];
    }
    const units = outlineJavascript(text);
    const now = new Map<string, Statement>();
    const statements = units.map(({ from, to }) => {
      const source = text.slice(from, to);
      const statement = now.get(source) ?? this.statements.get(source) ?? { info: describeJavascriptUnit(source) };
      now.set(source, statement);
      return statement;
    });
    this.statements = now;

    const overrides = overridesOf(text, units);
    const kept = relevantJavascript(statements.map((s) => s.info), families.flatMap((f) => f.seeds));
    units.forEach(({ from }, i) => { if (overrides.file || orderAt(overrides, from)) kept[i] = true; });
    const read = units.filter((_, i) => kept[i]);
    const source = statements.filter((_, i) => kept[i]).map(({ info }) => info.text).join('\n\0');
    const key = `${families.map((f) => f.id).join()}\0${keyOf(overrides, units)}\0${source}`;
    const lines = new LineMap(text);
    const findings = this.before?.key === key && overrides === NO_OVERRIDES ? moveFindings(this.before.findings, this.before.units, read, lines) : this.fresh({ text, source, units, statements, kept, lines, families, overrides });
    this.before = { key, units: read, findings };
    return findings;
  }

  private fresh({ text, source, units, statements, kept, lines, families, overrides }: Work): Finding[] {
    const body: Stmt[] = [];
    const recoveries = new Recoveries();
    units.forEach(({ from }, i) => {
      const statement = statements[i];
      if (kept[i] && recoveries.allows(statement.tree ??= parseJavascriptUnit(statement.info.text, this.dialect))) for (const s of lowerJavascriptUnit(text, statement.tree, from)) body.push(s);
    });
    return findingsOf(run(body, 'javascript'), lines, source, families, overrides);
  }
}
