/** The models that a file of code defines, and what makes them, for the programs that import them. */
import type { DefinedModel } from './modules';
import type { Stmt } from '../parse/ast';
import { constructorOf } from '../recognise/families/named';
import { StatementSession, type SessionLanguage } from '../session';
import type { UnitInfo } from '../slice';
import type { Finding } from '../types';

interface Definition {
  name: string;
  from: number;
  to: number;
  uses: ReadonlySet<string>;
}

/** Never throws: of a file that cannot be read nothing is known. */
export function modelsDefinedIn<Info extends UnitInfo>(text: string, language: SessionLanguage<Info>): DefinedModel[] {
  try {
    const findings = new StatementSession(language).update(text).filter((f) => f.kind === 'class' || f.kind === 'function');
    if (findings.length === 0) return [];
    const definitions = language.outline(text).flatMap(({ from, to }): Definition[] => {
      const { definition, uses } = language.describe(text.slice(from, to));
      return definition === null ? [] : [{ name: definition, from, to, uses }];
    });
    return definitions.flatMap((d): DefinedModel[] => {
      const own = findings.filter((f) => d.from <= f.range.from && f.range.from < d.to);
      // What makes one of several makes none for certain.
      const made = own.length > 0 ? own : findings.filter((f) => leadsTo(d, f, definitions));
      if (made.length !== 1) return [];
      const [definition] = language.lower(text, language.parse(text.slice(d.from, d.to)), d.from).filter((s) => s.kind === 'class' || s.kind === 'function');
      return [{ name: d.name, finding: made[0], parameters: parametersOf(definition) }];
    });
  } catch {
    return [];
  }
}

/** Does a definition use the model, at any remove? */
function leadsTo(d: Definition, { name }: Finding, all: readonly Definition[]): boolean {
  const seen = new Set<Definition>([d]);
  for (const x of seen) {
    if (x.uses.has(name)) return true;
    for (const o of all) if (x.uses.has(o.name)) seen.add(o);
  }
  return false;
}

function parametersOf(s: Stmt | undefined): string[] {
  return s?.kind === 'class' || s?.kind === 'function' ? constructorOf(s).filter((p) => p.star === 0).map((p) => p.name).filter((name) => name !== 'self') : [];
}
