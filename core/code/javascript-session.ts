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
import { mayHoldDiffusionJavascript } from './prefilter';
import { findingsOf } from './recognise/findings';
import { run } from './recognise/units';
import type { Finding } from './types';

interface Statement {
  info: JavascriptUnit;
  /** Made when it is wanted. */
  tree?: Tree;
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
    if (!mayHoldDiffusionJavascript(text)) {
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

    const kept = relevantJavascript(statements.map((s) => s.info));
    const read = units.filter((_, i) => kept[i]);
    const key = statements.filter((_, i) => kept[i]).map(({ info }) => info.text).join('\n\0');
    const lines = new LineMap(text);
    const findings = this.before?.key === key ? moveFindings(this.before.findings, this.before.units, read, lines) : this.fresh(text, key, units, statements, kept, lines);
    this.before = { key, units: read, findings };
    return findings;
  }

  private fresh(text: string, key: string, units: readonly Unit[], statements: readonly Statement[], kept: readonly boolean[], lines: LineMap): Finding[] {
    const body: Stmt[] = [];
    const recoveries = new Recoveries();
    units.forEach(({ from }, i) => {
      const statement = statements[i];
      if (kept[i] && recoveries.allows(statement.tree ??= parseJavascriptUnit(statement.info.text, this.dialect))) for (const s of lowerJavascriptUnit(text, statement.tree, from)) body.push(s);
    });
    return findingsOf(run(body, 'javascript'), lines, key);
  }
}
