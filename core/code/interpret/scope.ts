import type { Value } from './values';

/** Names of one module, function or class body. Python looks a name up in the enclosing functions, then the module. */
export class Scope {
  readonly names = new Map<string, Value>();

  constructor(
    readonly parent: Scope | null,
    /** Lexical definition that owns the scope, e.g. `GaussianDiffusion.q_sample`; empty for the module. */
    readonly owner: string,
    readonly isClass = false,
  ) {}

  lookup(name: string): Value | undefined {
    const own = this.names.get(name);
    if (own) return own;
    for (let scope = this.parent; scope; scope = scope.parent) {
      // A class body's names are not visible in its methods.
      const value = scope.isClass ? undefined : scope.names.get(name);
      if (value) return value;
    }
    return undefined;
  }

  /** Owner of the scope in which a name is bound: a global read inside a function is the module's. */
  ownerOf(name: string): string {
    if (this.names.has(name)) return this.owner;
    for (let scope = this.parent; scope; scope = scope.parent) if (!scope.isClass && scope.names.has(name)) return scope.owner;
    return this.owner;
  }

  /** Assigns where the name is declared; a name that is declared nowhere becomes one of this scope. */
  assignOuter(name: string, value: Value): void {
    for (let scope: Scope | null = this.names.has(name) ? null : this.parent; scope; scope = scope.parent) {
      if (!scope.isClass && scope.names.has(name)) {
        scope.names.set(name, value);
        return;
      }
    }
    this.names.set(name, value);
  }

  assign(name: string, value: Value): void {
    this.names.set(name, value);
  }
}
