/**
 * The function whose name stands at an offset, in its definition or in a call, and the formula that it computes. Which function a call means is decided by the text of
 * this file alone; where that leaves two answers there is none.
 */
import type { Expr, FunctionDefinition, Span, Stmt } from './parse/ast';
import { walkExpressions } from './parse/ast';
import { lowerJavascriptUnit, parseJavascriptUnit, type JavascriptDialect } from './parse/javascript';
import { outlineJavascript } from './parse/javascript-outline';
import { lowerUnit, parseUnit } from './parse/python';
import { outlinePython, type Unit } from './parse/python-outline';
import { CLAUSES_NAMED, formulaInside, within } from './recognise/named-functions';
import type { Finding } from './types';

export interface NamedFunction {
  name: string;
  /** Of the name that was pointed at. */
  span: Span;
  /** Id in core/formulas. */
  formula: string;
  finding: Finding;
}

interface Definition {
  name: string;
  nameSpan: Span;
  span: Span;
  /** The class that it is a method of. */
  owner: (Span & { name: string }) | null;
  /** What it returns, and functions inside of it do not. */
  returned: readonly Expr[];
  /** Not inside of another function. */
  outermost: boolean;
  known: { formula: string; finding: Finding } | null;
}

interface Read {
  units: readonly Unit[];
  statements: (at: number) => readonly Stmt[];
  definitions: readonly Definition[];
}

const CLAUSES = new Set(CLAUSES_NAMED);
/** Kept as long as the reading that it was made for. */
const readings = new WeakMap<readonly Finding[], { text: string; read: Read | null }>();

/** @param findings of this very text. */
export function functionAt(text: string, languageId: string, findings: readonly Finding[], offset: number): NamedFunction | null {
  const word = wordAt(text, offset);
  const read = word && readingOf(text, languageId, findings);
  if (!read) return null;
  const { span, name } = word;
  const given = ({ known }: Definition): NamedFunction | null => known && { name, span, ...known };
  const defined = read.definitions.find(({ nameSpan }) => nameSpan.from === span.from && nameSpan.to === span.to);
  if (defined) return given(defined);
  const named = read.definitions.filter((d) => d.name === name);
  if (!named.some(({ known }) => known)) return null;
  const statements = read.statements(offset);
  const callee = calleeAt(statements, span);
  const meant = callee && (callee.kind === 'name' ? plainCall(text, statements, named, span) : methodCall(text, read, statements, named, callee));
  return meant ? given(meant) : null;
}

/** Parses what a hover over this reading wants, so that the first one does not wait for it. */
export function warmFunctions(text: string, languageId: string, findings: readonly Finding[]): void {
  readingOf(text, languageId, findings);
}

function wordAt(text: string, offset: number): { name: string; span: Span } | null {
  const before = /[\p{L}\p{N}_$]*$/u.exec(text.slice(Math.max(0, offset - 200), offset))![0].length;
  const after = /^[\p{L}\p{N}_$]*/u.exec(text.slice(offset, offset + 200))![0].length;
  const span = { from: offset - before, to: offset + after };
  const name = text.slice(span.from, span.to);
  return /^[\p{L}_$]/u.test(name) ? { name, span } : null;
}

function readingOf(text: string, languageId: string, findings: readonly Finding[]): Read | null {
  let known = readings.get(findings);
  if (known?.text !== text) readings.set(findings, (known = { text, read: readStatements(text, languageId, findings) }));
  return known.read;
}

/** Only statements with evidence are parsed, others when something in them is pointed at. */
function readStatements(text: string, languageId: string, findings: readonly Finding[]): Read | null {
  const spans = findings.flatMap((finding) => [
    ...finding.evidence.filter((clause) => CLAUSES.has(clause.text)).map(({ range }) => range),
    ...(finding.hyperparameters.schedule?.origin === 'folded' ? [finding.hyperparameters.schedule.range] : []),
  ]).filter((range) => range.file === undefined);
  if (spans.length === 0) return null;
  const isPython = languageId === 'python';
  const units = isPython ? outlinePython(text) : outlineJavascript(text);
  const lowered = new Map<Unit, readonly Stmt[]>();
  const lower = (unit: Unit): readonly Stmt[] => {
    const source = text.slice(unit.from, unit.to);
    const statements = lowered.get(unit) ?? (isPython ? lowerUnit(text, parseUnit(source), unit.from) : lowerJavascriptUnit(text, parseJavascriptUnit(source, languageId as JavascriptDialect), unit.from));
    lowered.set(unit, statements);
    return statements;
  };
  const definitions = units.filter((unit) => spans.some((span) => within(span, unit))).flatMap((unit) => definitionsIn(text, lower(unit)));
  for (const definition of definitions) definition.known = knownOf(definition, definitions, findings);
  return { units, definitions, statements: (at) => units.filter(({ from, to }) => from <= at && at <= to).flatMap(lower) };
}

function definitionsIn(text: string, body: readonly Stmt[], owner: Definition['owner'] = null, outermost = true): Definition[] {
  const of = (definition: FunctionDefinition, name: string, nameSpan: Span): Definition[] => [
    { name, nameSpan, span: { from: definition.from, to: definition.to }, owner, outermost, returned: returnedIn(definition.body), known: null },
    ...definitionsIn(text, definition.body, null, false),
  ];
  return body.flatMap((s): Definition[] => {
    switch (s.kind) {
      // A name that is not written there is one that the parser made.
      case 'function': return text.slice(s.nameSpan.from, s.nameSpan.to) === s.name ? of(s, s.name, s.nameSpan) : definitionsIn(text, s.body, null, false);
      case 'class': return definitionsIn(text, s.body, { name: s.name, from: s.from, to: s.to }, outermost);
      case 'assign': return s.value.kind === 'function' && s.targets.length === 1 && s.targets[0].kind === 'name' ? of(s.value.definition, s.targets[0].name, s.targets[0]) : [];
      case 'if': return [...definitionsIn(text, s.then, owner, outermost), ...definitionsIn(text, s.otherwise, owner, outermost)];
      case 'for': case 'while': case 'with': return definitionsIn(text, s.body, owner, outermost);
      case 'try': return [s.body, ...s.handlers, s.final].flatMap((b) => definitionsIn(text, b, owner, outermost));
      default: return [];
    }
  });
}

function returnedIn(body: readonly Stmt[]): Expr[] {
  return body.flatMap((s): Expr[] => {
    switch (s.kind) {
      case 'return': return s.value ? [s.value] : [];
      case 'if': return returnedIn([...s.then, ...s.otherwise]);
      case 'for': case 'while': case 'with': return returnedIn(s.body);
      case 'try': return returnedIn([...s.body, ...s.handlers.flat(), ...s.final]);
      default: return [];
    }
  });
}

/** Of several models whose evidence stands in one function they must agree. */
function knownOf(definition: Definition, all: readonly Definition[], findings: readonly Finding[]): Definition['known'] {
  const nested = all.filter((other) => other !== definition && within(other.span, definition.span));
  const here = (range: Span & { file?: string }): boolean => range.file === undefined && within(range, definition.span) && !nested.some((inner) => within(range, inner.span));
  const known = findings.flatMap((finding) => {
    const formula = formulaInside({
      finding,
      clauses: new Set(finding.evidence.filter(({ range }) => here(range)).map((clause) => clause.text)),
      holds: (symbol) => finding.symbols.some((binding) => binding.symbol === symbol && binding.holds === undefined && binding.ranges.some(here)),
      gives: (symbol, expression) => {
        const [only, ...others] = definition.returned;
        if (!only || others.length > 0) return false;
        return within(expression, only) || finding.symbols.some((binding) => binding.symbol === symbol && binding.holds === undefined && binding.ranges.some(({ from, to }) => from === only.from && to === only.to));
      },
      says: (key) => { const setting = finding.hyperparameters[key]; return setting !== undefined && here(setting.range); },
    });
    return formula === null ? [] : [{ formula, finding }];
  });
  return new Set(known.map(({ formula }) => formula)).size === 1 ? known[0] : null;
}

/** What is called at the name, if it is called. */
function calleeAt(statements: readonly Stmt[], { from, to }: Span): (Expr & { kind: 'name' | 'attribute' }) | null {
  let found: (Expr & { kind: 'name' | 'attribute' }) | null = null;
  walkExpressions(statements, (e) => {
    if (e.kind !== 'call') return;
    const { callee } = e;
    if ((callee.kind === 'name' && callee.from === from && callee.to === to) || (callee.kind === 'attribute' && callee.to === to && callee.to - callee.name.length === from)) found = callee;
  });
  return found;
}

/** The one function of that name that is not a method, where the name is bound nowhere else. */
function plainCall(text: string, statements: readonly Stmt[], named: readonly Definition[], at: Span): Definition | null {
  const functions = named.filter((d) => d.owner === null);
  if (functions.length !== 1) return null;
  const [only] = functions;
  if (timesBound(text, only.name) > named.length) return null;
  // One inside of another function is known in that function alone.
  return only.outermost || enclosing(statements, only.span, at) ? only : null;
}

/** Is there a function that both stand in? */
function enclosing(statements: readonly Stmt[], definition: Span, call: Span): boolean {
  const around = (body: readonly Stmt[]): boolean => body.some((s) => s.kind === 'function' ? within(definition, s) && within(call, s) && definition.from > s.from : s.kind === 'class' && around(s.body));
  return around(statements);
}

/** Of `self`, of the class, or of a variable that is made of the class once and bound to nothing else. */
function methodCall(text: string, { definitions }: Read, statements: readonly Stmt[], named: readonly Definition[], callee: Expr & { kind: 'attribute' }): Definition | null {
  const methods = named.filter((d) => d.owner !== null);
  const { object } = callee;
  if (object.kind !== 'name') return null;
  const of = (owner: string): Definition | null => {
    const own = methods.filter((d) => d.owner?.name === owner);
    return own.length === 1 ? own[0] : null;
  };
  if (object.name === 'self' || object.name === 'cls' || object.name === 'this') {
    const owner = statements.find((s) => s.kind === 'class' && within(callee, s));
    return owner?.kind === 'class' ? of(owner.name) : null;
  }
  const classes = new Set(definitions.flatMap(({ owner }) => owner?.name ?? []));
  if (classes.has(object.name)) return of(object.name);
  const made = [...text.matchAll(new RegExp(`(?<![\\w$.])${escaped(object.name)}\\s*=(?!=)\\s*(?:new\\s+)?([\\w$]+)?`, 'gu'))];
  return made.length === 1 && timesBound(text, object.name) <= 1 && made[0][1] && classes.has(made[0][1]) ? of(made[0][1]) : null;
}

/** How often the text may bind a name: definitions, assignments, imports, parameters, loops. Too many are counted rather than too few. */
function timesBound(text: string, name: string): number {
  const n = `${escaped(name)}(?![\\w$])`;
  const patterns = [
    `\\b(?:def|class|function\\s*\\*?)\\s+${n}`, `^[ \\t]*(?:async\\s+|static\\s+|public\\s+|private\\s+)*${n}\\s*\\([^()]*\\)[^;\\n]*\\{`, `(?<![\\w$.])${n}\\s*(?::[^=\\n(]{0,80})?=(?!=)`,
    `\\bimport\\b[^\\n]*(?<![\\w$.])${n}`, `\\b(?:for|as)\\s+(?:[\\w, ]*,\\s*)?${n}`, `\\b(?:def|function)\\b[^\\n(]*\\([^)]*(?<![\\w$.])${n}\\s*[,:=)]`, `\\blambda\\b[^:\\n]*(?<![\\w$.])${n}`,
  ];
  return patterns.reduce((sum, pattern) => sum + [...text.matchAll(new RegExp(pattern, 'gmu'))].length, 0);
}

const escaped = (name: string): string => name.replace(/[$]/g, '\\$&');
