/** What the text of a file holds that training is told by: calls, loops, and names that are given values. No value is computed here. */
import type { Argument, ClassDefinition, Expr, FunctionDefinition, Parameter, Span, Stmt } from '../../parse/ast';
import { subexpressions } from '../../parse/ast';
import { remembered } from '../../../remembered';
import { holdsSettings, NAMESPACES } from '../../interpret/settings';

/** Where in the file something stands. */
export interface Place {
  /** Enclosing definitions, outermost first. */
  definitions: readonly (ClassDefinition | FunctionDefinition)[];
  /** Enclosing loops of the same function, outermost first. */
  loops: readonly (Stmt & { kind: 'for' | 'while' })[];
  /** Tests of the branches that it stands in, other than the program's own entry; `unknown` for handlers and comprehensions. */
  tests: readonly Expr[];
  /** Dotted target of the assignment that it is part of, e.g. `self.opt`. */
  holder: string;
}

export interface CallSite extends Place {
  call: Expr & { kind: 'call' };
  /** Dotted, imports resolved: `torch.optim.Adam`; a leading `.` where what stands before is no plain name. */
  path: string;
  /** Last part of the path. */
  name: string;
}

/** A name that is given a value: by assignment, as keyword argument, dictionary entry, or `add_argument` of argparse. */
export interface Setting extends Place {
  name: string;
  value: Expr;
  /** Callee of the call that it is an argument of. */
  callee: string;
  /** Kept apart from the model: the default of an option of the command line, an entry of a dict that has a name, a field of a class of settings. */
  option?: boolean;
}

export interface ParameterSite extends Place {
  parameter: Parameter;
}

export interface Survey {
  calls: CallSite[];
  settings: Setting[];
  parameters: ParameterSite[];
  classes: Map<string, ClassDefinition>;
  functions: Map<string, FunctionDefinition>;
  /** Local name → dotted path of what was imported under it. */
  imports: Map<string, string>;
}

/** `nn.Linear` → "nn.Linear"; null where something other than names is in it. */
export function dotted(e: Expr): string | null {
  if (e.kind === 'name') return e.name;
  if (e.kind !== 'attribute') return null;
  const object = dotted(e.object);
  return object === null ? null : `${object}.${e.name}`;
}

export function survey(body: readonly Stmt[]): Survey {
  const out: Survey = { calls: [], settings: [], parameters: [], classes: new Map(), functions: new Map(), imports: new Map() };
  const { imports } = out;
  const apart = new Set<Expr>();
  importsOf(body, imports);
  const pathOf = (callee: Expr): string => {
    const text = dotted(callee);
    if (text === null) return callee.kind === 'attribute' ? `.${callee.name}` : '';
    const dot = text.indexOf('.');
    const root = dot < 0 ? text : text.slice(0, dot);
    return (imports.get(root) ?? root) + (dot < 0 ? '' : text.slice(dot));
  };

  const expression = (e: Expr | undefined | null, place: Place): void => {
    if (!e) return;
    if (e.kind === 'call') {
      const path = pathOf(e.callee);
      const name = path.slice(path.lastIndexOf('.') + 1);
      out.calls.push({ ...place, call: e, path, name });
      for (const a of e.args) if (a.name) out.settings.push({ ...place, name: a.name, value: a.value, callee: path, option: NAMESPACES.has(name) || (path === 'dict' && apart.has(e)) });
      if (name === 'add_argument') argument(e.args, place);
    } else if (e.kind === 'dict') {
      for (const { key, value } of e.entries) if (key?.kind === 'string') out.settings.push({ ...place, name: key.value, value, callee: '', option: apart.has(e) });
    } else if (e.kind === 'walrus') assigned(e.target, e.value, place);
    // A callback runs where it stands, in the loop around it.
    if (e.kind === 'function') define(e.definition, place, place.loops);
    else if (e.kind === 'comprehension') for (const sub of subexpressions(e)) expression(sub, within(place, null));
    else for (const sub of subexpressions(e)) expression(sub, place);
  };
  const argument = (args: readonly Argument[], place: Place): void => {
    const flag = args.find((a) => a.value.kind === 'string' && !a.name && a.value.value.startsWith('--'))?.value;
    const value = args.find((a) => a.name === 'default')?.value;
    if (flag?.kind === 'string' && value) out.settings.push({ ...place, name: flag.value.replace(/^--/, ''), value, callee: '', option: true });
  };
  /** Dicts that are given a name, with those inside them; objects with functions are models. */
  const setApart = (e: Expr): void => {
    if (e.kind === 'call' && e.callee.kind === 'name' && e.callee.name === 'dict') apart.add(e);
    if (e.kind !== 'dict' || e.entries.some(({ value }) => value.kind === 'function')) return;
    apart.add(e);
    e.entries.forEach(({ value }) => { setApart(value); });
  };
  const assigned = (target: Expr, value: Expr, place: Place): void => {
    const name = dotted(target);
    setApart(value);
    const holder = place.definitions[place.definitions.length - 1];
    const option = holder?.kind === 'class' && holdsSettings({ definition: holder, bases: [] });
    if (name !== null) out.settings.push({ ...place, name: name.slice(name.lastIndexOf('.') + 1), value, callee: '', option });
    else if (target.kind === 'sequence' && value.kind === 'sequence' && target.items.length === value.items.length) target.items.forEach((t, i) => assigned(t, value.items[i], place));
  };
  const define = (d: ClassDefinition | FunctionDefinition, place: Place, loops: Place['loops'] = []): void => {
    const inner: Place = { definitions: [...place.definitions, d], loops, tests: [], holder: '' };
    if (d.kind === 'class') out.classes.set(d.name, d);
    else {
      if (place.definitions.length === 0) out.functions.set(d.name, d);
      for (const parameter of d.params) {
        out.parameters.push({ ...inner, parameter });
        expression(parameter.default, place);
      }
    }
    statements(d.body, inner);
  };
  const statements = (list: readonly Stmt[], place: Place): void => {
    for (const s of list) {
      switch (s.kind) {
        case 'assign': {
          const inner = { ...place, holder: s.targets.map(dotted).find((t) => t !== null) ?? '' };
          for (const t of s.targets) { assigned(t, s.value, place); expression(t, place); }
          expression(s.value, inner);
          break;
        }
        case 'augmented': expression(s.target, place); expression(s.value, place); break;
        case 'expression': case 'return': case 'yield': expression(s.value, place); break;
        case 'if': {
          expression(s.test, place);
          // The program's own entry is no choice.
          statements(s.then, isMain(s.test) ? place : within(place, s.test));
          statements(s.otherwise, within(place, null));
          break;
        }
        case 'for': case 'while': {
          const inner = { ...place, loops: [...place.loops, s] };
          expression(s.kind === 'for' ? s.iterable : s.test, place);
          statements(s.body, inner);
          if (s.kind === 'for') statements(s.otherwise, place);
          break;
        }
        case 'with': s.items.forEach((i) => { expression(i.value, place); }); statements(s.body, place); break;
        case 'try': statements(s.body, place); s.handlers.forEach((h) => { statements(h, within(place, null)); }); statements(s.final, place); break;
        case 'function': case 'class': define(s, place); break;
        default:
      }
    }
  };
  statements(body, { definitions: [], loops: [], tests: [], holder: '' });
  return out;
}

function within(place: Place, test: Expr | null): Place {
  return { ...place, tests: [...place.tests, test ?? { kind: 'unknown', parts: [], from: 0, to: 0 }] };
}

function isMain(test: Expr): boolean {
  return test.kind === 'compare' && [test.left, test.right].some((e) => e.kind === 'name' && e.name === '__name__');
}

function importsOf(body: readonly Stmt[], out: Map<string, string>): void {
  for (const s of body) {
    if (s.kind === 'import') for (const { name, path } of s.names) out.set(name, path);
    else if (s.kind === 'function' || s.kind === 'class' || s.kind === 'with') importsOf(s.body, out);
    else if (s.kind === 'try') [s.body, ...s.handlers].forEach((b) => { importsOf(b, out); });
    else if (s.kind === 'if') [s.then, s.otherwise].forEach((b) => { importsOf(b, out); });
  }
}

/** The argument of a call: by keyword, in a leading options object (TensorFlow.js), or by position. */
export function argumentOf(call: Expr & { kind: 'call' }, position: number, ...keywords: readonly string[]): Expr | undefined {
  const byName = call.args.find((a) => a.name !== undefined && keywords.includes(a.name));
  if (byName) return byName.value;
  const [first] = call.args;
  if (first?.value.kind === 'dict') return first.value.entries.find(({ key }) => key?.kind === 'string' && keywords.includes(key.value))?.value;
  const plain = call.args.slice(0, position + 1);
  return position >= 0 && plain.length > position && plain.every((a) => !a.name && a.star === 0) ? plain[position].value : undefined;
}

/** Letters and digits only, lower case: `batchSize`, `batch_size` and `--batch-size` are one word. */
export const plain = remembered((name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));

export function contains(outer: Span, inner: Span): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}
