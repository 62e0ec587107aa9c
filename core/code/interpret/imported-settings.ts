/** Settings that are written in a file of code: the constants of `config.py`, the fields of its classes, the options of its parser. */
import type { Stmt } from '../parse/ast';
import { callFunction, NO_ARGUMENTS } from './calls';
import { BudgetExceeded, type Machine } from './machine';
import { dict, NONE, sequence, type ClassValue, type DictValue, type FunctionValue, type Provenance, type SequenceValue, type Source, type Value } from './values';

/** What a file is called that holds settings, not models: its last part. */
const SETTINGS_FILE = /conf|cfg|arg|hparam|hyper|param|setting|const|flags|default|(?:^|_)opts?$|option/i;
const MAX_DEPTH = 6;
const MAX_VALUES = 2000;
const STEPS = 100_000;
/** Called, it gives itself. */
const SETTINGS: Provenance = { op: 'settings', args: [], at: { from: 0, to: 0 } };

export function mayHoldSettings(module: string): boolean {
  return SETTINGS_FILE.test(module.slice(module.lastIndexOf('.') + 1));
}

/** What the names of a module stand for that has been run, each constant with its place in `file`; what is no setting is left out. */
export function settingsOf(m: Machine, file: NonNullable<Source['file']>): DictValue {
  let left = MAX_VALUES;
  const entries = (list: Iterable<[string, Value]>, depth: number): DictValue => {
    const out = new Map<string, Value>();
    for (const [key, value] of list) {
      const c = carried(value, depth + 1);
      if (c) out.set(key, c);
    }
    return dict(out, SETTINGS);
  };
  const carried = (v: Value, depth: number): Value | null => {
    if (depth > MAX_DEPTH || --left < 0) return null;
    switch (v.kind) {
      case 'none': return NONE;
      case 'number': case 'string': case 'boolean': {
        if (!v.src || v.src.assumed || v.src.file || v.joined) return null;
        const { origin } = v.src;
        return { ...v, prov: undefined, src: { ...v.src, origin: origin === 'literal' || origin === 'default' ? 'config' : origin, file } };
      }
      case 'sequence': {
        const items = v.items.map((item) => carried(item, depth + 1));
        return items.every((item) => item !== null) ? { ...sequence(v.type, items, undefined, v.fields), ...(items.some((i) => i.kind === 'dict') && { prov: SETTINGS }) } : null;
      }
      case 'dict': return entries(v.entries, depth);
      case 'class': return entries(membersOf(v), depth);
      case 'instance': return entries([...membersOf(v.class), ...v.attributes], depth);
      case 'function': return isMaker(v) ? carried(made(m, v) ?? NONE, depth + 1) : null;
      default: return null;
    }
  };
  m.refill({ steps: STEPS, elements: STEPS });
  try {
    return entries(m.module.names, 0);
  } catch (error) {
    if (error instanceof BudgetExceeded || error instanceof RangeError) return dict(new Map(), SETTINGS);
    throw error;
  }
}

function membersOf(c: ClassValue, depth = 0): [string, Value][] {
  const inherited = depth < MAX_DEPTH ? c.bases.flatMap((b) => (b.kind === 'class' ? membersOf(b, depth + 1) : [])) : [];
  return [...inherited, ...c.members];
}

/** `def get_args(): …; return parser.parse_args()`: what it gives back is read where it is called. */
function isMaker({ definition }: FunctionValue): boolean {
  return definition.kind === 'function' && definition.params.every((p) => p.default !== undefined || p.star > 0) && returns(definition.body);
}

function returns(body: readonly Stmt[]): boolean {
  return body.some((s) => s.kind === 'return' && s.value !== null && s.value !== undefined);
}

function made(m: Machine, f: FunctionValue): Value | null {
  const value = callFunction(m, f, NO_ARGUMENTS, f.definition);
  return value.kind === 'dict' || value.kind === 'instance' ? value : value.kind === 'sequence' ? heads(value) : null;
}

/** `return config, unparsed`: the settings, and what else is given back with them. */
function heads(value: SequenceValue): Value | null {
  if (!value.items.some((i) => i.kind === 'dict' || i.kind === 'instance')) return null;
  return sequence('tuple', value.items.map((i) => (i.kind === 'dict' || i.kind === 'instance' ? i : NONE)));
}
