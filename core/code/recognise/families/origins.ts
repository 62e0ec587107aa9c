/** Which calls an expression's value comes from, along the assignments of the text and through functions of the file. No value is computed here. */
import type { ClassDefinition, Expr, FunctionDefinition, Stmt } from '../../parse/ast';
import { subexpressions } from '../../parse/ast';
import { dotted, type CallSite, type Place, type Survey } from '../training/survey';

type Definition = ClassDefinition | FunctionDefinition;

export interface Assignment {
  /** `x`, or `self.x`. */
  name: string;
  value: Expr;
  /** Part of a tuple that is unpacked: which, of how many. */
  part: { index: number; of: number } | null;
  definitions: readonly Definition[];
  loops: readonly Stmt[];
  /** `x += value`. */
  augmented: boolean;
}

const MAX_DEPTH = 7;
const MAX_SEEN = 80;

export class Origins {
  readonly assignments: Assignment[] = [];
  private readonly byName = new Map<string, Assignment[]>();
  private readonly sites = new Map<Expr, CallSite>();
  private readonly returns = new Map<FunctionDefinition, Expr[]>();
  private readonly methods = new Map<string, FunctionDefinition[]>();

  constructor(body: readonly Stmt[], readonly survey: Survey) {
    for (const s of survey.calls) this.sites.set(s.call, s);
    this.statements(body, [], []);
    for (const a of this.assignments) {
      const list = this.byName.get(a.name);
      if (list) list.push(a);
      else this.byName.set(a.name, [a]);
    }
  }

  siteOf(e: Expr): CallSite | undefined {
    return this.sites.get(e);
  }

  /** What the name was given, seen from a place: in its own function, else further out; of attributes, anywhere in the class. */
  given(name: string, place: Pick<Place, 'definitions'>): Assignment[] {
    const all = this.byName.get(name) ?? [];
    if (name.includes('.')) return all.filter((a) => a.definitions[0] === place.definitions[0]);
    for (let i = place.definitions.length; i >= 0; i--) {
      const scope = i === 0 ? undefined : place.definitions[i - 1];
      const own = all.filter((a) => a.definitions[a.definitions.length - 1] === scope);
      if (own.length > 0) return own;
      if (scope?.kind === 'function' && scope.params.some((p) => p.name === name)) return [];
    }
    return [];
  }

  /** The file's own function of that call: `f(…)`, `self.f(…)`. */
  functionOf(site: CallSite): FunctionDefinition | null {
    const { callee } = site.call;
    if (callee.kind === 'name') return this.survey.functions.get(callee.name) ?? this.innermost(callee.name, site);
    if (callee.kind !== 'attribute' || callee.object.kind !== 'name' || !/^(self|this|cls)$/.test(callee.object.name)) return null;
    const owner = site.definitions[0];
    return owner?.kind === 'class' ? (owner.body.find((s): s is FunctionDefinition => s.kind === 'function' && s.name === callee.name) ?? null) : null;
  }

  private innermost(name: string, site: CallSite): FunctionDefinition | null {
    return this.methods.get(name)?.find((f) => site.definitions.some((d) => d.from <= f.from && f.to <= d.to)) ?? null;
  }

  /** Every value that is given a name or returned. */
  results(): { value: Expr; definitions: readonly Definition[] }[] {
    return [...this.assignments, ...[...this.returns].flatMap(([f, list]) => list.map((value) => ({ value, definitions: [f] })))];
  }

  returnsOf(f: FunctionDefinition): readonly Expr[] {
    return this.returns.get(f) ?? [];
  }

  /**
   * Calls that the value comes from, nearest first. `enter` says of each whether what is passed to it counts too.
   * Functions of the file are followed into what they return.
   */
  calls(roots: readonly Expr[], place: Pick<Place, 'definitions'>, enter: (site: CallSite) => boolean): CallSite[] {
    const out = new Set<CallSite>();
    const seen = new Set<Expr>();
    const visit = (e: Expr, at: Pick<Place, 'definitions'>, depth: number): void => {
      if (depth > MAX_DEPTH || seen.size > MAX_SEEN || seen.has(e)) return;
      seen.add(e);
      if (e.kind === 'name' || (e.kind === 'attribute' && /^(self|this)\./.test(e.dotted ?? ''))) {
        for (const a of this.given(e.kind === 'name' ? e.name : e.dotted!, at)) visit(a.value, a, depth + 1);
        return;
      }
      const site = this.sites.get(e);
      if (site) {
        out.add(site);
        if (!enter(site)) return;
        const f = this.functionOf(site);
        if (f) for (const r of this.returnsOf(f)) visit(r, { definitions: [...site.definitions.slice(0, 1).filter((d) => d.kind === 'class' && d.body.includes(f)), f] }, depth + 1);
      }
      for (const sub of subexpressions(e)) visit(sub, at, depth);
    };
    for (const e of roots) visit(e, place, 0);
    return [...out];
  }

  private statements(list: readonly Stmt[], definitions: readonly Definition[], loops: readonly Stmt[]): void {
    for (const s of list) {
      switch (s.kind) {
        case 'assign':
          for (const t of s.targets) this.assigned(t, s.value, definitions, loops);
          this.callbacks(s.value, definitions, loops);
          break;
        case 'augmented': this.assigned(s.target, s.value, definitions, loops, true); break;
        case 'expression': this.callbacks(s.value, definitions, loops); break;
        case 'return': case 'yield': {
          const f = definitions[definitions.length - 1];
          if (s.value && f?.kind === 'function') this.returns.set(f, [...(this.returns.get(f) ?? []), s.value]);
          if (s.value) this.callbacks(s.value, definitions, loops);
          break;
        }
        case 'if': this.statements(s.then, definitions, loops); this.statements(s.otherwise, definitions, loops); break;
        case 'for':
          this.assigned(s.target, s.iterable, definitions, loops);
          this.statements(s.body, definitions, [...loops, s]);
          break;
        case 'while': this.statements(s.body, definitions, [...loops, s]); break;
        case 'with':
          for (const i of s.items) if (i.target) this.assigned(i.target, i.value, definitions, loops);
          this.statements(s.body, definitions, loops);
          break;
        case 'try': [s.body, ...s.handlers, s.final].forEach((b) => { this.statements(b, definitions, loops); }); break;
        case 'function': this.define(s, definitions, []); break;
        case 'class': this.statements(s.body, [...definitions, s], []); break;
        default:
      }
    }
  }

  private define(f: FunctionDefinition, definitions: readonly Definition[], loops: readonly Stmt[]): void {
    const known = this.methods.get(f.name);
    if (known) known.push(f);
    else this.methods.set(f.name, [f]);
    this.statements(f.body, [...definitions, f], loops);
  }

  /** Functions that stand as values in an expression. */
  private callbacks(e: Expr, definitions: readonly Definition[], loops: readonly Stmt[]): void {
    if (e.kind === 'function') this.define(e.definition, definitions, loops);
    else for (const sub of subexpressions(e)) this.callbacks(sub, definitions, loops);
  }

  private assigned(target: Expr, value: Expr, definitions: readonly Definition[], loops: readonly Stmt[], augmented = false, part: Assignment['part'] = null): void {
    const name = dotted(target);
    if (name !== null) {
      this.assignments.push({ name: name.replace(/\.(data|value)$/, ''), value, part, definitions, loops, augmented });
    } else if (target.kind === 'sequence') {
      const items = value.kind === 'sequence' && value.items.length === target.items.length ? value.items : null;
      target.items.forEach((t, index) => { this.assigned(t, items?.[index] ?? value, definitions, loops, augmented, items ? part : { index, of: target.items.length }); });
    } else if (target.kind === 'star') this.assigned(target.operand, value, definitions, loops, augmented, part);
  }
}

const known = new WeakMap<Survey, Origins>();

/** Of one file, made once. */
export function originsOf(view: { m: { body: readonly Stmt[] }; survey: Survey }): Origins {
  let origins = known.get(view.survey);
  if (!origins) known.set(view.survey, (origins = new Origins(view.m.body, view.survey)));
  return origins;
}
