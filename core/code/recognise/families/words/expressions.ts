/** Questions about expressions as they are written. */
import { subexpressions, type Expr, type Stmt } from '../../../parse/ast';
import { dotted } from '../../training/survey';

/** The same for the same expression: `self.n + 1` and `n + 1` are one, since a constructor keeps its arguments under their names. */
export function shown(e: Expr): string {
  switch (e.kind) {
    case 'number': case 'string': case 'boolean': return JSON.stringify(e.value);
    case 'name': return e.name;
    case 'attribute': return e.name === 'length' || e.name === 'shape' ? `${shown(e.object)}.${e.name}` : e.name;
    case 'binary': {
      const [a, b] = [shown(e.left), shown(e.right)];
      return e.op === '+' || e.op === '*' ? `(${[a, b].sort().join(e.op)})` : `(${a}${e.op}${b})`;
    }
    case 'call': return `${dotted(e.callee) ?? shown(e.callee)}(${e.args.map((a) => shown(a.value)).join()})`;
    default: return `${e.kind}(${subexpressions(e).map(shown).join()})`;
  }
}

export function walk(e: Expr, visit: (e: Expr) => void): void {
  visit(e);
  for (const sub of subexpressions(e)) walk(sub, visit);
}

/** Names in an expression, of attributes the last part too. */
export function namesIn(e: Expr): Set<string> {
  const out = new Set<string>();
  walk(e, (x) => {
    if (x.kind === 'name') out.add(x.name);
    else if (x.kind === 'attribute') out.add(x.dotted ?? x.name);
  });
  return out;
}

/** All statements, those inside others too, each with the innermost function and the loops of it around. */
export function visitStatements(body: readonly Stmt[], visit: (s: Stmt, loops: readonly Stmt[]) => void, loops: readonly Stmt[] = []): void {
  for (const s of body) {
    visit(s, loops);
    const inner = s.kind === 'for' || s.kind === 'while' ? [...loops, s] : loops;
    for (const block of blocksOf(s)) visitStatements(block, visit, s.kind === 'function' || s.kind === 'class' ? [] : inner);
  }
}

export function blocksOf(s: Stmt): readonly (readonly Stmt[])[] {
  switch (s.kind) {
    case 'if': return [s.then, s.otherwise];
    case 'for': return [s.body, s.otherwise];
    case 'while': case 'with': case 'function': case 'class': return [s.body];
    case 'try': return [s.body, ...s.handlers, s.final];
    // A callback (`tidy(() => …)`) is a block where it stands.
    case 'expression': case 'assign': return callbacks(s.value);
    case 'return': return s.value ? callbacks(s.value) : [];
    default: return [];
  }
}

function callbacks(e: Expr): readonly (readonly Stmt[])[] {
  const out: (readonly Stmt[])[] = [];
  walk(e, (x) => { if (x.kind === 'function') out.push(x.definition.body); });
  return out;
}

/** The expressions of the statement itself, without those of blocks in it. */
export function expressionsOf(s: Stmt): Expr[] {
  switch (s.kind) {
    case 'assign': return [...s.targets, s.value];
    case 'augmented': return [s.target, s.value];
    case 'expression': return [s.value];
    case 'return': case 'yield': return s.value ? [s.value] : [];
    case 'if': case 'while': return [s.test];
    case 'for': return [s.target, s.iterable];
    case 'with': return s.items.map((i) => i.value);
    default: return [];
  }
}
