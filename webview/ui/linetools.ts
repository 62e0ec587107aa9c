/** What belongs to the line that is read: its two sides as numbers, in a random world and in the run, and the line as text for elsewhere. */
import { type Derivation, type DerivationStep, type Relation } from '../../core/derivations';
import { stepJavaScript, stepPython } from '../../core/derivations/copy';
import { stepMarkdown } from '../../core/derivations/markdown';
import { numbersOf } from '../../core/derivations/numbers';
import { stepTex } from '../../core/derivations/render';
import type { Framework } from '../../core/code/types';
import type { CodeLanguage } from '../../core/protocol/messages';
import type { Value } from '../../core/formulas/evaluate';
import { button } from './controls';
import { h, setHidden, setText } from './dom';
import { exportPage } from './exportpage';
import { formatNumber } from './format';
import { menu } from './menu';
import { numbersOfRun } from './runprobe';
import type { AppState } from './state';
import type { Store } from './store';
import { bindingsOf } from './symbols';
import { mathml } from './tex';
import { language, t } from './words';

export interface LineHost {
  copy(text: string): Promise<void>;
  /** Asks where; null when nothing was saved. */
  save(suggestedName: string, bytes: Uint8Array): Promise<string | null>;
  /** Puts the code at the editor's cursor; what came of it, in words. */
  insert(language: CodeLanguage, code: string, imports: readonly string[]): Promise<string>;
}

export interface LineTools {
  /** Stands below the line. */
  numbers: HTMLElement;
  /** Stands in the pane's head: in the list a menu would be cut off. */
  actions: HTMLElement;
  show(derivation: Derivation, step: DerivationStep): void;
}

export function lineTools(store: Store<AppState>, host: LineHost): LineTools {
  let shown: { derivation: Derivation; step: DerivationStep } | null = null;
  const numbers = h('span', { class: 'side-numbers' });
  const world = h('span', { class: 'world' });
  const ofRun = h('span', { class: 'run-numbers' });
  const run = h('span', { class: 'world' });
  const runRow = h('div', { class: 'line-numbers', hidden: true }, ofRun, run);
  const said = h('span', { class: 'said', role: 'status' });
  const another = button({ label: t('New world'), appearance: 'secondary', title: t('Other random numbers for every symbol (n)'), onPress: () => store.set({ world: store.get().world + 1 }) });
  const names = (id: string): string | undefined => {
    const [binding] = bindingsOf(store.get(), id).filter(({ holds, name }) => !holds && /^[A-Za-z_][\w.]*$/.test(name));
    return binding?.name;
  };
  const framework = (): Framework => store.get().model?.finding.framework ?? 'numpy';
  const code = (step: DerivationStep) => stepPython(step, { names, library: LIBRARIES[framework()] });
  const script = (step: DerivationStep) => stepJavaScript(step, { names, library: framework() === 'tfjs' ? 'tf' : 'Math' });
  const copied = (format: string, text: (step: DerivationStep) => string) => () => {
    if (!shown) return;
    host.copy(text(shown.step)).then(() => setText(said, t('Copied as {0}.', format)), (error: unknown) => setText(said, t('Not copied: {0}', String(error))));
  };
  const { element: copies } = menu({ label: t('Copy'), appearance: 'secondary', title: t('The line that is read, as text or as code') }, [
    { id: 'latex', label: t('As LaTeX'), title: t('TeX of the line'), onPress: copied('LaTeX', (step) => stepTex(step, { htmlData: false })) },
    { id: 'markdown', label: t('As Markdown'), title: t('Heading, formula and reason, as GitHub and Jupyter read them'), onPress: copied('Markdown', (step) => stepMarkdown(step, undefined, t, language())) },
    { id: 'mathml', label: t('As MathML'), title: t('For word processors and web pages'), onPress: copied('MathML', (step) => mathml(stepTex(step, { htmlData: false }))) },
    { id: 'python', label: t('As Python'), title: t('With NumPy, by the names of your file where they are known'), onPress: copied('Python', (step) => [...code(step).imports, '', code(step).code].join('\n').trimStart()) },
    { id: 'javascript', label: t('As JavaScript'), title: t('With Math, or with tf.js where your file has it'), onPress: () => {
      const text = shown && script(shown.step);
      if (text) copied('JavaScript', () => text)();
      else setText(said, t(ONLY_PYTHON));
    } },
    { id: 'html', label: t('Export all lines as HTML'), title: t('The whole derivation as one page of its own'), onPress: () => {
      if (!shown) return;
      const { derivation } = shown;
      exportPage(derivation).then((page) => host.save(`${derivation.id}.html`, new TextEncoder().encode(page))).then((saved) => setText(said, saved ? t('Saved as {0}.', saved) : ''), (error: unknown) => setText(said, t('Not saved: {0}', String(error))));
    } },
    { id: 'insert', label: t('Insert as code'), title: t('Put the formula at the cursor of your file'), onPress: () => {
      if (!shown) return;
      const scripted = SCRIPTS.has(framework());
      const { code: text, imports } = scripted ? { code: script(shown.step), imports: [] } : code(shown.step);
      if (text === null) {
        setText(said, t(ONLY_PYTHON));
        return;
      }
      host.insert(scripted ? 'javascript' : 'python', text, imports).then((outcome) => setText(said, outcome), (error: unknown) => setText(said, t('Not inserted: {0}', String(error))));
    } },
  ]);
  const rows = h('div', {}, h('div', { class: 'line-numbers' }, numbers, world, another.element), runRow);

  const fill = () => {
    if (!shown) return;
    const seed = store.get().world;
    const found = numbersOf(shown.derivation, shown.step, seed);
    setHidden(numbers, found === null);
    if (!found) return;
    const sign = found.note === 'limit' ? '≈' : SIGNS[shown.step.relation];
    setText(numbers, `${written(found.left)} ${sign} ${written(found.right)}`);
    setText(world, found.note === 'ratio' ? t('each side at one point over the same at another, in random world {0}', seed) : found.note === 'limit' ? t('near the limit, in random world {0}', seed) : t('left and right in random world {0}', seed));
  };
  const fillRun = () => {
    const { probe } = store.get();
    const found = shown && probe ? numbersOfRun(probe, shown.derivation, shown.step) : null;
    setHidden(runRow, !found);
    if (!found) return;
    const [left, right] = [written(found.left), written(found.right)];
    // The run is computed in single precision: its last digits are its own.
    const sign = SIGNS[shown!.step.relation];
    setText(ofRun, `${left} ${sign === '=' && left !== right ? '≈' : sign} ${right}`);
    setText(run, t('in your run at t = {0}, first point', probe!.t));
  };
  store.on(['world'], fill);
  store.on(['probe'], fillRun);
  return {
    numbers: rows,
    actions: h('span', { class: 'line-actions' }, said, copies),
    show(derivation, step) {
      if (shown?.step === step) return;
      shown = { derivation, step };
      setText(said, '');
      fill();
      fillRun();
    },
  };
}

/** Of files that are TypeScript or JavaScript. */
const SCRIPTS: ReadonlySet<Framework> = new Set(['tfjs', 'jax-js', 'javascript']);
const ONLY_PYTHON = 'JavaScript has no words for vectors, matrices or gradients here: copy it as Python.';

/** By the framework of the file. */
const LIBRARIES: Partial<Record<Framework, 'torch' | 'jnp'>> = { pytorch: 'torch', lightning: 'torch', diffusers: 'torch', jax: 'jnp', flax: 'jnp', haiku: 'jnp' };

const SIGNS: Readonly<Record<Relation, string>> = { 'equal': '=', 'proportional': '=', 'at-least': '≥', 'at-most': '≤', 'approaches': '≈' };

/** Numbers to four digits; of long vectors the beginning. */
function written(value: Value): string {
  if (typeof value === 'number') return formatNumber(value);
  const parts = value.slice(0, MOST).map((v: number | readonly number[]) => written(v));
  return `(${parts.join(', ')}${value.length > MOST ? ', …' : ''})`;
}
const MOST = 4;
