/** The models that a file of code defines, for the programs that import them. */
import type { DefinedModel } from './modules';
import type { FunctionDefinition, Stmt } from './parse/ast';
import { constructorOf } from './recognise/families/named';
import { StatementSession, type SessionLanguage } from './session';
import type { UnitInfo } from './slice';

/** Never throws: of a file that cannot be read nothing is known. */
export function modelsDefinedIn<Info extends UnitInfo>(text: string, language: SessionLanguage<Info>): DefinedModel[] {
  try {
    return new StatementSession(language).update(text).filter((f) => f.kind === 'class' || f.kind === 'function').map((finding) => {
      const { from, to } = finding.extent;
      const [definition] = language.lower(text, language.parse(text.slice(from, to)), from);
      return { finding, parameters: parametersOf(definition) };
    });
  } catch {
    return [];
  }
}

function parametersOf(s: Stmt | undefined): string[] {
  if (s?.kind !== 'class' && s?.kind !== 'function') return [];
  const params: FunctionDefinition['params'] = constructorOf(s);
  return params.filter((p) => p.star === 0).map((p) => p.name).filter((name) => name !== 'self');
}
