/** Files of settings: paths as text, and what loads a file that is named by one. No file is opened here; `Machine.siblings` has those that may be read. */
import { entry, type ConfigNode } from '../configs/node';
import { configValue } from '../configs/values';
import type { Expr, FunctionDefinition } from '../parse/ast';
import { evaluate } from './expressions';
import type { CallArguments, Frame, Machine } from './machine';
import type { Atom, StringValue, Value } from './values';
import { dict } from './values';

/** Where the script lies; what is beside it is named without a folder. */
const HERE = '.';
const LOADERS = /^(?:yaml|ruamel\.yaml|ruyaml|oyaml)\.(?:safe_load|full_load|unsafe_load|load|safe_load_all|round_trip_load)$|^(?:json|ujson|orjson|simplejson)\.loads?$/;
const BY_NAME = /(?:^|\.)(?:OmegaConf\.load|Config\.fromfile)$/;
/** Give back the dict that they are given. */
const SAME = /(?:^|\.)(?:OmegaConf\.(?:create|to_container|to_object)|munchify|DotMap|Box|DictConfig)$/;
/** Make a record with its defaults. */
const STRUCTURED = /(?:^|\.)(?:OmegaConf\.structured|tyro\.cli|pyrallis\.parse|simple_parsing\.parse)$/;

/** A path, told from other text by how it came about. */
function pathText(value: string, from: Value): StringValue {
  return { kind: 'string', value, prov: { op: 'path', args: [from], at: from.prov?.at ?? { from: 0, to: 0 } } };
}

function isPath(v: Value | undefined): v is StringValue {
  return v?.kind === 'string' && v.prov?.op === 'path';
}

/** A file that was opened, or its text: unknown, but it is known of which path. */
function opened(m: Machine, path: StringValue): Value {
  return m.atom('call', { op: 'open', args: [path], at: path.prov?.at ?? { from: 0, to: 0 } });
}

function fileOf(v: Value | undefined): string | undefined {
  if (isPath(v)) return v.value;
  if (v?.kind !== 'atom') return undefined;
  const [first] = v.prov?.args ?? [];
  if (v.prov?.op === 'open') return first.kind === 'string' ? first.value : undefined;
  return v.prov?.op === 'call' && first?.kind === 'bound' && first.name === 'read' && isOpen(first.object) ? fileOf(first.object) : undefined;
}

function isOpen(v: Value): v is Atom {
  return v.kind === 'atom' && v.prov?.op === 'open';
}

/** `__file__` of the script. */
export function scriptFile(): StringValue {
  return { kind: 'string', value: `${HERE}/__file__`, prov: { op: 'path', args: [], at: { from: 0, to: 0 } } };
}

/** Functions of paths and loaders; undefined where the name is another's. `make` creates an instance of a class without arguments. */
export function callFile(m: Machine, path: string, args: CallArguments, make: (c: Value) => Value | undefined): Value | undefined {
  const [a] = args.positional;
  if (path === 'builtins.open' || path === 'io.open') {
    const file = a ?? args.keywords.get('file');
    return file?.kind === 'string' ? opened(m, file) : undefined;
  }
  if (/^(?:pathlib\.)(?:Pure)?(?:Posix)?Path$/.test(path)) return a === undefined ? pathText(HERE, { kind: 'none' }) : joined(args.positional);
  if (path === 'os.path.join') return joined(args.positional);
  if (/^os\.path\.(?:abspath|realpath|expanduser|normpath)$/.test(path)) return a?.kind === 'string' ? pathText(a.value, a) : undefined;
  if (path === 'os.path.dirname') return a?.kind === 'string' ? parentOf(a) : undefined;
  if (path === 'os.getcwd') return pathText(HERE, { kind: 'none' });
  // Text that is no file's is data.
  if (LOADERS.test(path)) {
    const file = fileOf(a);
    return file === undefined ? undefined : load(m, file);
  }
  if (BY_NAME.test(path)) return a?.kind === 'string' ? load(m, a.value, true) : undefined;
  if (SAME.test(path)) return a?.kind === 'dict' ? a : undefined;
  if (/(?:^|\.)OmegaConf\.merge$/.test(path)) return merged(args.positional);
  if (STRUCTURED.test(path)) return a?.kind === 'class' ? make(a) : a?.kind === 'instance' ? a : undefined;
  return undefined;
}

function joined(parts: readonly Value[]): Value | undefined {
  if (parts.length === 0 || !parts.every((p) => p.kind === 'string')) return undefined;
  return pathText(parts.map((p) => p.value).join('/').replace(/\/{2,}/g, '/'), parts[0]);
}

function parentOf(path: StringValue): StringValue {
  const slash = path.value.lastIndexOf('/');
  return pathText(slash < 0 ? HERE : path.value.slice(0, slash) || HERE, path);
}

/** `Path(__file__).parent`, `.resolve()`, `.read_text()`, `f.read()`. */
export function pathAttribute(object: StringValue, name: string): Value | undefined {
  return isPath(object) && name === 'parent' ? parentOf(object) : undefined;
}

export function pathMethod(m: Machine, object: StringValue, name: string, args: CallArguments): Value | undefined {
  if (!isPath(object)) return undefined;
  if (['resolve', 'absolute', 'expanduser', 'as_posix'].includes(name)) return object;
  if (name === 'open' || name === 'read_text' || name === 'read_bytes') return opened(m, object);
  return name === 'joinpath' ? joined([object, ...args.positional]) : undefined;
}

/** `folder / 'conf.yaml'`. */
export function pathBelow(a: Value, b: Value): Value | undefined {
  return isPath(a) && b.kind === 'string' ? joined([a, b]) : undefined;
}

function load(m: Machine, name: string, references = false): Value | undefined {
  const file = m.siblings?.load(name);
  return file ? configValue(file.root, { file, references }) : undefined;
}

/** Later ones count more, nested ones are merged too. */
function merged(parts: readonly Value[], depth = 0): Value | undefined {
  if (!parts.every((p) => p.kind === 'dict') || parts.length === 0 || depth > 8) return undefined;
  const entries = new Map<string, Value>();
  for (const part of parts) {
    for (const [key, value] of part.entries) {
      const old = entries.get(key);
      entries.set(key, (old?.kind === 'dict' && value.kind === 'dict' ? merged([old, value], depth + 1) : undefined) ?? value);
    }
  }
  return dict(entries, parts[0].prov);
}

/** The first parameter of a function under `@hydra.main(config_path='conf', config_name='config')`: that file, with the groups that its defaults name. */
export function hydraConfig(m: Machine, definition: FunctionDefinition, frame: Frame): Value | undefined {
  for (const d of definition.decoratorCalls ?? []) {
    if (d.callee.kind !== 'attribute' || d.callee.name !== 'main' || d.callee.object.kind !== 'name' || d.callee.object.name !== 'hydra') continue;
    const argument = (name: string, position: number) => {
      const e: Expr | undefined = (d.args.find((a) => a.name === name) ?? d.args.filter((a) => !a.name)[position])?.value;
      const value = e && evaluate(m, e, frame);
      return value?.kind === 'string' ? value.value : undefined;
    };
    const name = argument('config_name', 1);
    if (name === undefined) return undefined;
    return composed(m, (argument('config_path', 0) ?? '').replace(/\/$/, ''), name);
  }
  return undefined;
}

function composed(m: Machine, folder: string, name: string): Value | undefined {
  const at = (file: string) => m.siblings?.load(`${folder === '' ? '' : `${folder}/`}${file.replace(/\.yaml$/, '')}.yaml`) ?? null;
  const main = at(name);
  if (!main) return undefined;
  const own = configValue(main.root, { file: main, references: true });
  const defaults = entry(main.root, 'defaults');
  const parts: Value[] = [];
  for (const item of defaults?.kind === 'list' ? defaults.items : []) {
    const [group, option] = chosen(item);
    const file = option === null ? null : at(group === null ? option : `${group}/${option}`);
    if (!file) continue;
    const value = configValue(file.root, { file, references: true });
    // A group's settings stand under its name.
    parts.push(group === null ? value : group.split('/').reduceRight<Value>((inner, key) => ({ kind: 'dict', entries: new Map([[key, inner]]), keys: new Map(), prov: value.prov }), value));
  }
  return merged([...parts, own]) ?? own;
}

/** `- model: ddpm` is the option of a group, `- base` a file; `_self_` and what is marked `override` are not followed. */
function chosen(item: ConfigNode): [group: string | null, option: string | null] {
  if (item.kind === 'scalar') return [null, typeof item.value === 'string' && item.value !== '_self_' ? item.value : null];
  const [first] = item.kind === 'map' ? item.entries : [];
  const option = first?.value.kind === 'scalar' && typeof first.value.value === 'string' ? first.value.value : null;
  return first && /^[\w/]+$/.test(first.key) ? [first.key, option] : [null, null];
}
