/**
 * Reads one document again and again as it is edited, statement by statement. Statements that read as before keep their syntax; where all that matter do, the
 * findings are those of before, moved. What comes out is always what a fresh session would say of the same text.
 */
import type { Tree } from '@lezer/common';
import type { Machine } from './interpret/machine';
import type { ImportedModel } from './modules/modules';
import { moveFindings } from './move';
import { NO_OVERRIDES, orderAt, overridesOf, type Overrides } from './overrides';
import type { Stmt } from './parse/ast';
import { Recoveries } from './parse/bounded';
import { LineMap } from './parse/lines';
import type { Unit } from './parse/python-outline';
import { readersOf } from './recognise/families';
import type { Family } from './recognise/families/family';
import { findingsOf } from './recognise/findings';
import type { UnitInfo } from './slice';
import type { Finding } from './types';

/** What one language does in its own way. */
export interface SessionLanguage<Info extends UnitInfo> {
  /** Models of files beside it that the text may train. */
  imported(text: string): readonly ImportedModel[];
  /** Families besides diffusion by its schedule that the text may hold; null where it can hold no model at all. */
  candidates(text: string): readonly Family[] | null;
  outline(text: string): Unit[];
  describe(source: string): Info;
  /** For each statement whether it is read. */
  relevant(units: readonly Info[], seeds: readonly string[]): boolean[];
  /** Definitions that are not read, though what is read uses their names: these must not be taken for something else of that name. */
  unread(units: readonly Info[], kept: readonly boolean[]): ReadonlySet<string>;
  parse(source: string): Tree;
  lower(text: string, tree: Tree, from: number): Stmt[];
  run(body: Stmt[]): Machine;
  /** Changes when something beside the text does that findings depend on. */
  revision(): number;
}

interface Statement<Info> {
  info: Info;
  /** Made when it is wanted. */
  tree?: Tree;
}

/** One text, and what of it is read. */
interface Work<Info> {
  text: string;
  units: readonly Unit[];
  statements: readonly Statement<Info>[];
  kept: readonly boolean[];
  unread: ReadonlySet<string>;
  lines: LineMap;
  families: readonly Family[];
  imported: readonly ImportedModel[];
  overrides: Overrides;
}

interface Before {
  /** What is read, and the unread names that it uses. */
  key: string;
  units: readonly Unit[];
  findings: Finding[];
}

export class StatementSession<Info extends UnitInfo> {
  private statements = new Map<string, Statement<Info>>();
  private before: Before | null = null;

  constructor(private readonly language: SessionLanguage<Info>) {}

  /** The findings of `text`, which the caller has found to be neither binary nor too long. */
  update(text: string): Finding[] {
    const { language } = this;
    const imported = language.imported(text);
    const candidates = language.candidates(text);
    const families = imported.length > 0 ? readersOf(candidates ?? [], imported.map((m) => m.finding.family)) : candidates;
    if (!families) {
      // Typing may take the last `cumprod` away for a moment: the statements stay.
      this.before = null;
      return [];
    }
    const units = language.outline(text);
    const statements = this.statementsOf(text, units);
    const infos = statements.map((s) => s.info);
    const overrides = overridesOf(text, units);
    const kept = language.relevant(infos, [...families.flatMap((f) => f.seeds), ...imported.map((m) => m.name)]);
    units.forEach(({ from }, i) => { if (overrides.file || orderAt(overrides, from)) kept[i] = true; });
    const read = units.filter((_, i) => kept[i]);
    const unread = language.unread(infos, kept);
    const texts = infos.flatMap((info, i) => (kept[i] ? [info.text] : unread.has(info.definition!) ? [`\0${info.definition}`] : []));
    const key = [language.revision(), families.map((f) => f.id).join(), imported.map((m) => m.path).join(), texts.join('\n\0')].join('\0');
    const lines = new LineMap(text);
    const findings = this.before?.key === key && overrides === NO_OVERRIDES
      ? moveFindings(this.before.findings, this.before.units, read, lines) : this.fresh({ text, units, statements, kept, unread, lines, families, imported, overrides });
    // A comment belongs to no statement, so what it says cannot be moved with one.
    this.before = overrides === NO_OVERRIDES ? { key, units: read, findings } : null;
    return findings;
  }

  private statementsOf(text: string, units: readonly Unit[]): Statement<Info>[] {
    const now = new Map<string, Statement<Info>>();
    const statements = units.map(({ from, to }) => {
      const source = text.slice(from, to);
      const statement = now.get(source) ?? this.statements.get(source) ?? { info: this.language.describe(source) };
      now.set(source, statement);
      return statement;
    });
    this.statements = now;
    return statements;
  }

  private fresh({ text, units, statements, kept, unread, lines, families, imported, overrides }: Work<Info>): Finding[] {
    const { language } = this;
    const body: Stmt[] = [];
    const recoveries = new Recoveries();
    units.forEach(({ from }, i) => {
      const statement = statements[i];
      const { info } = statement;
      if (kept[i]) {
        if (recoveries.allows(statement.tree ??= language.parse(info.text))) for (const s of language.lower(text, statement.tree, from)) body.push(s);
      } else if (unread.has(info.definition!)) body.push({ kind: 'unread', name: info.definition!, from, to: from });
    });
    const read = statements.filter((_, i) => kept[i]).map(({ info }) => info.text).join('\n');
    return findingsOf(language.run(body), lines, read, { families, imported, overrides });
  }
}
