/** TeX of an expression, for KaTeX in the panel and MathJax at build time. */
import { children, sym, type Expr, type Index } from './expr';
import { roundedTo } from './rounding';
import { FOLLOWS_T, SYMBOLS, type SymbolId } from './symbols';

export interface TexOptions {
  /** Wrap every symbol in `\htmlData{sym=<SymbolId>}{…}`; the page then finds it by `data-sym`. */
  htmlData?: boolean;
  /** Write every symbol in its colour of this palette, for pages of their own. */
  colours?: readonly string[];
  /** The step that t stands for: it is written below the symbols that follow t. */
  t?: number;
}

/** How tightly an expression holds together; a part that holds less tightly than its place asks for gets brackets. */
const SUM = 1;
const PRODUCT = 2;
const ATOM = 3;

export function tex(expr: Expr, options: TexOptions = {}): string {
  const { htmlData, colours, t } = options;
  const named = (id: SymbolId, index?: Index): string => atStep(id, symbolTex(id, index), t);
  const wrap = (id: SymbolId, body: string): string => (htmlData ? `\\htmlData{sym=${id}}{${body}}` : colours ? `\\textcolor{${colours[SYMBOLS[id].colour]}}{${body}}` : body);
  const at = (part: Expr, level: number): string => (tightness(part) < level ? brackets(part) : render(part));
  const brackets = (part: Expr): string => delimited('(', ')', [part], render(part));

  function render(e: Expr): string {
    switch (e.kind) {
      case 'number':
        return e.tex ?? numberTex(e.value, e.digits);
      case 'symbol':
        return wrap(e.id, named(e.id, e.index));
      case 'add':
        return `${at(e.left, SUM)} + ${startsWithMinus(e.right) ? brackets(e.right) : at(e.right, SUM)}`;
      case 'sub':
        return `${at(e.left, SUM)} - ${at(e.right, PRODUCT)}`;
      case 'neg':
        return `-${at(e.arg, PRODUCT)}`;
      case 'mul':
        return `${isBig(lastFactor(e.left)) ? brackets(e.left) : at(e.left, PRODUCT)}${times(e.left, e.right)}${at(e.right, PRODUCT)}`;
      case 'div':
        return `\\frac{${render(e.left)}}{${render(e.right)}}`;
      case 'letter':
        return e.letter;
      case 'kronecker':
        return `\\delta_{${e.left}${e.right}}`;
      case 'hadamard':
        return `${at(e.left, PRODUCT)} \\odot ${at(e.right, PRODUCT)}`;
      case 'inverse':
        return power(e.arg, '-1');
      case 'transpose':
        return power(e.arg, '\\top');
      case 'trace':
        return `\\operatorname{tr}${delimited('(', ')', [e.arg], render(e.arg))}`;
      case 'det':
        return delimited('\\lvert', '\\rvert', [e.arg], render(e.arg));
      case 'power':
        return power(e.base, render(e.exponent));
      case 'dot':
        return delimited('\\langle', '\\rangle', [e.left, e.right], `${render(e.left)},\\, ${render(e.right)}`);
      case 'sqrt':
        // A length is its own notation, not the root of its square.
        if (e.arg.kind === 'normSq') return render(e.arg).replace(/\^\{2\}$/, '');
        return `\\sqrt{${render(e.arg)}}`;
      case 'normSq':
        return `${delimited('\\lVert', '\\rVert', [e.arg], render(e.arg))}${e.frobenius ? '_{\\mathrm{F}}' : ''}^{2}`;
      case 'pow':
        return power(e.base, numberTex(e.exponent));
      case 'product':
      case 'sum':
        return `\\${e.kind === 'product' ? 'prod' : 'sum'}_{${e.letter}=${e.after ? `${render(e.after)}+` : ''}${e.from}}^{${render(e.to)}} ${at(e.body, PRODUCT)}`;
      case 'total':
        return `\\sum_{${wrap(e.over, symbolTex(e.over))}} ${at(e.body, PRODUCT)}`;
      case 'integral':
        return `\\int ${at(e.body, PRODUCT)} \\,\\mathrm{d}${wrap(e.over, symbolTex(e.over))}`;
      case 'definite':
        return `\\int_{${render(e.from)}}^{${render(e.to)}} ${at(e.body, PRODUCT)} \\,\\mathrm{d}${wrap(e.over, symbolTex(e.over))}`;
      case 'argmax':
      case 'argmin':
        return `\\operatorname*{arg\\,${e.kind.slice(3)}}_{${wrap(e.over, symbolTex(e.over))}} ${at(e.body, PRODUCT)}`;
      case 'entropy':
        return `\\mathrm{H}${delimited('[', ']', [e.of], render(e.of))}`;
      case 'crossEntropy':
        return `\\mathrm{H}${delimited('[', ']', [e.left, e.right], `${render(e.left)},\\, ${render(e.right)}`)}`;
      case 'expectation':
        return `\\mathbb{E}_{${drawn(e.under)}}${delimited('[', ']', [e.body], render(e.body))}`;
      case 'kl':
        return `D_{\\mathrm{KL}}${delimited('(', ')', [e.left, e.right], `${render(e.left)} \\,\\Vert\\, ${render(e.right)}`)}`;
      case 'derivative':
        if (e.nabla || e.divergence) return `\\nabla_{${wrap(e.by, symbolTex(e.by, e.index))}} ${e.divergence ? '\\cdot ' : ''}${e.body.kind === 'derivative' ? render(e.body) : at(e.body, ATOM)}`;
        if (e.body.kind === 'derivative' && isAgain(e, e.body)) return `\\frac{\\partial^{2}}{\\partial ${power(sym(e.by, e.index), '2')}} ${e.body.body.kind === 'derivative' ? render(e.body.body) : at(e.body.body, ATOM)}`;
        return `\\frac{\\partial}{\\partial ${wrap(e.by, symbolTex(e.by, e.index))}} ${e.body.kind === 'derivative' ? render(e.body) : at(e.body, ATOM)}`;
      case 'function':
        if (e.name === 'abs') return delimited('\\lvert', '\\rvert', e.args, e.args.map(render).join(''));
        // log p(x): a function of one short thing that has brackets of its own needs none.
        if (e.name === 'log' && ownBrackets(e.args[0])) return `\\log ${render(e.args[0])}`;
        return functionTex(e.name) + delimited('(', ')', e.args, e.args.map(render).join(',\\, '));
      case 'apply':
        return wrap(e.id, symbolTex(e.id)) + delimited('(', ')', children(e), e.args.map(render).join(', ') + (e.given ? ` \\mid ${e.given.map(render).join(', ')}` : ''));
      case 'gaussian':
        return `\\mathcal{N}${delimited('(', ')', [e.x, e.mean, e.variance], `${render(e.x)};\\, ${render(e.mean)},\\, ${spread(e)}`)}`;
      case 'density': {
        const names = [e.of, ...e.given].map((id) => wrap(id, named(id)));
        return `q(${names[0]} \\mid ${names.slice(1).join(', ')})`;
      }
      case 'beside':
        return e.tex;
    }
  }

  /** Below an expectation: a normal density as what is drawn from it. */
  function drawn(under: Expr): string {
    if (under.kind !== 'gaussian') return render(under);
    return `${render(under.x)} \\sim \\mathcal{N}(${render(under.mean)},\\, ${spread(under)})`;
  }

  /** The last place of a normal density: a number, a matrix, or a number times I. */
  function spread({ variance, single, full }: Extract<Expr, { kind: 'gaussian' }>): string {
    if (single || full) return render(variance);
    return variance.kind === 'number' && variance.value === 1 ? '\\mathbf{I}' : `${at(variance, PRODUCT)}\\,\\mathbf{I}`;
  }

  function power(base: Expr, exponent: string): string {
    // The exponent goes inside the wrapper, where TeX sets it above the subscript.
    if (base.kind === 'symbol') {
      const written = named(base.id, base.index);
      // (ΔX)² is not the change of X².
      return wrap(base.id, `${written.startsWith('\\Delta') ? `(${written})` : written}^{${exponent}}`);
    }
    if (base.kind === 'function') return `${functionTex(base.name)}^{${exponent}}${delimited('(', ')', base.args, base.args.map(render).join(',\\, '))}`;
    // g(t)² is the square of g(t).
    const bare = base.kind === 'apply' || (base.kind === 'number' && tightness(base) === ATOM);
    return `${bare ? render(base) : brackets(base)}^{${exponent}}`;
  }

  return render(expr);
}

/** TeX of a symbol alone; an `index` that is not in its subscript replaces the last letter there. */
export function symbolTex(id: SymbolId, index?: Index): string {
  const whole = SYMBOLS[id].tex;
  if (!index) return whole;
  // A bracket may close after the letter: x_{\sigma(t)}.
  const subscript = /_(?:([a-z])|\{([^{}]*[a-z])(\)?)\})$/.exec(whole);
  const letters = subscript?.[1] ?? subscript?.[2];
  if (!subscript || letters === undefined) throw new RangeError(`The symbol ${id} has no index to replace.`);
  if (letters.includes(index)) return whole;
  const replaced = letters.slice(0, -1) + index + (subscript[3] ?? '');
  return `${whole.slice(0, subscript.index)}_${replaced.length === 1 ? replaced : `{${replaced}}`}`;
}

function tightness(e: Expr): number {
  switch (e.kind) {
    case 'add':
    case 'sub':
    case 'neg':
      return SUM;
    case 'number':
      if (e.value < 0) return SUM;
      return e.digits !== undefined && roundedTo(e.value, e.digits).exponent !== null ? PRODUCT : ATOM;
    case 'mul':
    case 'hadamard':
    case 'product':
    case 'sum':
    case 'total':
    case 'integral':
    case 'definite':
    case 'argmax':
    case 'argmin':
    case 'derivative':
    case 'beside':
      return PRODUCT;
    default:
      return ATOM;
  }
}

/** The same derivative a second time, which is written as one. */
const isAgain = (e: Extract<Expr, { kind: 'derivative' }>, inner: Extract<Expr, { kind: 'derivative' }>): boolean => e.by === inner.by && e.index === inner.index && !inner.nabla && !inner.divergence;

/** What takes in everything to its right. */
const isBig = (e: Expr): boolean => ['product', 'sum', 'total', 'argmax', 'argmin', 'derivative'].includes(e.kind);
/** Followed by brackets of its own. */
const ownBrackets = (e: Expr): boolean => e.kind === 'apply' || e.kind === 'density' || e.kind === 'gaussian' || e.kind === 'det';
const lastFactor = (e: Expr): Expr => (e.kind === 'mul' ? lastFactor(e.right) : e);

/** What the reader's eye meets first, brackets not counted. */
function first(e: Expr): Expr {
  return e.kind === 'add' || e.kind === 'sub' || e.kind === 'mul' || e.kind === 'hadamard' ? first(e.left) : e;
}
const startsWithMinus = (e: Expr): boolean => {
  const head = first(e);
  return head.kind === 'neg' || (head.kind === 'number' && head.value < 0);
};

/** A thin space, or a dot where two numbers would read as one: 2 · 3, 2 · ½. Growing brackets bring their own space. */
function times(left: Expr, right: Expr): string {
  const [before, after] = [lastFactor(left), first(right)];
  if ([before, right].some((e) => (tightness(e) < PRODUCT || isBig(e)) && isTall(e))) return ' ';
  const digits = (e: Expr): boolean => (e.kind === 'number' && e.tex === undefined) || (e.kind === 'pow' && e.base.kind === 'number');
  if (digits(after) && tightness(right) >= PRODUCT) return ' \\cdot ';
  if (before.kind === 'number' && after.kind === 'div') return ' \\cdot ';
  return '\\,';
}

/** Fractions and big operators rise above one line, so their brackets must grow. */
function isTall(e: Expr): boolean {
  switch (e.kind) {
    case 'div':
    case 'product':
    case 'sum':
    case 'total':
    case 'integral':
    case 'definite':
    case 'argmax':
    case 'argmin':
    case 'derivative':
      return true;
    case 'add':
    case 'sub':
    case 'mul':
    case 'dot':
    case 'hadamard':
    case 'kl':
    case 'crossEntropy':
      return isTall(e.left) || isTall(e.right);
    case 'expectation':
      return isTall(e.body);
    case 'neg':
    case 'sqrt':
    case 'normSq':
    case 'inverse':
    case 'transpose':
    case 'trace':
    case 'det':
      return isTall(e.arg);
    case 'entropy':
      return isTall(e.of);
    case 'pow':
    case 'power':
      return isTall(e.base);
    case 'function':
    case 'apply':
      return children(e).some(isTall);
    case 'gaussian':
      return isTall(e.x) || isTall(e.mean) || isTall(e.variance);
    default:
      return false;
  }
}

function delimited(open: string, close: string, parts: readonly Expr[], body: string): string {
  if (parts.some(isTall)) return `\\left${open} ${body} \\right${close}`;
  return open === '(' || open === '[' ? `${open}${body}${close}` : `${open} ${body} ${close}`;
}

const functionTex = (name: string): string => (name === 'sigmoid' ? '\\operatorname{sigmoid}' : `\\${name}`);

function numberTex(value: number, digits?: number): string {
  if (digits === undefined) return String(value);
  const { mantissa, exponent } = roundedTo(value, digits);
  if (exponent === null) return String(mantissa);
  return `${mantissa === 1 ? '' : `${mantissa} \\times `}10^{${exponent}}`;
}

/** A symbol that follows t at one step: the number stands for t, and one less for t − 1. */
function atStep(id: SymbolId, written: string, t: number | undefined): string {
  if (t === undefined || !FOLLOWS_T.has(id)) return written;
  return written.replace(/_(?:t|\{([^{}]*)t([-+]1)?(\)?)\})$/, (_, before = '', offset = '0', after = '') => `_{${before}${t + Number(offset)}${after}}`);
}
