/** Who may import whom, as data, and the reading of a source that checks it. docs/architecture.md says why. */
import ts from 'typescript';

export interface Source {
  /** Relative to the repository, with forward slashes. */
  path: string;
  text: string;
}

interface Room {
  /** What belongs to the room. The first room that matches a path is its room. */
  files: RegExp;
  /** Sources of ours that it may import, besides its own room. */
  ours: readonly RegExp[];
  /** Packages it may import. */
  packages: RegExp;
  /** May it use the document? */
  dom: boolean;
  /** Sources inside the room that it may not import all the same. */
  notOurs?: (from: string, to: string) => boolean;
}

const core = /^core\//;
const manifests = /^webview\/experiments\/([^/]+\/)?manifest\.ts$/;
const runtimes = /^webview\/experiments\/[^/]+\/runtime(\/.+)?\.ts$/;
const engine = /^webview\/(engine|kernels)\//;
/** What the page asks of the worker, and nothing else of it: the names of devices and frames, as types. */
const workerProtocol = /^webview\/worker\/(.+\/)?protocol\.ts$/;
const tfjs = /^@tensorflow\/tfjs/;
const none = /$^/;

const experimentOf = (path: string) => /^webview\/experiments\/([^/]+)\//.exec(path)?.[1];

/** Experiments never import each other; what two of them need moves down. */
const otherExperiment = (from: string, to: string) => experimentOf(to) !== undefined && experimentOf(from) !== experimentOf(to);

export const rooms: readonly Room[] = [
  { files: core, ours: [], packages: /^(?:@lezer\/.*|jsonc-parser|yaml)$/, dom: false },
  // Typesetting runs in a worker of its own, and when the extension is built.
  { files: /^extension\/tex\//, ours: [core], packages: /^(?:@mathjax\/.*|node:worker_threads)$/, dom: false },
  { files: /^extension\//, ours: [core, manifests], packages: /^vscode$/, dom: false },
  { files: engine, ours: [core, engine, workerProtocol], packages: tfjs, dom: false },
  { files: runtimes, ours: [core, engine, workerProtocol, /^webview\/experiments\/[^/]+\//], packages: tfjs, dom: false, notOurs: otherExperiment },
  { files: /^webview\/experiments\/[^/]+\/view(\/.+)?\.ts$/, ours: [core, /^webview\/(ui|engine)\//, /^webview\/experiments\/[^/]+\//], packages: none, dom: true, notOurs: otherExperiment },
  { files: /^webview\/experiments\/[^/]+\//, ours: [core, engine, workerProtocol, /^webview\/experiments\/[^/]+\//], packages: none, dom: false, notOurs: otherExperiment },
  { files: /^webview\/worker\//, ours: [core, engine, /^webview\/experiments\//], packages: none, dom: false },
  { files: /^webview\/ui\//, ours: [core, /^webview\//], packages: /^(katex|uplot|@vscode\/webview-ui-toolkit)(\/|$)/, dom: true },
  { files: /^webview\//, ours: [core, /^webview\//], packages: none, dom: false },
  { files: /^cli\//, ours: [core, engine, manifests, runtimes, /^package\.json$/], packages: /^node:/, dom: false },
];

/** Everything in one source that the rules forbid, a sentence each. `exists` tells whether a path is a source of ours. */
export function violations(source: Source, exists: (path: string) => boolean): string[] {
  const room = rooms.find((candidate) => candidate.files.test(source.path));
  if (!room) return [`${source.path} belongs to no room`];
  const found: string[] = [];
  for (const specifier of importsOf(source)) {
    if (!specifier.startsWith('.')) {
      if (!room.packages.test(specifier)) found.push(`${source.path} imports the package ${specifier}`);
      continue;
    }
    const target = resolve(source.path, specifier, exists);
    const ownRoom = room.files.test(target);
    const allowed = (ownRoom || room.ours.some((pattern) => pattern.test(target))) && !room.notOurs?.(source.path, target);
    if (!allowed) found.push(`${source.path} imports ${target}`);
  }
  if (!room.dom) found.push(...documentUses(source).map((use) => `${source.path}:${use.line} uses ${use.name}`));
  return found;
}

/** Specifiers of all imports: static, type-only, re-exports, import() and require(). */
export function importsOf({ text }: Source): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map((file) => file.fileName);
}

function resolve(from: string, specifier: string, exists: (path: string) => boolean): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  const stem = parts.join('/');
  return [stem, `${stem}.ts`, `${stem}/index.ts`].find(exists) ?? stem;
}

const documentNames = new Set(['document', 'window', 'localStorage', 'sessionStorage']);

/** Free uses of the page's globals: a parameter or variable of that name, as in the editor's API, is not meant. */
export function documentUses({ path, text }: Source): { name: string; line: number }[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const uses: { name: string; line: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && documentNames.has(node.text) && isReference(node) && !isLocal(node)) {
      uses.push({ name: node.text, line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return uses;
}

/** Not the name of a property, a declaration, or a type member. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isQualifiedName(parent)) return false;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  const named = parent as ts.Node & { name?: ts.Node };
  return named.name !== node;
}

/** Whether an enclosing function, block, or the file itself declares this name. */
function isLocal(node: ts.Identifier): boolean {
  for (let scope: ts.Node | undefined = node.parent; scope; scope = scope.parent) {
    if (ts.isFunctionLike(scope) && scope.parameters.some((parameter) => binds(parameter.name, node.text))) return true;
    if (ts.isForOfStatement(scope) || ts.isForStatement(scope)) {
      const { initializer } = scope;
      if (initializer && ts.isVariableDeclarationList(initializer) && declares(initializer, node.text)) return true;
    }
    if (ts.isBlock(scope) || ts.isSourceFile(scope) || ts.isCaseClause(scope)) {
      if (scope.statements.some((statement) => ts.isVariableStatement(statement) && declares(statement.declarationList, node.text))) return true;
      if (scope.statements.some((statement) => ts.isImportDeclaration(statement) && importsName(statement, node.text))) return true;
    }
  }
  return false;
}

const declares = (list: ts.VariableDeclarationList, name: string) => list.declarations.some((declaration) => binds(declaration.name, name));

function binds(pattern: ts.BindingName, name: string): boolean {
  if (ts.isIdentifier(pattern)) return pattern.text === name;
  return pattern.elements.some((element) => !ts.isOmittedExpression(element) && binds(element.name, name));
}

function importsName(statement: ts.ImportDeclaration, name: string): boolean {
  const bindings = statement.importClause?.namedBindings;
  return bindings !== undefined && ts.isNamedImports(bindings) && bindings.elements.some((element) => element.name.text === name);
}
