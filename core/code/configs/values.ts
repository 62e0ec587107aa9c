/** Settings of a file as values of the interpreter: each knows where it stands. */
import type { Source, Value } from '../interpret/values';
import { boolean, dict, NONE, number, sequence } from '../interpret/values';
import type { ConfigNode } from './node';
import { entry } from './node';

/** More than any file of settings holds. */
const MAX_NODES = 20_000;
/** `${model.timesteps}` of OmegaConf; other resolvers (`${oc.env:…}`) are unknown. */
const REFERENCE = /^\$\{([\w.]+)\}$/;
const MAX_REFERENCES = 8;

export interface ConfigOptions {
  /** The file, where it is not the one that is read itself. */
  file?: Source['file'];
  /** `${…}` stands for another setting of the same file. */
  references?: boolean;
}

export function configValue(root: ConfigNode, { file, references }: ConfigOptions = {}): Value {
  let left = MAX_NODES;
  const convert = (node: ConfigNode, name: string, followed: number): Value => {
    if (--left < 0) return NONE;
    const src: Source = { span: { from: node.from, to: node.to }, origin: 'config', name, ...(file && { file }) };
    const prov = { op: 'config', args: [], at: { from: 0, to: 0 } };
    switch (node.kind) {
      case 'map': {
        const entries = new Map<string, Value>();
        for (const { key, value } of node.entries) entries.set(key, convert(value, key, followed));
        return dict(entries, prov);
      }
      case 'list': return { ...sequence('list', node.items.map((item) => convert(item, name, followed)), prov), src };
      default: {
        const { value } = node;
        if (value === null) return NONE;
        if (typeof value === 'boolean') return { ...boolean(value), src };
        if (typeof value === 'number') return number(value, node.int, undefined, src);
        const target = references && followed < MAX_REFERENCES ? REFERENCE.exec(value)?.[1] : undefined;
        const found = target?.split('.').reduce<ConfigNode | undefined>(entry, root);
        return found ? convert(found, name, followed + 1) : { kind: 'string', value, src };
      }
    }
  };
  return convert(root, '', 0);
}
