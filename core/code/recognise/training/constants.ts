/** Which constant an expression of the text was whenever it ran: what the interpreter saw there, folded where needed. */
import type { Expr, Parameter, Span } from '../../parse/ast';
import type { Machine } from '../../interpret/machine';
import { isAssumed, type Source, type Value } from '../../interpret/values';
import { underName, type Told } from './agree';

export interface Constant {
  value: number | string | boolean;
  source: Source;
}

/** Names of one place share a key in the trace; see `Machine.occurrence`. */
const keyOf = (at: Span): number => at.from * 1024 + Math.min(at.to - at.from, 1023);

export class Constants {
  constructor(
    private readonly m: Machine,
    /**
     * Parameters (by where they or their defaults begin) of functions that the file calls once: what that call passes is in effect, not what
     * they hold when the function is read by itself.
     */
    private readonly passed: ReadonlySet<number> = new Set(),
  ) {}

  /** The constant, or null: it never ran, is unknown, had several values, or depends on an open choice. */
  of(e: Expr | undefined): Constant | null {
    switch (e?.kind) {
      case 'number': case 'string': return { value: e.value, source: { span: e, origin: 'literal', name: '' } };
      case 'boolean': return { value: e.value, source: { span: e, origin: 'literal', name: '' } };
      case 'name': case 'attribute': return this.seen(e);
      case 'unary': {
        const x = this.of(e.operand);
        return e.op === '-' && typeof x?.value === 'number' ? { value: -x.value, source: x.source.span === e.operand ? { ...x.source, span: e } : folded(e) } : null;
      }
      case 'binary': {
        const [a, b] = [this.of(e.left)?.value, this.of(e.right)?.value];
        const value = typeof a === 'number' && typeof b === 'number' ? fold(e.op, a, b) : NaN;
        return Number.isFinite(value) ? { value, source: folded(e) } : null;
      }
      case 'logic': {
        if (e.op === 'and') return null;
        const left = this.of(e.left);
        if (left) return left;
        // `options.rate || 0.01`: what holds where nobody passes the option.
        const right = this.of(e.right);
        if (!right || this.values(e.left).some((v) => v.kind !== 'none' && v.kind !== 'atom')) return null;
        return { ...right, source: { ...right.source, origin: right.source.origin === 'literal' ? 'default' : right.source.origin } };
      }
      case 'index': return this.agreed(this.entries(e), e);
      case 'call':
        return e.callee.kind === 'name' && /^(int|float|Number|parseInt|parseFloat)$/.test(e.callee.name) && e.args.length > 0 ? this.of(e.args[0].value) : null;
      default: return null;
    }
  }

  number(e: Expr | undefined): Constant & { value: number } | null {
    const c = this.of(e);
    return typeof c?.value === 'number' ? { ...c, value: c.value } : null;
  }

  /** The number as a setting. */
  told(e: Expr | undefined, name: string): Told<number> | null {
    const c = this.number(e);
    return c && { value: c.value, source: underName(c.source, name) };
  }

  /** The same where it counts something: a whole number from 1 on. */
  toldCount(e: Expr | undefined, name: string): Told<number> | null {
    const t = this.told(e, name);
    return t && Number.isInteger(t.value) && t.value >= 1 ? t : null;
  }

  /** What a parameter held in all calls that were read. */
  parameter(p: Parameter): Constant | null {
    return this.agreed(this.m.trace.occurrences.get(keyOf(p))?.values ?? [], p);
  }

  /** What stood at a name or dotted name. */
  values(e: Expr): readonly Value[] {
    return e.kind === 'name' || e.kind === 'attribute' ? (this.m.trace.occurrences.get(keyOf(e))?.values ?? []) : [];
  }

  /** `config['train']['lr']`; what is open stays so. */
  private entries(e: Expr & { kind: 'index' }): (Value | undefined)[] {
    const [key] = e.items;
    if (e.items.length !== 1 || key.kind !== 'string') return [];
    const dicts = e.object.kind === 'index' ? this.entries(e.object) : this.values(e.object);
    return dicts.map((v) => (v?.kind === 'dict' ? v.entries.get(key.value) : v?.kind === 'atom' ? v : undefined));
  }

  private seen(e: Expr): Constant | null {
    return this.agreed(this.values(e), e);
  }

  private agreed(values: readonly (Value | undefined)[], at: Span): Constant | null {
    const all: Constant[] = [];
    for (const v of values) {
      // Seen with a value elsewhere, this is the same place in a function that was read by itself.
      if (v && values.length > 1 && (v.src?.assumed || this.isOpenParameter(v))) continue;
      if (!v || (v.kind !== 'number' && v.kind !== 'string' && v.kind !== 'boolean') || v.joined || isAssumed(v)) return null;
      all.push({ value: v.value, source: v.src ?? folded(at) });
    }
    const same = (list: readonly Constant[]) => list.length > 0 && list.every((c) => c.value === list[0].value);
    if (same(all)) return all[0];
    const passed = all.filter(({ source }) => source.origin !== 'default' || !this.passed.has(source.span.from));
    return same(passed) ? passed[0] : null;
  }

  /** An argument that nobody passed, or a part of it. */
  private isOpenParameter(v: Value): boolean {
    let root: Value | undefined = v;
    for (let i = 0; i < 6 && root?.kind === 'atom' && root.prov; i++) {
      if (root.prov.op.startsWith('parameter ')) return this.passed.has(root.prov.at.from);
      [root] = root.prov.args;
    }
    return false;
  }
}

function folded(at: Span): Source {
  return { span: { from: at.from, to: at.to }, origin: 'folded', name: '' };
}

function fold(op: string, a: number, b: number): number {
  switch (op) {
    case '+': return a + b;
    case '-': return a - b;
    case '*': return a * b;
    case '/': return a / b;
    case '//': return Math.floor(a / b);
    case '**': return a ** b;
    default: return NaN;
  }
}
