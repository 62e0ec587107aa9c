/**
 * Reads one document again and again as it is edited. Statements that read as before keep their syntax; where all statements that matter
 * do, the findings are those of before, moved. What comes out is always what a fresh session would say of the same text.
 */
import type { Tree } from '@lezer/common';
import type { Siblings } from './configs/siblings';
import { run } from './recognise/units';
import { findingsOf } from './recognise/findings';
import type { Stmt } from './parse/ast';
import { Recoveries } from './parse/bounded';
import { LineMap } from './parse/lines';
import { lowerUnit, parseUnit } from './parse/python';
import { outlinePython, type Unit } from './parse/python-outline';
import { keyOf, NO_OVERRIDES, orderAt, overridesOf, type Overrides } from './overrides';
import { mayHoldDiffusion, wordsOf } from './prefilter';
import { familiesIn } from './recognise/families';
import type { Family } from './recognise/families/family';
import { moveFindings } from './move';
import { describeUnit, relevant, type UnitInfo } from './slice';
import type { Finding } from './types';

interface Statement {
  info: UnitInfo;
  /** Made when it is wanted. */
  tree?: Tree;
}

/** One text, and what of it is read. */
interface Work {
  text: string;
  units: readonly Unit[];
  statements: readonly Statement[];
  kept: readonly boolean[];
  names: ReadonlySet<string>;
  lines: LineMap;
  families: readonly Family[];
  overrides: Overrides;
}

interface Before {
  /** What is read, and the unread names that it uses. */
  key: string;
  units: readonly Unit[];
  findings: Finding[];
}

export class PythonSession {
  private statements = new Map<string, Statement>();
  private before: Before | null = null;

  constructor(private readonly siblings: Siblings) {}

  /** The findings of `text`, which the caller has found to be neither binary nor too long. */
  update(text: string): Finding[] {
    const families = familiesIn(wordsOf(text), 'python');
    if (families.length === 0 && !mayHoldDiffusion(text) && !text.includes('marginalia:')) {
      // Typing may take the last `cumprod` away for a moment: the statements stay.
      this.before = null;
      return [];
    }
    const units = outlinePython(text);
    const known = this.statements;
    const now = new Map<string, Statement>();
    const statements = units.map(({ from, to }) => {
      const source = text.slice(from, to);
      let statement = now.get(source) ?? known.get(source);
      statement ??= { info: describeUnit(source) };
      now.set(source, statement);
      return statement;
    });
    this.statements = now;

    const overrides = overridesOf(text, units);
    const kept = relevant(statements.map((s) => s.info), families.flatMap((f) => f.seeds));
    units.forEach(({ from }, i) => { if (overrides.file || orderAt(overrides, from)) kept[i] = true; });
    const read = units.filter((_, i) => kept[i]);
    const names = unreadNames(statements, kept);
    const key = `${this.siblings.revision}\0${families.map((f) => f.id).join()}\0${keyOf(overrides, units)}\0${statements.map(({ info }, i) => (kept[i] ? info.text : names.has(info.definition!) ? `\0${info.definition}` : '')).filter((s) => s !== '').join('\n\0')}`;
    const lines = new LineMap(text);
    const findings = this.before?.key === key && overrides === NO_OVERRIDES ? moveFindings(this.before.findings, this.before.units, read, lines) : this.fresh({ text, units, statements, kept, names, lines, families, overrides });
    this.before = { key, units: read, findings };
    return findings;
  }

  private fresh({ text, units, statements, kept, names, lines, families, overrides }: Work): Finding[] {
    const body: Stmt[] = [];
    const recoveries = new Recoveries();
    units.forEach(({ from }, i) => {
      const statement = statements[i];
      const { info } = statement;
      if (kept[i]) {
        if (recoveries.allows(statement.tree ??= parseUnit(info.text))) for (const s of lowerUnit(text, statement.tree, from)) body.push(s);
      } else if (names.has(info.definition!)) body.push({ kind: 'unread', name: info.definition!, from, to: from });
    });
    return findingsOf(run(body, 'python', this.siblings), lines, statements.filter((_, i) => kept[i]).map(({ info }) => info.text).join('\n'), families, overrides);
  }
}

/** Definitions that are not read, though what is read uses their names: these must not be taken for something else of that name. */
function unreadNames(statements: readonly Statement[], kept: readonly boolean[]): Set<string> {
  const out = new Set<string>();
  statements.forEach(({ info }, i) => { if (!kept[i] && info.definition !== null) out.add(info.definition); });
  if (out.size === 0) return out;
  const used = new Set<string>();
  statements.forEach(({ info }, i) => { if (kept[i]) for (const name of info.uses) if (out.has(name)) used.add(name); });
  return used;
}
