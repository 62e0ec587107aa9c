/** Settings that are kept apart from the model: where such a value comes into being its origin becomes `config`. */
import type { ClassDefinition, Expr, FunctionDefinition, Parameter, Span } from '../parse/ast';
import { evaluate } from './expressions';
import type { CallArguments, Frame, Machine } from './machine';
import type { ClassValue, Value } from './values';
import { boolean, NONE, number, sequence } from './values';

const MAX_DEPTH = 8;

/** A constant as a setting, under the name of the setting. */
export function setting(value: Value, name = ''): Value {
  if (!value.src) return value;
  const { origin } = value.src;
  // `default=1000` is the keyword's name, not the setting's.
  const known = value.src.name === 'default' ? '' : value.src.name;
  return { ...value, src: { ...value.src, origin: origin === 'literal' || origin === 'default' ? 'config' : origin, name: known || name } };
}

/** Of a dict that is given a name: its constants, nested ones too. An object with functions is a model, not its settings. */
export function keepApart(dict: Value, depth = 0): void {
  if (dict.kind !== 'dict' || depth > MAX_DEPTH || (dict.prov?.op !== 'dict' && dict.prov?.op !== 'namespace')) return;
  if ([...dict.entries.values()].some((v) => v.kind === 'function' && v.self === dict)) return;
  for (const [key, value] of dict.entries) {
    if (value.kind === 'dict') keepApart(value, depth + 1);
    else if (value.src?.origin === 'literal') dict.entries.set(key, setting(value, key));
  }
}

/** The last part of a name. */
function decoratorName(d: Expr): string {
  if (d.kind === 'call') return decoratorName(d.callee);
  return d.kind === 'attribute' || d.kind === 'name' ? d.name : '';
}

/** `define` and `frozen` are those of attrs. */
const DATACLASS = /^(?:dataclass|configclass|define|frozen|attrs|attributes)$/;
const RECORD_BASE = /(?:^|\.)(?:NamedTuple|BaseModel|BaseSettings|TypedDict|Tap|PretrainedConfig|PrintableConfig|InstantiateConfig)$/;

/** Its annotated names are the parameters of its constructor. */
export function isRecord({ definition, bases }: Pick<ClassValue, 'definition' | 'bases'>): boolean {
  if (definition.decorators.some((d) => DATACLASS.test(decoratorName(d)))) return true;
  return bases.some((b) => (b.kind === 'module' && RECORD_BASE.test(b.path)) || (b.kind === 'class' && isRecord(b)));
}

/** Methods that a holder of settings has; any other makes it a model that has settings. */
const OF_RECORDS = /^(?:__(?:post_init|repr|str|eq|hash|getitem|setitem|iter|len|contains|setattr|getattr)\w*__|from_\w+|to_\w+|as_?dict|get|keys|items|update|save|load|validate\w*|print\w*|parse\w*|display|copy|replace)$/;

/** A class that holds settings and nothing else: a record, or a plain class of constants. */
export function holdsSettings(c: Pick<ClassValue, 'definition' | 'bases'>): boolean {
  const { body, bases } = c.definition;
  const plain = bases.every((b) => b.kind === 'name' && b.name === 'object') || (c.bases.length > 0 && c.bases.every((b) => b.kind === 'class' && holdsSettings(b)));
  if (!plain && !isRecord(c)) return false;
  let fields = 0;
  for (const s of body) {
    if (s.kind === 'assign' || s.kind === 'annotated') fields++;
    else if (s.kind === 'class') fields += holdsSettings({ definition: s, bases: [] }) ? 1 : NaN;
    else if (s.kind === 'function') fields += isRecord(c) && (OF_RECORDS.test(s.name) || isProperty(s)) ? 0 : NaN;
    else if (s.kind !== 'pass' && s.kind !== 'expression') return false;
  }
  return fields > 0;
}

function isProperty({ decorators }: FunctionDefinition): boolean {
  return decorators.some((d) => ['property', 'cached_property', 'staticmethod', 'classmethod'].includes(decoratorName(d)));
}

/** After the body of a class has run: the constants of its fields. */
export function keepFieldsApart(c: ClassValue): void {
  if (!holdsSettings(c)) return;
  for (const [name, value] of c.members) c.members.set(name, value.kind === 'dict' ? value : setting(value, name));
}

/** Fields of a record in order, those of its base classes first: the annotated names of its body. */
export function recordFields({ definition, bases }: ClassValue, depth = 0): string[] {
  const out = depth < MAX_DEPTH ? bases.flatMap((b) => (b.kind === 'class' ? recordFields(b, depth + 1) : [])) : [];
  for (const name of ownFields(definition)) if (!out.includes(name)) out.push(name);
  return out;
}

function ownFields({ body }: ClassDefinition): string[] {
  return body.flatMap((s) => {
    const target = s.kind === 'annotated' ? s.target : s.kind === 'assign' && s.targets.length === 1 ? s.targets[0] : null;
    return target?.kind === 'name' ? [target.name] : [];
  });
}

/** What a parameter is given by the decorators of its function: `@click.option('--timesteps', default=1000)`. */
export function fromDecorators(m: Machine, definition: FunctionDefinition, p: Parameter, frame: Frame): Value | undefined {
  for (const d of definition.decoratorCalls ?? []) {
    if (!/^(?:option|argument)$/.test(decoratorName(d))) continue;
    const names = d.args.flatMap((a) => (!a.name && a.value.kind === 'string' ? [a.value.value] : []));
    // click: a plain name, else the first that begins with two dashes.
    const name = (names.find((n) => /^[A-Za-z_]\w*$/.test(n)) ?? names.find((n) => n.startsWith('--')) ?? names[0] ?? '').split('/')[0].replace(/^-+/, '').replaceAll('-', '_');
    if (name.toLowerCase() !== p.name) continue;
    const given = d.args.find((a) => a.name === 'default')?.value;
    const flag = d.args.find((a) => a.name === 'is_flag')?.value;
    const type = d.args.find((a) => a.name === 'type')?.value;
    if (given) return converted(setting(evaluate(m, given, frame), p.name), type && evaluate(m, type, frame));
    if (flag?.kind === 'boolean' && flag.value) return boolean(false);
  }
  return undefined;
}

/** `type=int` makes a number of `default='1000'`. */
function converted(value: Value, type: Value | undefined): Value {
  const name = type?.kind === 'module' ? type.path.replace('builtins.', '') : '';
  if (value.kind !== 'string' || !/^(?:int|float)$/.test(name) || value.value.trim() === '') return value;
  const x = Number(value.value);
  return Number.isFinite(x) ? number(x, name === 'int', undefined, value.src) : value;
}

export interface ParserCall {
  m: Machine;
  at: Span;
  args: CallArguments;
}

/** `parser.add_argument('--timesteps', default=1000)` … `parser.parse_args()`: the defaults are the values. */
export function argparse({ m, at, args }: ParserCall, parser: Value & { kind: 'dict' }, name: string): Value | null {
  switch (name) {
    case 'add_argument': {
      const key = destination(args);
      const value = args.keywords.get('default');
      const action = args.keywords.get('action');
      if (!key) return NONE;
      if (value) parser.entries.set(key, converted(setting(value, key), args.keywords.get('type')));
      else if (action?.kind === 'string' && action.value === 'store_true') parser.entries.set(key, boolean(false));
      else if (action?.kind === 'string' && action.value === 'store_false') parser.entries.set(key, boolean(true));
      else parser.entries.set(key, setting(m.atom('parameter', { op: `parameter ${key}`, args: [], at: { from: at.from, to: at.to } }), key));
      return NONE;
    }
    case 'set_defaults':
      args.keywords.forEach((value, key) => parser.entries.set(key, setting(value, key)));
      return NONE;
    case 'parse_args': case 'parse_known_args': case 'parse_intermixed_args': {
      fromList(parser, args.positional[0] ?? args.keywords.get('args'));
      const namespace: Value = { ...parser, prov: { op: 'arguments', args: [], at } };
      return name === 'parse_known_args' ? sequence('tuple', [namespace, m.atom('other', { op: name, args: [], at })]) : namespace;
    }
    // All of these take arguments of the same command line.
    case 'add_argument_group': case 'add_mutually_exclusive_group': case 'add_subparsers': case 'add_parser': return parser;
    default: return null;
  }
}

function destination(args: CallArguments): string | undefined {
  const names = args.positional.flatMap((v) => (v.kind === 'string' ? [v.value] : []));
  const dest = args.keywords.get('dest');
  if (dest?.kind === 'string') return dest.value;
  return (names.find((n) => n.startsWith('--')) ?? names[0])?.replace(/^-+/, '').replaceAll('-', '_');
}

/** `parse_args(['--timesteps', '500'])`, as notebooks have it. */
function fromList(parser: Value & { kind: 'dict' }, list: Value | undefined): void {
  if (list?.kind !== 'sequence') return;
  const { items } = list;
  for (let i = 0; i < items.length; i++) {
    const flag = items[i];
    if (flag.kind !== 'string' || !flag.value.startsWith('-')) continue;
    const [word, inline] = flag.value.split('=', 2);
    const key = word.replace(/^-+/, '').replaceAll('-', '_');
    if (!parser.entries.has(key)) continue;
    const given: Value | undefined = inline !== undefined ? { ...flag, value: inline } : items[i + 1];
    if (given?.kind === 'string' && !(given.value.startsWith('-') && Number.isNaN(Number(given.value)))) {
      const old = parser.entries.get(key);
      const x = old?.kind === 'string' || given.value.trim() === '' ? NaN : Number(given.value);
      parser.entries.set(key, setting({ ...(Number.isNaN(x) ? given : number(x, Number.isInteger(x), undefined, given.src)) }, key));
    } else parser.entries.set(key, boolean(true));
  }
}

/** Called with settings, they give an object that holds them. */
export const NAMESPACES: ReadonlySet<string> = new Set(['SimpleNamespace', 'Namespace', 'EasyDict', 'edict', 'Munch', 'Bunch', 'AttrDict', 'ConfigDict', 'FrozenConfigDict', 'Dict', 'CfgNode', 'CN', 'HParams']);

const DEFINE = /(?:^|\.)flags\.DEFINE_(?:integer|float|string|bool|boolean|enum|list|multi_\w+)$/;
const FLAGS = /(?:^|\.)flags\.FLAGS$/;

/** absl's and TensorFlow's `flags.DEFINE_integer('T', 1000, '…')`; null: it is none. What it returns holds the value too. */
export function defineFlag(m: Machine, path: string, args: CallArguments, at: Span): Value | null {
  if (!DEFINE.test(path)) return null;
  const name = args.positional[0] ?? args.keywords.get('name');
  const value = args.positional[1] ?? args.keywords.get('default');
  if (name?.kind !== 'string') return null;
  const known = value && value.kind !== 'none' ? setting(numeric(path, value), name.value) : m.atom('parameter', { op: `parameter ${name.value}`, args: [], at: { from: at.from, to: at.to } });
  m.flags.set(name.value, known);
  return { kind: 'dict', entries: new Map([['value', known], ['default', known]]), keys: new Map(), prov: { op: 'flag', args: [], at } };
}

/** `DEFINE_integer('batch_size', '64')`: TensorFlow reads the number. */
function numeric(path: string, value: Value): Value {
  if (value.kind !== 'string' || !/_(?:integer|float)$/.test(path) || !/^[-+]?\d[\d.]*(?:e[-+]?\d+)?$/i.test(value.value)) return value;
  return { ...number(Number(value.value)), prov: value.prov, src: value.src };
}

export function flagNamed(m: Machine, path: string, name: string): Value | undefined {
  return FLAGS.test(path) ? m.flags.get(name) : undefined;
}
